"""A visit without a server: frames go in, steps come out."""

import ast
import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

import app.web.sockets.visit
from app.language import Language
from app.live.devices import WakeLock
from app.live.room import Watching
from app.live.views import Viewer
from app.meeting import commands as c
from app.meeting.plan import Rules, Signing
from app.meeting.refusals import Refused
from app.store.drafts import Draft
from app.store.keys import Key, Role
from app.store.persons import Kind, Station
from app.store.scribe import Performed
from app.store.signatures import Signed
from app.web.sockets import frames
from app.web.sockets.steps import (
    Close,
    FindDraft,
    Identify,
    KeepDraft,
    KeepSignature,
    NoteHealth,
    Perform,
    Pong,
    Reply,
    Turn,
)
from app.web.sockets.visit import LIFE_OF_A_PRESS, MOST_MALFORMED, NEVER, Visit
from tests.meetings import ANN, BEN, NOON, WATER, at_water, counting, give_score, opened, salt, sheet, small_plan
from tests.web import protocol
from tests.web.playbook import Playbook

HERE = small_plan().code
TABLET = Watching(HERE, "panel", Viewer(ANN, "water", device="tablet-1"), Language.ENGLISH)
OF_ANN = Key(HERE, Role.SEAT, ANN, "0123456789abcdef")
OF_MODERATOR = Key(HERE, Role.MODERATOR, id="fedcba9876543210")
SCORE = {"round": WATER, "seat": ANN, "criterion": "clarity", "points": "40"}
PERFORM = Perform(give_score(ANN, 40), "seat:ann", "01234567", "command-1")
DRAFT = Draft(HERE, ANN, "water", "problem", "half a th")
HEALTH = {
    "unsent": 0,
    "round_trip": 12,
    "clock_offset": None,
    "wake_lock": WakeLock.HELD,
    "width": 1024,
    "height": 768,
    "is_visible": True,
}


def tablet(meeting=None, key=OF_ANN) -> Playbook:
    return Playbook(Visit(TABLET, key), meeting or at_water().meeting)


def console(meeting=None) -> Playbook:
    return Playbook(Visit(Watching(HERE, "moderator"), OF_MODERATOR), meeting or at_water().meeting)


def phone(meeting=None) -> Playbook:
    return Playbook(Visit(Watching(HERE, "phone", language=Language.ENGLISH), None), meeting or at_water().meeting)


# --- commands ---------------------------------------------------------------------------------------------------------


def test_a_score_is_performed_in_the_name_of_its_seat_and_acknowledged_once_it_is_durable():
    with tablet() as ann:
        ann.hears("give_score", **SCORE)
        ann.does(PERFORM, Performed(7, "c0de"))
        ann.does(Reply({"ack": "command-1", "seq": 7, "seal": "c0de"}))


def test_points_are_read_to_their_last_digit():
    points = "39.123456789012345678901234567890"
    rest = json.dumps({"id": "command-1", "do": "give_score", "round": WATER, "seat": ANN, "criterion": "clarity"})
    frame = frames.read_frame(f'{rest[:-1]}, "points": {points}}}')
    assert frame.command == give_score(ANN, Decimal(points))


def test_what_the_rules_refuse_is_answered_in_words():
    with tablet() as ann:
        ann.hears("give_score", **SCORE)
        ann.does(PERFORM, Refused("round.closed", unit="Water"))
        ann.answers(refused="command-1", code="round.closed", facts={"unit": "Water"})


def test_what_fails_is_answered_too(caplog):
    with tablet() as ann:
        ann.hears("give_score", **SCORE)
        ann.does(PERFORM, ZeroDivisionError())
        ann.answers(refused="command-1", code="command.failed")
    assert "A frame could not be carried out" in caplog.text


@pytest.mark.parametrize(
    ("seat", "code"), [(BEN, "command.other_seat"), ("nobody", "command.other_seat"), (ANN, "seat.elsewhere")]
)
def test_a_tablet_acts_for_its_seat_and_while_it_leads_it(seat, code):
    elsewhere = at_water().does(c.TakeSeat(ANN, "tablet-2")).meeting
    with tablet(elsewhere) as ann:
        ann.hears("give_score", **{**SCORE, "seat": seat}).answers(refused="command-1", code=code)
        ann.hears("save_draft", seat=seat, unit="water", kind="problem", text="x").answers(code=code)


