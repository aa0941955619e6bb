"""A tablet's own matters over the wire: drafts, sheets taken out, its clock, and a press that comes late."""

import json
import time
from datetime import UTC, datetime

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.refusals import Refused, Said
from app.web.sockets.closing import OTHER_SEAT
from app.web.sockets.drafts import LONGEST_DRAFT
from app.web.sockets.frames import JSON_SUBPROTOCOL
from tests.meetings import ANN, BEN
from tests.web import protocol
from tests.web.logged import acknowledged, kinds, lines

SUBMIT = protocol.EXAMPLES["submit_sheet"]
SCORE = protocol.EXAMPLES["give_score"]

# --- a tablet's own matters -------------------------------------------------------------------------------------------


async def test_a_draft_is_there_on_the_next_device(judging):
    draft = {"kind": "suggestion", "text": "half a thou"}
    async with judging.sits(ANN, unit="water") as ann:
        assert await ann.answer(lambda answer: "draft" in answer) == {"draft": None, "unit": "water"}
        await ann.does("save_draft", seat=ANN, unit="water", kind="problem", text="half")
        await ann.does("save_draft", seat=ANN, unit="water", **draft)
    async with judging.sits(ANN, unit="water") as spare:
        assert await spare.answer(lambda answer: "draft" in answer) == {"draft": draft, "unit": "water"}
        await spare.does("save_draft", seat=ANN, unit="water", kind="problem", text="")
    async with judging.sits(ANN, unit="water") as ann:
        assert (await ann.answer(lambda answer: "draft" in answer))["draft"] is None


async def test_a_draft_makes_no_entry_and_stirs_no_screen(judging):
    before = len(lines(judging))
    async with judging.presides() as moderator, judging.sits(ANN, unit="water") as ann:
        await moderator.until(lambda: any(seat["devices"] for seat in moderator.regions["console-panel"]["seats"]))
        await moderator.listens()
        heard = len(moderator.texts)
        await ann.does("save_draft", seat=ANN, unit="water", kind="problem", text="half a thou")
        await moderator.listens()
        assert len(moderator.texts) == heard + 1  # the clock it asked for
    assert len(lines(judging)) == before


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"seat": BEN}, "command.other_seat"),
        ({"unit": "moon"}, "unit.unknown"),
        ({"text": "x" * (LONGEST_DRAFT + 1)}, "text.too_long"),
        ({"text": None}, "command.malformed"),
        ({"kind": 7}, "command.malformed"),
    ],
)
async def test_a_draft_that_cannot_be_kept_is_refused(judging, changes, code):
    async with judging.sits(ANN) as ann:
        fields = {"seat": ANN, "unit": "water", "kind": "problem", "text": "x"} | changes
        assert (await ann.does("save_draft", **fields))["code"] == code


async def test_a_tablet_takes_out_the_sheet_of_another_unit_with_its_draft(judging):
    async with judging.sits(ANN, unit="water") as ann:
        await ann.does("save_draft", seat=ANN, unit="court", kind="problem", text="of the court")
        await ann.listens()
        assert "ack" in await ann.does("look_at", unit="court")
        assert ann.regions["panel-head"]["unit"]["id"] == "court"
        assert json.loads(ann.texts[-2]) == {"draft": {"kind": "problem", "text": "of the court"}, "unit": "court"}
        assert "ack" in await ann.does("look_at", unit="court")
        assert (await ann.does("look_at", unit="moon"))["code"] == "unit.unknown"
        await ann.does("give_score", **SCORE)
        await ann.does("look_at", unit="water")
        assert ann.regions["panel-marks"]["sheet"]["marks"] == {"clarity": "50"}


async def test_no_push_moves_a_tablet_to_another_units_sheet(judging):
    async with judging.presides() as moderator, judging.sits(ANN, unit="water") as ann:
        await moderator.does("jump_to", place={"item": "report-court", "segment": 0})
        await ann.until(lambda: ann.regions["panel-now"]["call"] == "court")
        assert ann.regions["panel-sheet"]["unit"] == "water"
        assert ann.regions["panel-head"]["unit"]["id"] == "water"


async def test_marks_and_comments_of_one_tablet_are_on_the_spare_one(judging):
    async with judging.sits(ANN, unit="water") as ann, judging.sits(ANN, unit="water") as spare:
        await ann.does("give_score", **SCORE)
        await ann.does("send_comment", **protocol.EXAMPLES["send_comment"])
        await spare.until(lambda: spare.regions.get("panel-marks", {}).get("sheet", {}).get("marks"))
        await spare.until(lambda: spare.regions["panel-comments"]["comments"])
        assert spare.regions["panel-sheet"]["state"] == "open"


# --- clocks -----------------------------------------------------------------------------------------------------------


