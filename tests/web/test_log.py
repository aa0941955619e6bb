"""What the server says for itself: faults, and never a token, a mark or a comment."""

import asyncio
import sqlite3
from contextlib import closing

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from app.rehearsal.process import ServerProcess
from app.store.database import Database
from app.web.links import Links, make_links
from tests.live.served import PATIENCE, Caller
from tests.meetings import shipped

COMMENT = "Otters swim in the canal"


@pytest.fixture
def links(server: ServerProcess) -> Links:
    database = Database(server.db)
    with database.writing() as connection:
        links = make_links(connection, shipped("demo"), "test")
    database.close()
    return links


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


def test_no_token_is_ever_said(server, links):
    tokens = [token_of(link) for link in (links.moderator, *links.seats.values())]
    with httpx.Client(timeout=PATIENCE, trust_env=False) as http:
        for link in (links.moderator, links.seats["expert-1"], links.seats["expert-1"] + "x"):
            http.get(server.url + link, follow_redirects=True)
        for path in ("/demo/moderator", "/demo/nothing", f"/demo/seat/{tokens[0]}", f"/nothing/seat/{tokens[1]}"):
            http.get(server.url + path, headers={"authorization": f"Bearer {tokens[0]}"})
        calls(server, "moderator", tokens[0], '{"id": "command-1", "do": "open_meeting"}', "junk")
        calls(server, "panel", tokens[1], comment(), '{"id": "command-3", "do": "nothing"}')
        calls(server, "panel", tokens[0])
        without_a_table(server, "keys")
        faults = [http.get(server.url + links.seats["expert-2"]).status_code, http.get(server.url + "/").status_code]
        calls(server, "moderator", tokens[0])
        without_a_table(server, "comments")
        calls(server, "phone", tokens[0])
    said = server.stop()
    assert faults == [500, 200]
    assert "A page could not be shown: /{code}/seat/{token}" in said
    assert "A live door could not be opened" in said
    assert [token for token in tokens if token in said] == []


def test_a_day_without_faults_is_said_nothing_of(server, links):
    token = token_of(links.moderator)
    calls(server, "moderator", token, '{"id": "command-1", "do": "open_meeting"}', "junk")
    calls(server, "nothing", token)
    httpx.get(server.url + "/nothing", trust_env=False, timeout=PATIENCE)
    assert server.stop() == ""


def test_a_record_that_fails_does_not_tell_what_was_to_be_written(server, links):
    moderator, seat = token_of(links.moderator), token_of(links.seats["expert-1"])
    calls(server, "moderator", moderator, '{"id": "command-1", "do": "open_meeting"}')
    without_a_table(server, "comments")
    [answer] = calls(server, "panel", seat, comment())
    assert '"record.unavailable"' in answer
    said = server.stop()
    assert "The record cannot be written" in said
    assert COMMENT not in said


def comment() -> str:
    return (
        '{"id": "command-2", "do": "send_comment", "comment": "comment-1", "seat": "expert-1", "unit": "edu", '
        f'"kind": "problem", "text": "{COMMENT}"}}'
    )


def calls(server: ServerProcess, view: str, token: str, *frames: str) -> list[str]:
    """Go to a live door, send frames, and bring the answers; none if the door stays shut."""
    return asyncio.run(_calls(server, view, token, *frames))


async def _calls(server: ServerProcess, view: str, token: str, *frames: str) -> list[str]:
    address = f"{server.url.replace('http', 'ws')}/demo/live/{view}"
    answers = []
    try:
        headers = {"authorization": f"Bearer {token}"}
        async with connect(address, additional_headers=headers, proxy=None, max_size=None) as connection:
            caller = Caller(connection)
            for frame in frames:
                await caller.says(frame)
                answers.append(caller.texts[-1])
    except InvalidStatus:
        pass
    return answers


def without_a_table(server: ServerProcess, name: str) -> None:
    """A fault of the record, from outside."""
    with closing(sqlite3.connect(server.db, timeout=PATIENCE, isolation_level=None)) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        [table] = [each for each in tables if each in (name, name.rstrip("s"))]
        database.execute(f'ALTER TABLE "{table}" RENAME TO elsewhere_{table}')
