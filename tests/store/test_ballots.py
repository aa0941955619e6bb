"""Ballots: taken many at once, changed until the end, counted from their rows; what came in time counts, once."""

from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from threading import Event, Thread

import pytest
import sqlalchemy as sa

from app.live.voting import Voting, voting_on
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.plan import Rules
from app.meeting.polls.agreed import CountsSeen, PollsOpen
from app.meeting.polls.state import Count
from app.store import bursts, tickets
from app.store.ballot_box import BallotBox
from app.store.ballots import Ballot, receipt_of, receipts_of, take, turnouts
from app.store.bursts import Bursts
from app.store.database import Database
from app.store.scribe import Scribe
from app.store.tables import BallotRow, table_of
from tests.meetings import NOON, small_plan
from tests.records import entries, save
from tests.store.scribing import PLENTY, ask, refusal, small_head, verdict

PLAN = small_plan(rules=Rules(polls=PollsOpen.BY_HAND))
POLL = "water.1"


@contextmanager
def a_hall(where: str):
    """A process: a scribe, and a ballot box."""
    with closing(Database(where)) as database:
        scribe = Scribe(database)
        box = BallotBox(database, scribe)
        for each in (scribe, box):
            each.start()
        try:
            yield database, scribe, box
        finally:
            for each in (box, scribe):
                each.stop()


@pytest.fixture
def hall(place):
    with closing(Database(place)) as database:
        database.create()
        save(database, PLAN)
    with a_hall(place) as (database, scribe, box):
        ask(scribe, c.OpenMeeting(PLAN))
        ask(scribe, c.OpenPoll("water"))
        yield database, scribe, box


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "kaimen.db")
    return str(request.getfixturevalue("postgresql").emptied_database())


def ballot(voter: object, choice: str = "satisfied", press: int = 0, voice: str = "phone") -> Ballot:
    return Ballot("small", POLL, f"{voter}", voice, choice, press)


def answer(future: "Future[None]") -> str:
    error = future.exception(PLENTY)
    return "" if error is None else error.code


def last(database: Database) -> e.Event:
    return entries(database, "small")[-1].event


def test_a_ballot_is_changed_until_the_end_and_counted_once(hall):
    database, scribe, box = hall
    for choice in ("satisfied", "dissatisfied"):
        assert answer(box.cast(ballot("one", choice))) == ""
    assert answer(box.cast(ballot("two", "fairly", voice="ticket"))) == ""
    ask(scribe, c.ClosePoll(POLL))
    assert last(database).count.ballots == {"phone": 1, "ticket": 1}
    assert answer(box.cast(ballot("one", "satisfied"))) == "ballot.too_late"
    ask(scribe, c.ShowPoll(POLL))
    assert last(database).tally == {"phone": {"dissatisfied": 1}, "ticket": {"fairly": 1}}
    assert verdict(database) == ()


def test_a_press_that_comes_after_a_later_one_changes_nothing(hall):
    database, scribe, box = hall
    for choice, press, told in (
        ("satisfied", 5, ""),
        ("dissatisfied", 3, "ballot.earlier"),
        ("fairly", 7, ""),
        ("fairly", 7, ""),
    ):
        assert answer(box.cast(ballot("one", choice, press))) == told
    ask(scribe, c.ClosePoll(POLL))
    ask(scribe, c.ShowPoll(POLL))
    assert last(database).tally == {"phone": {"fairly": 1}}


def test_of_presses_that_come_together_each_is_told_whether_a_later_one_counts(hall):
    _database, scribe, _ = hall
    ballots = [
        ballot("one", "satisfied", 9),
        ballot("one", "fairly", 4),
        ballot("two", "fairly", 1),
        ballot("one", press=9),
    ]
    for told in (["", "ballot.earlier", "", ""], ["", "ballot.earlier", "", ""]):
        answers = scribe.write(lambda connection: take(connection, ballots, NOON)).result(PLENTY)
        assert [each.code if each else "" for each in answers] == told
    late = [ballot("one", "fairly", 4), ballot("three")]
    answers = scribe.write(lambda connection: take(connection, late, NOON)).result(PLENTY)
    assert [each.code if each else "" for each in answers] == ["ballot.earlier", ""]


def test_what_is_chosen_is_read_before_the_end_only_where_somebody_may_see_it(hall):
    database, _, box = hall
    box.cast(ballot("one", "fairly")).result(PLENTY)
    meeting = small_head(database).meeting
    seen = replace(PLAN, rules=replace(PLAN.rules, counts_seen=CountsSeen.HALL))
    with database.reading() as connection:
        assert voting_on(connection, meeting) == Voting({POLL: {"phone": 1}})
        told = voting_on(connection, replace(meeting, plan=seen))
    assert told == Voting({POLL: {"phone": 1}}, {POLL: {"phone": {"fairly": 1}}})


