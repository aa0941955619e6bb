"""Devices at the doors: which one leads a seat, the room-health board, displays of a name."""

import json

import pytest

from app.live.devices import WakeLock
from app.meeting import commands as c
from app.store import keys
from app.store.keys import Key, Role
from app.web.agents import name_of
from tests.live.served import Sitting
from tests.meetings import ANN, BEN, WATER
from tests.web import protocol
from tests.web.seated import SPARE, TABLET, meeting_of, rows

SCORE = protocol.EXAMPLES["give_score"]
DRAFT = {"seat": ANN, "unit": "water", "kind": "problem", "text": "Rivers"}
HEALTH = {
    "unsent": 0,
    "round_trip": 50,
    "clock_offset": 0,
    "wake_lock": "held",
    "width": 1024,
    "height": 768,
    "is_visible": True,
}


# --- the device of a seat ---------------------------------------------------------------------------------------------


async def test_a_spare_tablet_takes_the_seat_and_the_old_one_only_reads(judging):
    async with judging.sits(ANN, device=TABLET) as old, judging.sits(ANN, device=SPARE) as spare:
        await old.does("take_seat", seat=ANN, device=TABLET)
        assert "ack" in await old.does("give_score", **SCORE)
        await spare.does("take_seat", seat=ANN, device=SPARE)
        await old.until(lambda: old.regions["panel-seat"]["is_elsewhere"])
        declined = await old.does("give_score", **{**SCORE, "points": "40"})
        assert "ack" in await spare.does("give_score", **{**SCORE, "points": "45"})
        await spare.until(lambda: not spare.regions["panel-seat"]["is_elsewhere"])
    assert (declined["code"], declined["facts"]) == ("seat.elsewhere", {"seat": "Expert 1"})
    assert meeting_of(judging).rounds[WATER].sheet(ANN).marks == {"clarity": 45}


@pytest.mark.parametrize("name", [name for name, who in protocol.WHO.items() if "seat" in who and name != "take_seat"])
async def test_nothing_at_all_is_taken_from_a_device_that_does_not_lead_the_seat(judging, name):
    judging.performs(c.TakeSeat(ANN, SPARE))
    before = meeting_of(judging)
    async with judging.sits(ANN, device=TABLET) as old:
        assert (await old.does(name, **protocol.EXAMPLES[name]))["code"] == "seat.elsewhere"
    assert meeting_of(judging) is before


async def test_nor_a_draft_while_the_new_devices_is_kept(judging):
    judging.performs(c.TakeSeat(ANN, SPARE))
    async with judging.sits(ANN, device=TABLET) as old, judging.sits(ANN, device=SPARE) as spare:
        assert "ack" in await spare.does("save_draft", **DRAFT)
        assert (await old.does("save_draft", **{**DRAFT, "text": "Lakes"}))["code"] == "seat.elsewhere"
        await spare.sends({"id": "look-at-it", "do": "look_at", "unit": "water"})
        assert (await spare.answer(lambda answer: "draft" in answer))["draft"]["text"] == "Rivers"


async def test_the_seat_is_taken_back(judging):
    judging.performs(c.TakeSeat(ANN, TABLET), c.TakeSeat(ANN, SPARE))
    async with judging.sits(ANN, device=TABLET) as old:
        await old.does("take_seat", seat=ANN, device=TABLET)
        assert "ack" in await old.does("give_score", **SCORE)
    assert meeting_of(judging).panel.holders == {ANN: TABLET}


async def test_a_program_acts_for_a_seat_as_long_as_nobody_leads_it(judging):
    async with judging.sits(ANN) as program:
        assert "ack" in await program.does("give_score", **SCORE)
        assert not program.regions["panel-seat"]["is_elsewhere"]


async def test_a_seat_that_is_led_takes_nothing_from_a_program_unless_it_takes_the_seat(judging):
    judging.performs(c.TakeSeat(ANN, SPARE))
    before = meeting_of(judging)
    async with judging.sits(ANN) as program, judging.sits(ANN, device="program-0003") as other:
        assert program.regions["panel-seat"]["is_elsewhere"]
        for name in (each for each, who in protocol.WHO.items() if "seat" in who and each != "take_seat"):
            assert (await program.does(name, **protocol.EXAMPLES[name]))["code"] == "seat.elsewhere"
        assert (await program.does("save_draft", **DRAFT))["code"] == "seat.elsewhere"
        assert meeting_of(judging) is before
        await other.does("take_seat", seat=ANN, device="program-0003")
        assert "ack" in await other.does("give_score", **SCORE)


