"""The scribe: commands in, durable entries out; each once, each answered, whatever becomes of its neighbours."""

import shutil
import sqlite3
from concurrent.futures import Future
from contextlib import closing, contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.agenda.state import Place
from app.meeting.decide import decide
from app.meeting.refusals import Refused
from app.store import drafts, log, plans, queries
from app.store import scribe as scribe_module
from app.store.database import Database
from app.store.drafts import Draft
from app.store.heads import Head, Heads, load_head
from app.store.scribe import Performed, Scribe
from app.store.verify import verify
from tests.meetings import ANN, BEN, NOON, WATER, Story, minutes, small_plan
from tests.records import append, entries, save

PLENTY = 10.0
"""Seconds to wait for what takes milliseconds."""

OPEN = c.OpenMeeting(small_plan())
STEP = c.Advance(None)
MORE_TIME = c.AddTime(Place(WATER), 60)
"""Twice would be two minutes."""


@pytest.fixture
def small(database, scribe) -> Scribe:
    """A scribe with the small meeting opened: one entry."""
    save(database, small_plan())
    assert ask(scribe, OPEN) == Performed(1)
    return scribe


@pytest.fixture
def waiting(database) -> Scribe:
    """A scribe that has not begun to work, so that everything asked of it is one batch; the small meeting is open."""
    save(database, small_plan())
    scribe = Scribe(database, clock=lambda: NOON)
    put(scribe, OPEN)
    return scribe


# --- one command ------------------------------------------------------------------------------------------------------


def test_a_command_is_answered_with_its_last_entry(small, database):
    both = c.JumpTo(Place("report-water"))  # enters the segment, opens the round
    assert ask(small, both) == Performed(3)
    assert kinds(database) == ["MeetingOpened", "SegmentEntered", "RoundOpened"]


def test_an_entry_says_who_asked_and_by_which_command(small, database):
    ask(small, STEP, by="moderator", id="the-step")
    last = entries(database, "small")[-1]
    assert (last.seq, last.by, last.command) == (2, "moderator", "the-step")


def test_the_instant_of_an_entry_is_the_clock_of_the_server(database):
    save(database, small_plan())
    later = count()
    scribe = Scribe(database, clock=lambda: NOON + timedelta(minutes=next(later)))
    futures = [put(scribe, OPEN), put(scribe, STEP)]
    run(scribe)
    assert [future.result() for future in futures] == [Performed(1), Performed(2)]
    assert [entry.event.at for entry in entries(database, "small")] == [NOON, NOON + minutes(1)]


def test_a_command_that_asks_for_what_is_already_so_makes_no_entry(small, database):
    ask(small, c.TellSpeaker("One minute"))
    assert ask(small, c.TellSpeaker("One minute")) == Performed(2)
    assert len(entries(database, "small")) == 2


def test_a_refused_command_makes_no_entry(small, database):
    assert refusal(small, c.Resume()) == "agenda.not_begun"
    assert len(entries(database, "small")) == 1


def test_a_command_for_a_meeting_there_is_not_is_refused(small):
    assert code_of(put(small, STEP, code="nowhere")) == "meeting.unknown"


# --- the same id again ------------------------------------------------------------------------------------------------


def test_a_command_sent_again_is_answered_as_the_first_time_and_carried_out_once(small, database):
    first = ask(small, c.TellSpeaker("One minute"), id="again")
    ask(small, c.TellSpeaker("Half a minute"))
    assert ask(small, c.TellSpeaker("One minute"), id="again") == first == Performed(2)
    assert [entry.command for entry in entries(database, "small")].count("again") == 1
    assert small_head(database).meeting.displays.speaker_message == "Half a minute"


def test_a_command_sent_twice_in_one_batch_is_carried_out_once(waiting, database):
    twice = [put(waiting, MORE_TIME, id="again") for _ in range(2)]
    run(waiting)
    assert [future.result() for future in twice] == [Performed(2), Performed(2)]
    assert kinds(database) == ["MeetingOpened", "TimeAdded"]


def test_a_command_sent_again_after_a_restart_is_carried_out_once(small, database):
    ask(small, MORE_TIME, id="again")
    restarted = Scribe(database)
    answer = put(restarted, MORE_TIME, id="again")
    run(restarted)
    assert answer.result() == Performed(2)
    assert kinds(database) == ["MeetingOpened", "TimeAdded"]


def test_the_id_of_somebody_else_is_refused(small, database):
    ask(small, c.TellSpeaker("One minute"), by="moderator", id="again")
    assert code_of(put(small, c.TellSpeaker("Stop"), by="seat:ann", id="again")) == "command.twice"
    assert len(entries(database, "small")) == 2


