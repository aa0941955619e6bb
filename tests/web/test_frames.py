"""Frames that cannot be read, or come in floods: each gets a clear answer, and nobody else notices."""

import asyncio
import dataclasses
import json
import time
from contextlib import suppress
from types import SimpleNamespace

import pytest
from websockets.exceptions import ConnectionClosed, ConnectionClosedError

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.refusals import Said
from app.server import LARGEST_MESSAGE
from app.web.sockets import line as sockets
from app.web.sockets.frames import COMMANDS
from app.web.sockets.line import MESSAGES_AT_ONCE, MESSAGES_PER_SECOND, Allowance
from app.web.sockets.visit import MOST_MALFORMED
from tests.live.leaping import leaping, now
from tests.live.served import Caller, Sitting
from tests.meetings import ANN, WATER
from tests.web import protocol

GOOD = {"id": "command-1", "do": "give_score", **protocol.EXAMPLES["give_score"]}
MALFORMED = {
    "nothing": "",
    "a word": "hello",
    "half a frame": '{"id": "command-1", "do": "pau',
    "a list": "[]",
    "a list of frames": json.dumps([GOOD]),
    "null": "null",
    "a number": "42",
    "a text": '"pause"',
    "no do": '{"id": "command-1"}',
    "do is no text": '{"id": "command-1", "do": 7}',
    "an id that is no text": '{"id": 12345678, "do": "pause"}',
    "html": "<script>alert(1)</script>",
    "two frames": json.dumps(GOOD) * 2,
    "a byte order mark": "\ufeff" + json.dumps(GOOD),
    "half a character": '{"id": "command-1", "do": "\\ud800"}',
    "a character that no text may hold": '{"id": "command-1", "do": "tell_speaker", "text": "a\\u0000b"}',
    "the same behind a backslash": '{"id": "command-1", "do": "tell_speaker", "text": "a\\\\\\u0000b"}',
    "a depth of brackets": "[" * 20_000,
    "a depth of objects": '{"do":' * 5_000,
    "not a number": '{"do": "ask_clock", "sent": NaN}',
    "a number beyond all": '{"do": "ask_clock", "sent": 1e999}',
    "bytes": b"\x00\xff\xfe",
    "a frame as bytes": json.dumps(GOOD).encode(),
}
SENTENCE = {
    language: say(Said("command.malformed", {"detail": "…"}), language).partition("…")[0] for language in Language
}
MAY_BE_NULL = ("leaving", "before", "cue")
NO_OTHER_KIND = ("edit_comment", "release_comment")
WRONG = {
    "text": [7, None, {}, [], True],
    "number": ["7", None, {}, 7.5],
    "yes or no": ["7", None, 7, {}, []],
    "object": ["7", None, 7],
    "list": ["7", None, 7, {}, [7]],
    "points": [None, {}, [], True, "abc", ""],
}


# --- what cannot be read ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("frame", MALFORMED.values(), ids=list(MALFORMED))
async def test_a_frame_that_cannot_be_read_is_answered_in_a_sentence_and_the_socket_stays(sitting, frame):
    async with sitting.sits(ANN, lang="en") as ann:
        answer = await ann.says(frame)
        assert answer["code"] == "command.malformed"
        assert answer["sentence"].startswith(SENTENCE[Language.ENGLISH])
        assert (await ann.says(GOOD))["code"] == "meeting.not_open"


@pytest.mark.parametrize("language", Language)
async def test_the_sentence_is_in_the_language_of_the_socket(sitting, language):
    async with sitting.sits(ANN, lang=str(language)) as ann:
        assert (await ann.says("hello"))["sentence"].startswith(SENTENCE[language])


@pytest.mark.parametrize("do", ["", "dance", "OpenMeeting", "__class__", "open-meeting", "pause ", "p" * 10_000])
async def test_a_command_there_is_not_is_unknown(sitting, do):
    async with sitting.presides() as moderator:
        answer = await moderator.does(do)
        assert (answer["code"], answer["facts"]) == ("command.unknown", {})


@pytest.mark.parametrize("do", ["look_at", "save_draft"])
async def test_what_belongs_to_a_tablet_is_unknown_elsewhere(sitting, do):
    async with sitting.presides() as moderator:
        assert (await moderator.does(do, unit="water", seat=ANN, kind="problem", text="x"))["code"] == "command.unknown"


@pytest.mark.parametrize(
    "id", ["", "short", "x" * 65, "with space", "semi;colon", "评议评议评议评议", "line\nfeed.", "../../etc"]
)
async def test_an_id_that_is_none_is_refused_before_anything_is_done(sitting, id):
    async with sitting.presides() as moderator:
        for do in ("open_meeting", "tell_speaker"):
            answer = await moderator.says({"id": id, "do": do, "text": "x"})
            assert (answer["code"], answer["refused"]) == ("command.malformed", id[:64])
    assert sitting.served.venue.rooms.meeting(sitting.code).opened_at is None


# --- fields -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name, fields in protocol.EXAMPLES.items() if fields])
async def test_a_command_without_one_of_its_fields_names_the_field(sitting, name):
    optional = {field.name for field in dataclasses.fields(COMMANDS[name]) if field.default is not dataclasses.MISSING}
    async with door(sitting, name) as caller:
        for missing in protocol.EXAMPLES[name].keys() - optional:
            fields = {field: value for field, value in protocol.EXAMPLES[name].items() if field != missing}
            answer = await caller.does(name, **fields)
            assert answer["code"] == "command.malformed"
            assert f"`{missing}`" in answer["sentence"]


