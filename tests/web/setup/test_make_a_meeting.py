"""Making a meeting by the pages, from nothing to ready, in the order of the steps."""

import re
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from app.meeting.plan import ItemKind, Mode, Order, Preset
from app.meeting.shortcomings import shortcomings
from tests.meetings import HALL
from tests.web.setup.conftest import fields_of, problems_of

UNITS = "重庆市教育委员会,市教委,副主任\n重庆市公安局\t市公安局\n重庆市民政局，市民政局\n市高法院"


@pytest.fixture
def new(organiser, request):
    """The code of a new, empty meeting."""
    code = f"new-{abs(hash(request.node.name)) % 10**8}"
    answer = organiser.sends("/setup/new", {"title": "A review", "code": code, "date": "2026-12-01", "time": "14:30"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/setup/{code}/meeting")
    return code


def test_a_day_pasted_with_its_time_makes_a_meeting_of_both(organiser):
    form = {
        **fields_of(organiser.opens("/setup").text),
        "title": "Pasted",
        "date": "2026年12月1日（星期二）上午9时30分",
    }
    assert organiser.sends("/setup/new", {**form, "code": "pasted"}).status_code == 303
    assert organiser.plan("pasted").starts_at == datetime(2026, 12, 1, 9, 30, tzinfo=HALL)
    asked = organiser.sends("/setup/new", {**form, "code": "pasted-late", "time": "10:00"})
    assert asked.status_code == 422
    assert [*problems_of(asked)] == ["time"]


def test_from_nothing_to_ready(organiser, new):
    at = f"/setup/{new}"
    assert missing(organiser, new) == ["agenda", "panel", "rubric"]

    assert organiser.fills(f"{at}/meeting", place="Hall 1", organisers="A\n\n B \n", order="drawn").status_code == 303
    pasted = organiser.fills(f"{at}/units", "paste", pasted=UNITS)
    assert organiser.sends(f"{at}/units", fields_of(pasted.text)).headers["location"] == f"{at}/units?saved"
    agenda = organiser.fills(f"{at}/agenda", "standard")
    assert organiser.sends(f"{at}/agenda", fields_of(agenda.text), "go_on").headers["location"] == f"{at}/panel?saved"
    panel = organiser.fills(f"{at}/panel", "usual")
    assert organiser.sends(f"{at}/panel", fields_of(panel.text)).status_code == 303
    rubric = organiser.fills(f"{at}/rubric", "hundred")
    assert organiser.sends(f"{at}/rubric", fields_of(rubric.text)).status_code == 303
    assert organiser.fills(f"{at}/rules", "go_on", trim_from="4").headers["location"] == f"{at}/composite?saved"
    assert organiser.fills(f"{at}/composite", "go_on").headers["location"] == f"{at}/words?saved"
    assert organiser.fills(f"{at}/words", "go_on").headers["location"] == at

    plan = organiser.plan(new)
    assert shortcomings(plan) == []
    assert missing(organiser, new) == []
    assert plan.starts_at == datetime(2026, 12, 1, 14, 30, tzinfo=HALL)
    assert (plan.place, plan.organisers, plan.order) == ("Hall 1", ("A", "B"), Order.DRAWN)
    assert [(unit.id, unit.short_name, unit.office) for unit in plan.units] == [
        ("unit-1", "市教委", "副主任"),
        ("unit-2", "市公安局", ""),
        ("unit-3", "市民政局", ""),
        ("unit-4", "市高法院", ""),
    ]
    assert [item.id for item in plan.agenda] == [
        "opening",
        *(f"report-unit-{at}" for at in (1, 2, 3, 4)),
        "discussion",
        "announcement",
        "summary",
    ]
    assert [str(seat.group) for seat in plan.seats] == ["expert"] * 3 + ["deputy"] * 3 + ["cppcc"] * 3
    assert plan.seats[3].label == "人大代表1"
    assert (plan.full_score, plan.rules.trim_from) == (Decimal(100), 4)


def test_a_standard_agenda_of_many_units_has_a_break_in_its_middle(organiser, new):
    pasted = organiser.fills(f"/setup/{new}/units", "paste", pasted="\n".join("abcdefg"))
    organiser.sends(f"/setup/{new}/units", fields_of(pasted.text))
    shown = organiser.fills(f"/setup/{new}/agenda", "standard")
    organiser.sends(f"/setup/{new}/agenda", fields_of(shown.text))
    agenda = organiser.plan(new).agenda
    assert [item.kind for item in agenda].index(ItemKind.BREAK) == 1 + 4
    assert sum((item.planned for item in agenda), timedelta()) == timedelta(minutes=5 + 7 * 12 + 10 + 10 + 3 + 15)


def test_a_meeting_with_comments_only_needs_neither_rubric_nor_results(organiser, new):
    organiser.fills(f"/setup/{new}/meeting", mode="comments")
    assert missing(organiser, new) == ["agenda", "panel"]
    pasted = organiser.fills(f"/setup/{new}/units", "paste", pasted="one\ntwo")
    organiser.sends(f"/setup/{new}/units", fields_of(pasted.text))
    shown = organiser.fills(f"/setup/{new}/agenda", "standard")
    organiser.sends(f"/setup/{new}/agenda", fields_of(shown.text))
    agenda = organiser.plan(new).agenda
    assert [str(item.kind) for item in agenda] == ["opening", "presentation", "presentation", "discussion", "summary"]
    assert {str(segment.kind) for segment in agenda[1].segments} == {"report", "comments"}


def test_a_meeting_with_levels_takes_a_scale(organiser, new):
    organiser.fills(f"/setup/{new}/meeting", mode="levels")
    shown = organiser.fills(f"/setup/{new}/rubric", "scale:satisfaction")
    assert organiser.sends(f"/setup/{new}/rubric", fields_of(shown.text)).status_code == 303
    [scale] = organiser.plan(new).criteria
    assert [(str(level.points), level.name, level.approving) for level in scale.levels] == [
        ("3", "满意", True),
        ("2", "基本满意", True),
        ("1", "不满意", False),
    ]
    assert (scale.minimum, scale.maximum) == (1, 3)


def test_last_years_meeting_again(organiser):
    assert 'href="/setup?like=demo#new-title"' in organiser.opens("/setup/demo").text
    copied = fields_of(organiser.opens("/setup", like="demo").text)
    organiser.sends("/setup/new", {**copied, "title": "Next year", "code": "next-year", "date": "2027-11-17"})
    demo, copied = organiser.plan("demo"), organiser.plan("next-year")
    assert (copied.units, copied.seats, copied.agenda) == (demo.units, demo.seats, demo.agenda)
    assert (copied.criteria, copied.rules) == (demo.criteria, demo.rules)
    assert (copied.title, copied.starts_at.isoformat()) == ("Next year", "2027-11-17T09:00:00+08:00")
    assert demo.title != "Next year"


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Please fill this in."),
        ("x", "A code has 2 to 32 characters"),
        ("普法", "A code has 2 to 32 characters"),
        ("-x", "A code has 2 to 32 characters"),
        ("a" * 33, "A code has 2 to 32 characters"),
        ("setup", "is an address of Kaimen itself"),
        ("new", "is an address of Kaimen itself"),
        ("demo", "There is already a meeting"),
    ],
)
def test_a_code_that_cannot_be_had_is_said_at_the_field_and_nothing_typed_is_lost(organiser, code, sentence):
    typed = {"title": "Kept", "code": code, "date": "2031-01-31", "time": "07:15", "like": "levels"}
    answer = organiser.sends("/setup/new", typed)
    assert answer.status_code == 422
    assert sentence in problems_of(answer)["code"]
    assert {name: fields_of(answer.text)[name] for name in typed} == typed


