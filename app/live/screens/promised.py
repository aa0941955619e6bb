"""What the units promised at the meeting before, on the screens: how many, and each with what became of it.

Where the panel judges them, what it says of each stands there as well, from when the result of the unit is revealed.
"""

from typing import Literal

from msgspec.structs import asdict

from app.live.contexts import Context
from app.live.screens.onstage import OnStage
from app.meeting.displays.state import Scene
from app.meeting.findings.promised import promised
from app.meeting.measure import HEAD, Area, Part, lines_of, packed
from app.meeting.meeting import Meeting
from app.meeting.plan import Unit
from app.meeting.promises import agreed
from app.meeting.promises.counting import revealed_counts, sum_of
from app.meeting.promises.state import PromiseCount, PromiseMark
from app.meeting.scoring.numbers import share_of

BESIDE = Area(11, 10)
"""Beside the unit on the display, under the line that counts them."""

STAGE = Area(30, 10)
"""All of the stage, under the name of the unit."""

STANDS, LATE, REOPENED = "1　持续整改", " · 逾期 365 天", " · 反弹重开 2 次"
"""About what stands above the text of a promise."""

SAYS = "兑现 10 · 基本兑现 10 · 未兑现 10（10 席参评）"
"""About what stands under it once the panel has been heard."""


class MarkCounted(Context, frozen=True, kw_only=True):
    """``share``: per cent of all words that were given, half up to as many decimals as the rules give to results."""

    mark: str
    number: int
    share: str


class PanelSays(Context, frozen=True, kw_only=True):
    """What the panel says of a promise, or of all of a unit together; ``members``: how many seats' word counts;
    ``given``: how many words there are.

    ``is_told``: not where too few judged it; then ``marks`` is empty.
    """

    members: int
    given: int
    is_told: bool
    marks: list[MarkCounted]


class PromisesCounted(Context, frozen=True, kw_only=True):
    """``panel``: all its words on the promises of the unit, once they are told; null of all units together."""

    promised: int
    struck_off: int
    late: int
    reopened: int
    panel: PanelSays | None


class Promised(Context, frozen=True, kw_only=True):
    """``text``: as the finding was issued; ``promised``: the measures that were agreed, if any."""

    number: int
    text: str
    promised: str
    standing: str
    days_late: int
    reopenings: int
    panel: PanelSays | None


class PartOfPromise(Promised, frozen=True, kw_only=True):
    """What of it stands on a page of a display: ``part`` of ``parts``, one-based."""

    part: int
    parts: int


class PromisesOnStage(OnStage, frozen=True, kw_only=True):
    """The promises of one unit, large. Before its result is revealed without what the panel says."""

    scene: Literal["promises"] = "promises"
    unit: str
    promised: PromisesCounted | None
    pages: list[list[PartOfPromise]]


def scene(meeting: Meeting, scene: Scene, is_held: bool) -> PromisesOnStage:
    unit = meeting.unit(scene.unit) if scene.unit else None
    return PromisesOnStage(
        is_held=is_held,
        unit=unit.short_name if unit else "",
        promised=counted_of(meeting, unit) if unit else None,
        pages=pages(meeting, unit, STAGE) if unit else [],
    )


def counted_of_all(meeting: Meeting) -> PromisesCounted | None:
    """None where no meeting before is named."""
    return _counted(promised(meeting.plan), None) if meeting.plan.previous.code else None


def counted_of(meeting: Meeting, unit: Unit) -> PromisesCounted | None:
    if not meeting.plan.previous.code or not unit.promises:
        return None
    counts = [each for each in revealed_counts(meeting, unit.id) or () if each.is_told]
    return _counted(agreed.count_of(unit.promises), _says_of_all(counts, meeting.plan.rules.places) if counts else None)


def _counted(count: agreed.Count, panel: PanelSays | None) -> PromisesCounted:
    return PromisesCounted(
        promised=count.promised,
        struck_off=count.struck_off,
        late=count.late,
        reopened=count.reopened,
        panel=panel,
    )


def _says_of_all(counts: list[PromiseCount], places: int) -> PanelSays:
    return PanelSays(
        members=counts[0].members,
        given=sum(each.given for each in counts),
        is_told=True,
        marks=_marks(sum_of(counts), places),
    )


def _says(count: PromiseCount, places: int) -> PanelSays:
    """Of too few words not even how many they are."""
    return PanelSays(
        members=count.members,
        given=count.given if count.is_told else 0,
        is_told=count.is_told,
        marks=_marks(sum_of([count]), places) if count.is_told else [],
    )


def _marks(numbers: dict[PromiseMark, int], places: int) -> list[MarkCounted]:
    whole = sum(numbers.values())
    return [
        MarkCounted(mark=mark, number=number, share=f"{share_of(number, whole, places):f}")
        for mark, number in numbers.items()
    ]


def listed(meeting: Meeting, unit: Unit) -> list[Promised]:
    says = {each.promise: _says(each, meeting.plan.rules.places) for each in revealed_counts(meeting, unit.id) or ()}
    return [
        Promised(
            number=each.number,
            text=each.text,
            promised=each.promised,
            standing=each.standing,
            days_late=each.days_late,
            reopenings=each.reopenings,
            panel=says.get(each.number),
        )
        for each in unit.promises
    ]


def pages(meeting: Meeting, unit: Unit, room: Area = BESIDE) -> list[list[PartOfPromise]]:
    """For a display: a long one runs over several pages, and none is set smaller than a hall can read."""
    found = listed(meeting, unit)
    packs = packed([each.text for each in found], room, [_head(each, room) for each in found])
    return [[_part(found[part.at], part) for part in page] for page in packs]


def _head(promise: Promised, room: Area) -> int:
    """Lines besides the text."""
    said = STANDS + (LATE if promise.days_late else "") + (REOPENED if promise.reopenings else "")
    under = len(lines_of(SAYS, room.width)) if promise.panel else 0
    return HEAD + len(lines_of(said, room.width)) - 1 + under


def _part(promise: Promised, part: Part) -> PartOfPromise:
    return PartOfPromise(**asdict(promise) | {"text": part.text, "promised": ""}, part=part.part, parts=part.parts)
