"""The hall of a rehearsal: phones that vote by plain HTTP, and what is made of what they were told."""

import asyncio
import json
from collections import Counter
from dataclasses import replace

import pytest
import sqlalchemy as sa

from app.rehearsal import curious, hall, patience, question_desk, stage
from app.rehearsal.asking import Told
from app.rehearsal.hall import Chosen, Hall, Heard, Part
from app.rehearsal.questioned import questioned
from app.rehearsal.recounted import recounted
from app.rehearsal.rehearse import rehearse_beside
from app.rehearsal.tempo import Tempo
from app.store.tables import BallotRow, QuestionRow, UpvoteRow, table_of
from tests.meetings import small_plan

PHONES = 4
PART = Part.VOTES | Part.QUESTIONS


@pytest.fixture(scope="module")
def played():
    """A small meeting, voted on; kept."""
    with (
        pytest.MonkeyPatch.context() as patch,
        stage.scratch(small_plan()) as where,
        stage.opened(where) as database,
        stage.running(where) as server,
    ):
        patch.setattr(hall, "PACE", 0.02)
        patch.setattr(hall, "SHARE_OF_SECOND_THOUGHTS", 1.0)
        patch.setattr(curious, "SHARE_OF_LOOKS", 1.0)
        patch.setattr(question_desk, "PAUSE_BETWEEN_LOOKS", 0.05)
        yield (
            database,
            rehearse_beside(server.url, database, "small", Tempo(60_000), PHONES, keeps=True, part=PART),
        )


def test_every_phone_votes_on_every_unit_and_nothing_is_lost(played):
    database, report = played
    votes = report.votes
    meeting = stage.meeting_of(database, report.code)
    polls = [each for each in meeting.polls.values() if not each.is_withdrawn]
    assert (len(polls), [each.count.total for each in polls]) == (3, [PHONES] * 3)
    assert (votes.ballots, votes.lost, votes.surplus, votes.holds) == (PHONES * 3, (), 0, True)
    assert report.is_good
    assert votes.heard.acked > votes.ballots, "somebody has chosen anew"
    assert votes.heard.refusals.keys() == {"ballot.too_late"}
    assert report.as_json()["votes"]["acked"] == votes.heard.acked


def test_what_the_hall_asks_is_there_once_and_wanted_by_whom_was_told_so(played):
    database, report = played
    found = report.questions
    assert (found.lost, found.surplus, found.miscounted, found.undone) == ((), (), (), ())
    assert (len(found.asked.acked), len(found.asked.refused), found.rows) == (3, 2, 3)
    assert list(found.asked.refusals.values()) == [2], "in words"
    assert found.wanted == sum(len(each) for each in found.asked.wanted.values()) > 0
    assert found.asked.shown, "a phone saw what was chosen"
    meeting = stage.meeting_of(database, report.code)
    assert next(each.text for each in meeting.findings.by_id.values()) in found.asked.acked
    assert report.as_json()["questions"]["desk"]["hand_over"] == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda asked, _: sa.delete(asked).where(asked.c.standing == "merged"), "lost"),
        (lambda asked, _: sa.insert(asked).from_select(list(asked.c.keys()), _one_more(asked)), "surplus"),
        (lambda _, upvotes: sa.delete(upvotes), "miscounted"),
        (lambda asked, _: sa.update(asked).values(merged_into="", standing="approved"), "undone"),
    ],
)
def test_what_the_record_has_otherwise_than_was_asked_is_found(played, change, fault):
    database, report = played
    tables = table_of(QuestionRow), table_of(UpvoteRow)
    with database.reading() as connection:
        before = [[each._asdict() for each in connection.execute(sa.select(table))] for table in tables]
    try:
        with database.writing() as connection:
            connection.execute(change(*tables))
        found = questioned(database, report.code, report.questions.asked, report.questions.presses)
    finally:
        with database.writing() as connection:
            for table, rows in zip(tables, before, strict=True):
                connection.execute(sa.delete(table))
                connection.execute(sa.insert(table), rows)
    assert getattr(found, fault)
    assert not replace(report, questions=found).is_good


def _one_more(asked):
    another = {"question": sa.literal("more"), "original": sa.literal("never asked")}
    return sa.select(*(another.get(each.name, each) for each in asked.c)).limit(1)