def test_a_seat_that_is_led_elsewhere_can_be_taken_over():
    elsewhere = at_water().does(c.TakeSeat(ANN, "tablet-2")).meeting
    with tablet(elsewhere) as ann:
        ann.hears("take_seat", seat=ANN, device="tablet-1")
        ann.does(Perform(c.TakeSeat(ANN, "tablet-1"), "seat:ann", "01234567", "command-1"), Performed(9))
        ann.answers(ack="command-1")


def test_a_meeting_is_opened_by_the_plan_of_the_server_whatever_a_frame_says():
    with console() as chair:
        chair.hears("open_meeting", plan={"title": "Another"})
        asked = frames.OpenPrepared(id="command-1")
        chair.does(Perform(asked, "moderator", "fedcba98", "command-1"), Performed(1)).answers(ack="command-1", seq=1)


@pytest.mark.parametrize("name", frames.COMMANDS)
def test_nobody_without_a_key_has_a_command_performed(name):
    with phone() as nobody:
        nobody.hears(name, **protocol.EXAMPLES[name]).answers(refused="command-1", code="command.not_allowed")


@pytest.mark.parametrize(
    ("made", "until"),
    [
        (NOON, NOON + LIFE_OF_A_PRESS),
        (NOON - timedelta(hours=1), NOON - timedelta(hours=1) + LIFE_OF_A_PRESS),
        (NOON + LIFE_OF_A_PRESS, NOON + 2 * LIFE_OF_A_PRESS),
        (NOON + LIFE_OF_A_PRESS + timedelta(seconds=1), NEVER),
    ],
)
def test_a_press_is_good_for_three_seconds_and_of_a_clock_that_is_ahead_never(made, until):
    with console(opened().meeting) as chair:
        chair.hears("pause", made=made.timestamp() * 1000)
        chair.does(Perform(c.Pause(), "moderator", "fedcba98", "command-1", until), Performed(3)).answers(seq=3)


@pytest.mark.parametrize("made", [1e300, -1e300, 1e15])
def test_a_press_of_no_time_is_too_late(made):
    with console(opened().meeting) as chair:
        chair.hears("pause", made=made)
        chair.does(Perform(c.Pause(), "moderator", "fedcba98", "command-1", NEVER), Performed(3)).answers(seq=3)


# --- what is no command -----------------------------------------------------------------------------------------------


def test_somebody_is_there_and_it_is_noon():
    with phone() as nobody:
        nobody.hears_text('{"do":"ping"}').does(Pong())
        nobody.hears_text('{"do":"ask_clock","sent":1.5}').does(Reply({"clock": NOON.timestamp() * 1000, "sent": 1.5}))


def test_a_device_reports_and_a_display_is_identified_by_those_who_may():
    report = frames.ReportDevice(id="command-1", **HEALTH)
    with tablet() as ann:
        ann.hears("report_device", **HEALTH).does(NoteHealth(report)).answers(ack="command-1")
        ann.hears("identify_display", display="left").answers(code="command.not_allowed")
    with console() as chair:
        chair.hears("identify_display", display="left").does(Identify("left")).answers(ack="command-1")
        gone = Refused("display.not_there", display="left")
        chair.hears("identify_display", display="left").does(Identify("left"), gone)
        chair.answers(code="display.not_there")


# --- the panelist's own matters ---------------------------------------------------------------------------------------


def test_a_page_of_an_older_build_is_told_to_reload_and_has_its_draft():
    with tablet() as ann:
        ann.begins("old", "new").answers(reload="new").does(FindDraft(ANN, "water"), DRAFT)
        ann.does(Reply({"draft": {"kind": "problem", "text": "half a th"}, "unit": "water"}))
        ann.begins("new", "new").does(FindDraft(ANN, "water")).does(Reply({"draft": None, "unit": "water"}))
    with phone() as nobody:
        nobody.begins("", "new")


def test_another_sheet_is_watched_from_here_on_and_its_draft_comes_before_the_answer():
    court = replace(TABLET, viewer=replace(TABLET.viewer, unit="court"))
    with tablet() as ann:
        ann.hears("look_at", unit="court").does(Turn(court)).does(FindDraft(ANN, "court"))
        ann.answers(draft=None, unit="court").answers(ack="command-1")
        ann.begins().does(FindDraft(ANN, "court")).answers(unit="court")
        ann.hears("look_at", unit="nothing").answers(code="unit.unknown")