def test_a_command_refused_once_may_succeed_under_the_same_id(small):
    assert code_of(put(small, c.Resume(), id="early")) == "agenda.not_begun"
    ask(small, STEP)
    ask(small, c.Pause())
    assert ask(small, c.Resume(), id="early") == Performed(4)


# --- a batch ----------------------------------------------------------------------------------------------------------


def test_a_batch_is_one_transaction(waiting, database):
    commits = commits_of(database)
    asked = [put(waiting, c.TellSpeaker(f"{number} minutes")) for number in range(200)]
    run(waiting)
    assert [future.result().seq for future in asked] == list(range(2, 202))
    assert len(commits) == 1


def test_a_long_queue_is_carried_out_in_batches_that_end(waiting, database, monkeypatch):
    monkeypatch.setattr(scribe_module, "LARGEST_BATCH", 50)
    commits = commits_of(database)
    asked = [put(waiting, c.TellSpeaker(f"{number} minutes")) for number in range(199)]
    run(waiting)
    assert asked[-1].result() == Performed(200)
    assert len(commits) == 4


def test_a_refused_command_leaves_the_rest_of_the_batch_alone(waiting, database):
    first, refused, last = put(waiting, STEP), put(waiting, c.Resume()), put(waiting, c.Pause())
    run(waiting)
    assert (first.result(), code_of(refused), last.result()) == (Performed(2), "clock.running", Performed(3))


def test_each_command_of_a_batch_is_decided_on_what_the_one_before_it_left(waiting):
    steps = [put(waiting, c.Advance(None)) for _ in range(2)]
    run(waiting)
    assert (steps[0].result(), code_of(steps[1])) == (Performed(2), "agenda.moved_on")


def test_a_batch_for_two_meetings_keeps_them_apart(waiting, database):
    save(database, small_plan(code="other"))
    put(waiting, c.OpenMeeting(small_plan(code="other")), code="other")
    put(waiting, STEP, code="small")
    run(waiting)
    assert [len(entries(database, code)) for code in ("small", "other")] == [2, 1]


def test_a_command_with_a_bug_fails_alone(waiting, database, monkeypatch):
    monkeypatch.setattr(scribe_module, "decide", decide_with_a_bug)
    first, faulty, last = put(waiting, STEP), put(waiting, c.TellSpeaker("bug")), put(waiting, c.Pause())
    run(waiting)
    assert (first.result(), last.result()) == (Performed(2), Performed(3))
    assert isinstance(faulty.exception(), ZeroDivisionError)
    assert kinds(database) == ["MeetingOpened", "SegmentEntered", "ClockPaused"]


def test_what_does_not_fit_the_tables_fails_alone(waiting, database):
    """A unit's id that is too long for its column, on PostgreSQL; SQLite has no lengths."""
    long = Draft("small", ANN, "u" * 100, "problem", "A gap")
    first = put(waiting, STEP)
    odd = waiting.write(lambda connection: drafts.save(connection, long))
    last = put(waiting, c.Pause())
    run(waiting)
    assert isinstance(odd.exception(), type(None) if database.is_sqlite else sa.exc.DataError)
    assert [first.result(), last.result()] == [Performed(2), Performed(3)]
    assert verdict(database) == ()


def test_what_refers_to_no_meeting_fails_alone(waiting):
    stray = waiting.write(
        lambda connection: drafts.save(connection, Draft("nowhere", ANN, "water", "problem", "A gap"))
    )
    step = put(waiting, STEP)
    run(waiting)
    assert isinstance(stray.exception(), sa.exc.IntegrityError)
    assert step.result() == Performed(2)


def decide_with_a_bug(meeting, command, now):
    if command == c.TellSpeaker("bug"):
        return 1 // 0
    return decide(meeting, command, now)


# --- plain writes -----------------------------------------------------------------------------------------------------


def test_a_draft_shares_the_transaction_of_what_else_is_waiting(waiting, database):
    commits = commits_of(database)
    draft = Draft("small", ANN, "water", "problem", "Half a sen")
    waiting.write(lambda connection: drafts.save(connection, draft))
    put(waiting, STEP)
    run(waiting)
    with database.reading() as connection:
        assert drafts.find(connection, "small", ANN, "water") == draft
    assert len(commits) == 1


def test_a_plain_write_answers_with_what_it_found(scribe):
    assert scribe.write(lambda connection: connection.scalar(sa.text("SELECT 6 * 7"))).result(PLENTY) == 42


