"""The door at which the audience asks: without scripts; what waits is shown to nobody, what was typed is not lost."""

import asyncio
import html
import re
import secrets
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

import pytest

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.questions.agreed import Questions
from app.meeting.questions.state import Reason
from app.meeting.refusals import Refused
from app.store import questions
from app.web.phones.listed import LASTS, ON_A_PAGE, Listings
from tests.findings import days
from tests.live.served import Served, Sitting
from tests.meetings import small_plan
from tests.web.asking import LAMP, Phone, asking, moderates, rows

OPEN_DOORS = (
    "",
    "/ask",
    "/ask?sort=time",
    "/results",
    "/public",
    "/public/public.json",
    "/live/phone.json",
    "/display",
)


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return asking(served)


@pytest.fixture
def phone(sitting: Sitting) -> Iterator[Phone]:
    phone = Phone(sitting)
    yield phone
    phone.http.close()


@pytest.fixture
def other(sitting: Sitting) -> Iterator[Phone]:
    phone = Phone(sitting)
    yield phone
    phone.http.close()


def test_a_question_is_shown_to_nobody_else_before_it_was_approved_nor_once_it_is_archived(sitting, phone, other):
    assert "A moderator looks at it before anybody else sees it" in phone.asks().text
    question = rows(sitting)[0].id
    assert LAMP in phone.own()
    for reason in (None, Reason.INSULT):
        if reason:
            moderates(sitting, questions.archive, question, reason)
        assert not [path for path in OPEN_DOORS if LAMP in other.opens(path)]
        assert "There is no such question" in other.wants(question).text
    assert "Not shown: it insults somebody" in phone.own()
    moderates(sitting, questions.approve, question)
    assert [path for path in OPEN_DOORS if LAMP in other.opens(path)] == ["/ask", "/ask?sort=time"]


def test_the_form_stands_on_the_page_on_which_one_follows_and_the_region_before_it_says_whether_it_is_shut(served):
    sitting = served.holds(small_plan(rules=Rules(questions=Questions.MODERATED)))
    order = re.compile(
        r'<section id="phone-questions"[^>]* data-asking="(\w+)">.*?</section>\s*<section id="asking"', re.DOTALL
    )
    assert order.findall(sitting.page("").text) == ["shut"]
    sitting.performs(c.OpenMeeting(sitting.plan))
    assert order.findall(sitting.page("").text) == ["open"]
    assert 'id="asking"' not in served.page(f"/{served.holds().code}").text


def test_a_device_wants_to_know_once_and_a_second_one_once_more(sitting, phone, other):
    phone.asks()
    question = rows(sitting)[0].id
    moderates(sitting, questions.approve, question)
    phone.opens("/ask")
    for each in (phone, phone, other):
        told = each.wants(question).text  # by a list that may have been counted before this press
        assert re.search("Wanted by [1-9], you among them", told)
    assert rows(sitting)[0].upvotes == 2


def test_what_is_sent_again_is_asked_once_and_a_refusal_keeps_what_was_typed(sitting, phone):
    form = secrets.token_hex(8)
    for _ in range(2):
        assert phone.asks(id=form).status_code == 200
    assert len(rows(sitting)) == 1
    refused = phone.asks("x" * 201)
    assert (refused.status_code, "x" * 201 in refused.text) == (422, True)
    assert "at most 200" in refused.text or "200" in refused.text
    phone.asks("The second one")
    refused = phone.asks("The fourth one, <b>too soon</b>")
    assert (refused.status_code, "seconds; what you typed is still here" in refused.text) == (429, True)
    assert "The fourth one, &lt;b&gt;too soon&lt;/b&gt;</textarea>" in refused.text
    assert len(rows(sitting)) == 2


def test_what_was_typed_comes_back_also_where_the_database_answers_nobody(sitting, phone, monkeypatch):
    async def refuses(_work: Any) -> Any:
        raise Refused("record.no_answer")

    with monkeypatch.context() as broken:
        for each in ("read", "write"):
            broken.setattr(sitting.served.venue, each, refuses)
        sitting.served.call(lambda: sitting.served.app.state.listings.forget(sitting.code))
        answer = phone.asks("Is it lit <now>?")
    assert (answer.status_code, "Is it lit &lt;now&gt;?</textarea>" in answer.text) == (503, True)
    assert phone.asks("Is it lit <now>?").status_code == 200


def test_who_has_lost_all_cookies_sends_the_same_once_more_and_it_is_received(sitting, phone):
    phone.http.cookies.clear()
    again = phone.sends("/ask", text=LAMP, unit="water")
    assert (again.status_code, LAMP in again.text) == (403, True)
    phone.page = phone.first_page = again.text
    assert phone.asks().status_code == 200
    assert [row.text for row in rows(sitting)] == [LAMP]


