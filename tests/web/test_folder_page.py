"""All papers through the doors: who may see the named sheets takes both folders, a moderator that for the public."""

import asyncio
import io
import threading
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app import clock
from app.meeting import commands as c
from app.papers.folder import proceedings
from app.papers.folder.folders import FOR_FILE, FOR_PUBLIC, archive, folders_of
from app.papers.folder.proceedings import proceedings_of
from app.store import keys, proofs
from app.store.keys import Key, Role
from app.web.page import NotHere
from app.web.pages import making
from app.web.pages.folder import FOLDER
from tests.findings import BUREAU, CURE, FIRST, UNIT, days, drafted, proof
from tests.live.served import PATIENCE, Served, Sitting, pair_of
from tests.live.venues import until
from tests.meetings import ANN, BEN, CAT, WATER, at_water, sheet

MARKS = {ANN: (51, 31), BEN: (52, 32), CAT: (53, 33)}


CLOSING = (c.CloseRound(WATER, ("dan", "eve")), c.RevealResult(WATER), c.FinishMeeting())


@pytest.fixture
def judged(served: Served) -> Sitting:
    """The round of the first report is open."""
    sitting = served.holds()
    story = at_water(sitting.plan)
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(story.here))
    sitting.performs(*(sheet(story.meeting, WATER, seat, *marks) for seat, marks in MARKS.items()))
    return sitting


@pytest.fixture
def over(judged: Sitting) -> Sitting:
    judged.performs(*CLOSING)
    return judged


def supervisor_of(sitting: Sitting) -> str:
    return key_of(sitting, Key(sitting.code, Role.SUPERVISOR))


def key_of(sitting: Sitting, key: Key) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, key, "test")


def folders_in(content: bytes) -> set[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as taken:
        assert taken.testzip() is None
        return {name.partition("/")[0] for name in taken.namelist()}


def test_the_named_sheets_wait_until_the_round_is_closed(judged):
    key = supervisor_of(judged)
    refused = judged.page("/folder/everything.zip?lang=en", key)
    assert (refused.status_code, "A round is open" in refused.text) == (409, True)
    page = judged.page("/folder?lang=en", key)
    assert (page.status_code, "everything.zip" in page.text) == (200, False)
    assert folders_in(judged.page("/folder/public.zip", key).content) == {FOR_PUBLIC}

    judged.performs(*CLOSING)
    taken = judged.page("/folder/everything.zip", key)
    assert (taken.status_code, taken.headers["content-type"]) == (200, "application/zip")
    assert folders_in(taken.content) == {FOR_FILE, FOR_PUBLIC}
    with judged.served.database.reading() as connection:
        record = proceedings_of(connection, judged.code)
    assert taken.content == archive(record, list(folders_of(record)))


def test_what_units_handed_in_lies_in_the_folder_for_the_file_and_is_read_by_no_other_paper(over, monkeypatch):
    monkeypatch.setattr(making, "PROOFS_AT_ONCE", 1)
    contents = [b"%PDF-1.7 the rules", b"%PDF-1.7 the trainings"]
    with over.served.database.writing() as connection:
        first, second = (proofs.keep(connection, over.code, each) for each in contents)
    today = clock.now().date()
    cure = c.SendCure("water", FIRST, replace(CURE, until=today + timedelta(days=30)), UNIT)
    over.performs(drafted(), c.HandOver((FIRST,), days(today), BUREAU), c.SignFor("water", (FIRST,), UNIT), cure)
    over.performs(c.AgreeCure(FIRST, BUREAU), proof("proof-001", sha256=first), proof("proof-002", sha256=second))
    taken = over.page("/folder/everything.zip", supervisor_of(over)).content
    with zipfile.ZipFile(io.BytesIO(taken)) as folders:
        laid = [folders.read(name) for name in folders.namelist() if name.endswith(".pdf") and "佐证" in name]
    assert laid == contents
    with over.served.database.reading() as connection:
        assert proceedings_of(connection, over.code).proofs == {}


def test_a_round_that_opens_while_a_folder_waits_for_its_turn_is_in_none(judged, monkeypatch):
    """The record is as it stands when it is read, not as the meeting was when somebody asked."""
    with judged.served.database.reading() as connection:
        open_still = proceedings_of(connection, judged.code)
    judged.performs(*CLOSING)
    page = judged.page("/folder", judged.moderator)
    monkeypatch.setattr(proceedings, "proceedings_of", lambda _connection, _code: open_still)
    assert judged.page("/folder/everything.zip", supervisor_of(judged)).status_code == 409
    assert judged.page("/folder", judged.moderator, "POST", **pair_of(page)).status_code == 409


def test_an_organiser_sees_no_named_sheet_before_the_meeting_is_over(judged):
    judged.performs(*CLOSING[:-1])
    key = key_of(judged, Key(None, Role.ORGANISER))
    assert judged.page("/folder/everything.zip", key).status_code == 409
    assert "once the meeting is over" in judged.page("/folder?lang=en", key).text
    judged.performs(CLOSING[-1])
    assert "everything.zip" in judged.page("/folder", key).text
    assert judged.page("/folder/everything.zip", key).status_code == 200


def test_a_moderator_takes_the_public_one_and_has_both_written_beside_the_database(over, served):
    asked = over.page("/folder?lang=en", over.moderator)
    assert (asked.status_code, "everything.zip" in asked.text) == (200, False)
    assert over.page("/folder/everything.zip", over.moderator).status_code == 403
    assert folders_in(over.page("/folder/public.zip", over.moderator).content) == {FOR_PUBLIC}
    kept = over.page("/folder?lang=en", over.moderator, "POST", **pair_of(asked))
    folder = Path(served.settings.db).parent / FOLDER / over.code
    assert (kept.status_code, f"<code>{folder}</code>" in kept.text) == (200, True)
    assert {each.name for each in folder.iterdir()} == {FOR_FILE, FOR_PUBLIC}
    assert {oct(each.stat().st_mode & 0o777) for each in folder.rglob("*") if each.is_file()} == {"0o600"}


def test_staff_find_the_papers_from_where_the_meeting_ends(over):
    pages = {"/moderator": over.moderator, "/results": over.moderator, "/record": supervisor_of(over)}
    link = f'href="/{over.code}/folder"'
    assert [path for path, key in pages.items() if link not in over.page(path, key).text] == []
    assert link not in over.page("/results").text


class OneRecord:
    """A venue that reads nothing."""

    async def read(self, _ask: Any) -> str:
        return "the record"


async def test_papers_are_made_one_after_another_also_when_nobody_waits_for_the_first_any_more(monkeypatch):
    venue: Any = OneRecord()
    goes_on = threading.Event()
    made: list[object] = []

    def slow(record: object) -> None:
        goes_on.wait(PATIENCE)
        made.append(f"{record}, late")

    with monkeypatch.context() as patch:
        patch.setattr(making, "LONGEST", 0.05)
        with pytest.raises(NotHere):
            await making.made(venue, "demo", slow)
    second = asyncio.create_task(making.made(venue, "demo", made.append))
    await until(lambda: second.done() or making._maker._work_queue.qsize())
    goes_on.set()
    await second
    assert made == ["the record, late", "the record"]
