"""How far an event reaches: which regions can be other than before, and of the tablets, whose.

Only there a change is looked for. The table is held by a test that plays every kind of event before every screen; what
it missed all the same is found by the slow look at everything (``Rooms.look_over``), which says so in the log.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import get_args

from app.live.screens import VIEWS
from app.live.views import Viewer
from app.meeting import events as e
from app.meeting.meeting import Meeting

Regions = frozenset[str]

EVERYTHING: Regions = frozenset(region.name for view in VIEWS.values() for region in view.regions)
NAMES = {view.name: frozenset(region.name for region in view.regions) for view in VIEWS.values()}

_CLOCK = {
    *("hall-stage", "hall-ribbon", "timer-face", "phone-now", "phone-agenda"),
    *("console-step", "console-agenda", "panel-now", "prompt-clock", "prompt-words", "results-board"),
}
_SCENE = {"hall-head", "hall-stage", "hall-progress", "hall-comments", "lower-third"}
_WORDS = {"console-step", "prompt-words", "prompt-clock"}
_TOLD = {*_WORDS, *("console-cue", "console-comments", "console-displays", "devices-cue", "devices-displays")}
_PLACE = {
    *_CLOCK,
    *_SCENE,
    *_TOLD,
    "console-draw",
    "console-rounds",
    "console-panel",
    "panel-promises",
    "panel-seat",
    "panel-units",
    "devices-board",
}
_ATTENDANCE = {"panel-seat", "console-panel", "devices-head", "devices-board"}
_SHEET = {
    "console-step",
    "panel-marks",
    "panel-promises",
    "panel-sheet",
    "panel-units",
    "hall-progress",
    "console-rounds",
    "console-panel",
}
_RESULT = {
    *("hall-stage", "lower-third", "phone-results", "results-board", "results-composites", "results-votes"),
    *("console-rounds", "console-panel", "hall-comments", "phone-now", "panel-promises", "console-cue"),
}
_COMMENT = {"console-step", "panel-comments", "panel-units", "console-comments", "console-panel"}
_PUBLIC_COMMENT = {
    *_COMMENT,
    *_WORDS,
    "hall-stage",
    "hall-comments",
    "lower-third",
    "phone-comments",
    "results-board",
}

_FINDING = {"console-comments"}
_NOTHING: set[str] = set()
_QUESTION = {*("console-step", "phone-questions"), *_SCENE, *_TOLD}
_POLL = {*("console-step", "console-rounds", "phone-polls", "results-votes", "results-composites"), *_SCENE, *_TOLD}

_TABLE: dict[type[e.Event], Regions] = {
    kind: frozenset(regions)
    for kind, regions in {
        e.MeetingOpened: EVERYTHING,
        e.SegmentEntered: _PLACE,
        e.ItemSkipped: EVERYTHING,
        e.ItemRestored: EVERYTHING,
        e.ItemMoved: EVERYTHING,
        e.TimeAdded: _CLOCK,
        e.ClockPaused: _CLOCK,
        e.ClockResumed: _CLOCK,
        e.MeetingFinished: EVERYTHING,
        e.MeetingContinued: EVERYTHING,
        e.DrawPrepared: EVERYTHING,
        e.DrawBegun: EVERYTHING,
        e.UnitDrawn: EVERYTHING,
        e.DrawEnded: EVERYTHING,
        e.DrawCalledOff: EVERYTHING,
        e.OrderTyped: EVERYTHING,
        e.RoundOpened: {*_SHEET, "panel-now", "prompt-clock"},
        e.RoundClosed: {*_SHEET, *_RESULT, *_WORDS, "panel-now"},
        e.RoundReopened: {*_SHEET, *_RESULT, *_WORDS, "panel-now"},
        e.RoundTakenBack: {*_SHEET, *_RESULT, *_WORDS, "panel-now"},
        e.ResultStepShown: {*_RESULT, *_SCENE, *_TOLD},
        e.ResultRevealed: {*_RESULT, *_SCENE, *_TOLD},
        e.RevealWithdrawn: {*_RESULT, *_SCENE, *_TOLD},
        e.ResultHidden: {*_RESULT, *_SCENE, *_TOLD},
        e.ResultChecked: {"console-step", "prompt-clock", "console-rounds", "results-board"},
        e.TieRuled: {*_RESULT, "console-step"},
        e.PollOpened: _POLL,
        e.PollClosed: _POLL,
        e.PollShown: _POLL,
        e.PollHidden: _POLL,
        e.PollWithdrawn: _POLL,
        e.PartEntered: {"results-composites"},
        e.PartCorrected: {"results-composites"},
        e.CompositesChecked: _NOTHING,
        e.CompositesAnnounced: {"phone-results", "results-composites", *_SCENE, *_TOLD},
        e.CompositesWithdrawn: {"phone-results", "results-composites", *_SCENE, *_TOLD},
        e.ScoreGiven: {"panel-marks", "console-rounds", *_ATTENDANCE},
        e.ScoreErased: {"panel-marks", "console-rounds", "console-panel"},
        e.PromiseJudged: {"panel-marks", "console-rounds", *_ATTENDANCE},
        e.JudgementErased: {"panel-marks", "console-rounds", *_ATTENDANCE},
        e.PromisesTold: _RESULT,
        e.SheetSubmitted: {*_SHEET, *_ATTENDANCE},
        e.SheetCameLate: {*_SHEET, *_ATTENDANCE, "results-board"},
        e.SeatAbstained: _SHEET,
        e.SeatRecused: _SHEET,
        e.SeatReturned: _SHEET,
        e.SheetCorrected: {*_SHEET, *_RESULT, "prompt-clock"},
        e.SheetVoided: {*_SHEET, *_RESULT, "prompt-clock"},
        e.CommentSent: {*_COMMENT, *_ATTENDANCE},
        e.CommentRevised: _COMMENT,
        e.CommentTakenBack: _COMMENT,
        e.CommentEdited: _PUBLIC_COMMENT,
        e.CommentReleased: _PUBLIC_COMMENT,
        e.CommentWithdrawn: {*_PUBLIC_COMMENT, *_SCENE, *_TOLD},
        e.CommentPutBack: {*_PUBLIC_COMMENT, *_SCENE, *_TOLD},
        e.CommentQuoted: {*_SCENE, *_TOLD},
        e.SummedUp: {*_SCENE, *_TOLD},
        e.ResultsAnnounced: {*_SCENE, *_TOLD},
        e.StepPassed: {"console-step", "prompt-clock"},
        e.StepUndone: _PLACE,
        e.CueGiven: {*_SCENE, *_TOLD},
        e.SpeakerTold: {"timer-message", "console-cue", "devices-cue"},
        e.DisplayDirected: {*_SCENE, *_TOLD, "hall-told", "timer-told", "lower-told", "prompt-told"},
        e.SeatCheckedIn: _ATTENDANCE,
        e.SeatCheckedOut: _ATTENDANCE,
        e.SeatTakenOver: _ATTENDANCE,
        **dict.fromkeys(
            get_args(e.AtDesk), _NOTHING
        ),  # no screen of the hall tells of it, and no tablet; but the console of some
        e.FindingDrafted: _FINDING,
        e.FindingsMerged: _FINDING,
        e.FindingWithdrawn: _FINDING,
        e.DisputeSettled: _FINDING,
        e.QuestionChosen: _QUESTION,
        e.QuestionAnswered: _QUESTION,
        e.QuestionWithdrawn: _QUESTION,
    }.items()
}


@dataclass(frozen=True, slots=True)
class Reach:
    """``of_all``: regions that can have changed wherever they are; ``of_seats``: on the tablets of a seat alone."""

    of_all: Regions
    of_seats: dict[str, Regions]

    def within(self, view: str, viewer: Viewer) -> Regions:
        """What of a view is to be looked at again."""
        return NAMES[view] & (self.of_all | self.of_seats.get(viewer.seat or "", frozenset()))


EVERYWHERE = Reach(EVERYTHING, {})


def reach_of(events: Iterable[e.Event] | None, after: Meeting) -> Reach:
    """How far these events have reached, the last of which led to this meeting. None: nobody knows which they were."""
    if events is None:
        return EVERYWHERE
    of_all: set[str] = set()
    of_seats: dict[str, set[str]] = defaultdict(set)
    for event in events:
        regions, seat = _TABLE.get(type(event), EVERYTHING), _seat_of(event, after)
        if seat is None:
            of_all |= regions
        else:
            of_all |= regions - NAMES["panel"]
            of_seats[seat] |= regions & NAMES["panel"]
    return Reach(frozenset(of_all), {seat: frozenset(regions) for seat, regions in of_seats.items()})


def _seat_of(event: e.Event, after: Meeting) -> str | None:
    """Whose tablets alone an event concerns: a sheet, an arrival and a comment are of one seat."""
    if comment := after.comments.get(getattr(event, "comment", "")):
        return comment.seat
    seat: str | None = getattr(event, "seat", None)
    return seat