# --- a sheet that is open elsewhere too -------------------------------------------------------------------------------


def spare_key(sitting: Sitting, seat: str = ANN) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(sitting.code, Role.SEAT, seat), "spare")


@pytest.mark.parametrize(
    "who", ["a program by a spare key", "a program by this key", "a tablet", "this device by a spare key"]
)
async def test_the_tablet_is_told_that_its_sheet_is_open_elsewhere_for_as_long_as_it_is(judging, operator, who):
    key = judging.seats[ANN] if who in ("a program by this key", "a tablet") else spare_key(judging)
    device = {"a tablet": {"device": SPARE}, "this device by a spare key": {"device": TABLET}}.get(who, {})
    judging.performs(c.TakeSeat(ANN, TABLET))
    async with (
        judging.sits(ANN, device=TABLET) as ann,
        judging.sits(BEN, device="tablet-ben") as ben,
        judging.presides() as moderator,
    ):
        assert (others(ann), of_ann(moderator)) == (0, 1)
        async with judging.watches("panel", key, **device):
            await ann.until(lambda: others(ann) == 1)
            await moderator.until(lambda: of_ann(moderator) == 2)
            cookie = f"kaimen-device={TABLET}"
            assert 'data-others="alone"' in judging.page("/panel", judging.seats[ANN], cookie=cookie).text
        await ann.until(lambda: others(ann) == 0)
        await moderator.until(lambda: of_ann(moderator) == 1)
        await ben.listens()
        assert others(ben) == 0


def others(caller) -> int:
    return caller.regions["panel-seat"]["others"]


def of_ann(moderator) -> int:
    return next(each["different"] for each in moderator.regions["console-panel"]["seats"] if each["seat"] == ANN)


async def test_two_tabs_of_the_tablet_are_no_other_device(judging):
    async with judging.sits(ANN, device=TABLET) as one, judging.sits(ANN, device=TABLET) as two:
        await one.listens()
        assert (others(one), others(two)) == (0, 0)


async def test_a_device_that_only_reads_is_told_that_and_not_of_others(judging):
    judging.performs(c.TakeSeat(ANN, TABLET))
    async with judging.sits(ANN, device=TABLET), judging.sits(ANN, device=SPARE) as spare:
        assert (others(spare), spare.regions["panel-seat"]["is_elsewhere"]) == (0, True)


async def test_the_board_names_the_keys_if_a_seat_is_open_by_two(judging, operator):
    spare = spare_key(judging)
    judging.performs(c.TakeSeat(ANN, TABLET))
    async with judging.watches("devices", operator) as board, judging.sits(ANN, device=TABLET):
        async with judging.watches("panel", spare):
            await board.until(lambda: len(keys_on(board)) == 2)
            assert keys_on(board) == {keys.hash_of(token)[:8] for token in (spare, judging.seats[ANN])}
        await board.until(lambda: keys_on(board) == set())


def keys_on(board) -> set[str]:
    troubles = [each for row in board.regions["devices-board"]["rows"] for each in row["troubles"]]
    return {each["key"] for each in troubles if each["code"] == "keys"}


async def test_a_seat_takes_over_no_other_seat(judging):
    async with judging.sits(BEN, device=TABLET) as ben:
        assert (await ben.does("take_seat", seat=ANN, device=TABLET))["code"] == "command.other_seat"


async def test_a_new_socket_or_page_of_a_device_takes_nothing_over(judging):
    judging.performs(c.TakeSeat(ANN, SPARE))
    async with judging.sits(ANN, device=TABLET) as old:
        assert old.regions["panel-seat"]["is_elsewhere"]
    judging.page("/panel", judging.seats[ANN])
    assert meeting_of(judging).panel.holders == {ANN: SPARE}


async def test_a_page_is_painted_for_the_device_that_its_cookie_names(judging):
    judging.performs(c.TakeSeat(ANN, SPARE))
    shown = {
        device: 'data-elsewhere="yes"' in judging.page("/panel", judging.seats[ANN], cookie=cookie).text
        for device, cookie in {
            TABLET: f"kaimen-device={TABLET}",
            SPARE: f"kaimen-device={SPARE}",
            "": "",
            "bad": "kaimen-device=<b>",
        }.items()
    }
    assert shown == {TABLET: True, SPARE: False, "": True, "bad": True}


