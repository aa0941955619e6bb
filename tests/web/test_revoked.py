"""A key revoked in the middle of a meeting: its socket closes with a word, and nothing opens for it any more."""

import json

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from app.language import Language, say
from app.meeting.refusals import Said
from app.store import keys
from app.store.keys import Key, Role
from app.web.sockets.closing import KEY_REVOKED
from app.web.sockets.frames import JSON_SUBPROTOCOL
from tests.live.served import Caller, Sitting
from tests.meetings import ANN, BEN, small_plan

SAID = {"revoked": say(Said("key.revoked"), Language.CHINESE)}


def revokes(sitting: Sitting, role: Role, seat: str | None = None) -> None:
    """As ``run.py links --revoke`` does beside a running server."""
    with sitting.served.database.writing() as connection:
        keys.revoke(connection, sitting.code, role, seat)


async def farewell(caller: Caller) -> tuple[dict[str, str], int]:
    """The last thing a socket is told, and the code it is closed with."""
    last = {}
    try:
        while True:
            last = json.loads(await caller.connection.recv())
    except ConnectionClosed as closed:
        return last, closed.rcvd.code if closed.rcvd else 0


async def test_another_process_revokes_a_key_and_its_sockets_close_while_others_stay(sitting):
    async with sitting.sits(ANN) as tablet, sitting.sits(ANN) as spare, sitting.sits(BEN) as ben:
        revokes(sitting, Role.SEAT, ANN)
        assert [await farewell(each) for each in (tablet, spare)] == [(SAID, KEY_REVOKED)] * 2
        assert "ack" in await ben.does("look_at", unit="water")


async def test_a_tablet_that_was_asleep_is_told_when_it_comes_back(sitting):
    """A browser is not told why a handshake was declined: this one is accepted for the one sentence."""
    cookie = {"cookie": f"kaimen-seat-{sitting.code}={sitting.seats[ANN]}"}
    revokes(sitting, Role.SEAT, ANN)
    address = sitting.address("panel", lang="en")
    async with connect(address, subprotocols=[JSON_SUBPROTOCOL], additional_headers=cookie, proxy=None) as connection:
        said, code = await farewell(Caller(connection))
    assert (said, code) == ({"revoked": say(Said("key.revoked"), Language.ENGLISH)}, KEY_REVOKED)
    assert say(Said("key.revoked"), Language.CHINESE) in sitting.page("/panel", **cookie).text


async def test_the_staffs_results_close_with_the_staffs_key_and_the_halls_display_stays(sitting):
    async with (
        sitting.watches("results", sitting.moderator) as results,
        sitting.watches("hall", sitting.moderator) as hall,
    ):
        revokes(sitting, Role.MODERATOR)
        assert await farewell(results) == (SAID, KEY_REVOKED)
        await hall.listens()


async def test_a_guest_who_is_no_longer_invited_sees_no_more(served):
    sitting = served.holds(small_plan(invited_only=True))
    with served.database.writing() as connection:
        token = keys.make(connection, Key(sitting.code, Role.GUEST), "test")
    async with sitting.watches("phone", token) as guest:
        revokes(sitting, Role.GUEST)
        assert await farewell(guest) == (SAID, KEY_REVOKED)


async def test_a_revoked_tablet_is_not_counted_as_present(sitting):
    async with sitting.sits(ANN) as tablet:
        revokes(sitting, Role.SEAT, ANN)
        await farewell(tablet)
        await sitting.served.until(lambda: sitting.served.venue.rooms.presence(sitting.code).seats == {})


async def test_a_database_that_is_away_shows_nobody_out(sitting, monkeypatch):
    rounds = []

    def fails(_connection, ids):
        rounds.append(ids)
        raise OSError("disk I/O error")

    monkeypatch.setattr(keys, "revoked", fails)
    async with sitting.sits(ANN) as tablet:
        await sitting.served.until(lambda: len(rounds) > 0)
        await tablet.listens()
