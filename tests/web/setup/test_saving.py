"""Saving a set-up page: what is wrong is said at the field, nothing typed is lost, nobody overwrites what they did not
see, every screen shows the new plan, and an open meeting is frozen."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from websockets.exceptions import ConnectionClosed

from app.language import Language, say
from app.meeting.plan import Seat, TieBreak
from app.meeting.refusals import Said
from app.store import keys, plans
from app.web.setup import PAGES
from tests.meetings import ANN, EVE, small_plan
from tests.web.setup.conftest import at, fields_of, problems_of

FORMS = [page.name for page in PAGES]


# --- in and out -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["demo", "comments", "levels"])
@pytest.mark.parametrize("page", FORMS)
def test_a_page_saved_as_it_is_changes_nothing(organiser, served, code, page):
    sitting = served.holds(organiser.plan(code))
    before = organiser.plan(sitting.code)
    assert organiser.fills(at(sitting, page)).status_code == 303
    assert organiser.plan(sitting.code) == before


@pytest.mark.parametrize("page", FORMS)
def test_a_small_meeting_with_recusals_and_reasons_survives_every_page(organiser, served, page):
    plan = small_plan()
    eve = replace(plan.seats[-1], reasons={"court": "worked there"})
    rules = replace(plan.rules, tie_ladder=(TieBreak.CHAIR,), quorum=Decimal("0.665"), rank_shown=True)
    sitting = served.holds(replace(plan, seats=(*plan.seats[:-1], eve), rules=rules))
    before = organiser.plan(sitting.code)
    assert organiser.fills(at(sitting, page)).status_code == 303
    assert organiser.plan(sitting.code) == before


# --- what is wrong ----------------------------------------------------------------------------------------------------


def said(code: str, **facts: str) -> str:
    """The sentence that a workbook gets, too."""
    return say(Said(code, facts), Language.ENGLISH)


WRONG = [
    ("meeting", {"title": " "}, "title", "Please fill this in."),
    ("meeting", {"date": "31.2.2026"}, "date", said("cell.not_a_date", value="31.2.2026")),
    ("meeting", {"time": "25:00"}, "time", said("cell.not_a_time", value="25:00")),
    ("meeting", {"mode": "guesses"}, "mode", "Please choose one from the list."),
    ("meeting", {"offset": "9999"}, "offset", "Please choose one from the list."),
    ("meeting", {"organisers": "x\n" * 21}, "organisers", "At most 20."),
    ("units", {"units.water.name": ""}, "units.water.name", "Please fill this in."),
    (
        "units",
        {"units.water.short_name": "Court"},
        "units.court.short_name",
        "Two units are called “Court”. Give them different short names.",
    ),
    (
        "units",
        {"units.water.name": "W" * 25, "units.water.short_name": ""},
        "units.water.short_name",
        "The name is long. Please enter a short name of at most 24 characters for the screens.",
    ),
    (
        "units",
        {"pasted": "one more"},
        "pasted",
        "These lines have not been added to the list yet. Press “Add these units”, or clear the box.",
    ),
    (
        "agenda",
        {"items.report-water.report": "eight"},
        "items.report-water.report",
        said("cell.not_minutes", value="eight"),
    ),
    ("agenda", {"items.opening.minutes": ""}, "items.opening.minutes", "Please enter at least one time."),
    ("agenda", {"items.opening.minutes": "481"}, "items.opening.minutes", "At most 480 minutes."),
    (
        "agenda",
        {"items.report-court.unit": "water"},
        "items.report-court.unit",
        "This unit already reports, further up.",
    ),
    ("agenda", {"items.report-court.unit": "moon"}, "items.report-court.unit", "Please choose the unit that reports."),
    ("panel", {"seats.ann.label": "Expert 2"}, "seats.ben.label", "Two seats are called “Expert 2”."),
    ("panel", {"seats.ann.group": "friend"}, "seats.ann.group", "Please choose one from the list."),
    ("panel", {"recusals.1.unit": ""}, "recusals.1.unit", "Please choose one from the list."),
    (
        "rubric",
        {"criteria.clarity.maximum": "sixty"},
        "criteria.clarity.maximum",
        said("cell.not_a_number", value="sixty"),
    ),
    (
        "rubric",
        {"criteria.clarity.step": "7"},
        "criteria.clarity.step",
        "The range from minimum to maximum is not a whole number of these steps.",
    ),
    (
        "rubric",
        {"criteria.clarity.minimum": "60"},
        "criteria.clarity.maximum",
        "The maximum must be greater than the minimum.",
    ),
    ("rubric", {"criteria.clarity.weight": "0"}, "criteria.clarity.weight", "The weight must be above zero."),
    ("rules", {"quorum": "100"}, "quorum", "Please enter a number from 0 to 99.99."),
    ("rules", {"quorum": "", "quorum_by": "at_least"}, "quorum", "Please fill this in."),
    (
        "rules",
        {"quorum": "5/3"},
        "quorum",
        ("the quorum must be a share from 0 to just below 1, or up to 1 with “at least”"),
    ),
    (
        "rules",
        {"quorum": "a few"},
        "quorum",
        "“a few” is not a quorum. Write it as 2/3, 三分之二以上, 过半数, 60% or 0.5.",
    ),
    ("rules", {"places": "1.5"}, "places", said("cell.not_a_count", value="1.5")),
    (
        "rules",
        {"trim_high": "3", "trim_low": "3"},
        "trim_from",
        "Nothing would be left to count. Drop only when there are at least 7 sheets.",
    ),
    (
        "rules",
        {"weight_expert": "40"},
        "weight_deputy",
        "This group has seats, so it needs a weight too; or clear all weights.",
    ),
    ("rules", {"tie_1": "chair", "tie_2": "chair"}, "tie_2", "This is already listed above."),
]


@pytest.mark.parametrize(("page", "typed", "field", "sentence"), WRONG)
def test_what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost(organiser, sitting, page, typed, field, sentence):
    before = organiser.plan(sitting.code)
    sent = {**organiser.form(at(sitting, page)), **typed}
    answer = organiser.sends(at(sitting, page), sent)
    assert (answer.status_code, problems_of(answer)[field]) == (422, sentence)
    shown = fields_of(answer.text)
    changing = {"_csrf_token", "do", "mode" if page == "meeting" else "", "offset"}
    assert {name: text.strip() for name, text in shown.items() if name not in changing | {field}} == {
        name: text.strip() for name, text in sent.items() if name not in changing | {field}
    }
    assert organiser.plan(sitting.code) == before


def test_what_is_typed_with_a_chinese_keyboard_is_read(organiser, sitting):
    organiser.fills(at(sitting, "agenda"), **{"items.opening.minutes": "７：３０", "items.break.minutes": " 1.5 "})
    agenda = {item.id: item for item in organiser.plan(sitting.code).agenda}
    assert agenda["opening"].planned.total_seconds() == 450
    assert agenda["break"].planned.total_seconds() == 90


def test_a_page_understands_what_a_workbook_understands(organiser, sitting):
    start = {"date": "2026年11月17日", "time": "下午2:30", "mode": "打分制"}
    assert organiser.fills(at(sitting, "meeting"), **start).status_code == 303
    assert organiser.fills(at(sitting, "agenda"), **{"items.opening.minutes": "8分钟"}).status_code == 303
    rules = {"quorum": "过半数", "trim_high": "１个", "places": "保留２位小数"}
    assert organiser.fills(at(sitting, "rules"), **rules).status_code == 303
    plan = organiser.plan(sitting.code)
    assert plan.starts_at.strftime("%Y-%m-%d %H:%M") == "2026-11-17 14:30"
    assert plan.agenda[0].planned.total_seconds() == 480
    assert (plan.rules.quorum, plan.rules.trim_high, plan.rules.places) == (Decimal("0.5"), 1, 2)


NOTICE = "2026年11月27日（星期五）上午9时30分"


@pytest.mark.parametrize(
    ("typed", "starts"),
    [
        ({"date": NOTICE}, "2026-11-27 09:30"),
        ({"date": NOTICE, "time": ""}, "2026-11-27 09:30"),
        ({"date": NOTICE, "time": "9点半"}, "2026-11-27 09:30"),
        ({"date": "2026-11-27 24:00", "time": ""}, "2026-11-28 00:00"),
        ({"date": "27 Nov 2026", "time": "1430"}, "2026-11-27 14:30"),
        ({"date": "2026-11-27", "time": NOTICE}, "2026-11-27 09:30"),
    ],
)
def test_a_date_pasted_with_its_time_says_both(organiser, sitting, typed, starts):
    assert organiser.fills(at(sitting, "meeting"), **typed).status_code == 303
    assert organiser.plan(sitting.code).starts_at.strftime("%Y-%m-%d %H:%M") == starts


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"date": NOTICE, "time": "10:00"}, "time", said("start.said_twice", one="09:30", other="10:00")),
        (
            {"date": "2026-11-26", "time": NOTICE},
            "time",
            said("start.said_twice", one="2026-11-26", other="2026-11-27"),
        ),
        (
            {"date": "2026年11月27日（星期四）"},
            "date",
            said("start.other_weekday", day="2026-11-27", said="四", is_one="五"),
        ),
        ({"date": "11月27日"}, "date", said("cell.no_year", value="11月27日")),
        ({"date": "", "time": ""}, "time", "Please fill this in."),
    ],
)
def test_of_two_times_or_days_that_are_typed_none_is_thrown_away(organiser, sitting, typed, field, sentence):
    answer = organiser.fills(at(sitting, "meeting"), **typed)
    assert answer.status_code == 422
    assert problems_of(answer)[field] == sentence


def test_a_date_that_is_none_is_compared_with_nothing(organiser, sitting):
    answer = organiser.fills(at(sitting, "meeting"), date="11月27日", time=NOTICE)
    assert problems_of(answer) == {"date": said("cell.no_year", value="11月27日")}


# --- rows -------------------------------------------------------------------------------------------------------------


def test_rows_are_moved_and_taken_away_without_saving_and_then_saved_as_they_stand(organiser, sitting):
    page = at(sitting, "agenda")
    before = organiser.plan(sitting.code)
    moved = organiser.fills(page, "down:items.opening")
    removed = organiser.sends(page, fields_of(moved.text), "remove:items.break")
    added = organiser.sends(page, fields_of(removed.text), "add:discussion")
    assert organiser.plan(sitting.code) == before
    organiser.sends(page, fields_of(added.text))
    assert [item.id for item in organiser.plan(sitting.code).agenda] == [
        "report-water",
        "opening",
        "report-court",
        "report-school",
        "summary",
        "discussion",
    ]


def test_a_unit_taken_off_the_list_leaves_the_agenda_and_the_recusals_and_the_page_says_so_first(organiser, sitting):
    page = at(sitting, "units")
    removed = organiser.fills(page, "remove:units.court")
    assert "When you save, these units are also taken off the agenda: Court" in removed.text
    organiser.sends(page, fields_of(removed.text))
    plan = organiser.plan(sitting.code)
    assert [item.unit for item in plan.agenda if item.unit] == ["water", "school"]
    assert plan.seats[-1] == Seat(EVE, "Member 1", plan.seats[-1].group)


def test_a_unit_that_changes_its_name_is_called_so_on_the_agenda(organiser, sitting):
    organiser.fills(at(sitting, "units"), **{"units.water.short_name": "Waters"})
    titles = {item.unit: item.title for item in organiser.plan(sitting.code).agenda}
    assert titles["water"] == "Waters"


def test_a_report_that_another_unit_takes_is_called_after_it(organiser, sitting):
    page = at(sitting, "agenda")
    removed = organiser.fills(page, "remove:items.report-court")
    organiser.sends(page, {**fields_of(removed.text), "items.report-water.unit": "court"})
    items = [(item.id, item.unit) for item in organiser.plan(sitting.code).agenda if item.unit]
    assert items == [("report-court", "court"), ("report-school", "school")]


# --- two at once ------------------------------------------------------------------------------------------------------


def test_who_did_not_see_the_others_change_is_shown_both_and_can_then_save(organiser, sitting):
    page = at(sitting, "units")
    mine, theirs = organiser.form(page), organiser.form(page)
    organiser.sends(page, {**theirs, "units.water.office": "Director"})
    declined = organiser.sends(page, {**mine, "units.water.office": "Deputy director"})
    assert declined.status_code == 422
    assert "Somebody else has changed this page" in declined.text
    row = re.search(r'<th scope="row">([^<]*)</th><td>([^<]*)</td><td>([^<]*)</td>', declined.text)
    assert row is not None
    assert row.groups() == (
        "The Water Office of the City · Reporter&#39;s office",
        "Director",
        "Deputy director",
    )
    assert organiser.plan(sitting.code).units[0].office == "Director"
    organiser.sends(page, fields_of(declined.text))
    assert organiser.plan(sitting.code).units[0].office == "Deputy director"


def test_two_on_two_pages_do_not_get_in_each_others_way(organiser, sitting):
    rules, meeting = organiser.form(at(sitting, "rules")), organiser.form(at(sitting, "meeting"))
    assert organiser.sends(at(sitting, "meeting"), {**meeting, "place": "Hall 1"}).status_code == 303
    assert organiser.sends(at(sitting, "rules"), {**rules, "places": "3"}).status_code == 303
    plan = organiser.plan(sitting.code)
    assert (plan.place, plan.rules.places) == ("Hall 1", 3)


# --- screens and keys -------------------------------------------------------------------------------------------------


async def test_a_saved_plan_is_on_every_screen_at_once(organiser, sitting):
    async with sitting.watches("hall") as hall, sitting.presides() as moderator:
        organiser.fills(at(sitting, "meeting"), title="Another name")
        await hall.until(lambda: "Another name" in str(hall.regions))
        organiser.fills(at(sitting, "agenda"), **{"items.summary.title": "Closing words"})
        await moderator.until(lambda: "Closing words" in str(moderator.regions))


async def test_what_another_process_wrote_is_opened_as_it_stands(organiser, sitting):
    async with sitting.presides() as moderator:
        with sitting.served.database.writing() as connection:
            plans.save(connection, replace(organiser.plan(sitting.code), title="Written elsewhere"))
        assert "ack" in await moderator.does("open_meeting")
        await moderator.until(lambda: bool(moderator.regions))
    assert sitting.served.venue.rooms.meeting(sitting.code).plan.title == "Written elsewhere"


def test_what_another_process_wrote_reaches_the_screens_when_an_organiser_looks(organiser, sitting):
    sitting.page("/results")
    with sitting.served.database.writing() as connection:
        plans.save(connection, replace(organiser.plan(sitting.code), title="Written elsewhere"))
    organiser.opens(f"/setup/{sitting.code}")
    assert "Written elsewhere" in sitting.page("/results").text


def test_the_key_of_a_seat_that_is_gone_opens_nothing(organiser, sitting):
    assert sitting.page("/panel", sitting.seats[ANN]).status_code == 200
    removed = organiser.fills(at(sitting, "panel"), "remove:seats.ann")
    organiser.sends(at(sitting, "panel"), fields_of(removed.text))
    assert sitting.page("/panel", sitting.seats[ANN]).status_code == 403
    with sitting.served.database.reading() as connection:
        by = {each.key.id: each.revoked_by for each in keys.listed(connection, sitting.code)}
    assert by[keys.hash_of(sitting.seats[ANN])] == keys.SET_UP


async def test_the_tablet_of_a_seat_that_is_gone_is_shown_out_and_nothing_fails(organiser, sitting, caplog):
    async with sitting.sits(ANN, unit="water") as ann, sitting.presides() as moderator:
        removed = organiser.fills(at(sitting, "panel"), "remove:seats.ann")
        organiser.sends(at(sitting, "panel"), fields_of(removed.text))
        with pytest.raises(ConnectionClosed):
            await ann.until(lambda: False)
        await moderator.until(lambda: "Expert 1" not in str(moderator.regions))
    assert any(told in ann.texts[-1] for told in ('"reload"', '"revoked"')), "its seat has gone, and so has its key"
    assert caplog.text == ""


async def test_a_tablet_whose_unit_is_gone_puts_the_sheet_away(organiser, sitting, caplog):
    async with sitting.sits(ANN, unit="court") as ann:
        removed = organiser.fills(at(sitting, "units"), "remove:units.court")
        organiser.sends(at(sitting, "units"), fields_of(removed.text))
        await ann.until(lambda: ann.regions["panel-sheet"]["state"] == "none")
    assert caplog.text == ""


def test_a_tablet_with_the_sheet_of_a_unit_that_is_gone_shows_none(organiser, sitting):
    removed = organiser.fills(at(sitting, "units"), "remove:units.water")
    organiser.sends(at(sitting, "units"), fields_of(removed.text))
    assert sitting.page("/panel?unit=water", sitting.seats[ANN]).status_code == 200
