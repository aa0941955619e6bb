"""What society sees, live: without a key, the same for everybody; and the form by which anybody may object."""

import asyncio
import hashlib
import re
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from app import clock
from app.live.painter import TEMPLATES
from app.meeting import commands as c
from app.meeting.plan import Attachment
from app.store import contents, plans
from app.store.heads import load_head
from app.web.gate.restraint import FREE_OF_BROWSER, FREE_OF_NETWORK, Restraint
from app.web.pages import public
from app.web.pages.static import StaticFiles
from tests.live import hidden
from tests.live.served import Served, Sitting, bearer, pair_of
from tests.meetings import opened, small_plan
from tests.papers import published
from tests.papers.published import SECRETS, TOLD, found
from tests.records import record
from tests.web.setup.conftest import fields_of

WORDS = "The rules cannot be found anywhere"


@pytest.fixture(scope="module")
def noticed(served: Served) -> Sitting:
    """A finding of the water office is on notice; one objection was answered, one withheld, one waits."""
    sitting = served.holds(hidden.PLAN)
    record(served.database, published.on_notice(sitting.plan, clock.now()))
    return sitting


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory):
    """A server of their own: limits are kept by process."""
    with Served(tmp_path_factory.mktemp("public")) as served:
        yield served


def form_at(sitting: Sitting) -> str:
    return f"/{sitting.code}/public/unit/water/1/objection"


def sends(sitting: Sitting, browser: httpx.Response | None = None, **typed: str) -> httpx.Response:
    """From a browser that opened the form, a new one unless said otherwise."""
    page = browser or sitting.served.page(form_at(sitting))
    fields = {**fields_of(page.text), **typed}
    sitting.served.http.cookies.clear()
    return sitting.served.http.post(form_at(sitting), data=fields, headers=pair_of(page))


def objections(sitting: Sitting) -> list[str]:
    with sitting.served.database.reading() as connection:
        head = load_head(connection, sitting.code)
    assert head is not None
    return [each.text for each in head.meeting.findings.by_id["finding-1"].objections]


PAGES = ("", "?lang=en", "/agenda", "/unit/water", "/unit/water?lang=en", "/unit/court", "/unit/water/1/objection")
FILES = ("/feed.xml", "/public.json", "/findings.csv")


@pytest.mark.parametrize("path", [*PAGES, *FILES])
def test_no_page_says_what_nobody_was_told(noticed, path):
    answer = noticed.served.page(f"/{noticed.code}/public{path}")
    assert answer.status_code == 200
    assert found(SECRETS, answer.text) == set()
    assert "<script" not in answer.text or path.endswith("objection")


def test_what_may_be_told_stands_on_the_page_of_its_unit(noticed):
    assert found(TOLD, noticed.served.page(f"/{noticed.code}/public/unit/water").text) >= set(TOLD) - {"ticked"}


