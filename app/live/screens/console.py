"""The moderator's console: what comes next, the times, who is missing, what the hall sees, what waits for release."""

from app.live.screens import displays, draw, parts, scenes, script, words
from app.live.screens.console_agenda import agenda
from app.live.screens.console_comments import comments
from app.live.screens.console_contexts import CueShown, ResultToShow, Step, UnitOn, Warnings
from app.live.screens.console_panel import panel
from app.live.screens.console_rounds import rounds
from app.live.views import Look, Region, View
from app.meeting.meeting import Meeting
from app.meeting.plan import Unit
from app.meeting.promises.counting import revealed_counts


def warnings(look: Look) -> Warnings:
    return Warnings(warnings=look.presence.warnings)


def step(look: Look) -> Step:
    meeting = look.meeting
    next_place = parts.place(meeting, meeting.agenda.next_place) if meeting.is_open else None
    return Step(
        code=meeting.plan.code,
        title=meeting.plan.name,
        is_rehearsal=meeting.plan.is_rehearsal,
        status=parts.status(meeting),
        does=_next_step(meeting),
        step=script.offered(meeting),
        taken=script.taken(meeting),
        place=parts.place(meeting, meeting.agenda.place),
        next=next_place,
        count=parts.count_of_presentations(meeting),
        outlived=scenes.outlived(meeting),
        can_go_back=meeting.is_open and meeting.agenda.previous_place is not None,
        clock=parts.current_clock(meeting) if not meeting.is_finished else None,
        is_paused=meeting.is_paused,
        offset=parts.offset_minutes(meeting),
        finished_at=parts.time_of_day(meeting, meeting.finished_at),
        joins=meeting.plan.has_composites,
        words=words.words(meeting),
    )


def cue(look: Look) -> CueShown:
    meeting = look.meeting
    scene = meeting.scene
    unit, is_revealed = meeting.current_unit, any(round.is_revealed for round in meeting.rounds.values())
    return CueShown(
        sees=scenes.seen(meeting),
        follows=meeting.displays.follow_agenda,
        is_cued=not meeting.displays.cue.follows,
        is_held=meeting.displays.cue.held,
        scene=scene.kind,
        round=scene.round,
        unit=scene.unit,
        text=scene.text,
        is_opened=meeting.opened_at is not None,
        current_unit=_on(unit) if unit else None,
        results=[
            ResultToShow(round=round.id, unit=meeting.unit(round.unit).short_name)
            for round in meeting.rounds.values()
            if round.is_being_revealed
        ],
        has_order=meeting.reporting.is_drawing or meeting.reporting.has_new_order,
        has_ranking=is_revealed,
        has_landscape=is_revealed and meeting.plan.has_landscape,
        has_composites=meeting.composites.are_announced,
        promises=[_on(each) for each in meeting.plan.units if _has_promises(meeting, each)],
        shows_ranks=meeting.plan.rules.ranks_told,
        is_scored=meeting.plan.is_scored,
        speaker_message=meeting.displays.speaker_message,
        apart=displays.apart(meeting),
    )


def _on(unit: Unit) -> UnitOn:
    return UnitOn(id=unit.id, short_name=unit.short_name)


def _has_promises(meeting: Meeting, unit: Unit) -> bool:
    """To be shown now: the unit is on, or it has been told how the panel judged them."""
    return bool(unit.promises) and (unit == meeting.current_unit or revealed_counts(meeting, unit.id) is not None)


def _next_step(meeting: Meeting) -> str:
    """What the big button does: open the meeting, enter the next place, finish, or nothing any more."""
    if meeting.is_finished:
        return "nothing"
    if meeting.opened_at is None:
        return "open"
    return "enter" if meeting.agenda.next_place else "finish"


CONSOLE = View(
    "moderator",
    (
        Region("console-step", step),
        Region("console-warnings", warnings),
        Region("console-agenda", agenda),
        Region("console-draw", draw.console),
        Region("console-rounds", rounds),
        Region("console-panel", panel),
        Region("console-comments", comments),
        Region("console-cue", cue),
        Region("console-displays", displays.controls),
    ),
    pause=0.02,
    shows_presence=True,
    shows_turnout=True,
)
