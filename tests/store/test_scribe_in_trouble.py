"""The scribe where something is in its way: a commit that fails, others who write, commands that are given up."""

import shutil
import sqlite3
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.refusals import Refused
from app.store import log
from app.store import scribe as scribe_module
from app.store.database import Database
from app.store.scribe import Performed, Scribe
from tests.meetings import NOON, Story, small_plan
from tests.records import append, entries, save
from tests.store.scribing import (
    MORE_TIME,
    OPEN,
    PLENTY,
    STEP,
    another,
    ask,
    code_of,
    kinds,
    put,
    refusal,
    run,
    small_head,
    verdict,
)

# --- when the record cannot be written --------------------------------------------------------------------------------


def test_when_the_commit_fails_all_are_refused_and_nothing_has_happened(small, database, monkeypatch, caplog):
    ask(small, STEP)
    heard_before = small_head(database)
    with failing(database, monkeypatch):
        assert refusal(small, c.TellSpeaker("the secret 47.5")) == "record.unavailable"
        assert refusal(small, c.Pause()) == "record.unavailable"
    assert small_head(database) == heard_before
    assert "The record cannot be written" in caplog.text
    assert "47.5" not in caplog.text


def test_once_the_record_can_be_written_again_the_numbers_go_on(small, database, monkeypatch):
    with failing(database, monkeypatch):
        assert refusal(small, STEP, id="the-step") == "record.unavailable"
    assert ask(small, STEP, id="the-step") == Performed(2)
    assert verdict(database) == ()


def test_an_error_of_the_database_is_logged_without_what_was_to_be_written(waiting, monkeypatch, caplog):
    """On a screen that shows the terminal, a failing disk must not tell the marks."""

    def fails(connection: sa.Connection, *_: Any) -> None:
        connection.execute(sa.text("INSERT INTO nowhere VALUES (:text)"), {"text": "a secret word"})

    monkeypatch.setattr(scribe_module, "project", fails)
    lost = put(waiting, STEP)
    run(waiting)
    assert code_of(lost) == "record.unavailable"
    assert "INSERT INTO nowhere" in caplog.text
    assert "a secret word" not in caplog.text


def test_a_queue_that_is_full_refuses(database, monkeypatch):
    monkeypatch.setattr(scribe_module, "LONGEST_QUEUE", 3)
    save(database, small_plan())
    scribe = Scribe(database)
    asked = [put(scribe, command) for command in (OPEN, STEP, c.Pause(), c.Resume())]
    assert code_of(asked[3]) == "record.unavailable"
    run(scribe)
    assert [future.result().seq for future in asked[:3]] == [1, 2, 3]


@contextmanager
def failing(database, monkeypatch):
    """Every transaction is carried out, and fails as it is committed."""
    writing = database.writing

    @contextmanager
    def failing_writing():
        with writing() as connection:
            yield connection
            raise sa.exc.OperationalError("COMMIT", {}, OSError("database or disk is full"))

    with monkeypatch.context() as patch:
        patch.setattr(database, "writing", failing_writing)
        yield


# --- coming and going -------------------------------------------------------------------------------------------------


def test_whoever_no_longer_waits_for_an_answer_stops_nobody(waiting, database):
    """A socket that is closed cancels what it waits for; the command was asked for all the same."""
    gone, step = put(waiting, c.TellSpeaker("One minute")), put(waiting, STEP)
    assert gone.cancel()
    run(waiting)
    assert step.result() == Performed(3)
    assert kinds(database) == ["MeetingOpened", "SpeakerTold", "SegmentEntered"]


def test_what_was_asked_before_the_end_is_carried_out_and_what_comes_later_refused(small, database):
    last = put(small, STEP)
    small.stop()
    assert last.result(PLENTY) == Performed(2)
    assert code_of(put(small, c.Pause())) == "record.unavailable"
    small._thread.join = lambda: None  # the fixture stops it once more
    assert len(entries(database, "small")) == 2


# --- others who write -------------------------------------------------------------------------------------------------


def test_a_scribe_catches_up_with_what_another_process_has_written(where, small):
    """A second server on PostgreSQL; on SQLite the command line beside a running server."""
    with another(where) as (other_database, other):
        assert ask(other, STEP) == Performed(2)
        assert code_of(put(small, STEP)) == "agenda.moved_on"
        assert ask(small, c.Pause()) == Performed(3)
        assert ask(other, c.Resume()) == Performed(4)
        assert verdict(other_database) == ()


