"""Ballots without their voters, at the doors of a real server: told while the poll is shown and the meeting is over, by
the files for that alone; their keys never. One ballot is enough to look for, and the easiest to guess."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import AsyncExitStack

import pytest
import sqlalchemy as sa

from app.meeting import commands as c
from app.papers.site.following import went_on
from app.papers.site.site import site_of
from app.store.keys import Role
from app.store.slips import slips
from app.store.tables import SlipKeyRow, table_of
from tests.live.served import Served, Sitting
from tests.polled import CAST, all_have_voted
from tests.web.routes import ROUTES_THERE_ARE, address

KEYS = table_of(SlipKeyRow)
VIEWS, AS_DATA = ("hall", "phone"), ("results", "lower", "moderator", "prompt")
ANSWERS = [path for method, path in ROUTES_THERE_ARE if method == "GET" and path.startswith("/{code}")]


@pytest.fixture(scope="module")
def sitting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sitting]:
    """Everybody has voted on three units. Nothing has ended yet."""
    with Served(tmp_path_factory.mktemp("slips")) as served:
        yield all_have_voted(served)


def secrets(sitting: Sitting) -> dict[str, list[str]]:
    """By poll the ids of its slips, and under ``key`` the keys of all."""
    code = sitting.code
    with sitting.served.database.reading() as connection:
        keys = dict(connection.execute(sa.select(KEYS.c.poll, KEYS.c.key).where(KEYS.c.meeting == code)).all())
    ids = {poll: [line[:32] for line in slips(key, code, poll, CAST[poll])] for poll, key in keys.items()}
    return {**ids, "key": list(keys.values())}


def found(sitting: Sitting, *texts: bytes) -> set[str]:
    text = b"\n".join(texts)
    return {name for name, each in secrets(sitting).items() if any(secret.encode() in text for secret in each)}


def unpacked(content: bytes) -> bytes:
    """Of an archive every file, also of one that lies in it."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"\n".join(unpacked(archive.read(name)) for name in archive.namelist())


def at_the_doors(sitting: Sitting) -> dict[str, set[str]]:
    """What each address gives away, to the first of these who is answered."""
    tokens = [sitting.key(role) for role in (Role.SUPERVISOR, Role.ORGANISER)] + [sitting.moderator, ""]
    told: dict[str, set[str]] = {}
    for path in ANSWERS:
        answers = (sitting.served.page(address(path, sitting.code), token) for token in tokens)
        answer = next((each for each in answers if each.status_code == 200), None)
        told[path] = found(sitting, unpacked(answer.content)) if answer else set()
    return {path: each for path, each in told.items() if each}


def in_the_site(sitting: Sitting) -> dict[str, set[str]]:
    with sitting.served.database.reading() as connection:
        record = went_on(connection, sitting.code, None)
    made = site_of(record, record.at.date()).made
    return {name: each for name, content in made.items() if (each := found(sitting, content))}


async def test_no_door_gives_away_a_slip_before_its_time_and_none_a_key_ever(sitting):
    """One poll is never shown, one is shown and withdrawn, one stays shown."""
    name = f"{sitting.code}.ballots.json"
    async with AsyncExitStack() as stack:
        watchers = [
            await stack.enter_async_context(sitting.watches(view, sitting.moderator, speaks_json=view in AS_DATA))
            for view in (*VIEWS, *AS_DATA)
        ]
        sitting.performs(*(c.ClosePoll(poll) for poll in CAST))
        assert len(secrets(sitting)) == len(CAST) + 1
        assert in_the_site(sitting) == {}
        sitting.performs(*(c.ShowPoll(poll) for poll in ("water.1", "school.1")))
        assert in_the_site(sitting) == {name: {"water.1", "school.1"}}
        assert sitting.page("/public/ballots.json").status_code == 404, "while the meeting is held"
        sitting.performs(c.WithdrawPoll("school.1", "the wrong unit"), c.FinishMeeting())
        for watcher in watchers:
            await watcher.listens()
        assert found(sitting, *(text.encode() for each in watchers for text in each.texts)) == set()
    assert in_the_site(sitting) == {name: {"water.1"}}
    page = sitting.page("/public").text
    assert f'href="/{sitting.code}/public/ballots.json"' in page
    gives = ("/{code}/public/ballots.json", "/{code}/folder/public.zip", "/{code}/folder/everything.zip")
    assert at_the_doors(sitting) == {path: {"water.1"} for path in gives}