def test_a_page_is_the_same_for_everybody_until_the_record_goes_on(noticed):
    """No cookie is set or asked for: a proxy may keep it."""
    address = f"/{noticed.code}/public"
    first = noticed.served.page(address, cookie="kaimen-lang=en")
    assert "set-cookie" not in first.headers
    assert first.headers["cache-control"] == "public, max-age=30"
    assert 'lang="zh-CN"' in first.text
    again = noticed.served.page(address, **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


async def test_what_the_plan_says_anew_before_the_meeting_stands_on_the_page(served):
    """Nothing is in the record yet: it stands where it stood."""
    sitting = served.holds()
    address = f"/{sitting.code}/public"
    before = served.page(address)
    with served.database.writing() as connection:
        plans.save(connection, replace(sitting.plan, place="Moved to the Great Hall"))
    heads = served.venue.heads
    await served.until(lambda: heads.newest(sitting.code).meeting.plan.place.startswith("Moved"))
    after = served.page(address, **{"if-none-match": before.headers["etag"]})
    assert (after.status_code, "Moved to the Great Hall" in after.text) == (200, True)


def test_many_who_look_at_once_are_shown_one_picture(noticed, monkeypatch):
    made: list[str] = []
    picture_of = public.picture_of
    monkeypatch.setattr(public, "picture_of", lambda *asked: made.append("picture") or picture_of(*asked))

    async def looked():
        published = public.Published(noticed.served.venue, StaticFiles(TEMPLATES))
        meeting = noticed.served.venue.rooms.meeting(noticed.code)
        shown = await asyncio.gather(*(published.look(meeting) for _ in range(5)))
        pages = (published.made(shown[0], "page", lambda: made.append("page") or b"") for _ in range(5))
        return await asyncio.gather(*pages)

    noticed.served.waits_for(looked())
    assert made == ["picture", "page"]


@pytest.mark.parametrize("number", ["9" * 5000, "99", "²", "-1"])
def test_a_number_that_no_objection_has_thanks_nobody(noticed, number):
    answer = noticed.served.page(f"{form_at(noticed)}?received={number}")
    assert (answer.status_code, 'role="status"' in answer.text) == (200, False)


def test_only_what_the_bureau_has_ticked_can_be_opened(noticed):
    with noticed.served.database.writing() as connection:
        kept = contents.keep(connection, b"%PDF-1.7 not ticked")
    for sha256 in (kept, "ee" * 32, "x"):
        assert noticed.served.page(f"/{noticed.code}/public/files/{sha256}").status_code == 404


def test_an_objection_is_received_once_however_often_it_is_sent(noticed):
    page = noticed.served.page(form_at(noticed))
    first, second = (sends(noticed, page, text=WORDS) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert objections(noticed).count(WORDS) == 1
    assert 'role="status"' in noticed.served.page(first.headers["location"]).text
    assert WORDS not in noticed.served.page(f"/{noticed.code}/public/unit/water").text


def test_who_goes_back_and_says_something_else_has_said_both(noticed):
    page = noticed.served.page(form_at(noticed))
    said = ("They are nowhere", "Nor does anybody know them")
    assert [sends(noticed, page, text=each).status_code for each in said] == [303, 303]
    assert set(said) <= set(objections(noticed))


def test_a_refusal_keeps_what_was_typed(noticed):
    long = "long " * 200
    answer = sends(noticed, text=long)
    assert answer.status_code == 422
    assert fields_of(answer.text)["text"].strip() == long.strip()
    assert sends(noticed, text="   ").status_code == 422


def test_a_browser_that_says_much_has_to_wait_and_loses_nothing(noticed):
    page = noticed.served.page(form_at(noticed))
    tried = [sends(noticed, page, text=f"Again {at}", id=f"objection-{at:04}") for at in range(FREE_OF_BROWSER + 1)]
    assert [each.status_code for each in tried] == [303] * FREE_OF_BROWSER + [429]
    assert fields_of(tried[-1].text)["text"] == f"Again {FREE_OF_BROWSER}"


def test_another_page_cannot_send_one(noticed):
    noticed.served.http.cookies.clear()
    answer = noticed.served.http.post(form_at(noticed), data={"text": "Sent by somebody else"})
    assert answer.status_code == 403
    assert "Sent by somebody else" not in objections(noticed)


def test_none_is_taken_when_the_notice_is_over(served):
    sitting = served.holds(hidden.PLAN)
    record(served.database, published.on_notice(sitting.plan, clock.now() - timedelta(days=30)))
    assert not re.search("<textarea", served.page(form_at(sitting)).text)
    page = served.page("/join")
    answer = served.http.post(form_at(sitting), data={"text": WORDS, "id": "objection-late"}, headers=pair_of(page))
    assert answer.status_code == 422
    assert WORDS not in objections(sitting)


def test_a_whole_town_from_one_address_is_bounded_as_well():
    now = [0.0]
    restraint = Restraint(lambda: now[0])
    waits = [restraint.wait(f"browser {at}", "192.0.2.1") for at in range(FREE_OF_NETWORK + 1)]
    assert waits == [0] * FREE_OF_NETWORK + [60]
    assert restraint.wait("browser", "192.0.2.2") == 0
    now[0] += 60
    assert restraint.wait("another", "192.0.2.1") == 0


def test_a_written_report_can_be_opened_once_the_bureau_has_ticked_it(served):
    content = b"%PDF-1.7 a report"
    digest = hashlib.sha256(content).hexdigest()
    report, other = (Attachment(f"attachment-{name}", f"{name}.pdf", len(content), digest) for name in ("one", "two"))
    water, *units = small_plan().units
    water = replace(water, attachments=(report, replace(other, sha256="ab" * 32)))
    sitting = served.holds(small_plan(units=(water, *units)))
    with served.database.writing() as connection:
        contents.keep(connection, content)
    record(served.database, opened(sitting.plan))
    address = f"/{sitting.code}/public/files/{digest}"
    assert served.page(address).status_code == 404
    assert "one.pdf" not in served.page(f"/{sitting.code}/public/unit/water").text
    at_desk = served.page(f"/{sitting.code}/publication", sitting.moderator)
    form = {**fields_of(at_desk.text), "report.attachment-one": "on", "author": "clerk-Qilin"}
    sent = served.http.post(f"/{sitting.code}/publication", data=form, headers=bearer(sitting.moderator))
    assert sent.status_code == 303
    page = served.page(f"/{sitting.code}/public/unit/water").text
    assert ("one.pdf" in page, "two.pdf" in page, "clerk-Qilin" in page) == (True, False, False)
    assert served.page(address).content == content
    older = fields_of(served.page(f"/{sitting.code}/publication", sitting.moderator).text)
    sitting.performs(c.ShowReports((), "another clerk"))
    newer = fields_of(served.page(f"/{sitting.code}/publication", sitting.moderator).text)
    form = {**form, "seen": older["seen"], "id": older["id"], "_csrf_token": newer["_csrf_token"]}
    sent = served.http.post(f"/{sitting.code}/publication", data=form, headers=bearer(sitting.moderator))
    assert (sent.status_code, served.page(address).status_code) == (422, 404), "an older page opens nothing again"


def test_an_answer_to_an_objection_stands_on_the_page_as_soon_as_it_is_given(noticed):
    before = noticed.served.page(f"/{noticed.code}/public/unit/water")
    noticed.performs(c.AnswerObjection("finding-1", "objection-open-one", "Answered just now", False, "the bureau"))
    after = noticed.served.page(f"/{noticed.code}/public/unit/water", **{"if-none-match": before.headers["etag"]})
    assert after.status_code == 200
    assert "Answered just now" in after.text
    assert SECRETS["objections that are not answered"][0] in after.text