def test_the_list_says_how_far_every_meeting_is(organiser, new):
    page = organiser.opens("/setup").text
    states = dict(re.findall(r'<a href="/setup/([a-z0-9-]+)">.*?data-status="(\w+)"', page, re.DOTALL))
    assert (states["demo"], states[new]) == ("ready", "lacking")


def missing(organiser, code: str) -> list[str]:
    """The pages on which something is still missing, as any page of the meeting lists them."""
    page = organiser.opens(f"/setup/{code}/panel").text
    listed = page.partition('id="missing"')[2].partition("</section>")[0].partition("Worth a look")[0]
    return re.findall(rf'href="/setup/{code}/(\w+)#', listed)


def test_what_is_missing_leads_to_the_field(organiser, new):
    organiser.fills(f"/setup/{new}/panel", "usual")
    page = organiser.opens(f"/setup/{new}").text
    for link in re.findall(rf'href="(/setup/{new}/\w+#[\w.-]+)"', page):
        path, _, id = link.partition("#")
        assert f'id="{id}"' in organiser.opens(path).text, link


def test_modes_and_groups_are_all_offered(organiser, new):
    page = organiser.opens(f"/setup/{new}/meeting").text
    assert {mode for mode in Mode if f'value="{mode}"' in page} == set(Mode)
    shown = organiser.fills(f"/setup/{new}/panel", "add").text
    assert {group for group in Preset if f'value="{group}"' in shown} == set(Preset)