def test_a_browser_without_cookies_is_told_so_and_one_from_elsewhere_asks_nothing(sitting, phone):
    phone.http.cookies.delete(next(each for each in phone.http.cookies if "voter" in each))
    assert "This browser keeps no cookies" in phone.asks().text
    phone.http.headers["origin"] = "http://elsewhere.example"
    assert phone.asks().status_code == 403
    assert rows(sitting) == []


def test_the_other_language_of_a_page_that_takes_forms_alone_is_that_of_the_meeting(sitting, phone):
    phone.http.headers["origin"] = "http://elsewhere.example"
    refused = phone.wants("nothing")
    link = re.findall(r'href="([^"]*lang=[^"]*)"', refused.text)
    assert (refused.status_code, link) == (403, [f"/{sitting.code}?lang=zh-CN"])


def test_whoever_asked_sees_what_came_of_it_to_the_end(sitting, phone):
    phone.asks()
    question = rows(sitting)[0].id
    assert "Being looked at by a moderator" in phone.own()
    moderates(sitting, questions.approve, question)
    assert "Everybody can read it" in phone.own()
    sitting.performs(c.ChooseQuestion(question))
    assert "Shown to the hall" in phone.own()
    assert LAMP in phone.opens("/live/phone.json")
    sitting.performs(c.HandOverQuestion(question, "finding-lamp", "the bureau"))
    assert "Taken up by the bureau" in phone.own()
    today = sitting.served.venue.now(sitting.code).date()
    sitting.performs(c.HandOver(("finding-lamp",), days(today), "the bureau"))
    assert "Water, finding no. 1 · Handed over" in phone.own()
    sitting.performs(c.SignFor("water", ("finding-lamp",), "the office"), c.FinishMeeting())
    assert "Water, finding no. 1 · Signed for" in phone.own()
    assert "Questions can only be asked while the meeting" in phone.asks("One more").text


def test_of_what_a_question_became_part_of_only_what_everybody_may_read_is_told(sitting, phone, other):
    phone.asks()
    other.asks("It is dark at the school, when will that end?")
    mine, theirs = (next(each.id for each in rows(sitting) if each.text.startswith(start)) for start in ("Wh", "It"))
    moderates(sitting, questions.merge, theirs, [mine])
    assert "It is dark" not in phone.opens("/ask")
    moderates(sitting, questions.approve, theirs)
    assert "Part of this question: “It is dark" in phone.own()
    sitting.performs(c.AnswerQuestion(theirs, "Next week."))
    assert "Answered Answer Next week." in phone.own()


def test_where_the_rules_say_so_a_question_is_shown_at_once_and_where_they_do_not_nobody_asks(served):
    at_once = asking(served, Questions.AT_ONCE)
    Phone(at_once).asks()
    assert LAMP in Phone(at_once).page
    assert served.page(f"/{served.holds().code}/ask").status_code == 404


def test_what_is_refused_of_wanting_is_answered_by_a_page_whose_links_lead_on_from_the_same_place(sitting, phone):
    phone.asks()
    moderates(sitting, questions.approve, rows(sitting)[0].id)
    refused = phone.sends("/ask/wanted", question="nothing", sort="time")
    assert (refused.status_code, "<b>Latest first</b>" in refused.text) == (422, True)
    links = [html.unescape(each) for each in re.findall(r'href="([^"#]*(?:/ask|\?)[^"]*)"', refused.text)]
    assert f"{phone.at}/ask?sort=time&lang=zh-CN" in links
    assert {phone.http.get(urljoin(str(refused.url), link)).status_code for link in links} == {200}


async def test_however_many_phones_ask_at_once_what_all_may_read_is_counted_once_in_two_seconds():
    now, reads = [0.0], []

    class Venue:
        async def read(self, work: Any) -> Any:
            reads.append(work.keywords["number"])
            await asyncio.sleep(0)
            return [], ON_A_PAGE + len(reads)

    listings = Listings(Venue(), lambda: now[0])
    answers = await asyncio.gather(
        *(listings.page("small", True, 0) for _ in range(50)),
        *(listings.page("small", True, at) for at in range(1, 99)),
    )
    assert (reads, {there for _, there in answers[:50]}) == ([0, 1], {ON_A_PAGE + 1}), (
        "nor what is behind the last page"
    )
    now[0] = LASTS
    assert await listings.page("small", True, 0) == ([], ON_A_PAGE + 3)
    listings.forget("small")
    assert await listings.page("small", True, 0) == ([], ON_A_PAGE + 4)
