"""The scribe: commands in, durable entries out; each once, each answered, whatever becomes of its neighbours."""

from datetime import timedelta
from itertools import count

import sqlalchemy as sa

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.decide import decide
from app.meeting.refusals import Refused
from app.store import drafts, plans, queries
from app.store import scribe as scribe_module
from app.store.drafts import Draft
from app.store.heads import Heads
from app.store.scribe import Performed, Scribe
from tests.meetings import ANN, BEN, NOON, minutes, small_plan
from tests.records import entries, save
from tests.store.scribing import (
    MORE_TIME,
    OPEN,
    PLENTY,
    STEP,
    ask,
    code_of,
    commits_of,
    kinds,
    put,
    refusal,
    run,
    small_head,
    verdict,
)

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