def test_an_id_used_in_another_process_is_known_here(where, small, database):
    with another(where) as (_, other):
        ask(other, MORE_TIME, id="again")
    assert ask(small, MORE_TIME, id="again") == Performed(2)
    assert kinds(database) == ["MeetingOpened", "TimeAdded"]


def test_two_scribes_at_once_lose_nothing_and_number_everything_once(where, small, database):
    with another(where) as (_, other):
        asked = [put(each, c.TellSpeaker(f"{number} {each}")) for number in range(60) for each in (small, other)]
        seqs = sorted(future.result(PLENTY).seq for future in asked)
    assert seqs == list(range(2, 122))
    assert len(entries(database, "small")) == 121
    assert verdict(database) == ()
    assert small_head(database).meeting.displays.speaker_message == entries(database, "small")[-1].event.text


def test_a_short_lock_is_only_a_pause(where, small):
    with another(where) as (other_database, _):
        with other_database.writing() as connection:
            log.locked_tail(connection, "small")
            step = put(small, STEP)
            with pytest.raises(TimeoutError):
                step.result(0.2)
        assert step.result(PLENTY) == Performed(2)


def shorter(connection: sa.Connection) -> None:
    connection.execute(sa.text("DELETE FROM log WHERE seq > 1"))
    seal = connection.scalar(sa.text("SELECT seal FROM log"))
    connection.execute(sa.text("UPDATE head SET seq = 1, seal = :seal"), {"seal": seal})


def another_of_the_same_length(connection: sa.Connection) -> None:
    shorter(connection)
    append(connection, Story(small_plan()).opens().meeting, [e.ClockPaused(NOON), e.ClockResumed(NOON)])


def another_that_is_longer(connection: sa.Connection) -> None:
    another_of_the_same_length(connection)
    append(connection, Story(small_plan()).opens().meeting, [e.ClockPaused(NOON), e.ClockResumed(NOON)])


@pytest.mark.parametrize("history", [shorter, another_of_the_same_length, another_that_is_longer])
def test_a_log_that_was_put_back_to_an_earlier_state_is_not_followed_in_silence(small, database, history):
    """Somebody has restored an older copy into the open database: what was acknowledged since is gone."""
    ask(small, STEP)
    ask(small, c.Pause())
    with database.writing() as connection:
        history(connection)
    written = len(entries(database, "small"))
    for _ in range(2):
        with pytest.raises(Refused) as why:
            ask(small, STEP)
        assert (why.value.code, dict(why.value.facts)) == ("record.rolled_back", {"written": 3, "here": written})
    assert len(entries(database, "small")) == written


# --- what is given up -------------------------------------------------------------------------------------------------


def test_a_command_that_is_given_up_before_its_turn_is_not_carried_out(waiting, database):
    """Its tablet was told that nothing was written, and will send it again."""
    given_up, step = put(waiting, c.TellSpeaker("One minute")), put(waiting, STEP)
    waiting.give_up(given_up)
    run(waiting)
    assert step.result() == Performed(2)
    assert kinds(database) == ["MeetingOpened", "SegmentEntered"]


def test_a_command_that_is_given_up_while_it_is_written_is_taken_back_and_its_neighbours_are_not(waiting, database):
    given_up = put(waiting, c.TellSpeaker("One minute"))
    waiting.write(lambda _connection: waiting.give_up(given_up))  # in the same transaction
    step = put(waiting, STEP)
    run(waiting)
    assert step.result() == Performed(2)
    assert kinds(database) == ["MeetingOpened", "SegmentEntered"]


# --- copies of the file -----------------------------------------------------------------------------------------------


def test_once_a_round_is_said_to_be_closed_a_copy_of_the_file_alone_has_it(tmp_path):
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    save(database, small_plan())
    scribe = Scribe(database)
    scribe.start()
    for command in (
        OPEN,
        c.JumpTo(Place("report-water")),
        c.CloseRound("report-water", tuple(seat.id for seat in small_plan().seats)),
    ):
        performed = ask(scribe, command)
    assert in_a_copy(tmp_path) == performed.seq
    performed = ask(scribe, c.FinishMeeting())
    assert in_a_copy(tmp_path) == performed.seq
    scribe.stop()
    database.close()


def in_a_copy(folder: Path) -> int:
    shutil.copy(folder / "kaimen.db", folder / "copy.db")
    with closing(sqlite3.connect(folder / "copy.db")) as raw:
        return int(raw.execute("SELECT count(*) FROM log").fetchone()[0])
