"""A bot's line: a command is sent until it is answered, under the one id it was given."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from http import HTTPStatus

import pytest
from websockets.asyncio.server import Server, ServerConnection, serve

from app.rehearsal import speaker as speakers
from app.rehearsal.answers import Answers
from app.rehearsal.speaker import Address, Answer, Speaker
from app.rehearsal.troubles import NotLetIn, NotReachable

Talk = Callable[[ServerConnection], Awaitable[None]]


def serving(talk: Talk, **options: object) -> serve:
    return serve(talk, "127.0.0.1", 0, subprotocols=[speakers.SUBPROTOCOL], **options)


def speaker_to(server: Server, token: str = "") -> Speaker:
    port = server.sockets[0].getsockname()[1]
    return Speaker(Address(f"http://127.0.0.1:{port}", "small", "panel", token), Answers())


async def performing(speaker: Speaker, do: str = "pause") -> Answer:
    line = asyncio.create_task(speaker.run())
    try:
        async with asyncio.timeout(10):
            return await speaker.perform(do)
    finally:
        line.cancel()


async def test_a_command_is_sent_again_under_its_id_over_the_next_connection():
    heard = []

    async def breaks_off_once(socket: ServerConnection) -> None:
        heard.append(json.loads(await socket.recv()))
        if len(heard) > 1:
            await socket.send(json.dumps({"ack": heard[-1]["id"], "seq": 5}))
            await socket.wait_closed()

    async with serving(breaks_off_once) as server:
        speaker = speaker_to(server)
        assert (await performing(speaker)).is_acked
    assert heard[0] == heard[1]
    assert speaker._answers.acked == [heard[0]["id"]]
    assert speaker._answers.reconnections == 1


async def test_a_command_that_could_not_be_written_is_sent_again_later(monkeypatch):
    monkeypatch.setattr(speakers, "RETRY_AFTER", 0.01)
    heard = []

    async def has_a_full_disk_at_first(socket: ServerConnection) -> None:
        async for text in socket:
            id = json.loads(text)["id"]
            heard.append(id)
            full = {"refused": id, "code": "record.unavailable", "sentence": "…"}
            await socket.send(json.dumps({"ack": id, "seq": 5} if len(heard) == 3 else full))

    async with serving(has_a_full_disk_at_first) as server:
        assert (await performing(speaker_to(server))).is_acked
    assert len(heard) == 3
    assert len(set(heard)) == 1


async def test_a_refusal_says_how_the_command_would_be_accepted():
    async def refuses(socket: ServerConnection) -> None:
        id = json.loads(await socket.recv())["id"]
        said = {"refused": id, "code": "round.sheets_missing", "sentence": "Missing.", "again": {"without": ["ann"]}}
        await socket.send(json.dumps(said))
        await socket.wait_closed()

    async with serving(refuses) as server:
        speaker = speaker_to(server)
        answer = await performing(speaker, "close_round")
    assert answer == Answer("round.sheets_missing", "Missing.", {"without": ["ann"]})
    assert speaker._answers.refusals == {"round.sheets_missing": 1}
    assert speaker._answers.acked == []


async def test_it_comes_back_with_the_picture_it_has_and_the_sheet_that_is_out():
    addresses = []

    async def shows_a_picture(socket: ServerConnection) -> None:
        assert socket.request
        addresses.append(socket.request.path)
        await socket.send(json.dumps({"have": "abc", "regions": {"panel-head": {"seat": "Ann"}}}))

    async with serving(shows_a_picture) as server:
        speaker = speaker_to(server)
        line = asyncio.create_task(speaker.run())
        await speaker.until(lambda: speaker.regions)
        speaker.come_back_to("water")
        await speaker.until(lambda: len(addresses) > 1)
        line.cancel()
    assert addresses[0].endswith("/small/live/panel?have=")
    assert addresses[1].endswith("/small/live/panel?have=abc&unit=water")


@pytest.mark.parametrize("status", [HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND])
async def test_who_is_not_let_in_does_not_try_again(status):
    async def never(_socket: ServerConnection) -> None: ...

    async with serving(never, process_request=lambda socket, _request: socket.respond(status, "")) as server:
        with pytest.raises(NotLetIn):
            await speaker_to(server, "wrong").run()


async def test_it_gives_up_a_server_that_is_gone(monkeypatch):
    monkeypatch.setattr(speakers, "SECONDS_TO_GIVE_UP", 0.2)
    async with serving(lambda socket: socket.close()) as server:
        speaker = speaker_to(server)
    with pytest.raises(NotReachable):
        await speaker.run()


def test_percentiles_are_latencies_that_were_measured():
    answers = Answers(latencies=[0.3, 0.1, 0.2, 0.4])
    assert (answers.percentile(0.5), answers.percentile(0.99)) == (0.2, 0.4)
    assert Answers().percentile(0.5) is None
