"""The public picture of a meeting: what was issued, what became of it, and nothing that offices keep to themselves."""

import json
from datetime import date

import pytest

from app.meeting import commands as c
from app.meeting.cures.state import CureMark
from app.meeting.findings.state import Stand
from app.papers.folder.contents import papers_of
from app.papers.folder.folders import folder_for_public
from app.papers.record.public_log import public_log
from app.papers.site.picture import picture_of_record
from app.papers.site.shown import FindingShown, VerdictShown
from tests.findings import BUREAU, FIRST, brought_to, days, drafted, handed_over, passes, story_day
from tests.meetings import ANN, BEN, CAT, Story
from tests.papers import published
from tests.papers.published import SECRETS, TOLD, found, text_of
from tests.records import proceedings_of_story

STAGES = published.stages()
AGREED, NOTICE, OVER = "agreed", "on notice", "struck off"


def shown(story: Story, day: date | None = None) -> FindingShown:
    [finding] = picture_of_record(proceedings_of_story(story), day or story_day(story)).units[0].findings
    return finding


def told(stage: str) -> set[str]:
    """What of the values that may be told is told by a stage."""
    order = list(STAGES)
    since = {"issued": "handed over", "agreed": AGREED, "ticked": "verified", "answered": NOTICE, "withheld": NOTICE}
    return {"released", *(name for name, first in since.items() if order.index(stage) >= order.index(first))}


@pytest.mark.parametrize("stage", STAGES)
def test_the_picture_holds_what_has_been_told_and_no_more(stage):
    story = STAGES[stage]
    text = repr(picture_of_record(proceedings_of_story(story), story_day(story)))
    assert found(SECRETS, text) == set()
    assert found(TOLD, text) == told(stage)


def test_the_record_would_give_it_away():
    """So the search finds what is there."""
    assert found(SECRETS, repr(STAGES["withdrawn"].events)) == set(SECRETS)


@pytest.mark.parametrize("stage", ["planned", NOTICE])
def test_no_file_of_the_public_folder_holds_it(stage):
    record = proceedings_of_story(STAGES[stage])
    for paper in folder_for_public(record, papers_of(record)).papers:
        assert found(SECRETS, text_of(paper)) - {"seats"} == set(), paper.name


def test_a_plan_is_a_promise_while_the_bureau_agrees_to_it():
    story = brought_to(Stand.RECTIFYING)
    promised = shown(story).cure
    assert promised is not None
    assert (promised.leader, promised.office) == ("Head", "Office")
    assert shown(story.does(c.WithdrawFinding(FIRST, "no longer needed", BUREAU))).cure == promised
    assert shown(brought_to(Stand.PLANNED)).cure is None


def test_days_late_are_counted_up_to_the_day_that_is_asked_about():
    story = brought_to(Stand.RECTIFYING)
    due = shown(story).due
    assert shown(story, due).days_late == 0
    assert (shown(story, due.replace(day=due.day + 3)).days_late, shown(story, due).is_overdue) == (3, False)


def test_what_was_not_a_units_own_is_said_to_have_been_given_back():
    story = brought_to(Stand.HANDED_OVER).does(c.DisputeFinding("water", FIRST, "not ours", "the court", "the office"))
    story.does(c.SettleDispute(FIRST, True, "indeed", BUREAU, "court"))
    picture = picture_of_record(proceedings_of_story(story))
    assert [(unit.unit.id, unit.findings, unit.given_back) for unit in picture.units[:2]] == [
        ("water", (), (1,)),
        ("court", (), ()),
    ]


def test_a_finding_of_another_unit_begins_with_the_day_on_which_it_was_handed_to_it():
    story = brought_to(Stand.HANDED_OVER).does(c.DisputeFinding("water", FIRST, "not ours", "the court", "the office"))
    story.does(c.SettleDispute(FIRST, True, "indeed", BUREAU, "court"))
    passes(story, 3).does(handed_over_again(story))
    [finding] = picture_of_record(proceedings_of_story(story)).units[1].findings
    assert [each.what for each in finding.course] == ["FindingHandedOver"]


def handed_over_again(story: Story) -> c.HandOver:
    return c.HandOver((FIRST,), days(story_day(story)), BUREAU)


def test_a_change_keeps_its_id_whatever_happens_after_it():
    earlier, later = (picture_of_record(proceedings_of_story(STAGES[stage])).changes for stage in (NOTICE, "withdrawn"))
    assert len(later) > len(earlier) > 4
    assert set(earlier) <= set(later)
    assert len({each.id for each in later}) == len(later)


def test_what_was_done_to_several_at_once_is_one_change():
    story = brought_to(Stand.DRAFT).does(drafted("finding-2"))
    story.does(handed_over(FIRST, "finding-2"))
    changes = picture_of_record(proceedings_of_story(story)).changes
    assert [each.numbers for each in changes if each.what == "FindingHandedOver"] == [(1, 2)]


def test_the_public_log_tells_an_objection_once_it_is_answered_and_no_step_of_an_office():
    """Each step names whoever took it."""
    entries = proceedings_of_story(STAGES[NOTICE])
    lines = [json.loads(line) for line in (public_log(entries) or b"").splitlines()]
    told = [each["line"] for each in lines if "line" in each and '"finding' in each["line"]]
    assert len(told) == 1
    assert "Objection-Oyster" in told[0]


def test_how_the_panel_judged_a_cure_is_told_in_numbers_and_not_before_it_is_closed():
    story = brought_to(Stand.STRUCK_OFF).does(c.OpenCureVote("cures-one", (FIRST,), BUREAU))
    story.does(*(c.JudgeCures("cures-one", seat, {FIRST: CureMark.SATISFIED}) for seat in (ANN, BEN, CAT)))
    assert shown(story).verdict is None
    story.does(c.CloseCureVote("cures-one", story_day(story).replace(year=2030), "not held", BUREAU, True))
    assert shown(story).verdict == VerdictShown(5, 3, 0, 0, True)
