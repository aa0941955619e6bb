"""The meeting before: its promises are taken over by a copy or by hand, as of today, and stay as they were taken."""

from dataclasses import replace

import pytest

from app import clock
from app.meeting import commands as c
from app.meeting.findings.promised import promised
from app.meeting.findings.state import FindingKind
from app.meeting.promises.agreed import Previous
from app.papers.site.data import public_json
from app.papers.site.picture import picture_of
from tests.findings import days
from tests.live.served import Sitting
from tests.meetings import small_plan
from tests.web.setup.conftest import fields_of

GAP = "Otters swim in the canal"


def hands_over(sitting: Sitting, unit: str, number: int) -> None:
    finding = f"finding-{unit}-{number}"
    drafted = c.DraftFinding(finding, unit, f"{GAP}, {unit}-{number}", FindingKind.IN_TERM, "Li")
    sitting.performs(drafted, c.HandOver((finding,), days(clock.now().date()), "Li"))


@pytest.fixture
def before(served):
    """Last year's meeting: two findings of the water office, one of the court, none done."""
    sitting = served.holds(small_plan())
    sitting.performs(c.OpenMeeting(sitting.plan), c.FinishMeeting())
    for unit, number in (("water", 1), ("water", 2), ("court", 1)):
        hands_over(sitting, unit, number)
    return sitting


def by_unit(plan) -> dict[str, list[str]]:
    return {unit.id: [each.text for each in unit.promises] for unit in plan.units if unit.promises}


WATER_AND_COURT = {
    "water": [f"{GAP}, water-1", f"{GAP}, water-2"],
    "court": [f"{GAP}, court-1"],
}


def test_a_copy_of_last_years_meeting_brings_its_promises_with_it(organiser, before):
    copied = fields_of(organiser.opens("/setup", like=before.code).text)
    organiser.sends("/setup/new", {**copied, "title": "Next year", "code": "next-copy", "date": "2027-11-17"})
    plan = organiser.plan("next-copy")
    assert (plan.previous.code, plan.previous.title) == (before.code, before.plan.name)
    assert by_unit(plan) == WATER_AND_COURT
    assert (promised(plan).promised, promised(plan).struck_off) == (3, 0)
    page = organiser.opens("/setup/next-copy/previous").text
    assert f"{GAP}, court-1" in page
    assert "3 problems of the meeting before" in page


def test_units_are_known_again_by_name_and_else_by_hand(organiser, served, before):
    court, *others = (unit for unit in before.plan.units if unit.id != "water")
    renamed = replace(court, id="tribunal", name="The Tribunal", short_name="Tribunal")
    water = replace(next(unit for unit in before.plan.units if unit.id == "water"), id="unit-9")
    now = served.holds(replace(small_plan(), units=(water, renamed, *others), agenda=(), seats=()))
    path = f"/setup/{now.code}/previous"
    assert organiser.fills(path, "take", previous=before.code).status_code == 303
    assert by_unit(organiser.plan(now.code)) == {"unit-9": WATER_AND_COURT["water"]}
    assert "Not taken over" in organiser.opens(path).text
    assert organiser.fills(path, "take", **{"unit.tribunal": "court"}).status_code == 303
    assert by_unit(organiser.plan(now.code)) == {
        "unit-9": WATER_AND_COURT["water"],
        "tribunal": WATER_AND_COURT["court"],
    }
    assert "Not taken over" not in organiser.opens(path).text
    hands_over(before, "water", 3)
    assert len(by_unit(organiser.plan(now.code))["unit-9"]) == 2  # what was taken over stays
    assert organiser.fills(path, "drop").status_code == 303
    assert (by_unit(organiser.plan(now.code)), organiser.plan(now.code).previous) == ({}, Previous())


def test_a_meeting_of_another_server_comes_by_its_public_file(organiser, served, before):
    """First the file is shown, with who is taken for whom; then it is taken over as somebody says."""
    meeting = served.venue.rooms.meeting(before.code)
    other = replace(meeting, plan=replace(meeting.plan, code="elsewhere"))
    file = public_json(picture_of(other, 9, "", clock.now().date()))
    now = served.holds(small_plan())
    path = f"/setup/{now.code}/previous"
    shown = sends_file(organiser, path, file)
    assert "Nothing has been taken over yet." in shown.text
    assert by_unit(organiser.plan(now.code)) == {}
    form = {**fields_of(shown.text), "unit.court": ""}
    assert organiser.sends(path, form, "take").status_code == 303
    plan = organiser.plan(now.code)
    assert (plan.previous.code, plan.previous.units) == ("elsewhere", {"water": "water", "school": "school"})
    assert by_unit(plan) == {"water": WATER_AND_COURT["water"]}
    assert sends_file(organiser, path, b"{}").status_code == 422
    assert sends_file(organiser, path, b"").status_code == 422
    assert organiser.plan(now.code) == plan


def sends_file(organiser, path: str, content: bytes):
    fields = {"do": "read", "_csrf_token": organiser.form("/setup")["_csrf_token"]}
    return organiser.http.post(path, data=fields, files={"file": ("public.json", content, "application/json")})


def test_a_meeting_without_findings_is_declined_and_an_open_one_keeps_what_it_has(organiser, served, before):
    now = served.holds(small_plan())
    path = f"/setup/{now.code}/previous"
    for other in (now.code, "nothing", served.holds(small_plan()).code):
        assert organiser.fills(path, "take", previous=other).status_code == 422
    organiser.fills(path, "take", previous=before.code)
    form = organiser.form(path)
    now.performs(c.OpenMeeting(organiser.plan(now.code)))
    assert organiser.sends(path, form, "drop").status_code == 409
    assert by_unit(organiser.plan(now.code)) == WATER_AND_COURT
    assert f"{GAP}, water-1" in organiser.opens(path).text
