"""What stands on a tablet, region by region."""

from app.live.contexts import Context
from app.live.screens.parts import ClockShown, PlaceShown
from app.live.screens.promised import Promised, PromisesCounted


class UnitOut(Context, frozen=True, kw_only=True):
    id: str
    name: str
    short_name: str


class Head(Context, frozen=True, kw_only=True):
    """Whose tablet this is and whose sheet is out."""

    title: str
    is_rehearsal: bool
    mode: str
    seat: str
    seat_id: str
    unit: UnitOut | None
    number: int | None
    takes_comments: bool


class OwnSeat(Context, frozen=True, kw_only=True):
    """Before the first item, whether the panelist is here; whether the seat is led from the device that looks.

    ``others``: how many more devices have the seat open at this moment, said where marks are given only.
    """

    seat: str
    label: str
    is_elsewhere: bool
    others: int
    is_here: bool
    asks: bool


class Hall(Context, frozen=True, kw_only=True):
    """Where the hall is."""

    status: str
    place: PlaceShown | None
    clock: ClockShown | None
    is_paused: bool


class Now(Hall, frozen=True, kw_only=True):
    """``call``: the unit that is on, if another one's sheet is out. ``opened``: when the meeting was."""

    call: str | None
    opened: int | None


class AttachmentShown(Context, frozen=True, kw_only=True):
    """``is_shown``: a browser shows it by itself, and need not save it first."""

    id: str
    name: str
    size: str
    is_shown: bool


class LevelOfScale(Context, frozen=True, kw_only=True):
    points: str
    name: str


class Pad(Context, frozen=True, kw_only=True):
    """A criterion as it is marked; ``keys`` are all values it can have, if they are few."""

    id: str
    name: str
    help: str
    minimum: str
    maximum: str
    out_of: str
    step: str
    weight: str
    levels: list[LevelOfScale]
    keys: list[str]


class OwnMark(Context, frozen=True, kw_only=True):
    name: str
    points: str
    weight: str
    is_marked: bool
    level: str
    out_of: str


class Given(Context, frozen=True, kw_only=True):
    """The own marks of a closed sheet, to be read."""

    is_submitted: bool
    marks: list[OwnMark]


class Pads(Context, frozen=True, kw_only=True):
    """The pads of the unit whose sheet is out, and the papers it handed in; of a closed round the own marks.

    ``signs``: whether a sheet is signed by finger as it is submitted.
    ``state``: none, recused (by the plan), comments, waiting, left (recused or abstained), open, closed.
    """

    code: str
    papers: list[AttachmentShown]
    mode: str
    unit: str | None
    name: str | None
    round: str | None
    state: str
    is_over: bool
    full: str
    criteria: list[Pad]
    has_pads: bool
    signs: bool
    given: Given | None


class OwnSheet(Context, frozen=True, kw_only=True):
    """``marks`` and ``submitted`` are points by criterion, ``promises`` what this seat has said of each, by its number;
    ``version`` is 0 before the first one.

    ``means``: the seat's own, by criterion, of its sheets for other units; nobody else is told.
    """

    standing: str
    is_open: bool
    marks: dict[str, str]
    promises: dict[str, str]
    submitted: dict[str, str] | None
    means: dict[str, str]
    version: int
    receipt: str


class Marks(Context, frozen=True, kw_only=True):
    """What the record holds of this seat's sheet: working marks, what was submitted, standing, receipt.

    ``signs``: as of the pads. Nothing here says whether somebody has signed.
    """

    seat: str
    unit: str | None
    name: str | None
    round: str | None
    reason: str
    can_return: bool
    takes_comments: bool
    is_corrected: bool
    signs: bool
    is_late: bool
    late_receipt: str
    sheet: OwnSheet


class OwnComment(Context, frozen=True, kw_only=True):
    id: str
    kind: str
    text: str
    standing: str
    can_change: bool


class OwnComments(Context, frozen=True, kw_only=True):
    """This seat's own comments on the unit, oldest first."""

    seat: str
    comments: list[OwnComment]


class PromiseToJudge(Promised, frozen=True, kw_only=True):
    """``judged``: what this seat said of it, once that is closed; empty if nothing."""

    judged: str


class PromisesOfUnit(Context, frozen=True, kw_only=True):
    """What the unit whose sheet is out promised at the meeting before; ``held_on``: the day of that.

    ``state``: read (they are not judged, or not by this seat), waiting, left (recused or abstained), open, closed.
    ``round``: what the commands name, also where nothing is scored (``is_scored``).
    """

    name: str
    held_on: str
    state: str
    is_scored: bool
    round: str
    promised: PromisesCounted | None
    promises: list[PromiseToJudge]


class Report(Context, frozen=True, kw_only=True):
    """A unit that reports, as a tablet of any seat says it; of the one that is on, the ``segment``."""

    unit: str
    name: str
    number: int | None
    is_on: bool
    segment: str
    is_skipped: bool
    is_open: bool


class ReportForSeat(Report, frozen=True, kw_only=True):
    is_out: bool
    standing: str | None
    comments: int


class Units(Context, frozen=True, kw_only=True):
    """All units with the state of this seat's sheets, to go back to one or ahead."""

    mode: str
    is_any_out: bool
    units: list[ReportForSeat]
