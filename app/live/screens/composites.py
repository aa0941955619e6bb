"""Composites: what the results page tells of them, and the scene of their announcement.

Before they are announced the staff alone see what they come to; everybody else is told which parts there will be, and
when. Of what was announced all is told that the rules let anybody know: by grade alone, no number.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec.structs import asdict

from app.live.contexts import Context
from app.live.screens.onstage import OnStage
from app.live.views import Look
from app.meeting.composites.state import AnnouncedComposite
from app.meeting.decimals import plain
from app.meeting.displays.state import Scene
from app.meeting.measure import lines_of
from app.meeting.meeting import Meeting
from app.meeting.scoring.composite import composites_of
from app.meeting.scoring.full import full_composite, full_of
from app.meeting.scoring.joining import joining_of
from app.meeting.scoring.result import Working
from app.meeting.telling import tells_numbers

LINES_ON_A_PAGE = 7
"""What a page holds at 4:3."""
LETTERS, LETTERS_OF_A_PART, FEWEST_LETTERS = 12, 2, 3
"""What a line has for the name of a unit: the more parts stand beside it, the fewer letters."""


class PartTold(Context, frozen=True, kw_only=True):
    """``digests``: SHA-256 of the files that points were read from."""

    name: str
    weight: str
    full: str
    source: str
    digests: list[str]


class RowOnStage(Context, frozen=True, kw_only=True):
    """``points`` in the order of the parts, null of one that is missing; ``missing`` names those."""

    unit: str
    points: list[str | None]
    missing: list[str]
    score: str | None
    grade: str
    rank: int | None


class CompositeTold(RowOnStage, frozen=True, kw_only=True):
    working: tuple[Working, ...]


class ListOfClass(Context, frozen=True, kw_only=True):
    """The units of one class; ``of``: how many of them have a composite."""

    of_class: str
    of: int
    composites: list[CompositeTold]


class Composites(Context, frozen=True, kw_only=True):
    """``due``: the day set for their announcement; ``announced_on``: when that was, empty before.

    ``is_draft``: what they would come to now, which the staff alone see. Without ``lists`` nothing is told yet.
    ``tells_numbers``: whether points and composites are told, or grades alone.
    """

    parts: list[PartTold]
    full: str
    due: str
    announced_on: str
    is_draft: bool
    tells_numbers: bool
    lists: list[ListOfClass]


class PageOnStage(Context, frozen=True, kw_only=True):
    of_class: str
    rows: list[RowOnStage]


class CompositesOnStage(OnStage, frozen=True, kw_only=True):
    """The composites that were announced, class by class, on pages that a display turns by itself."""

    scene: Literal["composites"] = "composites"
    parts: list[PartTold]
    full: str
    announced_on: str
    pages: list[PageOnStage]


def told(look: Look) -> Composites:
    meeting, is_staff = look.meeting, look.viewer.is_staff
    told_already = meeting.composites.announced
    is_draft = is_staff and not told_already and meeting.opened_at is not None
    shown = tuple(each.as_announced for each in composites_of(meeting)) if is_draft else told_already
    due = meeting.plan.composite.due
    numbers = is_staff or tells_numbers(meeting.plan)
    return Composites(
        parts=_parts(meeting),
        full=f"{full_composite(meeting.plan):f}" if meeting.plan.has_composites else "",
        due=due.isoformat() if due else "",
        announced_on=_day(meeting),
        is_draft=is_draft,
        tells_numbers=numbers,
        lists=[
            _list(look, name, of)
            for name, of in _by_class(meeting, shown)
            if look.viewer.unit in (None, *(each.unit for each in of))
        ],
    )


def scene(meeting: Meeting, _scene: Scene, is_held: bool) -> CompositesOnStage:
    pages = [
        PageOnStage(of_class=each.of_class, rows=rows) for each in announced(meeting) for rows in pages_of(each.rows)
    ]
    return CompositesOnStage(
        is_held=is_held,
        parts=_parts(meeting) if tells_numbers(meeting.plan) else [],
        full=f"{full_composite(meeting.plan):f}",
        announced_on=_day(meeting),
        pages=pages,
    )


def announced(meeting: Meeting) -> list[PageOnStage]:
    """What was announced, class by class, as everybody is told it."""
    return [
        PageOnStage(
            of_class=name, rows=[_row(meeting, each, is_staff=False) for each in _in_order(meeting, of, is_staff=False)]
        )
        for name, of in _by_class(meeting, meeting.composites.announced)
    ]


def pages_of(rows: Sequence[RowOnStage]) -> list[list[RowOnStage]]:
    pages: list[list[RowOnStage]] = []
    left = 0
    for row in rows:
        needed = len(lines_of(row.unit, max(LETTERS - LETTERS_OF_A_PART * len(row.points), FEWEST_LETTERS)))
        if not pages or needed > left:
            pages.append([])
            left = LINES_ON_A_PAGE
        pages[-1].append(row)
        left -= needed
    return pages


def _day(meeting: Meeting) -> str:
    at = meeting.composites.announced_at
    return meeting.plan.day_in_the_hall(at).isoformat() if at else ""


def _parts(meeting: Meeting) -> list[PartTold]:
    return [
        PartTold(
            name=part.name,
            weight=f"{plain(part.weight):f}",
            full=f"{plain(full_of(meeting.plan, part)):f}",
            source=part.source,
            digests=_digests(meeting, part.id) if part.is_entered else [],
        )
        for part in meeting.plan.composite.parts
    ]


def _digests(meeting: Meeting, part: str) -> list[str]:
    """Of the files from which something that counts was read; nobody but the staff is told their names."""
    if not meeting.composites.are_announced:
        return []
    versions = meeting.composites.entries.get(part, {}).values()
    return sorted({each[-1].digest for each in versions if each[-1].digest})


def _by_class(
    meeting: Meeting, composites: Sequence[AnnouncedComposite]
) -> Iterable[tuple[str, list[AnnouncedComposite]]]:
    for name in meeting.plan.classes:
        if of := [each for each in composites if meeting.unit(each.unit).of_class == name]:
            yield name, of


def _in_order(meeting: Meeting, composites: list[AnnouncedComposite], is_staff: bool) -> list[AnnouncedComposite]:
    """Best first where ranks are told, those without a composite last; else as the units stand in the plan."""
    if not (is_staff or meeting.plan.rules.ranks_told):
        return composites
    return sorted(composites, key=lambda each: each.rank or len(composites) + 1)


def _list(look: Look, name: str, composites: list[AnnouncedComposite]) -> ListOfClass:
    """Of the page of one unit that unit alone."""
    meeting, is_staff = look.meeting, look.viewer.is_staff
    shown = [each for each in composites if look.viewer.unit in (None, each.unit)]
    return ListOfClass(
        of_class=name,
        of=max(each.of for each in composites),
        composites=[_told(meeting, each, is_staff) for each in _in_order(meeting, shown, is_staff)],
    )


def _told(meeting: Meeting, one: AnnouncedComposite, is_staff: bool) -> CompositeTold:
    numbers = is_staff or tells_numbers(meeting.plan)
    return CompositeTold(
        **asdict(_row(meeting, one, is_staff)),
        working=joining_of(meeting.plan, one.points) if numbers and one.score is not None else (),
    )


def _row(meeting: Meeting, one: AnnouncedComposite, is_staff: bool) -> RowOnStage:
    numbers = is_staff or tells_numbers(meeting.plan)
    is_ranked = is_staff or meeting.plan.rules.ranks_told
    return RowOnStage(
        unit=meeting.unit(one.unit).short_name,
        points=_points(meeting, one) if numbers else [],
        missing=_missing(meeting, one),
        score=str(one.score) if numbers and one.score is not None else None,
        grade=one.grade,
        rank=one.rank if is_ranked else None,
    )


def _points(meeting: Meeting, one: AnnouncedComposite) -> list[str | None]:
    given = (one.points.get(part.id) for part in meeting.plan.composite.parts)
    return [None if points is None else f"{points:f}" for points in given]


def _missing(meeting: Meeting, one: AnnouncedComposite) -> list[str]:
    return [part.name for part in meeting.plan.composite.parts if part.id not in one.points]
