"""The second half played by bots, two months in seconds: nothing acknowledged is lost, and what is wrong is found."""

import gettext
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.clock import Clock
from app.meeting.plan import Mode
from app.rehearsal import stage
from app.rehearsal.days import Days, go_by
from app.rehearsal.forms import form_with, forms_of
from app.rehearsal.process import NotReady, ServerProcess
from app.rehearsal.second_half.examination import held_against, lines_of, public_faults
from app.rehearsal.second_half.rehearse import AS_FAST_AS_IT_GOES, Outcome, Premises, played, premises_for
from app.rehearsal.second_half.steps import Step, Steps
from app.rehearsal.second_half.unit import Draft
from app.rehearsal.terminal import second_half_in_words
from app.store.database import DatabaseUnusable
from tests.meetings import small_plan

pytestmark = pytest.mark.timeout(300)

FINDINGS = 2
"""Of each of three units: returned, not verified, objected to, re-opened, or none of it."""


@pytest.fixture(scope="module")
def rehearsed() -> Iterator[tuple[Premises, Outcome]]:
    with premises_for(small_plan(mode=Mode.COMMENTS)) as here:
        yield here, played(here, AS_FAST_AS_IT_GOES, FINDINGS)


def test_two_months_are_played_through_a_killed_server_and_nothing_is_lost(rehearsed):
    _, outcome = rehearsed
    said = outcome.as_json()
    assert outcome.is_good, second_half_in_words(outcome, gettext.NullTranslations().gettext)
    assert (said["findings"], said["refused"], said["standings"].keys()) == (6, 0, {"struck_off", "notice"})
    assert min(said[name] for name in ("returned", "reopened", "objections", "proofs", "drafts_kept", "repeated")) > 0
    assert said["acked_by_kind"]["ReportCameIn"] == 3, "of each unit"
    assert len(said["acked_by_kind"]) > 15, "whatever people do in two months"


def test_what_the_record_lacks_has_twice_or_should_not_have_is_found(rehearsed):
    here, outcome = rehearsed
    lines = lines_of(here.database, here.plan.code)
    recorded, never = outcome.steps.acked[0], Step("CureSent", "#99999")
    told = Steps()
    told.acked, told.refused = [recorded, never, Step("CureSent", "#")], [recorded]
    lost, twice, smuggled = held_against(lines, told)
    assert (lost, [each.kind for each in twice], smuggled) == ((never,), ["CureSent"], (recorded,))


def test_what_society_reads_and_is_not_so_is_found(rehearsed):
    here, _ = rehearsed
    meeting = stage.meeting_of(here.database, here.plan.code)
    finding = next(each for each in meeting.findings.by_id.values() if each.objections)
    other = replace(finding, returns=finding.returns + 1)
    later = replace(meeting, findings=replace(meeting.findings, by_id={**meeting.findings.by_id, other.id: other}))
    empty = '{"units": []}'
    assert public_faults(meeting, empty, {}, [])
    found = public_faults(later, _published(here), {}, ["普法办 #", finding.text[:4]])
    assert any("returns" in each for each in found)
    assert any("the page lacks" in each for each in found)
    assert f"{finding.text[:4]} is told" in found
    assert "普法办 # is told" not in found


def _published(here: Premises) -> str:
    from app.rehearsal.browser import Browser

    return Browser(here.server.url).ask(f"/{here.plan.code}/public/public.json").text


@pytest.mark.parametrize(
    "wrong",
    [
        {"lost": (Step("CureSent", "#1"),)},
        {"twice": (Step("CureSent", "#1"),)},
        {"smuggled": (Step("CureSent", "#1"),)},
        {"drafts": {Draft("finding", "text"): False}},
        {"drafts": {}},
        {"public": ("water 1: …",)},
        {"steps": Steps()},
    ],
)
def test_any_of_it_fails_the_rehearsal(rehearsed, wrong):
    assert not replace(rehearsed[1], **wrong).is_good


# --- days that pass ---------------------------------------------------------------------------------------------------


def test_days_pass_in_a_rehearsal_and_the_clock_is_not_taken_for_one_that_was_set(tmp_path):
    days = Days(tmp_path / "days", small_plan().starts_at)
    with stage.scratch(replace(small_plan(), rehearsal_of="real")) as where, stage.opened(where) as database:
        clock = Clock(lambda: 1000.0, lambda: 5.0)
        go_by(days.file, database, clock)
    before = clock.now()
    days.pass_until(61)
    assert (clock.now() - before, round(clock.apart)) == (timedelta(days=61), 0)
    assert days.now.date() == small_plan().starts_at.date() + timedelta(days=61)


def test_no_day_is_skipped_where_there_is_a_real_meeting(tmp_path):
    days = Days(tmp_path / "days", small_plan().starts_at)
    with stage.scratch(small_plan()) as where, stage.opened(where) as database:
        with pytest.raises(DatabaseUnusable, match=r"days\.real_meeting"):
            go_by(days.file, database, Clock())
        with pytest.raises(NotReady, match="small"):
            ServerProcess(where, days=days.file).start()


# --- forms ------------------------------------------------------------------------------------------------------------


def test_a_form_is_sent_as_a_browser_would_send_it():
    page = """<form action="/a"><input type="hidden" name="id" value="1"><input type="checkbox" name="box" value="x">
      <input type="radio" name="one" value="y" checked><select name="list"><option value="">-</option>
      <option value="b" selected>B</option></select><textarea name="text">1 &lt; 2</textarea>
      <input type="file" name="files"><button name="do" value="send">Send</button></form><form action="/b"></form>"""
    form = form_with(page, "send")
    assert form is not None
    assert form.filled({"box": ["x"]}, "send") == {
        "id": ["1"],
        "one": ["y"],
        "list": ["b"],
        "text": ["1 < 2"],
        "box": ["x"],
        "do": ["send"],
    }
    assert [each.action for each in forms_of(page)] == ["/a", "/b"]
    assert form.choices["list"] == ["", "b"]
