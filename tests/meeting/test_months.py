"""What came of findings month by month, and where they stand: the numbers that charts are drawn of."""

from datetime import UTC, date, timedelta

from app.meeting import commands as c
from app.meeting.findings.months import FindingPlace, FindingStep, by_month, place_of
from app.meeting.findings.state import Stand
from tests.findings import BUREAU, DAY, FIRST, brought_to, drafted, handed_over, passes, story_day, the
from tests.meetings import Story, opened


def in_months(story: Story, today: date | None = None) -> dict[str, dict[str, int]]:
    found = by_month(story.meeting.findings.by_id.values(), today or story_day(story), UTC)
    return {month: {str(what): number for what, number in counts.items()} for month, counts in found.items()}


def test_each_month_says_what_happened_in_it_and_none_is_left_out_between():
    story = brought_to(Stand.STRUCK_OFF)
    passes(story, 62).does(c.ReopenFinding(FIRST, story_day(story) + timedelta(days=5), "It has not held", BUREAU))
    assert in_months(story) == {
        "2023-11": {FindingStep.HANDED_OVER: 1, FindingStep.STRUCK_OFF: 1},
        "2023-12": {},
        "2024-01": {FindingStep.REOPENED: 1},
    }
    later = in_months(story, story_day(story) + timedelta(days=60))
    assert later["2024-01"] == {FindingStep.REOPENED: 1, FindingStep.FELL_DUE: 1}, (
        "of five days later, in the same month"
    )


def test_each_finding_stands_in_one_place_alone():
    stands = (Stand.HANDED_OVER, Stand.RECTIFYING, Stand.ASKED, Stand.NOTICE, Stand.STRUCK_OFF)
    places = (
        FindingPlace.IN_HAND,
        FindingPlace.IN_HAND,
        FindingPlace.ON_ITS_WAY,
        FindingPlace.ON_ITS_WAY,
        FindingPlace.STRUCK_OFF,
    )
    assert [place_of(the(brought_to(stand)), DAY) for stand in stands] == list(places)
    story = brought_to(Stand.RECTIFYING)
    assert place_of(the(story), DAY + timedelta(days=99)) is FindingPlace.OVERDUE
    story.does(c.MakeLongTerm(FIRST, "It needs a law", DAY + timedelta(days=90), BUREAU))
    assert place_of(the(story), DAY) is FindingPlace.LONG_TERM
    assert place_of(the(story.does(c.WithdrawFinding(FIRST, "A mistake", BUREAU))), DAY) is None


def test_drafts_are_in_no_month_and_nowhere():
    assert in_months(opened().does(drafted())) == {}
    assert place_of(the(opened().does(drafted())), DAY) is None
    assert in_months(opened().does(drafted(), handed_over())) == {"2023-11": {FindingStep.HANDED_OVER: 1}}