async def test_a_clock_that_is_asked_for_is_the_servers(sitting):
    async with sitting.watches("phone") as phone:
        before = time.time() * 1000
        answer = await phone.says({"do": "ask_clock", "sent": -12345.678})
        assert answer["sent"] == -12345.678
        assert before <= answer["clock"] <= time.time() * 1000


@pytest.mark.parametrize("hours", [-100_000, -8, 8, 1_000_000])
async def test_a_device_whose_clock_is_wrong_by_hours_changes_nothing(judging, hours):
    wrong = (time.time() + hours * 3600) * 1000
    before = datetime.now(UTC)
    async with judging.sits(ANN) as ann:
        await ann.says({"do": "ask_clock", "sent": wrong})
        await ann.does("submit_sheet", **SUBMIT, at=wrong, now=wrong, sent_at=wrong, clock=wrong)
    assert before <= datetime.fromisoformat(lines(judging)[-1]["at"]) <= datetime.now(UTC)


# --- a press is good for three seconds --------------------------------------------------------------------------------


async def now_by(caller) -> float:
    return (await caller.says({"do": "ask_clock", "sent": 1.0}))["clock"]


async def test_a_press_is_carried_out_within_three_seconds_or_never(sitting):
    async with sitting.presides() as moderator:
        now = await now_by(moderator)
        answer = await moderator.does("open_meeting", made=now - 4000)
        assert answer["code"] == "command.too_late"
        assert "三秒" in answer["sentence"]
        assert lines(sitting) == []
        assert "ack" in await moderator.does("open_meeting", made=now)


async def test_a_press_that_was_carried_out_is_still_acknowledged_when_it_comes_again_too_late(judging):
    async with judging.presides() as moderator:
        now = await now_by(moderator)
        first = await moderator.does("pause", id="command-1", made=now)
        again = await moderator.does("pause", id="command-1", made=now - 60_000)
    assert again == first == acknowledged(judging)


@pytest.mark.parametrize("ahead", [10_000, 1e15, 1e300, -1e300])
async def test_a_press_of_a_time_that_cannot_be_is_not_carried_out(judging, ahead):
    before = kinds(judging)
    async with judging.presides() as moderator:
        answer = await moderator.does("pause", made=await now_by(moderator) + ahead)
    assert answer["code"] == "command.too_late"
    assert kinds(judging) == before


async def test_what_waited_in_the_queue_is_looked_at_when_its_turn_comes(judging):
    async with judging.presides() as moderator:
        until = datetime.fromtimestamp(await now_by(moderator) / 1000, UTC)
    with pytest.raises(Refused) as refused:
        await judging.served.venue.perform(judging.code, c.Pause(), "moderator", "command-1", until=until)
    assert refused.value.code == "command.too_late"


async def test_who_asks_whether_anybody_is_there_is_answered_in_a_few_bytes(sitting):
    async with sitting.watches("hall") as hall:
        await hall.connection.send('{"do":"ping"}')
        answer = await hall.connection.recv()
        while "regions" in answer:
            answer = await hall.connection.recv()
    assert json.loads(answer) == {"pong": True}
    assert len(answer) <= 20


# --- a page of another seat -------------------------------------------------------------------------------------------


async def all_that_comes(connection: ClientConnection) -> tuple[list[dict], int]:
    """What a socket is told until it is closed, and the code it is closed with."""
    said = []
    try:
        while True:
            said.append(json.loads(await connection.recv()))
    except ConnectionClosed as closed:
        return said, closed.rcvd.code if closed.rcvd else 0


async def test_a_page_of_one_seat_gets_nothing_of_another_whose_card_its_browser_holds(judging):
    address = judging.address("panel", seat=ANN)
    cookie = {"cookie": f"kaimen-seat-{judging.code}={judging.seats[BEN]}"}
    async with connect(address, subprotocols=[JSON_SUBPROTOCOL], additional_headers=cookie, proxy=None) as connection:
        said, code = await all_that_comes(connection)
    labels = {each.id: each.label for each in judging.plan.seats}
    words = say(Said("seat.other_card", {"own": labels[ANN], "seat": labels[BEN]}), Language.CHINESE)
    assert (said, code) == ([{"other_seat": words}], OTHER_SEAT)


async def test_a_page_of_a_seat_whose_browser_holds_no_card_is_told_so(judging):
    async with connect(judging.address("panel", seat=ANN), subprotocols=[JSON_SUBPROTOCOL], proxy=None) as connection:
        said, code = await all_that_comes(connection)
    assert (said, code) == ([{"other_seat": say(Said("seat.no_card"), Language.CHINESE)}], OTHER_SEAT)


async def test_a_page_of_its_own_seat_is_served(judging):
    cookie = {"cookie": f"kaimen-seat-{judging.code}={judging.seats[ANN]}"}
    address = judging.address("panel", seat=ANN)
    async with connect(address, subprotocols=[JSON_SUBPROTOCOL], additional_headers=cookie, proxy=None) as connection:
        assert "regions" in json.loads(await connection.recv())
