"""Ballots: taken many at once, changed until the end, counted from their rows; what came in time counts, once."""

import hashlib
import hmac
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
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
from app.store.backup import backup, looking_at
from app.store.ballot_box import BallotBox
from app.store.ballots import (
    Ballot,
    count_of,
    counted,
    listed,
    receipt_of,
    receipts_of,
    take,
    to_be_told,
    turnouts,
)
from app.store.bursts import Bursts
from app.store.database import Database
from app.store.scribe import Scribe
from app.store.slips import slips
from app.store.tables import BallotRow, SlipKeyRow, table_of
from tests.meetings import NOON, small_plan
from tests.polled import put
from tests.records import append, entries, save
from tests.store.scribing import PLENTY, ask, refusal, small_head, verdict

KEYS = table_of(SlipKeyRow)
PLAN = small_plan(rules=Rules(polls=PollsOpen.BY_HAND))
POLL = "water.1"
SAID_OF_A_POLL = 4
"""Statements besides: its lock, whether it has ended."""


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
    with _opened_hall(place) as hall:
        yield hall


@contextmanager
def _opened_hall(place: str):
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
    assert (last(database).count.digest, len(last(database).count.slips)) == ("", 64)
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


def test_no_bell_rings_for_a_ballot(hall, monkeypatch):
    """PostgreSQL's takes a lock on the whole cluster."""
    database, _, box = hall
    monkeypatch.setattr(database, "announce", lambda *_: pytest.fail("it rang"))
    assert answer(box.cast(ballot("one"))) == ""


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


def digest(lines) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def test_slips_are_told_while_the_poll_is_shown_and_are_those_that_were_sealed(hall, tmp_path):
    """Also in a copy of the database, wherever it is opened."""
    database, scribe, box = hall
    chosen = {"one": "satisfied", "two": "dissatisfied", "three": "satisfied"}
    for voter, choice in chosen.items():
        box.cast(ballot(voter, choice)).result(PLENTY)
    with database.reading() as connection:
        assert connection.scalars(sa.select(KEYS.c.key)).all() == [], "a copy made before the end leads nowhere"
    ask(scribe, c.ClosePoll(POLL))
    sealed = last(database).count
    meeting = small_head(database).meeting
    assert to_be_told(meeting) == []
    with database.reading() as connection, pytest.raises(ValueError, match=POLL):
        listed(connection, "small", meeting.polls[POLL])
    ask(scribe, c.ShowPoll(POLL))
    (poll,) = to_be_told(small_head(database).meeting)
    backup(database, tmp_path / "copy.db")
    with database.reading() as connection, looking_at(tmp_path / "copy.db") as copied:
        told, elsewhere = (listed(each, "small", poll) for each in (connection, copied))
    assert told == elsewhere
    assert (digest(told.slips), digest(told.receipts)) == (sealed.slips, sealed.receipts)
    assert sorted(each.split(" ", 1)[1] for each in told.slips) == sorted(f"phone {each}" for each in chosen.values())
    assert list(told.slips) == sorted(told.slips)
    with database.writing() as connection:
        connection.execute(sa.update(KEYS).values(key="5e" * 32))
        assert listed(connection, "small", poll) is None, "by a key that somebody knows they would lead to the voters"
        connection.execute(sa.delete(KEYS))
        assert listed(connection, "small", poll) is None
    ask(scribe, c.WithdrawPoll(POLL, "the wrong unit"))
    assert to_be_told(small_head(database).meeting) == []


def test_a_key_that_was_there_before_the_end_is_not_kept(hall):
    """Whoever put it there would find voters by what everybody is given."""
    database, scribe, box = hall
    box.cast(ballot("one")).result(PLENTY)
    known = "5e" * 32
    with database.writing() as connection:
        connection.execute(sa.insert(KEYS), [{"meeting": "small", "poll": POLL, "key": known}])
    ask(scribe, c.ClosePoll(POLL))
    ask(scribe, c.ShowPoll(POLL))
    (poll,) = to_be_told(small_head(database).meeting)
    with database.reading() as connection:
        told = listed(connection, "small", poll)
    assert told is not None
    assert list(told.slips) != slips(known, "small", POLL, [("one", "phone", "satisfied")])


def test_nothing_that_a_voter_holds_leads_to_a_slip(hall):
    """One ballot, so that whoever could try out anything would find it. Each poll has a key of its own."""
    database, scribe, box = hall
    box.cast(ballot("one")).result(PLENTY)
    ask(scribe, c.ClosePoll(POLL))
    ask(scribe, c.OpenPoll("water", again=True))
    box.cast(replace(ballot("one"), poll="water.2")).result(PLENTY)
    ask(scribe, c.ClosePoll("water.2"))
    keys = scribe.write(lambda connection: connection.scalars(sa.select(KEYS.c.key)).all()).result(PLENTY)
    assert len({*keys}) == 2
    assert all(len(key) == 64 for key in keys)
    counts = [each.count for each in small_head(database).meeting.polls.values()]
    known = ("one", receipt_of("small", POLL, "one"), f"slip\nsmall\n{POLL}\none", POLL, "")
    tried = {
        digest([f"{hashed[:32]} phone {choice}"])
        for each in known
        for hashed in (hashlib.sha256(each.encode()).hexdigest(), hmac.new(b"", each.encode(), "sha256").hexdigest())
        for choice in PLAN.rules.choices
    }
    assert tried.isdisjoint(each.slips for each in counts)
    assert {each.digest for each in counts} == {""}, "that of voters and choices is tried out in a moment"


