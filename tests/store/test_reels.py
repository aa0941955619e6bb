"""A reel: a log wound to any of its entries is the meeting as it stood there, however far one winds."""

import shutil
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.meeting.evolve import evolve
from app.meeting.meeting import Meeting
from app.store.database import Database
from app.store.log import Broken
from app.store.reels import EVERY, Reels
from tests.meetings import small_plan, whole_meeting
from tests.records import LOG, change, record, save


@pytest.fixture(scope="module")
def story():
    return whole_meeting(small_plan())


@pytest.fixture
def database(tmp_path, empty_file):
    """A file: what is asked here of a database is asked of both kinds by test_log."""
    database = Database(str(shutil.copy(empty_file, tmp_path / "reels.db")))
    yield database
    database.close()


def test_behind_every_entry_the_meeting_is_as_it_stood(database, story):
    record(database, story)
    with database.reading() as connection:
        reel = Reels().reel(connection, story.meeting.plan.code)
    meeting = Meeting.planned(story.meeting.plan)
    assert reel.at(0) == meeting
    for seq, event in enumerate(story.events, start=1):
        meeting = evolve(meeting, event)
        assert reel.at(seq) == meeting
        assert reel.time_of(seq) == event.at
    assert reel.length == len(story.events) > EVERY


def test_a_meeting_that_goes_on_is_read_on_and_one_that_was_put_back_anew(database, story):
    code, half = story.meeting.plan.code, len(story.events) // 2
    record(database, story)
    reels = Reels()
    with database.writing() as connection:
        later = connection.execute(sa.select(LOG).where(LOG.c.seq > half)).mappings().all()
        connection.execute(sa.delete(LOG).where(LOG.c.seq > half))
    with database.reading() as connection:
        first = reels.reel(connection, code)
        assert (first.length, reels.reel(connection, code)) == (half, first)
    with database.writing() as connection:
        connection.execute(sa.insert(LOG), [dict(each) for each in later])
    with database.reading() as connection:
        assert reels.reel(connection, code) is first
        assert first.at(len(story.events)) == story.meeting
    with database.writing() as connection:
        connection.execute(sa.delete(LOG).where(LOG.c.seq > half))
    with database.reading() as connection:
        assert reels.reel(connection, code).length == half


def test_before_the_opening_a_plan_that_was_written_anew_is_the_one_that_is_seen(database):
    plan, reels = small_plan(), Reels()
    for title in ("one", "another"):
        save(database, replace(plan, title=title))
        with database.reading() as connection:
            assert reels.reel(connection, plan.code).at(0).plan.title == title


def test_what_is_not_as_it_was_written_is_not_played(database, story):
    record(database, story)
    with database.writing() as connection:
        change(connection, story.meeting.plan.code, 7, line="{}")
    with database.reading() as connection, pytest.raises(Broken) as broken:
        Reels().reel(connection, story.meeting.plan.code)
    assert broken.value.said.facts["seq"] == 7
