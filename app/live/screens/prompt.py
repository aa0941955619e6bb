"""The prompter of who speaks, moderator or announcer: the words to say, huge, with the clock and who is next."""

from app.live.contexts import Context
from app.live.screens import displays, parts
from app.live.screens import words as spoken
from app.live.screens.parts import ClockShown, PlaceShown
from app.live.screens.words import WordsShown
from app.live.views import Look, Region, View
from app.meeting.meeting import Meeting
from app.meeting.script.state import StepKind
from app.meeting.script.steps import next_step
from app.meeting.script.words import next_unit, units_now

TOLD = frozenset(
    {
        StepKind.BEGIN_SCORING,
        StepKind.CLOSE,
        StepKind.CHECK,
        StepKind.SHOW,
        StepKind.ANNOUNCE,
        StepKind.ANNOUNCE_GRADE,
    }
)
"""Steps that may be told ahead; that a comment waits may not."""


class StepTold(Context, frozen=True, kw_only=True):
    """A step of the script, as far as whoever reads the words may know before it is taken: never of whom or of what."""

    kind: str
    part: str


class Clock(Context, frozen=True, kw_only=True):
    """What runs and how long; ``next`` is the next place, ``step`` what comes before it, if that may be told,
    ``next_unit`` the name of who reports next."""

    is_rehearsal: bool
    status: str
    place: PlaceShown | None
    clock: ClockShown | None
    is_paused: bool
    next: PlaceShown | None
    step: StepTold | None
    next_unit: str | None
    offset: int


class NameRead(Context, frozen=True, kw_only=True):
    """How a name is read aloud."""

    name: str
    reading: str


class Prompt(Context, frozen=True, kw_only=True):
    words: WordsShown
    readings: list[NameRead]


def clock(look: Look) -> Clock:
    meeting = look.meeting
    following = next_unit(meeting) if meeting.is_open else None
    return Clock(
        is_rehearsal=meeting.plan.is_rehearsal,
        status=parts.status(meeting),
        place=parts.place(meeting, meeting.agenda.place),
        clock=parts.current_clock(meeting),
        is_paused=meeting.is_paused,
        next=parts.place(meeting, meeting.agenda.next_place) if meeting.is_open else None,
        step=_step(meeting),
        next_unit=following.short_name if following else None,
        offset=parts.offset_minutes(meeting),
    )


def _step(meeting: Meeting) -> StepTold | None:
    step = next_step(meeting)
    return StepTold(kind=step.kind, part=step.part) if step and step.kind in TOLD else None


def words(look: Look) -> Prompt:
    units = units_now(look.meeting)
    return Prompt(
        words=spoken.words(look.meeting),
        readings=[NameRead(name=each.short_name, reading=each.reading) for each in units if each.reading],
    )


PROMPT = View(
    "prompt",
    (Region("prompt-clock", clock), Region("prompt-words", words), Region("prompt-told", displays.told)),
    pause=0.02,
)