def test_a_poll_that_ended_before_there_were_slips_is_counted_as_it_was(hall):
    database, _, _ = hall
    with database.writing() as connection:
        put(connection, "small", POLL, [("one", "phone", "satisfied"), ("two", "ticket", "fairly")], key="")
        count = count_of(connection, "small", POLL)
        assert (count.digest, count.slips) == (digest(["one phone satisfied", "two ticket fairly"]), "")
        append(connection, small_head(database).meeting, [e.PollClosed(POLL, NOON, count)])
    head = small_head(database)
    assert verdict(database) == ()
    with database.writing() as connection:
        (shown,) = counted(connection, head.meeting, [e.PollShown(POLL, NOON)])
        append(connection, head.meeting, [shown])
    assert verdict(database) == ()
    assert to_be_told(small_head(database).meeting) == []


def test_no_ballot_is_taken_where_no_poll_is(hall):
    _, _, box = hall
    assert answer(box.cast(Ballot("small", "water.2", "one", "phone", "satisfied"))) == "ballot.no_poll"


@pytest.mark.parametrize(
    "tampered",
    [
        lambda rows: sa.update(rows).values(choice="dissatisfied"),
        lambda rows: sa.delete(rows).where(rows.c.voter == "one"),
        lambda rows: sa.update(rows).where(rows.c.voter == "one").values(voice="ticket"),
        lambda _: sa.update(KEYS).values(key="5e" * 32),
        lambda _: sa.delete(KEYS),
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


def test_at_the_moment_of_closing_what_was_acknowledged_counts_and_what_was_refused_does_not(place):
    """Everybody votes at two processes while the poll is closed."""
    context = get_context("fork")
    ours, theirs = context.Pipe()
    other = context.Process(target=_other_process, args=(place, theirs))
    other.start()  # a fork before anything is at work here
    with _opened_hall(place) as (database, scribe, box):
        ours.send("vote")
        begun, closed = Event(), Event()
        asked: dict[str, str] = {}
        hand = Thread(target=lambda: asked.update(_votes(box, "a", begun.set, closed.is_set)))
        hand.start()
        assert ours.recv() == "voting"
        begun.wait(PLENTY)
        ask(scribe, c.ClosePoll(POLL))
        closed.set()
        ours.send("closed")
        asked |= ours.recv()
        hand.join()
        acknowledged = {voter for voter, said in asked.items() if said == ""}
        assert set(asked.values()) == {"", "ballot.too_late"}
        assert {voter[0] for voter in acknowledged} == {"a", "b"}
        with database.reading() as connection:
            rows = connection.scalars(sa.select(table_of(BallotRow).c.voter)).all()
        assert sorted(rows) == sorted(acknowledged)
        assert last(database).count.ballots == {"phone": len(acknowledged)}
        assert verdict(database) == ()
    other.join()


def _other_process(place: str, line: Connection) -> None:
    line.recv()
    with a_hall(place) as (_, _, box):
        line.send(_votes(box, "b", lambda: line.send("voting"), line.poll))


def _votes(box: BallotBox, name: str, begun: Callable[[], object], has_closed: Callable[[], bool]) -> dict[str, str]:
    """One after another until the poll has closed, and some more; what each was answered."""
    asked: dict[str, Future[None]] = {}
    late = 0
    while late < 40:
        late += has_closed()
        voter = f"{name}{len(asked)}"
        asked[voter] = box.cast(ballot(voter))
        if len(asked) % 20 == 0:
            asked[voter].exception(PLENTY)
        if len(asked) == 100:
            begun()
    return {voter: answer(future) for voter, future in asked.items()}


# --- what a batch costs -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [1, 255, 1000])
def test_a_batch_of_ballots_is_a_few_statements_of_many_rows_on_sqlite(tmp_path, number):
    """Behind each statement the writing thread may have to wait for its turn: a thousand of them would be a second."""
    said: list[tuple[str, bool]] = []

    def hears(connection, cursor, statement, parameters, context, executemany):
        said.append((statement, executemany))

    def takes(connection: sa.engine.Connection) -> list[object]:
        sa.event.listen(connection, "before_cursor_execute", hears)
        return [*take(connection, [ballot(each) for each in range(number)], NOON)]

    with _opened_hall(str(tmp_path / "kaimen.db")) as (_, scribe, _):
        answers = scribe.write(takes).result(PLENTY)
    assert [*answers] == [None] * number
    inserts = [(statement, many) for statement, many in said if statement.lstrip().upper().startswith("INSERT")]
    most = number // 100 + 8
    assert 1 <= len(inserts) <= most
    assert not any(many for _, many in said)
    assert len(said) <= most + SAID_OF_A_POLL
