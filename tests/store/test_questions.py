"""Questions as rows: asked once, wanted once by a device, moderated with nothing lost; the log tells what they say."""

from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.questions.agreed import Questions
from app.meeting.questions.state import Reason, Standing
from app.meeting.refusals import Refused
from app.store import erasing, questions
from app.store.database import Database
from app.store.questions import MOST_WAITING, NewQuestion, Wanted
from app.store.scribe import Scribe
from tests.meetings import small_plan
from tests.questions import WHEN
from tests.records import save
from tests.store.scribing import PLENTY, ask, refusal

PLAN = small_plan(rules=Rules(questions=Questions.MODERATED))
ALL = Wanted([*Standing])


class Desk:
    """The rows of one meeting, as a moderator and the doors write and read them."""

    def __init__(self, database: Database, scribe: Scribe) -> None:
        self.database, self.scribe = database, scribe
        self.now = WHEN

    def asks(self, id: str, text: str = "When will it be lit?", device: str = "", unit: str = "water") -> None:
        self.now += timedelta(seconds=1)
        new = NewQuestion("small", id, unit, text, device or f"device of {id}")
        self.does(lambda rows: questions.ask(rows, new, self.now))

    def moves(self, move: Any, *of: Any) -> None:
        self.does(lambda rows: move(rows, "small", *of, self.now, "the-key"))

    def wants(self, id: str, *voters: str) -> None:
        for voter in voters:
            self.does(lambda rows, voter=voter: questions.upvote(rows, "small", id, voter))

    def does(self, work: Any) -> None:
        self.scribe.write(work).result(PLENTY)

    def sees(self, wanted: Wanted = ALL) -> list[questions.AskedQuestion]:
        with self.database.reading() as rows:
            return questions.moderated(rows, "small", wanted, 0, 50)

    def tells_everybody(self, by_upvotes: bool = False) -> dict[str, int]:
        with self.database.reading() as rows:
            return {each.id: each.upvotes for each in questions.public(rows, "small", by_upvotes, 0, 50)}

    def one(self, id: str) -> questions.AskedQuestion:
        return next(each for each in self.sees() if each.id == id)


@pytest.fixture(params=["sqlite", "postgresql"])
def everywhere(request, tmp_path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "kaimen.db")
    return str(request.getfixturevalue("postgresql").emptied_database())


@pytest.fixture
def desk(tmp_path):
    yield from at_a_desk(str(tmp_path / "kaimen.db"))


def at_a_desk(where: str):
    with closing(Database(where)) as database:
        database.create()
        save(database, PLAN)
        scribe = Scribe(database)
        scribe.start()
        ask(scribe, c.OpenMeeting(PLAN))
        yield Desk(database, scribe)
        scribe.stop()


def test_upvotes_are_counted_once_for_each_device_also_of_what_was_merged(everywhere):
    for desk in at_a_desk(everywhere):
        for id in ("one", "two", "three"):
            desk.asks(id, f"Question {id}: 50% lit?")
            desk.moves(questions.approve, id)
        desk.wants("one", "a", "b", "a")
        desk.wants("two", "b", "c")
        assert desk.tells_everybody(by_upvotes=True) == {"one": 2, "two": 2, "three": 0}
        desk.moves(questions.merge, "two", ["one"])
        assert desk.tells_everybody(by_upvotes=True) == {"two": 3, "three": 0}
        assert [each.id for each in desk.sees(Wanted([*Standing], "question TWO: 50%"))] == ["two"]
        assert desk.one("two").merged == ("Question one: 50% lit?",)


def test_whoever_floods_a_meeting_ends_nobodys_asking_once_that_is_archived(desk, monkeypatch):
    monkeypatch.setattr(questions, "MOST_OF_MEETING", 2)
    for id in ("one", "two"):
        desk.asks(id)
    with pytest.raises(Refused, match=r"questions\.too_many"):
        desk.asks("three")
    desk.moves(questions.archive, "one", Reason.ADVERTISING)
    desk.asks("three")
    monkeypatch.setattr(questions, "MOST_ROWS", 3)
    desk.moves(questions.archive, "two", Reason.ADVERTISING)
    with pytest.raises(Refused, match=r"questions\.too_many"):
        desk.asks("four")


def test_what_a_device_asked_is_read_without_counting_what_everybody_else_wants(desk):
    """Each look of each phone did: half a hall that asks at once would wait for the other half."""
    for id in ("one", "two"):
        desk.asks(id)
        desk.moves(questions.approve, id)
    before = steps(desk, lambda rows: questions.of_device(rows, "small", "device of one"))
    many = [("small", "two", f"voter {each}") for each in range(2000)]
    desk.does(lambda rows: rows.exec_driver_sql("INSERT INTO upvote VALUES (?, ?, ?)", many))
    assert steps(desk, lambda rows: questions.of_device(rows, "small", "device of one")) <= before + 1
    assert steps(desk, lambda rows: questions.wanted_by(rows, "small", "voter 7", ["two"])) <= before + 1
    assert desk.tells_everybody() == {"one": 0, "two": 2000}


