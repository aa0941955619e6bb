"""What a set-up page is: a part of the plan as a form and back again, and the two doors of that form."""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import quote

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath
from litestar.response import Redirect

from app.language import Language, catalogue, say
from app.language.words import WORDS
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.meeting.refusals import Refused, Said
from app.store import plans
from app.web.page import AnyRequest, asked_language
from app.web.setup.doors import Desk, after, desk, must_be_preparing, sent, setup_page
from app.web.setup.forms import Complained, Form, Moved
from app.web.setup.typed import Reader, Typed

SAVE, SAVE_AND_GO_ON = "save", "go_on"


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows on a page, and the fields of a row in the order in which they are read."""

    name: str
    fields: tuple[str, ...]


class SetupPage(ABC):
    """One page. Its name is its address, its template and its place among the steps."""

    name: ClassVar[str]
    fields: ClassVar[tuple[str, ...]] = ()
    rows: ClassVar[tuple[Rows, ...]] = ()
    words: ClassVar[Mapping[str, str]] = {}
    """By which word a choice of a field is called: ``group.expert`` of the field “group”."""

    @abstractmethod
    def part(self, plan: Plan) -> Any:
        """What of the plan it edits; saving is declined if somebody else has changed that meanwhile."""

    @abstractmethod
    def typed(self, plan: Plan) -> Typed:
        """The form as the plan fills it."""

    @abstractmethod
    def take(self, plan: Plan, reader: Reader) -> Plan:
        """The plan with what the form says; complaints stay in the reader."""

    def act(self, _plan: Plan, typed: Typed, action: str, target: str) -> Typed:
        """What a button other than “save” makes of the form; nothing is saved.

        The buttons that every list has: ``up:units.water``, ``down:…``, ``remove:…``.
        """
        rows, _, key = target.partition(".")
        match action:
            case "up":
                return typed.with_row_moved(rows, key, -1)
            case "down":
                return typed.with_row_moved(rows, key, +1)
            case "remove":
                return typed.without_row(rows, key)
        return typed

    @abstractmethod
    def more(self, plan: Plan, typed: Typed) -> dict[str, Any]:
        """What else the template shows, from the plan and the form as it stands."""

    @property
    def routes(self) -> tuple[HTTPRouteHandler, ...]:
        address = f"/setup/{{code:str}}/{self.name}"
        return get(address)(self.show), post(address)(self.answer)

    async def show(self, request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
        """The page as the plan fills it; of an open meeting, what was agreed."""
        at = await desk(venue, code)
        if at.is_frozen:
            return setup_page(request, at, self.name, agreed=self._agreed(at.plan, asked_language(request)))
        return self._form_page(request, at, self.typed(at.plan), is_saved="saved" in request.query_params)

    async def answer(self, request: AnyRequest, code: FromPath[str], venue: NamedDependency[Venue]) -> Response[str]:
        """A form that was sent: saved, or shown again with what its button did to it, or with what is wrong in it."""
        typed, at = await sent(request), await desk(venue, code)
        must_be_preparing(at)
        action, _, target = typed.text("do").partition(":")
        if action not in (SAVE, SAVE_AND_GO_ON):
            return self._form_page(request, at, self.act(at.plan, typed, action, target), is_changed=True)
        try:
            await self._save(venue, code, typed)
        except Complained as complained:
            return self._form_page(request, at, typed, 422, complained.complaints, is_changed=True)
        except Moved as moved:
            return self._moved_page(request, Desk(Meeting.planned(moved.plan)), typed)
        except Refused as refused:
            return self._form_page(request, at, typed, 422, {"": refused.said}, is_changed=True)
        onward = after(self.name) if action == SAVE_AND_GO_ON else self.name
        return Redirect(f"/setup/{quote(code)}/{onward}?saved" if onward else f"/setup/{quote(code)}", status_code=303)

    async def _save(self, venue: Venue, code: str, typed: Typed) -> None:
        """Put the form's part into the plan.

        Raises Complained, Moved, or Refused if the meeting has opened or the record cannot be written.

        Only the page's own part is taken from the form: two organisers on two pages do not get in each other's way.
        """

        def taken(before: Plan) -> Plan:
            if self._version(before) != typed.text("version"):
                raise Moved(before)
            reader = Reader(typed)
            after = self.take(before, reader)
            if reader.complaints:
                raise Complained(reader.complaints)
            return after

        await venue.write(lambda connection: plans.change(connection, code, taken))
        await venue.replanned(code)

    def _version(self, plan: Plan) -> str:
        """A name for the part as it stands: forms carry it, so that nobody overwrites what they have not seen."""
        return hashlib.blake2b(msgspec.json.encode(self.part(plan)), digest_size=9).hexdigest()

    def _form_page(
        self,
        request: AnyRequest,
        at: Desk,
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
            self.name,
            status_code,
            form=Form(typed, problems),
            version=typed.text("version") or self._version(at.plan),
            **self.more(at.plan, typed),
            **context,
        )

    def _moved_page(self, request: AnyRequest, at: Desk, typed: Typed) -> Response[str]:
        """Both versions of what differs; saving once more then puts the own one in place of the other's."""
        language = asked_language(request)
        now = self.typed(at.plan)
        names = [name for name in {**now.texts, **typed.texts} if name not in ("do", "version", "focus")]
        differences = [
            {
                "label": self._label(at.plan, now if name in now.texts else typed, name, language),
                "theirs": self._shown(at.plan, name, now.text(name), language),
                "yours": self._shown(at.plan, name, typed.text(name), language),
            }
            for name in names
            if now.text(name).strip() != typed.text(name).strip()
        ]
        newest = typed.with_texts({"version": self._version(at.plan)})
        return self._form_page(request, at, newest, 422, is_changed=True, differences=differences)

    def _agreed(self, plan: Plan, language: Language) -> dict[str, Any]:
        """What stands on a page, without a form: the single fields, and a table for every list."""
        typed, text = self.typed(plan), catalogue(language).gettext
        return {
            "fields": [
                {
                    "label": self._called(plan, name, language),
                    "value": self._shown(plan, name, typed.text(name), language),
                }
                for name in self.fields_of(plan)
            ],
            "tables": [
                {
                    "title": text(WORDS[f"field.{rows.name}"]),
                    "columns": [text(WORDS[f"field.{rows.name}.{field}"]) for field in rows.fields],
                    "rows": [self._row_shown(plan, typed, rows, key, language) for key in typed.keys(rows.name)],
                }
                for rows in self.rows
            ],
        }

    def _row_shown(self, plan: Plan, typed: Typed, rows: Rows, key: str, language: Language) -> list[str]:
        row = typed.row(rows.name, key)
        return [self._shown(plan, field, row.get(field, ""), language) for field in rows.fields]

    def _shown(self, plan: Plan, name: str, value: str, language: Language) -> str:
        """A field's text as a person reads it: choices by their words, units by their names."""
        field = name.rpartition(".")[2]
        text = catalogue(language).gettext
        if field == "unit":
            return next((unit.short_name for unit in plan.units if unit.id == value), value)
        if field == "seat":
            return next((seat.label for seat in plan.seats if seat.id == value), value)
        if value == "on":
            return text(WORDS["yes"])
        if field in self.words and value:
            return text(WORDS.get(f"{self.words[field]}.{value}", value))
        return value

    def fields_of(self, _plan: Plan) -> tuple[str, ...]:
        """The fields that stand by themselves, whatever is typed into them."""
        return self.fields

    def _label(self, plan: Plan, typed: Typed, name: str, language: Language) -> str:
        """What a field is called, with the name of its row."""
        label = self._called(plan, name, language)
        rows, _, rest = name.partition(".")
        key = rest.rpartition(".")[0]
        first = next(iter(typed.row(rows, key).values()), "") if key else ""
        return f"{first} · {label}" if first else label

    def _called(self, _plan: Plan, name: str, language: Language) -> str:
        """What a field itself is called: ``units.water.office`` by the word for ``field.units.office``."""
        rows, _, rest = name.partition(".")
        word = WORDS.get(f"field.{rows}.{rest.rpartition('.')[2]}" if rest else f"field.{self.name}.{name}")
        return catalogue(language).gettext(word) if word else name


def new_id(stem: str, taken: set[str]) -> str:
    """``stem-1``, or the next that is free."""
    return next(id for at in range(1, len(taken) + 2) if (id := f"{stem}-{at}") not in taken)
