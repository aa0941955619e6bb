"""Commands over the sockets, as people meet them: what is answered, what is recorded, what others see of it."""

import asyncio

import pytest

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.refusals import Said
from tests.live.served import Sitting
from tests.meetings import ANN, BEN, EVE, WATER, salt, sheet
from tests.web import protocol
from tests.web.logged import acknowledged, kinds, lines

SUBMIT = protocol.EXAMPLES["submit_sheet"]
SCORE = protocol.EXAMPLES["give_score"]
HARMFUL = "</hx-partial><script>alert(1)</script><!-- \" ' & 评议 😀 \u2028 {{ 7 * 7 }} -->"


# --- acknowledged and seen --------------------------------------------------------------------------------------------


async def test_an_ack_names_the_last_entry_a_command_made(judging):
    async with judging.presides() as moderator:
        answer = await moderator.does("jump_to", id="command-1", place={"item": "report-court", "segment": 0})
    assert answer == acknowledged(judging)
    assert kinds(judging)[-2:] == ["SegmentEntered", "RoundOpened"]


async def test_a_command_that_asks_for_what_is_so_is_acknowledged_and_makes_no_entry(judging):
    before = len(lines(judging))
    async with judging.presides() as moderator:
        assert (await moderator.does("follow_agenda"))["seq"] == before
    assert len(lines(judging)) == before


async def test_one_step_is_seen_on_every_screen(judging):
    async with (
        judging.presides() as moderator,
        judging.watches("hall") as hall,
        judging.watches("timer") as timer,
        judging.watches("phone") as phone,
        judging.sits(ANN) as ann,
    ):
        assert "ack" in await moderator.does("advance", leaving=protocol.PLACE)
        await moderator.until(lambda: moderator.regions["console-step"]["place"]["segment"] == 1)
        await hall.until(lambda: hall.regions["hall-stage"]["segment"] == "comments")
        await timer.until(lambda: timer.regions["timer-face"]["place"]["segment"] == 1)
        await phone.until(lambda: phone.regions["phone-now"]["place"]["segment"] == 1)
        await ann.until(lambda: ann.regions["panel-now"]["place"]["segment"] == 1)


async def test_a_sheet_counts_on_the_console_and_in_the_hall_and_says_its_receipt_to_its_seat(judging):
    async with judging.presides() as moderator, judging.watches("hall") as hall, judging.sits(ANN, unit="water") as ann:
        assert "ack" in await ann.does("submit_sheet", **SUBMIT)
        await ann.until(lambda: ann.regions["panel-marks"]["sheet"]["version"] == 1)
        await hall.until(lambda: hall.regions["hall-progress"]["tally"]["answered"] == 1)
        await moderator.until(lambda: moderator.regions["console-rounds"]["rounds"][0]["tally"]["answered"] == 1)
        assert len(ann.regions["panel-marks"]["sheet"]["receipt"]) == 9


async def test_commands_of_one_socket_are_answered_in_order(judging):
    async with judging.sits(ANN) as ann:
        ids = [f"command-{at:02}" for at in range(60)]
        for at, id in enumerate(ids):
            await ann.sends({"id": id, "do": "give_score", **SCORE, "points": str(at)})
        answers = [await ann.answer(lambda answer: "ack" in answer) for _ in ids]
    assert [answer["ack"] for answer in answers] == ids
    assert [answer["seq"] for answer in answers] == sorted({answer["seq"] for answer in answers})


# --- once, however often it is sent -----------------------------------------------------------------------------------


async def test_a_command_sent_twice_under_one_id_is_carried_out_once_and_answered_alike(judging):
    async with judging.sits(ANN) as ann:
        answers = [await ann.does("submit_sheet", id="command-1", **SUBMIT) for _ in range(3)]
    async with judging.sits(ANN) as spare_tablet:
        answers.append(await spare_tablet.does("submit_sheet", id="command-1", **SUBMIT))
    assert answers == [acknowledged(judging)] * 4
    assert kinds(judging).count("SheetSubmitted") == 1


async def test_a_sheet_submitted_twice_under_two_ids_is_one_submission(judging):
    async with judging.sits(ANN) as ann:
        await ann.does("submit_sheet", **SUBMIT)
        assert (await ann.does("submit_sheet", **SUBMIT))["code"] == "sheet.already_submitted"
    assert kinds(judging).count("SheetSubmitted") == 1


async def test_an_id_of_somebody_else_is_refused(judging):
    async with judging.sits(ANN) as ann, judging.sits(BEN) as ben:
        await ann.does("give_score", id="command-1", **SCORE)
        answer = await ben.does("give_score", id="command-1", **SCORE | {"seat": BEN})
    assert answer["code"] == "command.twice"


async def test_two_impatient_presses_are_one_step(judging):
    async with judging.presides() as moderator:
        assert "ack" in await moderator.does("advance", leaving=protocol.PLACE)
        assert (await moderator.does("advance", leaving=protocol.PLACE))["code"] == "agenda.moved_on"


