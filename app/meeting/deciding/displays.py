"""What the displays are told. Free of the agenda and the scoring, which they follow unless told otherwise."""

from datetime import datetime

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.deciding.common import LONGEST_MESSAGE, the_round, the_text, the_unit, unit_name
from app.meeting.refusals import refuse_if, refuse_unless
from app.meeting.state import CUEABLE, Cue, Meeting, Scene, SceneKind


def follow_agenda(meeting: Meeting, now: datetime) -> list[e.Event]:
    follows = meeting.cue.follows and meeting.spotlight is None
    return [] if follows else [e.CueGiven(Cue(), at=now)]


def hold_scene(meeting: Meeting, now: datetime) -> list[e.Event]:
    return [] if meeting.cue.held else [e.CueGiven(Cue(meeting.scene, held=True), at=now)]


def cue_scene(meeting: Meeting, command: c.CueScene, now: datetime) -> list[e.Event]:
    cue = Cue(_scene_asked_for(meeting, command))
    return [] if cue == meeting.cue else [e.CueGiven(cue, at=now)]


def tell_speaker(meeting: Meeting, command: c.TellSpeaker, now: datetime) -> list[e.Event]:
    text = the_text(command.text, LONGEST_MESSAGE) if command.text.strip() else ""
    return [] if text == meeting.speaker_message else [e.SpeakerTold(text, at=now)]


def _scene_asked_for(meeting: Meeting, command: c.CueScene) -> Scene:
    refuse_unless(command.kind in CUEABLE, "cue.unknown")
    match command.kind:
        case SceneKind.RESULT:
            round = the_round(meeting, command.round or "")
            refuse_unless(round.is_being_revealed, "result.not_revealed", unit=unit_name(meeting, round))
            return Scene(SceneKind.RESULT, round=round.id)
        case SceneKind.COMMENTS:
            unit = the_unit(meeting, command.unit) if command.unit else None
            return Scene(SceneKind.COMMENTS, unit=unit.id if unit else None)
        case SceneKind.MESSAGE:
            return Scene(SceneKind.MESSAGE, text=the_text(command.text, LONGEST_MESSAGE))
        case SceneKind.RANKING:
            revealed = any(round.is_revealed for round in meeting.rounds.values())
            refuse_unless(revealed, "results.none_revealed")
        case SceneKind.SEAL:
            refuse_if(meeting.opened_at is None, "meeting.not_open")
    return Scene(command.kind)