@pytest.mark.parametrize(
    ("change", "lost", "surplus", "holds"),
    [
        (lambda rows: sa.update(rows).values(choice=_other(rows)), True, False, False),
        (lambda rows: sa.delete(rows).where(rows.c.poll == "water.1"), True, False, False),
        (lambda rows: sa.insert(rows).from_select(list(rows.c.keys()), _another(rows)), False, True, False),
    ],
)
def test_what_the_record_has_otherwise_than_the_phones_were_told_is_found(played, change, lost, surplus, holds):
    database, report = played
    rows = table_of(BallotRow)
    with database.reading() as connection:
        before = [each._asdict() for each in connection.execute(sa.select(rows))]
    try:
        with database.writing() as connection:
            connection.execute(change(rows))
        found = recounted(database, report.code, report.votes.heard)
    finally:
        with database.writing() as connection:
            connection.execute(sa.delete(rows))
            connection.execute(sa.insert(rows), before)
    assert (bool(found.lost), bool(found.surplus), found.holds) == (lost, surplus, holds)
    assert not found.is_good
    assert not replace(report, votes=found).is_good


def _other(rows):
    """Whatever the phones chose, each row says something else."""
    return sa.case((rows.c.choice == "fairly", "satisfied"), else_="fairly")


def _another(rows):
    columns = [sa.literal("more") if each.name == "voter" else each for each in rows.c]
    return sa.select(*columns).limit(1)


# --- one phone --------------------------------------------------------------------------------------------------------


class Scripted:
    """A browser whose server says what it is to say."""

    def __init__(self, *answers: Told) -> None:
        self.cookies = {"kaimen-csrf-x": "0" * 32}
        self.answers = list(answers)
        self.sent: list[str] = []

    async def sends(self, _path: str, form: str, **_headers: str) -> Told:
        self.sent.append(form)
        return self.answers.pop(0)


COUNTED, TOO_LATE = Told(200, b'{"receipt": "ABCDEFGH"}'), Told(409, b'{"refused": "ballot.too_late"}')


@pytest.mark.parametrize(
    ("answers", "came_to"),
    [
        ([COUNTED], Chosen("ABCDEFGH", {"b"})),
        ([Told(0), Told(503), COUNTED], Chosen("ABCDEFGH", {"b"})),
        ([TOO_LATE], Chosen("ABCDEFGH", {"a"})),
        ([Told(0), TOO_LATE], Chosen("ABCDEFGH", {"a", "b"})),
        ([Told(0)] * patience.TRIES, Chosen("ABCDEFGH", {"a", "b"})),
    ],
)
def test_a_phone_knows_what_its_ballot_may_have_come_to(monkeypatch, answers, came_to):
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0.0)
    browser = Scripted(COUNTED, *answers)
    here = Hall("demo", [browser], 1)
    (phone,) = here._phones

    async def votes() -> None:
        for choice in "ab":
            await phone._casts("u.1", choice)

    asyncio.run(votes())
    assert phone.chosen["u.1"] == came_to
    presses = Counter(form.rpartition("=")[2] for form in browser.sent)
    assert presses == {"1": 1, "2": len(answers)}, "the same press, sent again"


class Slow(Scripted):
    """Its ballot is on its way until somebody lets it arrive."""

    def __init__(self) -> None:
        super().__init__(*[COUNTED] * 3)
        self.arrives = asyncio.Event()

    async def sends(self, path: str, form: str, **headers: str) -> Told:
        await self.arrives.wait()
        return await super().sends(path, form, **headers)


async def test_a_poll_waits_for_the_ballots_that_are_on_their_way():
    quick, slow = Scripted(*[COUNTED] * 3), Slow()
    here = Hall("demo", [quick, slow], 1)
    async with asyncio.TaskGroup() as group:
        closing = group.create_task(here.closes())
        for phone in reversed(here._phones):
            group.create_task(phone._votes_in("u.1", ["a", "b"]))
        for _ in range(20):  # turns of the loop, in which all goes on that can
            await asyncio.sleep(0)
        has_closed = closing.done()
        slow.arrives.set()
    assert (len(quick.sent) > 0, has_closed) == (True, False)


def test_a_ballot_that_nobody_answered_is_no_loss():
    unsure = Heard(1, chosen=[{"u.1": Chosen("", {"a"}), "u.2": Chosen("X", {"a"})}])
    assert unsure.unsure == 1
    assert json.dumps(unsure.milliseconds(0.5)) == "null"
