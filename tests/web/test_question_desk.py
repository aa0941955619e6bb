"""The desk of questions: only what it approves is seen; merged, mended, answered, handed over; nothing typed lost."""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from app.meeting.displays.state import SceneKind
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused
from app.store import keys
from app.store.heads import Heads
from app.store.keys import Key, Role
from app.web.desk.questions import _is_in_log, _is_told, _unless
from app.web.desk.sieves import Sieves
from tests.live.served import Served, Sitting
from tests.web.asking import LAMP, Desk, Phone, asking, rows


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return asking(served)


@pytest.fixture
def desk(sitting: Sitting) -> Iterator[Desk]:
    with sitting.served.database.writing() as connection:
        token = keys.make(connection, Key(sitting.code, Role.QUESTIONS), "a test")
    desk = Desk(sitting, token)
    yield desk
    desk.http.close()


@pytest.fixture
def phone(sitting: Sitting) -> Iterator[Phone]:
    phone = Phone(sitting)
    yield phone
    phone.http.close()


def meeting(sitting: Sitting) -> Meeting:
    return sitting.served.venue.rooms.meeting(sitting.code)


def test_a_question_goes_from_the_phone_to_the_display_to_a_finding(sitting, desk, phone):
    phone.asks()
    [question] = rows(sitting)
    assert LAMP in desk.shows()
    desk.does("approve", question.id)
    assert LAMP in desk.shows("approved")
    desk.does("choose", question.id)
    assert meeting(sitting).scene.question == question.id
    assert "on the displays now" in desk.shows("approved")
    desk.does("answer", question.id, answer="Next week.")
    assert meeting(sitting).scene.kind is not SceneKind.QUESTION
    assert "Next week." in desk.shows("answered")
    desk.does("hand_over", question.id)
    [finding] = meeting(sitting).findings.by_id.values()
    assert (finding.text, finding.unit, finding.steps[0].author) == (LAMP, "water", "Question moderator")
    assert "Make it a finding" not in desk.shows("answered")


def test_what_has_been_shown_is_taken_away_by_the_log_alone_and_with_a_reason(sitting, desk, phone):
    phone.asks()
    [question] = rows(sitting)
    for move in ("approve", "choose"):
        desk.does(move, question.id)
    refused = desk.does("archive", question.id, reason="insult")
    assert (refused.status_code, "To take it off all screens, give a reason" in refused.text) == (409, True)
    assert desk.does("withdraw", question.id, why=" ").status_code == 409
    desk.does("withdraw", question.id, why="it names a neighbour")
    assert meeting(sitting).scene.kind is not SceneKind.QUESTION
    assert LAMP in desk.shows("archived")
    assert LAMP not in phone.opens("/live/phone.json")


def test_a_refusal_brings_back_what_was_typed_and_says_why(sitting, desk, phone):
    phone.asks()
    [question] = rows(sitting)
    desk.shows()
    refused = desk.does("mend", question.id, text="Something else altogether, which nobody asked")
    assert (refused.status_code, "Only typing errors" in refused.text) == (409, True)
    assert "Something else altogether, which nobody asked</textarea>" in refused.text
    assert "Choose why the question is not shown" in desk.does("archive", question.id).text
    desk.does("mend", question.id, text=LAMP.replace("lamp", "lamps"))
    assert "As it was typed: When will the lamp" in desk.shows()


def test_many_are_put_away_by_one_press_with_one_reason(sitting, desk, phone):
    for text in ("Buy this", "Buy that", LAMP):
        phone.asks(text)
    this, that, lamp = (each.id for each in rows(sitting))
    desk.shows()
    assert desk.does("archive_all", tick=[this, that]).status_code == 409
    assert (
        desk.sends("/questions", **{"do": "archive_all", "tick": [this, that], "reason.all": "advertising"}).status_code
        == 200
    )
    assert [(each.standing, each.reason) for each in rows(sitting) if each.id != lamp] == [
        ("archived", "advertising")
    ] * 2
    desk.does("approve", lamp)
    desk.does("choose", lamp)
    refused = desk.sends("/questions", **{"do": "archive_all", "tick": [this, lamp], "reason.all": "insult"})
    assert (refused.status_code, "To take it off all screens, give a reason" in refused.text) == (409, True)


def test_a_refusal_leaves_ticked_what_was_ticked(sitting, desk, phone):
    for text in ("The lamp at the school?", "The bus to the school?"):
        phone.asks(text)
    lamp, bus = (each.id for each in rows(sitting))
    desk.does("archive", bus, reason="off_topic")
    desk.shows()
    refused = desk.does("merge", bus, tick=[lamp])
    assert refused.status_code == 409
    assert re.findall(r'value="(\w+)"[^>]* checked', refused.text) == [lamp]


def test_that_no_word_can_be_marked_is_said_where_nothing_has_to_be_opened(sitting, desk, monkeypatch):
    said = "The list of words cannot be read, so nothing is marked."
    assert said not in desk.shows()
    monkeypatch.setattr(Sieves, "sieve", lambda _self: (None, "words.not_a_text"))
    assert said in re.sub("<details.*?</details>", "", desk.shows(), flags=re.DOTALL)


def test_many_are_approved_merged_searched_and_sorted(sitting, desk, phone):
    for text in ("The lamp at the school?", "The bus to the school?", "The lamp at the school, when?"):
        phone.asks(text)
    lamp, bus, again = (each.id for each in rows(sitting))
    desk.shows()
    assert "Tick the questions first" in desk.does("approve_all").text
    desk.does("merge", lamp, tick=[again])
    desk.does("approve_all", tick=[lamp, bus])
    phone.opens("/ask")
    phone.wants(bus)
    page = desk.shows("approved", sort="votes")
    assert page.index("The bus to") < page.index("The lamp at the school?")
    assert "Part of it:</b> The lamp" in page or "The lamp at the school, when?" in page
    found = desk.shows("approved", text="lamp")
    assert ("The lamp at" in found, "The bus to" in found) == (True, False)
    desk.shows("merged")
    desk.does("restore", again)
    assert "The lamp at the school, when?" in desk.shows()


def test_the_list_of_words_marks_and_decides_nothing(sitting, desk, phone):
    phone.asks("加我的微信，低价代开发票")
    phone.asks("这条路去死胡同怎么走？")
    page = desk.shows()
    assert page.count('class="find"') == 1
    assert [each.standing for each in rows(sitting)] == ["waiting", "waiting"]


def test_the_key_of_this_desk_opens_no_other_and_no_other_key_but_the_moderators_opens_it(sitting, desk, phone):
    assert desk.http.get(f"/{sitting.code}/moderator").status_code == 403
    assert desk.http.get(f"/{sitting.code}/findings").status_code == 403
    assert phone.http.get(f"/{sitting.code}/questions").status_code == 403
    assert sitting.served.page(f"/{sitting.code}/questions", sitting.moderator).status_code == 200


def test_what_another_process_has_shown_a_moment_ago_is_put_away_by_no_desk(sitting, desk, phone):
    """The desk's process has not heard of it yet."""
    phone.asks()
    [question] = rows(sitting)
    desk.does("approve", question.id)
    behind = Heads()
    behind.know(sitting.code, sitting.served.venue.heads.newest(sitting.code))
    desk.does("choose", question.id)
    stale = SimpleNamespace(heads=behind)
    for told in (_is_told, _is_in_log):
        move = _unless(told, [question.id], lambda _: pytest.fail("it was moved"), sitting.code, stale)
        with sitting.served.database.writing() as connection, pytest.raises(Refused) as refused:
            move(connection)
        assert refused.value.code == "question.told"