def test_a_room_that_cannot_be_entered_leaves_the_visit_where_it_was():
    court = replace(TABLET, viewer=replace(TABLET.viewer, unit="court"))
    with tablet() as ann:
        ann.hears("look_at", unit="court").does(Turn(court), ZeroDivisionError()).answers(code="command.failed")
        ann.begins().does(FindDraft(ANN, "water")).answers(unit="water")


def test_a_draft_is_kept():
    with tablet() as ann:
        ann.hears("save_draft", seat=ANN, unit="water", kind="problem", text="half a th")
        ann.does(KeepDraft(DRAFT)).answers(ack="command-1")
        ann.hears("save_draft", seat=ANN, unit="water", kind="problem", text="x" * 4001).answers(code="text.too_long")


def test_a_signature_is_kept_for_the_sheet_that_came_with_its_salt_and_goes_into_no_log():
    story = at_water(small_plan(rules=Rules(signing=Signing.DRAWN)))
    story.does(sheet(story.meeting, WATER, ANN, 50, 30))
    sent = {"round": WATER, "seat": ANN, "salt": salt(WATER, ANN), "strokes": [[100, 100, 900, 300]]}
    signed = Signed(WATER, Station(Kind.SEAT, ANN), counting(story.water, ANN).receipt)
    with tablet(story.meeting) as ann:
        ann.hears("sign_sheet", **sent)
        ann.does(KeepSignature(signed, ((100, 100, 900, 300),))).answers(ack="command-1")
        ann.hears("sign_sheet", **sent | {"strokes": []})
        ann.does(KeepSignature(signed, ())).answers(ack="command-1")
        ann.hears("sign_sheet", **sent).does(
            KeepSignature(signed, ((100, 100, 900, 300),)), Refused("record.unavailable")
        )
        ann.answers(code="record.unavailable")
        ann.hears("sign_sheet", **sent | {"salt": "x" * 16}).answers(code="signature.no_sheet")
        ann.hears("sign_sheet", **sent | {"strokes": [[7, 7]]}).answers(code="signature.too_little")
        ann.hears("sign_sheet", **sent | {"strokes": [["7", 7]]}).answers(code="command.malformed")
        ann.hears("sign_sheet", **sent | {"strokes": [[0, 0, 999, 0]] * 101}).answers(code="command.malformed")
        ann.hears("sign_sheet", **sent | {"seat": BEN}).answers(code="command.other_seat")
    with tablet(story.does(c.TakeSeat(ANN, "tablet-2")).meeting) as spare:
        spare.hears("sign_sheet", **sent).answers(code="seat.elsewhere")


# --- what cannot be read ----------------------------------------------------------------------------------------------


def test_the_hundredth_frame_that_cannot_be_read_closes_the_line_after_its_answer():
    with phone() as nobody:
        for number in range(1, MOST_MALFORMED + 1):
            nobody.hears_text("junk" if number % 2 else '{"id": "command-1", "do": "dance"}')
            nobody.answers(code="command.malformed" if number % 2 else "command.unknown")
            nobody.hears("pause").answers(code="command.not_allowed") if number < MOST_MALFORMED else None
        nobody.does(Close(1008, "too many unreadable frames"))


def test_a_frame_is_decoded_once(monkeypatch):
    decoded = []
    decode = frames._decode
    monkeypatch.setattr(frames, "_decode", lambda text: decoded.append(text) or decode(text))
    monkeypatch.setattr(msgspec.json, "decode", lambda *_, **__: pytest.fail("decoded twice"))
    monkeypatch.setattr(frames, "_decode_head", lambda _: pytest.fail("decoded twice"))
    with tablet() as ann:
        ann.hears("give_score", **SCORE)
        ann.does(PERFORM, Performed(7)).answers(seq=7)
    assert len(decoded) == 1


def test_a_visit_waits_for_nothing():
    tree = ast.parse(Path(app.web.sockets.visit.__file__).read_text(encoding="utf-8"))
    waits = (ast.Await, ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith)
    assert not [node for node in ast.walk(tree) if isinstance(node, waits)]