def steps(desk: Desk, reads: Any) -> int:
    """How much SQLite does for it, in hundreds of its instructions."""
    counted: list[None] = []
    with desk.database.reading() as rows:
        driver = rows.connection.dbapi_connection
        driver.set_progress_handler(lambda: counted.append(None), 100)
        reads(rows)
        driver.set_progress_handler(None, 0)
    return len(counted)


def test_nothing_that_waits_or_was_archived_is_told_or_can_be_wanted(desk):
    desk.asks("one")
    desk.asks("two")
    desk.moves(questions.archive, "two", Reason.INSULT)
    for id in ("one", "two", "nothing"):
        with pytest.raises(Refused, match=r"question\.unknown"):
            desk.wants(id, "a")
    assert desk.tells_everybody() == {}


def test_a_device_that_asks_and_asks_waits_for_the_moderator_and_what_is_sent_again_is_asked_once(desk):
    for number in range(MOST_WAITING):
        desk.asks(f"question-{number}", device="the same")
        desk.asks(f"question-{number}", device="the same")
    with pytest.raises(Refused, match=r"question\.wait"):
        desk.asks("one-more", device="the same")
    desk.asks("another", device="another")
    desk.moves(questions.approve, "question-0")
    desk.asks("one-more", device="the same")
    assert len(desk.sees()) == MOST_WAITING + 2


def test_merged_questions_keep_their_words_and_come_out_again(desk):
    for id in ("one", "two", "three"):
        desk.asks(id, f"In the words of {id}")
    desk.moves(questions.merge, "two", ["one"])
    desk.moves(questions.merge, "three", ["two"])
    assert desk.one("three").merged == ("In the words of one", "In the words of two")
    with pytest.raises(Refused, match=r"question\.merge_into"):
        desk.moves(questions.merge, "one", ["three"])
    desk.moves(questions.restore, "one")
    assert (desk.one("one").standing, desk.one("three").merged) == (Standing.WAITING, ("In the words of two",))


def test_typing_errors_are_put_right_and_the_original_is_kept(desk):
    desk.asks("one", "河西路的路登什么时候修")
    desk.moves(questions.mend, "one", "河西路的路灯什么时候修")
    assert (desk.one("one").text, desk.one("one").original) == ("河西路的路灯什么时候修", "河西路的路登什么时候修")
    with pytest.raises(Refused, match=r"question\.not_a_mending"):
        desk.moves(questions.mend, "one", "河西路很好，谢谢")


def test_the_log_tells_a_question_as_its_row_stands_and_the_row_follows_the_log(desk):
    desk.asks("one", "When?")
    assert refusal(desk.scribe, c.ChooseQuestion("one")) == "question.not_approved"
    assert refusal(desk.scribe, c.ChooseQuestion("nothing")) == "question.unknown"
    desk.moves(questions.approve, "one")
    desk.wants("one", "a", "b")
    ask(desk.scribe, c.ChooseQuestion("one"))
    ask(desk.scribe, c.AnswerQuestion("one", "Soon."))
    assert desk.one("one").standing is Standing.ANSWERED
    asked = desk.scribe._heads.newest("small").meeting.questions["one"].asked
    assert (asked.text, asked.upvotes, asked.unit) == ("When?", 2, "water")
    ask(desk.scribe, c.WithdrawQuestion("one", "it names a person"))
    assert desk.one("one").standing is Standing.ARCHIVED
    assert desk.tells_everybody() == {}


def test_nobody_who_gives_a_command_says_what_the_row_says(desk):
    desk.asks("one", "When?")
    lying = c.ChooseQuestion("one", None, Standing.APPROVED)
    assert refusal(desk.scribe, lying) == "question.not_approved"
    with desk.database.reading() as rows:
        assert rows.scalar(sa.text("SELECT count(*) FROM upvote")) == 0


def test_what_was_asked_is_erased_and_what_the_record_told_of_it_stays(desk):
    for id in ("one", "two"):
        desk.asks(id, f"In the words of {id}")
        desk.moves(questions.approve, id)
    desk.wants("one", "a")
    ask(desk.scribe, c.ChooseQuestion("two"))
    erased = desk.scribe.write(lambda rows: erasing.erase(rows, "small")).result(PLENTY)
    assert (erased.questions, desk.sees(), desk.tells_everybody()) == (2, [], {})
    with desk.database.reading() as rows:
        assert rows.scalar(sa.text("SELECT count(*) FROM upvote")) == 0
    assert refusal(desk.scribe, c.AnswerQuestion("two")) == "question.unknown"
    assert desk.scribe._heads.newest("small").meeting.questions["two"].asked.text == "In the words of two"