async def test_two_consoles_pressing_at_once_are_one_step(judging):
    async with judging.presides() as first, judging.presides() as second:
        answers = await asyncio.gather(*(each.does("advance", leaving=protocol.PLACE) for each in (first, second)))
    assert sorted("ack" in answer for answer in answers) == [False, True]


# --- out of turn, out of range, mixed up ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ("NaN", "score.not_a_number"),
        ("sNaN", "score.not_a_number"),
        ("Infinity", "score.not_a_number"),
        ("-Infinity", "score.not_a_number"),
        ("1e999", "score.out_of_range"),
        (1e300, "score.out_of_range"),
        ("1e999999999999", "score.out_of_range"),
        (-0.5, "score.out_of_range"),
        ("60.5", "score.out_of_range"),
        ("12.3", "score.off_step"),
        ("1e-999999", "score.off_step"),
        ("0." + "0" * 5000 + "1", "score.off_step"),
        (10**400, "score.out_of_range"),
    ],
)
async def test_points_that_cannot_be_given_are_refused(judging, points, code):
    async with judging.sits(ANN) as ann:
        assert (await ann.does("give_score", **SCORE | {"points": points}))["code"] == code
        submitted = await ann.does("submit_sheet", **SUBMIT | {"marks": {"clarity": points, "effect": "30"}})
        assert submitted["code"] == code
    assert judging.served.venue.rooms.meeting(judging.code).rounds[WATER].sheets == {}


@pytest.mark.parametrize("points", ["50", 50, 50.0, "50.0", "5e1", "050"])
async def test_points_may_be_said_in_any_way(judging, points):
    async with judging.sits(ANN, unit="water") as ann:
        assert "ack" in await ann.does("give_score", **SCORE | {"points": points})
        await ann.until(lambda: ann.regions["panel-marks"]["sheet"]["marks"] == {"clarity": "50"})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"unit": "court"}, "sheet.other_unit"),
        ({"unit": "moon"}, "unit.unknown"),
        ({"round": "report-court"}, "round.unknown"),
        ({"round": "opening"}, "round.not_a_presentation"),
        ({"round": "moon"}, "item.unknown"),
        ({"total": "81"}, "sheet.other_total"),
        ({"total": "NaN"}, "sheet.other_total"),
        ({"marks": {"clarity": "50"}}, "sheet.incomplete"),
        ({"marks": {"clarity": "50", "effect": "30", "charm": "1"}}, "criterion.unknown"),
        ({"marks": {}}, "sheet.incomplete"),
        ({"salt": "short"}, "salt.missing"),
        ({"salt": "x" * 65}, "id.malformed"),
        ({"seat": BEN}, "command.other_seat"),
    ],
)
async def test_a_sheet_that_is_mixed_up_is_refused_whole(judging, changes, code):
    async with judging.sits(ANN) as ann:
        answer = await ann.does("submit_sheet", **SUBMIT | changes)
        assert answer["code"] == code
    assert judging.served.venue.rooms.meeting(judging.code).rounds[WATER].sheets == {}


async def test_a_sheet_of_the_unit_before_is_taken_while_its_round_is_open(judging):
    """The agenda has moved on; the late sheet is stamped with its own unit."""
    async with judging.presides() as moderator, judging.sits(ANN) as ann:
        await moderator.does("jump_to", place={"item": "report-court", "segment": 0})
        assert "ack" in await ann.does("submit_sheet", **SUBMIT)
    assert lines(judging)[-1]["data"]["round"] == WATER


async def test_out_of_turn_is_said_so(sitting):
    async with sitting.presides() as moderator, sitting.sits(ANN) as ann, sitting.sits(EVE) as eve:
        assert (await ann.does("give_score", **SCORE))["code"] == "meeting.not_open"
        await moderator.does("open_meeting")
        assert (await ann.does("give_score", **SCORE))["code"] == "round.unknown"
        await moderator.does("jump_to", place={"item": "report-court", "segment": 0})
        recused = await eve.does("give_score", **SCORE | {"round": "report-court", "seat": EVE})
        assert (recused["code"], recused["facts"]) == ("seat.recused", {"seat": "Member 1", "unit": "Court"})
        await moderator.does("close_round", round="report-court", without=["ann", "ben", "cat", "dan"])
        assert (await ann.does("give_score", **SCORE | {"round": "report-court"}))["code"] == "round.closed"
        assert (await moderator.does("reveal_result", round="report-court"))["code"] == "result.none"


@pytest.mark.parametrize("language", Language)
async def test_a_refusal_is_a_sentence_in_the_language_of_the_socket(judging, language):
    async with judging.sits(ANN, lang=str(language)) as ann:
        answer = await ann.does("give_score", **SCORE | {"points": "61"})
    facts = {"criterion": "Clarity", "minimum": "0", "maximum": "60", "points": "61"}
    assert (answer["facts"], answer["sentence"]) == (facts, say(Said("score.out_of_range", facts), language))


