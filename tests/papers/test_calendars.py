"""Deadlines as a calendar file: what is still to come, under names that stay; the same record makes the same bytes."""

from datetime import date, timedelta

from icalendar import Calendar

from app.meeting import commands as c
from app.meeting.findings.state import Stand
from app.papers.calendars import calendar_of
from app.workdays import last_known_day
from tests.findings import BUREAU, DAY, brought_to, days, drafted, handed_over
from tests.meetings import Story

SECOND = "finding-2"


def two_units() -> Story:
    """Two findings of the water office, of which the first is at work, and one of the court that was handed over."""
    story = brought_to(Stand.RECTIFYING)
    return story.does(drafted(SECOND), drafted("finding-3", "court"), handed_over(SECOND), handed_over("finding-3"))


def events(content: bytes) -> list[tuple[str, date]]:
    calendar = Calendar.from_ical(content)
    return [(str(each["summary"]), each["dtstart"].dt) for each in calendar.walk("VEVENT")]


def test_a_day_has_one_event_for_all_findings_of_a_unit():
    due = days()
    assert events(calendar_of(two_units().meeting, DAY, "water")) == [
        ("Water：申请退回截止（问题 2）", due.dispute),
        ("Water：报送整改方案截止（问题 2）", due.plan),
        ("Water：完成整改截止（问题 1、2）", due.rectification),
        ("Water：报告整改情况截止（问题 1、2）", due.report),
    ]


def test_the_bureau_has_all_units_and_its_own_days_and_nothing_that_has_passed():
    meeting, due = two_units().meeting, days()
    everything = events(calendar_of(meeting, DAY))
    assert ("Court：交办材料送达截止（问题 1）", due.notice) in everything
    assert len(everything) == 10
    later = calendar_of(meeting, due.plan + timedelta(days=1))
    assert {summary.partition("：")[2] for summary, _ in events(later)} == {
        "完成整改截止（问题 1、2）",
        "完成整改截止（问题 1）",
        "报告整改情况截止（问题 1、2）",
        "报告整改情况截止（问题 1）",
    }


def test_a_unit_learns_nothing_of_others_nor_of_the_bureaus_days():
    text = calendar_of(two_units().meeting, DAY, "water").decode()
    assert ("Court" in text, "送达" in text) == (False, False)
    struck_off = brought_to(Stand.STRUCK_OFF).meeting
    assert ["回头看" in calendar_of(struck_off, DAY, unit).decode() for unit in ("water", None)] == [False, True]


def test_an_event_keeps_its_name_and_one_that_has_moved_has_another():
    story = two_units()
    before = names(calendar_of(story.meeting, DAY))
    story.does(c.AskExtension("water", "finding-1", days().rectification + timedelta(days=20), "more time", "office"))
    assert names(calendar_of(story.meeting, DAY)) == before
    story.does(c.AnswerExtension("finding-1", True, "It is so", BUREAU))
    after = names(calendar_of(story.meeting, DAY))
    assert (len(before - after), len(after - before)) == (0, 1)


def names(content: bytes) -> set[str]:
    return {str(each["uid"]) for each in Calendar.from_ical(content).walk("VEVENT")}


def test_the_same_record_makes_the_same_bytes_and_names_no_machine():
    first, second = (calendar_of(two_units().meeting, DAY) for _ in range(2))
    assert first == second
    assert b"@kaimen" in first
    stamps = {str(each["dtstamp"].dt.date()) for each in Calendar.from_ical(first).walk("VEVENT")}
    assert stamps == {DAY.isoformat()}


def test_a_reminder_comes_three_working_days_before_at_nine():
    calendar = Calendar.from_ical(calendar_of(two_units().meeting, DAY, "water"))
    [dispute] = [each for each in calendar.walk("VEVENT") if "退回" in str(each["summary"])]
    [alarm] = dispute.walk("VALARM")
    assert days().dispute == date(2023, 11, 26)
    assert alarm["trigger"].dt == timedelta(days=-4, hours=9)  # Wednesday, 22 November


def test_a_day_beyond_the_published_calendar_is_pointed_out():
    story = brought_to(Stand.DRAFT)
    far = last_known_day() + timedelta(days=9)
    story.does(c.HandOver(("finding-1",), days(far), BUREAU))
    text = calendar_of(story.meeting, DAY).decode().replace("\r\n ", "")
    assert text.count("节假日安排尚未公布") == 5
