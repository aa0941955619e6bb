"""What all set-up pages have in common: the meeting on the desk, what every page shows, the one way it is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.response import Redirect

from app.language import Language, catalogue, say
from app.language.words import WORDS
from app.live.screens.parts import status
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.refusals import Refused, Said
from app.store import plans
from app.store.heads import load_head
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.setup.missing import Missing, missing, worth_a_look
from app.web.setup.page import SetupPage
from app.web.setup.typed import Reader, Typed

SAVE, SAVE_AND_GO_ON = "save", "go_on"
STEPS = ("meeting", "units", "papers", "agenda", "panel", "rubric", "rules")
"""The pages of a meeting in the order in which they are filled in."""


@dataclass(frozen=True, slots=True)
class Desk:
    """A meeting on the organiser's desk: the plan as the rows say, and whether it has been opened."""

    meeting: Meeting

    @property
    def plan(self) -> Plan:
        return self.meeting.plan

    @property
    def is_frozen(self) -> bool:
        return self.meeting.opened_at is not None


async def desk(venue: Venue, code: str) -> Desk:
    """The meeting that an organiser wants to prepare. Raises NotHere (404)."""
    head = await venue.read(lambda connection: load_head(connection, code))
    if head is None:
        raise NotHere(404, "meeting.unknown")
    return Desk(head.meeting)


def must_be_preparing(desk: Desk) -> None:
    if desk.is_frozen:
        raise NotHere(409, "setup.frozen")


def setup_page(request: AnyRequest, desk: Desk, frame: str, status_code: int = 200, **context: Any) -> Response[str]:
    """A page of one meeting, with what is on all of them: the steps, and what is still missing."""
    language = asked_language(request)
    lacking = [] if desk.is_frozen else missing(desk.plan)
    looks = [] if desk.is_frozen else list(worth_a_look(desk.plan))
    return html_page(
        request,
        f"setup/{frame}",
        status_code,
        code=desk.plan.code,
        plan=desk.plan,
        status=status(desk.meeting),
        is_frozen=desk.is_frozen,
        steps=_steps(desk.plan, frame, lacking),
        next_step=_after(frame),
        missing=[_link(desk.plan.code, each, language) for each in lacking],
        looks=[_link(desk.plan.code, each, language) for each in looks],
        **context,
    )


async def show(request: AnyRequest, venue: Venue, page: SetupPage, code: str) -> Response[str]:
    """A page as the plan fills it; of an open meeting, what was agreed."""
    at = await desk(venue, code)
    if at.is_frozen:
        return setup_page(request, at, page.name, agreed=agreed(page, at.plan, asked_language(request)))
    return _form_page(request, at, page, page.typed(at.plan), is_saved="saved" in request.query_params)


async def answer(request: AnyRequest, venue: Venue, page: SetupPage, code: str, typed: Typed) -> Response[str]:
    """A form that was sent: saved, or shown again with what its button did to it, or with what is wrong in it."""
    at = await desk(venue, code)
    must_be_preparing(at)
    action, _, target = typed.text("do").partition(":")
    if action not in (SAVE, SAVE_AND_GO_ON):
        return _form_page(request, at, page, page.act(at.plan, typed, action, target), is_changed=True)
    try:
        await save(venue, code, page, typed)
    except Complained as complained:
        return _form_page(request, at, page, typed, 422, complained.complaints, is_changed=True)
    except Moved as moved:
        return _moved_page(request, Desk(Meeting.planned(moved.plan)), page, typed)
    except Refused as refused:
        return _form_page(request, at, page, typed, 422, {"": refused.said}, is_changed=True)
    onward = _after(page.name) if action == SAVE_AND_GO_ON else page.name
    return Redirect(f"/setup/{quote(code)}/{onward}?saved" if onward else f"/setup/{quote(code)}", status_code=303)