def test_the_end_of_a_poll_says_how_many_tickets_were_good(hall):
    database, scribe, _ = hall
    scribe.write(lambda connection: tickets.issue(connection, "small", "form", 1, NOON)).result(PLENTY)
    ask(scribe, c.ClosePoll(POLL))
    assert last(database).count == Count(tickets=24)
    ask(scribe, c.ShowPoll(POLL))
    assert verdict(database) == ()


def test_bursts_are_added_up_by_all_processes_and_outlive_them(hall):
    _, scribe, _ = hall
    for more in (Bursts(1, 30, 40), Bursts(2, 25, 25)):
        scribe.write(partial(bursts.add, more={"small": more})).result(PLENTY)
    assert scribe.write(lambda connection: bursts.bursts_of(connection, "small")).result(PLENTY) == Bursts(3, 30, 40)


def test_a_phone_that_leaves_the_hall_votes_no_second_time(hall):
    database, _, box = hall
    assert [answer(box.cast(ballot("one", voice=voice))) for voice in ("phone", "web")] == ["", ""]
    with database.reading() as connection:
        assert turnouts(connection, "small", [POLL]) == {POLL: {"phone": 1}}


def test_a_receipt_is_of_the_ballot_and_says_nothing_of_the_choice(hall):
    database, _, box = hall
    for voter, choice in (("one", "satisfied"), ("two", "dissatisfied"), ("one", "unknown")):
        box.cast(ballot(voter, choice)).result(PLENTY)
    with database.reading() as connection:
        receipts = receipts_of(connection, "small", POLL)
    assert receipts == sorted(receipt_of("small", POLL, voter) for voter in ("one", "two"))
    assert all(len(each) == 8 and not set(each) & set("01IO") for each in receipts)


def test_no_ballot_is_taken_where_no_poll_is(hall):
    _, _, box = hall
    assert answer(box.cast(Ballot("small", "water.2", "one", "phone", "satisfied"))) == "ballot.no_poll"


@pytest.mark.parametrize(
    "tampered",
    [
        lambda rows: sa.update(rows).values(choice="dissatisfied"),
        lambda rows: sa.delete(rows).where(rows.c.voter == "one"),
        lambda rows: sa.update(rows).where(rows.c.voter == "one").values(voice="ticket"),
    ],
)
def test_ballots_that_were_tampered_with_are_not_shown_and_are_found(hall, tampered):
    database, scribe, box = hall
    for voter in ("one", "two"):
        box.cast(ballot(voter)).result(PLENTY)
    ask(scribe, c.ClosePoll(POLL))
    with database.writing() as connection:
        connection.execute(tampered(table_of(BallotRow)))
    assert refusal(scribe, c.ShowPoll(POLL)) == "poll.ballots_changed"
    assert [each.code for each in verdict(database)] == ["fault.ballots"]


def test_at_the_moment_of_closing_what_was_acknowledged_counts_and_what_was_refused_does_not(hall, place):
    """Everybody votes while the poll is closed, on PostgreSQL at two processes."""
    database, scribe, box = hall
    with a_hall(place) if not database.is_sqlite else nullhall(box) as (_, _, other):
        asked: dict[str, Future[None]] = {}
        goes_on, half = Event(), Event()
        goes_on.set()

        def votes(at: BallotBox, name: str) -> None:
            number = 0
            while goes_on.is_set() or number < 400:
                asked[f"{name}{number}"] = at.cast(ballot(f"{name}{number}"))
                number += 1
                if number == 200:
                    half.set()
                if number % 50 == 0:
                    asked[f"{name}{number - 1}"].exception(PLENTY)

        hands = [Thread(target=votes, args=(at, name)) for at, name in ((box, "a"), (other, "b"))]
        for each in hands:
            each.start()
        half.wait(PLENTY)
        ask(scribe, c.ClosePoll(POLL))
        goes_on.clear()
        for each in hands:
            each.join()
        answers = {voter: answer(future) for voter, future in asked.items()}
    acknowledged = {voter for voter, said in answers.items() if said == ""}
    assert set(answers.values()) == {"", "ballot.too_late"}
    with database.reading() as connection:
        rows = connection.scalars(sa.select(table_of(BallotRow).c.voter)).all()
    assert sorted(rows) == sorted(acknowledged)
    assert last(database).count.ballots == {"phone": len(acknowledged)}
    assert verdict(database) == ()


@contextmanager
def nullhall(box: BallotBox):
    """On SQLite one process writes: the second hand votes at the same box."""
    yield None, None, box