async def test_the_spare_tablet_is_given_the_sheet_that_the_other_one_has_out(judging):
    opened = "/panel?opened=1"
    assert 'data-unit="court"' not in judging.page(opened, judging.seats[ANN]).text
    async with judging.sits(ANN, device=TABLET) as old:
        await old.does("look_at", unit="court")
        assert 'id="panel-head" data-unit="court"' in judging.page(opened, judging.seats[ANN]).text
        assert 'id="panel-head" data-unit=""' in judging.page(opened, judging.seats[BEN]).text
        assert 'id="panel-head" data-unit=""' in judging.page("/panel", judging.seats[ANN]).text


async def test_the_link_of_a_seat_leads_to_a_page_that_takes_it(sitting):
    answer = sitting.page(f"/seat/{sitting.seats[ANN]}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{sitting.code}/panel?opened=1")


# --- checking in ------------------------------------------------------------------------------------------------------


async def test_a_panelist_checks_in_and_the_console_says_so(sitting):
    async with sitting.sits(ANN) as ann, sitting.presides() as moderator:
        assert ann.regions["panel-seat"]["asks"]
        await ann.does("check_in", seat=ANN)
        await moderator.until(lambda: bool(moderator.regions["console-panel"]["seats"][0]["arrived"]))
        await ann.until(lambda: not ann.regions["panel-seat"]["asks"])
        await moderator.does("check_out", seat=ANN)
        await ann.until(lambda: ann.regions["panel-seat"]["asks"])


async def test_nobody_is_asked_any_more_once_the_first_item_has_begun(judging):
    async with judging.sits(ANN) as ann:
        assert (ann.regions["panel-seat"]["asks"], ann.regions["panel-seat"]["is_here"]) == (False, False)


# --- the board --------------------------------------------------------------------------------------------------------


async def test_the_board_names_who_is_missing_and_what_is_wrong_the_worst_first(sitting, operator):
    async with (
        sitting.sits(ANN, device=TABLET) as ann,
        sitting.sits(BEN, device=SPARE) as ben,
        sitting.watches("devices", operator) as board,
    ):
        ill = {"unsent": 2, "clock_offset": -3 * 3_600_000, "wake_lock": "refused", "round_trip": 1800}
        await ann.says({"do": "report_device", **HEALTH, **ill})
        await ben.says({"do": "report_device", **HEALTH})
        await board.until(lambda: rows(board)["Expert 1"] != [] and rows(board)["Expert 2"] == [])
        assert rows(board) == {
            "Expert 1": ["unsent", "sleeps", "slow", "clock"],
            "Deputy 1": ["nobody"],
            "Deputy 2": ["nobody"],
            "Member 1": ["nobody"],
            "Expert 2": [],
        }
        first = board.regions["devices-board"]["rows"][0]["troubles"]
        assert first[3] == {"code": "clock", "grade": 1, "amount": 3, "unit": "hours", "is_ahead": False}


async def test_two_tablets_at_one_seat_are_told_apart_and_the_one_that_goes_is_not_missed(judging, operator):
    judging.performs(c.TakeSeat(ANN, TABLET), c.TakeSeat(ANN, SPARE))
    async with judging.watches("devices", operator) as board, judging.sits(ANN, device=SPARE):
        async with judging.sits(ANN, device=TABLET):
            await board.until(lambda: len(board.regions["devices-board"]["rows"]) == 5 + 1)
            found = [
                (row["device"], row["leads"], [each["code"] for each in row["troubles"]])
                for row in board.regions["devices-board"]["rows"]
                if row["seat"] == ANN
            ]
            assert found == [("spar", True, ["two"]), ("tabl", False, ["only_reads"])]
        await board.until(lambda: rows(board)["Expert 1"] == [])


async def test_who_goes_is_gone_and_who_comes_back_is_not(sitting, operator):
    async with sitting.watches("devices", operator) as board:
        async with sitting.sits(ANN, device=TABLET):
            await board.until(lambda: rows(board)["Expert 1"] == [])
        await board.until(lambda: rows(board)["Expert 1"] == ["gone"])
        async with sitting.sits(ANN, device=TABLET):
            await board.until(lambda: rows(board)["Expert 1"] == [])


async def test_two_tabs_of_one_device_are_one_device(sitting, operator):
    async with sitting.sits(ANN, device=TABLET), sitting.sits(ANN, device=TABLET):
        devices = sitting.served.call(lambda: sitting.served.venue.rooms.devices(sitting.code).listed)
    assert [(each.post.device, each.sockets) for each in devices] == [(TABLET, 2)]