class Moved(Refused):
    """Somebody else has changed the same part since the form was made; ``plan`` is how it stands now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("form.moved")
        self.plan = plan


class Complained(Refused):
    """A form with something in it that cannot be taken; what, by field."""

    def __init__(self, complaints: Mapping[str, Said]) -> None:
        super().__init__("form.complained", None, tuple(complaints))
        self.complaints = complaints


async def save(venue: Venue, code: str, page: SetupPage, typed: Typed) -> None:
    """Put the form's part into the plan.

    Raises Complained, Moved, or Refused if the meeting has opened or the record cannot be written.

    Only the page's own part is taken from the form: two organisers on two pages do not get in each other's way.
    """

    def taken(before: Plan) -> Plan:
        if page.version(before) != typed.text("version"):
            raise Moved(before)
        reader = Reader(typed)
        after = page.take(before, reader)
        if reader.complaints:
            raise Complained(reader.complaints)
        return after

    await venue.write(lambda connection: plans.change(connection, code, taken))
    await venue.replanned(code)


def _form_page(
    request: AnyRequest,
    at: Desk,
    page: SetupPage,
    typed: Typed,
    status_code: int = 200,
    complaints: Mapping[str, Said] | None = None,
    **marks: Any,
) -> Response[str]:
    language = asked_language(request)
    problems = {name: say(said, language) for name, said in (complaints or {}).items()}
    context = {"is_changed": False, "is_saved": False, "differences": [], **marks}
    return setup_page(
        request,
        at,
        page.name,
        status_code,
        form=Form(typed, problems),
        version=typed.text("version") or page.version(at.plan),
        **page.more(at.plan, typed),
        **context,
    )


def _moved_page(request: AnyRequest, at: Desk, page: SetupPage, typed: Typed) -> Response[str]:
    """Both versions of what differs; saving once more then puts the own one in place of the other's."""
    language = asked_language(request)
    now = page.typed(at.plan)
    names = [name for name in {**now.texts, **typed.texts} if name not in ("do", "version", "focus")]
    differences = [
        {
            "label": _label(page, now if name in now.texts else typed, name, language),
            "theirs": shown(page, at.plan, name, now.text(name), language),
            "yours": shown(page, at.plan, name, typed.text(name), language),
        }
        for name in names
        if now.text(name).strip() != typed.text(name).strip()
    ]
    newest = typed.with_texts({"version": page.version(at.plan)})
    return _form_page(request, at, page, newest, 422, is_changed=True, differences=differences)


class Form:
    """A form for a template: finished texts."""

    def __init__(self, typed: Typed, problems: Mapping[str, str]) -> None:
        self._typed = typed
        self.problems = problems

    def text(self, name: str) -> str:
        return self._typed.text(name)

    def problem(self, name: str) -> str:
        return self.problems.get(name, "")

    def is_on(self, name: str) -> bool:
        return self._typed.text(name) == "on"

    def keys(self, rows: str) -> list[str]:
        return self._typed.keys(rows)

    def may_have_cursor(self, name: str) -> bool:
        """A field with a problem, of which a browser takes the first on the page; else where the last button was."""
        wrong = [each for each in self.problems if each]
        return name in wrong if wrong else name == self._typed.text("focus")


def agreed(page: SetupPage, plan: Plan, language: Language) -> dict[str, Any]:
    """What stands on a page, without a form: the single fields, and a table for every list."""
    typed = page.typed(plan)
    text = catalogue(language).gettext
    return {
        "fields": [
            {"label": text(WORDS[page.label(name)]), "value": shown(page, plan, name, typed.text(name), language)}
            for name in page.fields
        ],
        "tables": [
            {
                "title": text(WORDS[f"field.{rows.name}"]),
                "columns": [text(WORDS[f"field.{rows.name}.{field}"]) for field in rows.fields],
                "rows": [
                    [
                        shown(
                            page, plan, f"{rows.name}.{key}.{field}", typed.row(rows.name, key).get(field, ""), language
                        )
                        for field in rows.fields
                    ]
                    for key in typed.keys(rows.name)
                ],
            }
            for rows in page.rows
        ],
    }


def shown(page: SetupPage, plan: Plan, name: str, value: str, language: Language) -> str:
    """A field's text as a person reads it: choices by their words, units by their names."""
    field = name.rpartition(".")[2]
    text = catalogue(language).gettext
    if field == "unit":
        return next((unit.short_name for unit in plan.units if unit.id == value), value)
    if field == "seat":
        return next((seat.label for seat in plan.seats if seat.id == value), value)
    if value == "on":
        return text(WORDS["yes"])
    if field in page.words and value:
        return text(WORDS.get(f"{page.words[field]}.{value}", value))
    return value


def _label(page: SetupPage, typed: Typed, name: str, language: Language) -> str:
    word = WORDS.get(page.label(name))
    label = catalogue(language).gettext(word) if word else name
    rows, _, rest = name.partition(".")
    key = rest.rpartition(".")[0]
    first = next(iter(typed.row(rows, key).values()), "") if key else ""
    return f"{first} · {label}" if first else label


def _steps(plan: Plan, current: str, lacking: list[Missing]) -> list[dict[str, Any]]:
    has = {
        "meeting": True,
        "units": bool(plan.units),
        "papers": any(unit.attachments for unit in plan.units),
        "agenda": bool(plan.agenda),
        "panel": bool(plan.seats),
        "rubric": bool(plan.criteria) or not plan.is_scored,
        "rules": bool(plan.criteria) or not plan.is_scored,
    }
    lacks = {each.page for each in lacking}
    return [
        {
            "name": name,
            "is_current": name == current,
            "is_done": has[name] and name not in lacks,
            "lacks": name in lacks,
        }
        for name in STEPS
    ]


def _after(name: str) -> str:
    following = dict(pairwise(STEPS))
    return following.get(name, "")


def _link(code: str, each: Missing, language: Language) -> dict[str, str]:
    return {"text": say(each.said, language), "page": each.page, "address": f"/setup/{code}/{each.page}#{each.field}"}
