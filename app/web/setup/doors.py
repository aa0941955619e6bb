"""What is before and around every set-up page: the meeting on the desk, the form that was sent, what all pages show."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from litestar import Response

from app.language import Language, say
from app.live.screens.parts import status
from app.live.venue import Venue
from app.meeting.meeting import Meeting
from app.meeting.plan import Plan
from app.store.heads import load_head
from app.web.page import AnyRequest, NotHere, asked_language, html_page
from app.web.setup.missing import Missing, missing, worth_a_look
from app.web.setup.typed import Typed, of_form

STEPS = ("meeting", "units", "previous", "attachments", "agenda", "panel", "rubric", "rules", "composite", "words")
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


async def sent(request: AnyRequest) -> Typed:
    """The form of a request."""
    form = await request.form()
    return of_form(form.items())  # in their order, which multi_items() loses


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
        next_step=after(frame),
        missing=[_link(desk.plan.code, each, language) for each in lacking],
        looks=[_link(desk.plan.code, each, language) for each in looks],
        **context,
    )


def _steps(plan: Plan, current: str, lacking: list[Missing]) -> list[dict[str, Any]]:
    has = {
        "meeting": True,
        "units": bool(plan.units),
        "previous": bool(plan.previous.code),
        "attachments": any(unit.attachments for unit in plan.units),
        "agenda": bool(plan.agenda),
        "panel": bool(plan.seats),
        "rubric": bool(plan.criteria) or not plan.is_scored,
        "rules": bool(plan.criteria) or not plan.is_scored,
        "composite": True,
        "words": True,
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


def after(name: str) -> str:
    """The page that comes next; empty after the last."""
    following = dict(pairwise(STEPS))
    return following.get(name, "")


def _link(code: str, each: Missing, language: Language) -> dict[str, str]:
    return {"text": say(each.said, language), "page": each.page, "address": f"/setup/{code}/{each.page}#{each.field}"}
