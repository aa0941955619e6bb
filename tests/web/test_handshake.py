"""Live doors that stay shut: said before the handshake, so that no browser comes back at once."""

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
import sqlalchemy as sa
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from app.store import keys
from tests.live.served import Served, Sitting, bearer


async def handshake(sitting: Sitting, view: str = "hall", key: str = "", **headers: str) -> tuple[int, dict[str, str]]:
    """The HTTP status (101: in) and headers of a handshake."""
    try:
        async with connect(
            sitting.address(view), additional_headers={**bearer(key), **headers}, proxy=None
        ) as connection:
            return 101, dict(connection.response.headers)
    except InvalidStatus as refused:
        return refused.response.status_code, dict(refused.response.headers)


async def test_a_program_says_no_origin_and_is_let_in(sitting):
    assert (await handshake(sitting))[0] == 101


async def test_a_page_of_ours_is_let_in(sitting):
    assert (await handshake(sitting, origin=f"http://{sitting.served.host}"))[0] == 101
    assert (await handshake(sitting, "moderator", sitting.moderator, origin=f"http://{sitting.served.host}"))[0] == 101


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "https://evil.example:8000",
        "null",
        "file://",
        "http://127.0.0.1",
        "http://localhost",
        "http://[broken",
        "http://evil.example#127.0.0.1",
        "nonsense",
    ],
)
async def test_a_page_of_another_site_is_turned_away_even_with_a_key(sitting, origin):
    assert (await handshake(sitting, "moderator", sitting.moderator, origin=origin))[0] == 403


async def test_another_site_cannot_hide_behind_our_name(sitting):
    host = sitting.served.host
    for origin in (f"http://{host}.evil.example", f"http://{host}@evil.example", f"http://evil.example/{host}"):
        assert (await handshake(sitting, origin=origin))[0] == 403


async def test_what_there_is_not_cannot_be_watched(sitting):
    assert (await handshake(sitting, "nothing"))[0] == 404
    nowhere = replace(sitting, plan=replace(sitting.plan, code="nowhere"))
    assert (await handshake(nowhere))[0] == 404


async def test_a_full_hall_says_so_and_when_to_come_back(tmp_path):
    with Served(tmp_path, most_sockets=2) as served:
        sitting = served.holds()
        async with sitting.watches("hall"), sitting.watches("phone"):
            status, headers = await handshake(sitting)
            assert (status, headers["retry-after"]) == (503, "5")
            assert (await handshake(sitting, "moderator", sitting.moderator))[0] == 503
            assert served.http.get(f"/{sitting.code}").status_code == 200
        await served.until(lambda: served.venue.rooms.clients == 0)
        assert (await handshake(sitting))[0] == 101


async def test_a_hall_full_of_strangers_has_places_for_those_who_are_known(tmp_path):
    """By whatever key they show, at whatever door; a dead key or somebody else's makes nobody known."""
    with Served(tmp_path, most_sockets=20, share_of_address=100) as served:
        sitting, other = served.holds(), served.holds()
        async with AsyncExitStack() as crowd:
            for _ in range(18):
                await crowd.enter_async_context(sitting.watches("phone"))
            assert (await handshake(sitting))[0] == 503
            assert (await handshake(sitting, "hall", other.moderator))[0] == 503
            assert (await handshake(sitting, "hall", "no-such-key"))[0] == 503
            assert (await handshake(sitting, "moderator", "no-such-key"))[0] == 403
            for view in ("moderator", "hall"):
                assert (await handshake(sitting, view, sitting.moderator))[0] == 101
                await served.until(lambda: served.venue.capacity._taken == 18)
            async with sitting.presides(), sitting.sits("ann"):
                assert (await handshake(sitting, "panel", sitting.seats["ben"]))[0] == 503


async def test_one_address_takes_its_share_and_no_more(tmp_path):
    with Served(tmp_path, most_sockets=20, share_of_address=50, trusted_proxies="127.0.0.1") as served:
        sitting = served.holds()
        laptop, phone = {"x-forwarded-for": "192.0.2.1"}, {"x-forwarded-for": "192.0.2.2"}
        async with AsyncExitStack() as crowd:
            for _ in range(9):
                assert await crowd.enter_async_context(connect(sitting.address("hall"), additional_headers=laptop))
            assert (await handshake(sitting, **laptop))[0] == 503
            assert (await handshake(sitting, "moderator", sitting.moderator, **laptop))[0] == 101
            assert (await handshake(sitting, **phone))[0] == 101


async def test_a_handshake_that_comes_to_nothing_takes_no_place(tmp_path, monkeypatch):
    with Served(tmp_path, most_sockets=1) as served:
        sitting = served.holds()
        for _ in range(3):
            assert (await handshake(sitting, "moderator", "no-such-key"))[0] == 403
        monkeypatch.setattr("app.web.sockets.line.LiveLine.subprotocol", property(lambda _: 1 / 0))
        assert (await handshake(sitting))[0] == 403
        monkeypatch.undo()
        assert (await handshake(sitting))[0] == 101


async def test_who_is_let_in_speaks_what_he_offered(sitting):
    async with connect(sitting.address("hall"), subprotocols=["other", "kaimen.json"], proxy=None) as spoken:
        assert spoken.subprotocol == "kaimen.json"
        assert str(await spoken.recv()).startswith('{"have": ')
    async with connect(sitting.address("hall"), subprotocols=["other"], proxy=None) as spoken:
        assert spoken.subprotocol is None
        assert str(await spoken.recv()).startswith("<!--")


async def test_who_is_turned_away_is_no_complaint_in_the_log(sitting, caplog):
    for view, key, headers in (("nothing", "", {}), ("moderator", "", {}), ("hall", "", {"origin": "http://[broken"})):
        assert (await handshake(sitting, view, key, **headers))[0] in (403, 404)
    await handshake(sitting)
    assert caplog.records == []


async def test_an_answer_to_who_was_turned_away_says_nothing_of_keys(sitting):
    _, headers = await handshake(sitting, "moderator", sitting.seats["ann"])
    assert sitting.seats["ann"] not in str(headers)


# --- faults -----------------------------------------------------------------------------------------------------------


async def test_a_record_that_cannot_be_read_shuts_the_doors_for_a_while(sitting, monkeypatch, caplog):
    def fails(_connection, _token):
        raise sa.exc.OperationalError("SELECT", {}, OSError("disk I/O error"))

    await handshake(sitting)
    monkeypatch.setattr(keys, "find", fails)
    assert (await handshake(sitting, "moderator", sitting.moderator))[0] == 503
    assert "disk I/O error" in caplog.text
    assert sitting.moderator not in caplog.text


async def test_a_screen_that_cannot_be_painted_closes_so_that_browsers_come_back(sitting, monkeypatch, caplog):
    def fails(*_):
        raise KeyError("a fault in a template")

    clients = sitting.served.call(lambda: sitting.served.venue.rooms.clients)
    monkeypatch.setattr(sitting.served.venue.painter, "region", fails)
    async with connect(sitting.address("phone"), proxy=None) as connection:
        with pytest.raises(ConnectionClosedError):
            await connection.recv()
    assert connection.close_code == 1011
    assert "a fault in a template" in caplog.text
    assert sitting.served.call(lambda: sitting.served.venue.rooms.clients) == clients
    monkeypatch.undo()
    assert (await handshake(sitting, "phone"))[0] == 101
