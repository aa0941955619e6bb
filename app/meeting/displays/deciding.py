"""What the displays are told. Free of the agenda and the scoring, which they follow unless told otherwise."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.codes import the_display
from app.meeting.displays.state import CUEABLE, Cue, Direction, Scene, SceneKind
from app.meeting.lookups import the_comment, the_poll, the_question, the_round, the_unit, unit_name
from app.meeting.meeting import Meeting
from app.meeting.refusals import refuse_if, refuse_unless
from app.meeting.texts import LONGEST_MESSAGE, the_text

LANGUAGES = ("zh-CN", "en")

MOST_DISPLAYS = 50


def follow_agenda(meeting: Meeting, now: datetime) -> list[e.Event]:
    return [] if meeting.displays.follow_agenda else [e.CueGiven(Cue(), at=now)]


def hold_scene(meeting: Meeting, now: datetime) -> list[e.Event]:
    return [] if meeting.displays.cue.held else [e.CueGiven(Cue(meeting.scene, held=True), at=now)]


def cue_scene(meeting: Meeting, command: c.CueScene, now: datetime) -> list[e.Event]:
    cue = Cue(_scene_asked_for(meeting, command))
    return [] if cue == meeting.displays.cue else [e.CueGiven(cue, at=now)]


def tell_speaker(meeting: Meeting, command: c.TellSpeaker, now: datetime) -> list[e.Event]:
    text = the_text(command.text, LONGEST_MESSAGE) if command.text.strip() else ""
    return [] if text == meeting.displays.speaker_message else [e.SpeakerTold(text, at=now)]


def direct_display(meeting: Meeting, command: c.DirectDisplay, now: datetime) -> list[e.Event]:
    display = the_display(command.display)
    before = meeting.displays.directions.get(display, Direction())
    language = before.language if command.language is None else command.language
    refuse_unless(language in ("", *LANGUAGES), "display.no_such_language")
    cue = before.cue if command.cue is None else _cue_of_its_own(meeting, display, command)
    direction = Direction(command.view or before.view, language, cue)
    is_new = display not in meeting.displays.directions
    refuse_if(is_new and len(meeting.displays.directions) >= MOST_DISPLAYS, "display.too_many", most=MOST_DISPLAYS)
    return [] if direction == before else [e.DisplayDirected(display, direction, at=now)]


def _cue_of_its_own(meeting: Meeting, display: str, command: c.DirectDisplay) -> Cue | None:
    match command.cue:
        case "common":
            return None
        case "agenda":
            return Cue()
        case "hold":
            return Cue(meeting.scene_of(display), held=True)
    refuse_unless(command.cue in [*SceneKind], "cue.unknown")
    asked = c.CueScene(
        SceneKind(command.cue or ""),
        command.round,
        command.unit,
        command.text,
        command.comment,
        command.page,
        command.poll,
        command.question,
    )
    return Cue(_scene_asked_for(meeting, asked))


def _scene_asked_for(meeting: Meeting, command: c.CueScene) -> Scene:
    refuse_unless(command.kind in CUEABLE, "cue.unknown")
    match command.kind:
        case SceneKind.RESULT:
            return _result_asked_for(meeting, command)
        case SceneKind.COMMENTS:
            unit = the_unit(meeting, command.unit) if command.unit else None
            return Scene(SceneKind.COMMENTS, unit=unit.id if unit else None)
        case SceneKind.COMMENT:
            comment = the_comment(meeting, command.comment or "")
            refuse_unless(comment.is_released, "comment.not_released")
            return Scene(SceneKind.COMMENT, unit=comment.unit, comment=comment.id)
        case SceneKind.SUMMING_UP:
            summed_up = the_unit(meeting, command.unit or "")
            return Scene(SceneKind.SUMMING_UP, unit=summed_up.id, page=max(command.page, 0))
        case SceneKind.MESSAGE:
            return Scene(SceneKind.MESSAGE, text=the_text(command.text, LONGEST_MESSAGE))
        case SceneKind.PROMISES:
            promising = the_unit(meeting, command.unit or "")
            refuse_unless(bool(promising.promises), "promises.none", unit=promising.short_name)
            return Scene(SceneKind.PROMISES, unit=promising.id)
        case SceneKind.POLL:
            return _poll_asked_for(meeting, command)
        case SceneKind.QUESTION:
            question = the_question(meeting, command.question or "")
            refuse_unless(question.is_shown, "question.not_chosen")
            return Scene(SceneKind.QUESTION, question=question.id)
    _must_have_something_to_show(meeting, command.kind)
    return Scene(command.kind)


def _must_have_something_to_show(meeting: Meeting, kind: SceneKind) -> None:
    match kind:
        case SceneKind.RANKING | SceneKind.LANDSCAPE:
            is_told = kind is SceneKind.RANKING or meeting.plan.has_landscape
            refuse_unless(is_told, "landscape.tells_ranks")
            revealed = any(round.is_revealed for round in meeting.rounds.values())
            refuse_unless(revealed, "results.none_revealed")
        case SceneKind.COMPOSITES:
            refuse_unless(meeting.composites.are_announced, "composites.not_announced")
        case SceneKind.DRAW:
            refuse_unless(meeting.reporting.is_drawing or meeting.reporting.has_new_order, "order.none")
        case SceneKind.SEAL:
            refuse_if(meeting.opened_at is None, "meeting.not_open")


def _result_asked_for(meeting: Meeting, command: c.CueScene) -> Scene:
    round = the_round(meeting, command.round or "")
    refuse_unless(round.is_being_revealed, "result.not_revealed", unit=unit_name(meeting, round))
    return Scene(SceneKind.RESULT, round=round.id)


def _poll_asked_for(meeting: Meeting, command: c.CueScene) -> Scene:
    poll = the_poll(meeting, command.poll or "")
    refuse_if(poll.is_withdrawn, "poll.withdrawn", unit=meeting.unit(poll.unit).short_name)
    return Scene(SceneKind.POLL, poll=poll.id)