@pytest.mark.parametrize("name", [name for name, fields in protocol.EXAMPLES.items() if fields])
async def test_a_command_with_a_field_of_another_type_names_its_place(sitting, name):
    async with door(sitting, name) as caller:
        for field, value in protocol.EXAMPLES[name].items():
            for wrong in WRONG[type_of(field, value)]:
                if wrong is None and (
                    value is None or field in MAY_BE_NULL or (field == "kind" and name in NO_OTHER_KIND)
                ):
                    continue
                answer = await caller.does(name, **protocol.EXAMPLES[name] | {field: wrong})
                assert answer["code"] == "command.malformed", (field, wrong)
                assert f"$.{field}" in answer["sentence"]


@pytest.mark.parametrize("name", COMMANDS)
async def test_fields_that_a_command_does_not_know_are_passed_over(served, name):
    more = {"at": "1999-01-01T00:00:00Z", "by": "seat:ben", "plan": {}, "again": True, "seq": 1}
    answers = [await answered(served.holds(), name, **fields) for fields in ({}, more)]
    assert answers[0] == answers[1]


async def answered(sitting: Sitting, name: str, **more: object) -> dict:
    """What a command is answered, without its id and its seal, while the water office reports."""
    if name != "open_meeting":
        sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(WATER)))
    async with door(sitting, name) as caller:
        answer = await caller.does(name, **more | protocol.EXAMPLES[name])
    return {key: value for key, value in answer.items() if key not in ("ack", "refused", "seal")}


def door(sitting: Sitting, name: str):
    return sitting.presides() if "moderator" in protocol.WHO[name] else sitting.sits(ANN)


def type_of(field: str, value: object) -> str:
    if field in ("points", "total") and not isinstance(value, dict):
        return "points"
    if field == "before":
        return "text"
    return {str: "text", bool: "yes or no", int: "number", dict: "object", list: "list", type(None): "object"}[
        type(value)
    ]


# --- too much -------------------------------------------------------------------------------------------------------


async def test_a_frame_that_is_too_long_closes_its_own_socket_only(sitting):
    async with sitting.presides() as moderator, sitting.sits(ANN) as ann:
        with pytest.raises(ConnectionClosed):
            await ann.says('{"id": "command-1", "do": "save_draft", "text": "' + "x" * LARGEST_MESSAGE + '"}')
        assert ann.connection.close_code == 1009
        assert "ack" in await moderator.does("open_meeting")


async def test_the_longest_frame_there_may_be_is_read(sitting):
    frame = json.dumps({"id": "command-1", "do": "ask_clock", "sent": 1.5, "more": ""})
    async with sitting.watches("phone") as phone:
        answer = await phone.says(frame[:-2] + "x" * (LARGEST_MESSAGE - len(frame)) + frame[-2:])
        assert answer["sent"] == 1.5


async def test_ten_thousand_junk_frames_get_a_hundred_answers_and_the_door(sitting):
    async with sitting.presides() as moderator, sitting.sits(ANN) as ann, sitting.watches("hall") as junk:
        reading = asyncio.create_task(all_answers(junk))  # at once: who reads too late finds the line cut
        sending = asyncio.create_task(send_all(junk, ["junk"] * 10_000))
        assert "ack" in await moderator.does("open_meeting")
        await sending
        assert [answer["code"] for answer in await reading] == ["command.malformed"] * MOST_MALFORMED
        assert junk.connection.close_code == 1008
        assert "ack" in await moderator.does("advance", leaving=None)
        await ann.catches_up_with(sitting.fingerprint("panel", sitting.seats[ANN]))
    assert sitting.served.page("/healthz").text == "ready"


async def test_unknown_commands_count_as_junk_and_refused_ones_do_not(sitting):
    async with sitting.watches("phone") as phone:
        for _ in range(MOST_MALFORMED - 1):
            await phone.does("dance")
        for _ in range(5):
            assert (await phone.does("pause"))["code"] == "command.not_allowed"
        assert (await phone.does("dance"))["code"] == "command.unknown"
        with pytest.raises(ConnectionClosedError):
            await phone.listens()
        assert phone.connection.close_code == 1008


async def test_who_sends_too_quickly_is_read_slowly_in_order_and_loses_nothing(sitting, monkeypatch):
    monkeypatch.setattr(sockets, "MESSAGES_AT_ONCE", 10)
    monkeypatch.setattr(sockets, "MESSAGES_PER_SECOND", 100.0)
    async with sitting.watches("phone") as quick, sitting.watches("phone") as calm:
        began = time.monotonic()
        await send_all(quick, [json.dumps({"do": "ask_clock", "sent": at}) for at in range(60)])
        await calm.listens()
        answered = [(await quick.answer(lambda answer: "sent" in answer))["sent"] for _ in range(60)]
        assert answered == list(range(60))
        assert time.monotonic() - began > (60 - 10) / 100.0 * 0.9


@leaping
async def test_an_allowance_is_a_hundred_at_once_and_twenty_a_second(monkeypatch):
    monkeypatch.setattr(sockets, "time", SimpleNamespace(monotonic=asyncio.get_running_loop().time))
    allowance = Allowance()
    for _ in range(MESSAGES_AT_ONCE):
        await allowance.take()
    assert now() == 0
    for _ in range(40):
        await allowance.take()
    assert now() == pytest.approx(40 / MESSAGES_PER_SECOND)
    await asyncio.sleep(3600)
    for _ in range(MESSAGES_AT_ONCE):
        await allowance.take()
    assert now() == pytest.approx(3600 + 40 / MESSAGES_PER_SECOND)


async def send_all(caller: Caller, frames: list[str]) -> None:
    try:
        for frame in frames:
            await caller.sends(frame)
    except ConnectionClosed:
        pass  # the door was shut on the rest


async def all_answers(caller: Caller) -> list[dict]:
    """Every answer until the socket is closed."""
    answers = []
    with suppress(ConnectionClosed):
        while True:
            answers.append(await caller.answer(lambda _: True))
    return answers