async def test_an_ack_is_on_the_board(sitting, operator):
    async with sitting.sits(ANN, device=TABLET) as ann, sitting.watches("devices", operator) as board:
        await ann.does("check_in", seat=ANN)
        await board.until(lambda: bool(board.regions["devices-board"]["rows"][-1]["acked"]))
        assert board.regions["devices-head"]["here"] == 1


async def test_phones_and_miniatures_are_no_devices_of_the_board(sitting, operator):
    async with (
        sitting.watches("phone", device="phone-0001"),
        sitting.watches("hall", miniature="1", device="laptop-0001"),
        sitting.watches("devices", operator) as board,
    ):
        assert board.regions["devices-head"]["phones"] == 1
        assert (rows(board, "display"), list(rows(board, "console"))) == ({}, [])


@pytest.mark.parametrize(
    "changes",
    [
        {"unsent": -1},
        {"unsent": 10**9},
        {"unsent": "many"},
        {"round_trip": -5},
        {"clock_offset": 10**15},
        {"wake_lock": "asleep"},
        {"width": None},
    ],
)
async def test_a_report_that_is_none_is_declined_and_nothing_is_kept_of_it(sitting, changes):
    async with sitting.sits(ANN, device=TABLET) as ann:
        answer = await ann.says({"do": "report_device", **HEALTH, **changes})
        devices = sitting.served.call(lambda: sitting.served.venue.rooms.devices(sitting.code).listed)
    assert (answer["code"], devices[0].health) == ("command.malformed", None)


async def test_a_report_goes_to_no_screen_but_the_board(sitting):
    async with sitting.presides() as moderator, sitting.sits(BEN) as ben, sitting.sits(ANN, device=TABLET) as ann:
        await moderator.catches_up_with(sitting.fingerprint("moderator", sitting.moderator))  # it knows who is there
        before = len(moderator.texts), len(ben.texts)
        await ann.says({"do": "report_device", **HEALTH})
        await moderator.listens()
        await ben.listens()
        assert (len(moderator.texts), len(ben.texts)) == (before[0] + 1, before[1] + 1)  # the answers about the clock
        assert moderator.have == sitting.fingerprint("moderator", sitting.moderator)
        devices = sitting.served.call(lambda: sitting.served.venue.rooms.devices(sitting.code).listed)
    assert [each.health.wake_lock for each in devices if each.health] == [WakeLock.HELD]


async def test_the_board_is_for_moderator_and_operator(sitting, operator):
    assert sitting.page("/devices", operator).status_code == 200
    assert sitting.page("/devices", sitting.moderator).status_code == 200
    assert sitting.page("/devices", sitting.seats[ANN]).status_code == 403
    assert sitting.page("/devices").status_code == 403


async def test_the_operators_board_holds_no_score(judging, operator):
    async with judging.sits(ANN, device=TABLET) as ann, judging.watches("devices", operator) as board:
        await ann.does("submit_sheet", **{**protocol.EXAMPLES["submit_sheet"], "total": "80"})
        await ann.does("send_comment", **protocol.EXAMPLES["send_comment"])
        await board.until(lambda: board.regions["devices-head"]["here"] == 1)
        told = json.dumps(board.texts)
    assert "A gap" in protocol.EXAMPLES["send_comment"]["text"]
    assert "A gap" not in told
    assert '"80"' not in told


# --- browsers ---------------------------------------------------------------------------------------------------------


WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("agent", "browser"),
    [
        (f"Mozilla/5.0 (X11; Linux x86_64) {WEBKIT} Chrome/126.0.0.0 Safari/537.36", "Chrome 126"),
        (f"Mozilla/5.0 (Windows NT 10.0) {WEBKIT} Chrome/120.0 Safari/537.36 Edg/120.0", "Edge 120"),
        (f"Mozilla/5.0 (iPad; CPU OS 17_4) {WEBKIT} Version/17.4 Mobile/15E148 Safari/604.1", "Safari 17"),
        (f"Mozilla/5.0 (Linux) {WEBKIT} Chrome/114.0 Mobile Safari/537.36 HuaweiBrowser/14.0", "HUAWEI Browser 14"),
        (f"Mozilla/5.0 (Linux) {WEBKIT} Version/4.0 Chrome/116.0 MicroMessenger/8.0.44 Mobile", "WeChat 8"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox 128"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("<script>alert(1)</script>" + "x" * 300, "scriptalert1/script" + "x" * 11),
        ("", ""),
    ],
)
def test_a_browser_goes_by_the_name_people_know(agent, browser):
    assert name_of(agent) == browser
