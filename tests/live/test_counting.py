"""How many sheets a result is made of, as the hall reads it below the score."""

import re
from decimal import Decimal

import pytest

from app.language import Language
from app.live.screens import VIEWS
from app.live.views import NOBODY, Look, picture
from app.meeting import commands as c
from app.meeting.plan import Preset, Rules, TrimOf
from app.meeting.scoring.reckoning import reveal_steps
from tests.meetings import WATER, Story, closed_over, hundred, panel, result, small_plan

EXPERTS = (Preset.EXPERT,) * 9
IN = "应评 9 席 · 收回 7 份"
TWO_GROUPS = {Preset.EXPERT: Decimal("0.6"), Preset.MEDIA: Decimal("0.4")}


def judged(groups=EXPERTS, **rules) -> Story:
    """Nine seats entitled, seven sheets."""
    plan = small_plan(seats=panel(*groups), criteria=hundred(), rules=Rules(**rules))
    sheets = [seat.id for seat in plan.seats if seat.id not in ("seat-2", "seat-8")]
    return closed_over({seat: (80 + at,) for at, seat in enumerate(sheets)}, plan=plan)


def line(story: Story, painter) -> str:
    stage = picture(VIEWS["hall"], Look(story.meeting, NOBODY)).contexts["hall-stage"]
    html = painter.region("hall-stage", stage, Language.CHINESE)
    return re.findall(r'<p class="turnout">(.*?)</p>', html)[-1]


def revealed(story: Story) -> Story:
    return story.does(*(c.ShowResultStep(WATER, step) for step in reveal_steps(result(story))))


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ({}, " · 去掉最高、最低各 1 份 · 5 份平均"),
        ({"trim_high": 2, "trim_low": 1}, " · 去掉最高 2 份、最低 1 份 · 4 份平均"),
        ({"trim_high": 0}, " · 去掉最低 1 份 · 6 份平均"),
        ({"trim_low": 0}, " · 去掉最高 1 份 · 6 份平均"),
        ({"trim_from": 8}, ""),
        ({"trim_of": TrimOf.CRITERION}, " · 每项指标去掉最高、最低各 1 个分"),
    ],
)
def test_it_says_what_was_dropped_and_how_many_are_averaged(rules, says, painter):
    assert line(revealed(judged(**rules)), painter) == IN + says


def test_nothing_is_said_of_the_trim_before_the_hall_has_seen_it(painter):
    assert line(judged().does(c.ShowResultStep(WATER, "spread")), painter) == IN


def test_where_groups_are_weighted_no_mean_of_so_many_is_claimed(painter):
    groups = (Preset.EXPERT,) * 4 + (Preset.MEDIA,) * 5
    story = revealed(judged(groups, trim_from=3, group_weights=TWO_GROUPS))
    assert line(story, painter) == IN + " · 去掉最高、最低各 2 份"


def test_where_totals_are_withheld_so_is_what_was_dropped(painter):
    groups = (Preset.EXPERT,) * 7 + (Preset.MEDIA,) * 2
    assert line(revealed(judged(groups, group_weights=TWO_GROUPS)), painter) == IN