# --- closing over what is missing -------------------------------------------------------------------------------------


async def test_closing_with_sheets_missing_asks_once_and_names_them(judging):
    judging.performs(*(sheet_of(judging, seat) for seat in (ANN, BEN)))
    async with judging.presides(lang="en") as moderator:
        asked = await moderator.does("close_round", round=WATER)
        assert asked["code"] == "round.sheets_missing"
        assert asked["sentence"] == (
            "Sheets for Water are still missing from Deputy 1, Deputy 2, Member 1. Close without them?"
        )
        assert asked["again"] == {"without": ["cat", "dan", "eve"]}
        assert "ack" in await moderator.does("close_round", round=WATER, **asked["again"])
    assert lines(judging)[-1]["data"]["missing"] == ["cat", "dan", "eve"]


async def test_who_submitted_while_the_question_stood_is_not_left_out(judging):
    async with judging.presides() as moderator, judging.sits(ANN) as ann:
        asked = await moderator.does("close_round", round=WATER)
        await ann.does("submit_sheet", **SUBMIT)
        assert "ack" in await moderator.does("close_round", round=WATER, **asked["again"])
    assert lines(judging)[-1]["data"]["missing"] == ["ben", "cat", "dan", "eve"]


async def test_who_came_to_miss_while_the_question_stood_is_asked_for_again(judging):
    judging.performs(c.Abstain(WATER, ANN))
    async with judging.presides() as moderator, judging.sits(ANN) as ann:
        asked = await moderator.does("close_round", round=WATER)
        await ann.does("return_to_sheet", **protocol.SHEET)
        again = await moderator.does("close_round", round=WATER, **asked["again"])
        assert again["again"] == {"without": ["ann", "ben", "cat", "dan", "eve"]}


async def test_closing_all_rounds_asks_for_all(judging):
    async with judging.presides() as moderator:
        await moderator.does("jump_to", place={"item": "report-court", "segment": 0})
        asked = await moderator.does("close_all_rounds")
        assert len(asked["again"]["without"]) == 5 + 4
        assert "ack" in await moderator.does("close_all_rounds", **asked["again"])
    assert kinds(judging)[-2:] == ["RoundClosed", "RoundClosed"]


def sheet_of(sitting: Sitting, seat: str) -> c.SubmitSheet:
    meeting = sitting.served.venue.rooms.meeting(sitting.code)
    return sheet(meeting, WATER, seat, 50, 30, salt=salt(WATER, seat))


# --- comments ---------------------------------------------------------------------------------------------------------


async def test_whatever_is_written_is_shown_as_text(judging):
    async with (
        judging.presides(speaks_json=False) as moderator,
        judging.watches("hall", speaks_json=False) as hall,
        judging.watches("hall") as feed,
        judging.sits(ANN) as ann,
    ):
        fields = protocol.EXAMPLES["send_comment"] | {"text": HARMFUL}
        assert "ack" in await ann.does("send_comment", **fields)
        assert "ack" in await moderator.does("release_comment", comment=fields["comment"], text=HARMFUL)
        await feed.until(lambda: feed.regions["hall-comments"]["comments"])
        assert feed.regions["hall-comments"]["comments"][0]["text"] == HARMFUL
        for caller, region in ((hall, "hall-comments"), (moderator, "console-comments")):
            await caller.until(lambda caller=caller, region=region: "alert(1)" in caller.regions[region])
            assert "<script" not in caller.regions[region]
            assert "&lt;/hx-partial&gt;&lt;script&gt;" in caller.regions[region]
    for path in ("/display", "", "/results", "/moderator", "/panel?unit=water"):
        key = {"/moderator": judging.moderator, "/panel?unit=water": judging.seats[ANN]}.get(path, "")
        assert "<script>alert" not in judging.page(path, key).text


@pytest.mark.parametrize("text", ["\\u0000", "\\\\u0000", "\x1b[2J", "\u202e\u0627", "\ufffe", "a\r\nb"])
async def test_characters_that_nobody_types_do_no_harm(judging, text):
    async with judging.sits(ANN) as ann:
        answer = await ann.does("send_comment", **protocol.EXAMPLES["send_comment"] | {"text": text})
        assert answer.get("code") not in ("command.failed", "record.unavailable")
        assert "ack" in await ann.does("save_draft", seat=ANN, unit="water", kind="problem", text=text)
    assert judging.page("/panel?unit=water", judging.seats[ANN]).status_code == 200


async def test_a_comment_of_another_seat_is_not_ones_own(judging):
    async with judging.sits(ANN) as ann, judging.sits(BEN) as ben:
        await ann.does("send_comment", **protocol.EXAMPLES["send_comment"])
        taken = await ben.does("take_back_comment", comment="comment-1", seat=BEN)
        revised = await ben.does("revise_comment", **protocol.COMMENT | {"seat": BEN})
        assert (taken["code"], revised["code"]) == ("comment.not_yours", "comment.not_yours")
        assert BEN not in taken["sentence"] + revised["sentence"]