def test_a_plain_write_with_a_bug_fails_alone(waiting):
    faulty = waiting.write(lambda _connection: 1 // 0)
    step = put(waiting, STEP)
    run(waiting)
    assert isinstance(faulty.exception(), ZeroDivisionError)
    assert step.result() == Performed(2)


def test_a_plain_write_that_refuses_is_taken_back_alone_and_is_no_fault(waiting, database, caplog):
    commits = commits_of(database)

    def refuses(connection: sa.Connection) -> None:
        drafts.save(connection, Draft("small", ANN, "water", "problem", "half of it"))
        raise Refused("seat.unknown")

    kept = Draft("small", BEN, "water", "problem", "all of it")
    declined = waiting.write(refuses)
    others = [waiting.write(lambda connection: drafts.save(connection, kept)), put(waiting, STEP)]
    run(waiting)
    assert code_of(declined) == "seat.unknown"
    assert [each.result() for each in others] == [None, Performed(2)]
    with database.reading() as connection:
        assert drafts.find(connection, "small", ANN, "water") is None
        assert drafts.find(connection, "small", BEN, "water") == kept
    assert len(commits) == 1
    assert caplog.records == []


def test_a_meeting_that_cannot_be_read_holds_nobody_else_up(waiting, database):
    save(database, small_plan(code="torn"))
    with database.writing() as connection:
        connection.execute(sa.text("UPDATE meeting SET mode = 'unheard of' WHERE code = 'torn'"))
    asked = [put(waiting, STEP, code="torn"), waiting.write(lambda connection: plans.load(connection, "torn"))]
    step = put(waiting, STEP)
    run(waiting)
    assert [code_of(each) for each in asked] == ["database.unreadable"] * 2
    assert step.result() == Performed(2)


def test_a_pulse_can_be_felt_again_and_again(scribe):
    assert [scribe.write(queries.pulse).result(PLENTY) for _ in range(3)] == [None, None, None]


# --- telling others ---------------------------------------------------------------------------------------------------


def test_others_hear_of_a_meeting_only_once_it_is_durable(database):
    save(database, small_plan())
    heard: list[tuple[str, int, int]] = []

    def hears(code: str) -> None:
        head = heads.newest(code)
        assert head
        heard.append((code, head.seq, len(entries(database, code))))  # read on another connection

    heads = Heads()
    scribe = Scribe(database, heads, moved=hears)
    put(scribe, OPEN)
    put(scribe, STEP)
    run(scribe)
    assert heard == [("small", 2, 2)]


def test_who_asked_is_answered_only_once_it_is_durable(waiting, database):
    durable: list[int] = []
    step = put(waiting, STEP)
    step.add_done_callback(lambda _future: durable.append(len(entries(database, "small"))))
    run(waiting)
    assert durable == [2]


def test_the_scribe_goes_on_when_nobody_can_be_told(database, caplog):
    save(database, small_plan())

    def cannot_hear(_code: str) -> None:
        raise RuntimeError("the loop is gone")

    scribe = Scribe(database, moved=cannot_hear)
    scribe.start()
    assert ask(scribe, OPEN) == Performed(1)
    assert put(scribe, STEP).result(PLENTY) == Performed(2)
    scribe.stop()
    assert "the loop is gone" in caplog.text


def test_nobody_hears_of_a_refusal(database):
    save(database, small_plan())
    heard: list[str] = []
    scribe = Scribe(database, moved=heard.append)
    scribe.start()
    ask(scribe, OPEN)
    assert refusal(scribe, c.Resume()) == "agenda.not_begun"
    ask(scribe, STEP)
    scribe.stop()
    assert heard == ["small", "small"]


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


# --- asking -----------------------------------------------------------------------------------------------------------

_numbers = count()


def put(scribe: Scribe, command: c.Command, code: str = "small", by: str = "moderator", id: str = "") -> "Future[Any]":
    return scribe.ask(code, command, by, id or f"id-{next(_numbers)}")


def ask(scribe: Scribe, command: c.Command, **more: str) -> Performed:
    performed: Performed = put(scribe, command, **more).result(PLENTY)
    return performed


def refusal(scribe: Scribe, command: c.Command, **more: str) -> str:
    return code_of(put(scribe, command, **more))


def code_of(future: "Future[Any]") -> str:
    error = future.exception(PLENTY)
    assert isinstance(error, Refused)
    return error.code


def run(scribe: Scribe) -> None:
    """Carry out what is queued, and end."""
    scribe.start()
    scribe.stop()


@contextmanager
def another(where: str):
    """A second scribe with connections of its own, as another process has it."""
    database = Database(where)
    scribe = Scribe(database)
    scribe.start()
    yield database, scribe
    scribe.stop()
    database.close()


# --- looking ----------------------------------------------------------------------------------------------------------


def kinds(database) -> list[str]:
    return [type(entry.event).__name__ for entry in entries(database, "small")]


def small_head(database) -> Head:
    with database.reading() as connection:
        head = load_head(connection, "small")
    assert head is not None
    return head


def verdict(database) -> tuple[str, ...]:
    with database.reading() as connection:
        return verify(connection, "small").faults


def commits_of(database) -> list[object]:
    commits: list[object] = []
    sa.event.listen(database._writer, "commit", commits.append)
    return commits
