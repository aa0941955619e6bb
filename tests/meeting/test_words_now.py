"""The words of each moment: what the hall sees by then, said as one would say it, and not a number more."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.language import Language
from app.language.saying import in_chinese, say_words
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.evolve import evolve
from app.meeting.findings.state import Stand
from app.meeting.moments import GAPS, Gap, Moment, Words
from app.meeting.plan import GradeLine, ItemKind, Mode, Preset, ResultsShown, Rules, TrimOf
from app.meeting.promises.agreed import Promise
from app.meeting.script.words import words_now
from tests.meeting.playing import presses, takes_back
from tests.meetings import (
    ANN,
    BEN,
    BREAK,
    CAT,
    DAN,
    EVE,
    WATER,
    Story,
    at_water,
    closed_over,
    comment,
    opened,
    panel,
    plays_round,
    sheet,
    small_plan,
    whole,
    whole_meeting,
    with_displays,
)

FIVE = {ANN: (60, 32), BEN: (50, 30), CAT: (50, 31), DAN: (55, 30), EVE: (50, 34.5)}
GRADES = (GradeLine(Decimal(80), "良好"), GradeLine(Decimal(0), "一般"))


def judged(**rules: object) -> Story:
    return closed_over(FIVE, plan=small_plan(rules=Rules(grades=GRADES, **rules)))


def said(story: Story, language: Language = Language.CHINESE) -> str:
    return say_words(story.meeting.plan, words_now(story.meeting), language)


def test_a_unit_is_called_up_with_its_number_and_its_time():
    story = at_water()
    assert said(story) == "下面请第一家单位The Water Office of the City作履职报告，时间 8 分钟。"
    water, *others = story.meeting.plan.units
    plan = replace(story.meeting.plan, units=(replace(water, office="副局长"), *others))
    assert said(at_water(plan)) == "下面请第一家单位The Water Office of the City副局长作履职报告，时间 8 分钟。"
    assert said(at_water(plan), Language.ENGLISH) == (
        "Unit 1, The Water Office of the City, by its 副局长: please report. You have 8 minutes."
    )


def test_a_time_that_was_given_counts():
    story = at_water().does(c.AddTime(Place(WATER), 90))
    assert said(story).endswith("时间 9 分 30 秒。")
    assert said(story.does(c.AddTime(Place(WATER), -480)), Language.ENGLISH).endswith("You have 1 minute 30 seconds.")


def test_of_a_segment_without_a_time_none_is_said():
    story = at_water().does(c.AddTime(Place(WATER), -480))
    assert said(story) == "下面请第一家单位The Water Office of the City作履职报告。"
    assert said(story, Language.ENGLISH).endswith(": please report.")


def test_each_segment_has_its_words_and_the_last_calls_up_the_next_unit():
    story = at_water().steps()
    assert said(story) == "下面请各位评议员提问、点评，时间 3 分钟。"
    assert said(story.steps()) == "请各位评议员填写并提交Water的评分表，时间 1 分钟。请下一家单位Court做好准备。"
    last = story.goes_to("report-school", 2)
    assert said(last) == "请各位评议员填写并提交Schools的评分表，时间 1 分钟。"


def test_the_steps_of_a_reveal_are_said_one_after_the_other():
    story = judged()
    steps = ("spread", "trimmed", "score", "grade")
    assert [said(story), *(said(story.does(c.ShowResultStep(WATER, step))) for step in steps)] == [
        "Water评分截止。",
        "应评 5 席，收回有效评分表 5 份。",
        "去掉一个最高分 92、一个最低分 80，Water最后得分……",
        "……83.50 分。",
        "Water最后得分 83.50 分，评定等次为良好。",
    ]
    assert said(story, Language.ENGLISH) == "Water, with 83.50 points, is graded 良好."


def test_of_two_the_highest_are_said_both_and_of_criteria_only_how_many():
    two = judged(trim_high=2, trim_low=1)
    two.does(c.ShowResultStep(WATER, "spread"), c.ShowResultStep(WATER, "trimmed"))
    assert said(two) == "去掉两个最高分 92、85、一个最低分 80，Water最后得分……"
    of_criteria = judged(trim_of=TrimOf.CRITERION)
    of_criteria.does(c.ShowResultStep(WATER, "spread"), c.ShowResultStep(WATER, "trimmed"))
    assert said(of_criteria) == "去掉各项指标的 1 个最高分和 1 个最低分，Water最后得分……"


def test_totals_that_are_withheld_are_not_read_out():
    """Small groups with weights: the sheets would be known by their totals."""
    weights = {Preset.EXPERT: Decimal(1), Preset.DEPUTY: Decimal(1)}
    seats = panel(Preset.EXPERT, Preset.EXPERT, Preset.EXPERT, Preset.DEPUTY)
    rows = {seat.id: points for seat, points in zip(seats, FIVE.values(), strict=False)}
    story = closed_over(rows, plan=small_plan(seats=seats, rules=Rules(group_weights=weights, trim_from=3)))
    story.does(c.ShowResultStep(WATER, "spread"), c.ShowResultStep(WATER, "trimmed"))
    assert said(story) == "Water最后得分……"


def test_levels_are_said_with_how_many_gave_them():
    rows = {ANN: (4,), BEN: (4,), CAT: (3,), DAN: (4,), EVE: (2,)}
    story = closed_over(rows, plan=small_plan(mode=Mode.LEVELS))
    story.does(c.ShowResultStep(WATER, "spread"))
    assert said(story) == "应评 5 席，收回有效评分表 5 份：excellent 3 份、good 1 份、fair 1 份。"
    story.does(c.ShowResultStep(WATER, "grade"))
    assert said(story) == "Water评定等次为excellent，优良率 80.00%。"


def test_at_a_break_it_is_said_when_the_meeting_goes_on():
    story = opened().goes_to(BREAK)
    assert said(story) == "现在休息 10 分钟，12:10 继续开会，请各位准时回座。"
    assert said(story.does(c.AddTime(Place(BREAK), 300))) == "现在休息 15 分钟，12:15 继续开会，请各位准时回座。"
    assert said(story.does(c.Pause())) == "现在休息 15 分钟，请各位准时回座。"


def test_beginning_and_end_have_their_words():
    story = Story(small_plan(title="普法履职报告评议会"))
    assert said(story) == "请各位就座，并将手机调至静音。会议将于 12:00 开始。"
    assert said(story.opens()) == "普法履职报告评议会现在开始。评议规则已经封存，会议期间不再变动。"
    assert said(story.steps()) == "各位评议员，同志们：今天共有 3 家单位作履职报告，接受评议团评议。"
    assert said(story.does(c.FinishMeeting())) == "普法履职报告评议会到此结束。谢谢大家！"


def waiting_for_the_announcement(shown: ResultsShown) -> Story:
    """Three units with 83.50, 95 and 60 points, and nothing shown."""
    plan = small_plan(rules=Rules(grades=GRADES, results_shown=shown))
    plan = replace(plan, agenda=(*plan.agenda, whole("results", ItemKind.ANNOUNCEMENT, "Results", 5)))
    others = [dict.fromkeys((ANN, BEN, CAT, DAN), points) for points in ((60, 35), (40, 20))]
    return closed_over(FIVE, *others, plan=plan).goes_to("results")


def heard(story: Story, presses_of_the_button: int) -> list[str]:
    return [said(presses(story)) for _ in range(presses_of_the_button)]


def test_a_title_is_read_without_its_bars_and_a_comment_as_it_was_written():
    story = opened(small_plan(title="普法|履职报告评议会")).does(c.FinishMeeting())
    assert said(story) == "普法履职报告评议会到此结束。谢谢大家！"
    story = at_water().does(comment(text="A | B"), c.ReleaseComment("comment1", "A | B"))
    story.meeting = with_displays(story.meeting, shown=Scene(SceneKind.COMMENT, comment="comment1"))
    assert said(story).endswith("A | B")


def test_an_announcement_says_each_result_whole():
    story = waiting_for_the_announcement(ResultsShown.FROM_LOWEST)
    assert said(story) == "下面宣布评议结果。"
    assert heard(story, 3) == [
        "The School Board of the City，60.00 分，一般。",
        "The Water Office of the City，83.50 分，良好。",
        "The High Court of the City，95.00 分，良好。",
    ]


def test_an_announcement_by_grade_names_the_units_and_no_number():
    story = waiting_for_the_announcement(ResultsShown.BY_GRADE)
    assert heard(story, 2) == ["评定为良好的单位：Water、Court。", "评定为一般的单位：Schools。"]
    assert said(takes_back(story)) == "评定为良好的单位：Water、Court。"


def test_a_unit_is_led_through_by_the_button_and_back():
    story = presses(opened(small_plan(rules=Rules(grades=GRADES, results_shown=ResultsShown.AFTER_EACH))), 4)
    for seat, points in FIVE.items():
        story.does(sheet(story.meeting, WATER, seat, *points))
    first = [said(story), *heard(story, 5)]
    assert [each[:8] for each in first] == [
        "请各位评议员填写", "Water评分截", "应评 5 席，收", "去掉一个最高分 ", "……83.50 ", "Water最后得",
    ]  # fmt: skip
    assert [said(takes_back(story)) for _ in range(5)] == first[-2::-1]


def test_a_comment_alone_is_read_out_and_a_summing_up_counts_those_released():
    story = at_water().does(comment(), comment(BEN, "comment2", text="Hidden"))
    story.does(c.ReleaseComment("comment1", "Well argued"))
    quoted = with_displays(story.meeting, shown=Scene(SceneKind.COMMENT, comment="comment1"))
    summed_up = with_displays(story.meeting, shown=Scene(SceneKind.SUMMING_UP, unit="water"))
    sentences = [say_words(meeting.plan, words_now(meeting), Language.CHINESE) for meeting in (quoted, summed_up)]
    assert sentences == ["专家点评，亮点：Well argued", "对Water的点评：亮点 1 条。"]
    assert say_words(summed_up.plan, words_now(summed_up), Language.ENGLISH) == "The comments on Water: 1 highlight."


def test_the_problems_of_all_units_are_counted_unit_by_unit():
    story = at_water(small_plan(mode=Mode.COMMENTS)).does(comment(), comment(BEN, "comment2", text="A gap"))
    story.does(c.ReviseComment("comment2", BEN, CommentKind.PROBLEM, "A gap"))
    story.does(c.ReleaseComment("comment1", "Well argued"), c.ReleaseComment("comment2", "A gap"))
    story.meeting = with_displays(story.meeting, shown=Scene(SceneKind.SUMMING_UP))
    assert said(story) == "对Water的点评：问题 1 条。"


def test_where_the_numbers_are_never_told_no_sentence_has_one():
    own = (Words(Moment.GRADE, "{简称}{等次}[，{得分} 分][，{最高分}]"), Words(Moment.TRIMMED, "[{去掉}]{简称}"))
    story = judged(results_shown=ResultsShown.BY_GRADE)
    story.meeting = replace(story.meeting, plan=replace(story.meeting.plan, words=own))
    for step in ("spread", "trimmed", "score"):
        story.does(c.ShowResultStep(WATER, step))
        assert not {Gap.SCORE, Gap.HIGHEST, Gap.LOWEST, Gap.DROPPED} & set(words_now(story.meeting).facts)
    assert said(story.does(c.ShowResultStep(WATER, "grade"))) == "Water良好"


def test_words_of_ones_own_are_said_as_typed_in_either_language():
    own = (Words(Moment.REPORT, "请第{number}家{short}上台，[{office}，]{time}"),)
    story = at_water(small_plan(words=own))
    assert said(story) == said(story, Language.ENGLISH) == "请第一家Water上台，8 分钟"


@pytest.mark.parametrize("mode", Mode)
def test_no_moment_of_a_whole_meeting_leaves_a_gap_open_or_says_more_than_its_texts_may(mode):
    seen: set[str] = set()
    story = Story(small_plan(mode=mode))
    for event in whole_meeting(small_plan(mode=mode)).events:
        story.meeting = evolve(story.meeting, event)
        now = words_now(story.meeting)
        assert set(now.facts) <= {str(gap) for gap in GAPS[Moment(now.code)]}
        for language in Language:
            sentence = say_words(story.meeting.plan, now, language)
            assert sentence
            assert not set("{}[]") & set(sentence)
        seen.add(now.code)
    assert len(seen) > 7


@pytest.mark.parametrize("shown", [(), ("spread",), ("spread", "trimmed"), ("spread", "trimmed", "score")])
def test_nothing_of_what_is_not_shown_yet_is_in_the_facts(shown):
    """With sheets of which every total differs, so that there is something that could leak."""
    story = judged()
    for step in shown:
        story.does(c.ShowResultStep(WATER, step))
    values = {"trimmed": ("92", "80"), "score": ("83.50",), "grade": ("良好",)}
    text = str(words_now(story.meeting))
    hidden = [value for step, them in values.items() if step not in shown for value in them]
    assert [value for value in hidden if value in text] == []
    assert [value for step in shown for value in values.get(step, ()) if value not in text] == []


def test_an_open_round_and_waiting_comments_are_not_in_any_fact():
    story = at_water().does(comment(text="Private word"))
    before = words_now(story.meeting)
    plays_round(story, WATER, {ANN: (60, 32)})
    assert "Private word" not in str(before)
    assert "92" not in str(words_now(story.meeting))


def test_numbers_are_read_as_people_read_them():
    assert [in_chinese(each) for each in (1, 10, 12, 20, 35, 99, 100)] == [
        "一", "十", "十二", "二十", "三十五", "九十九", "100",
    ]  # fmt: skip


def test_what_became_of_the_findings_of_last_time_is_said_as_the_meeting_opens_and_a_unit_is_called_up():
    kept = Promise(1, "No list of duties", "A list", standing=Stand.STRUCK_OFF, days_late=3)
    water, court, *others = small_plan().units
    court = replace(court, promises=(Promise(1, "Slow", reopenings=1),))
    plan = small_plan(units=(replace(water, promises=(kept, Promise(2, "Nobody came"))), court, *others))
    of_all = "上次评议情况：交办问题 3 个、已销号 1 个、逾期 1 个、反弹重开 1 个。"
    assert said(opened(plan).goes_to("opening")).endswith(of_all)
    assert said(at_water(plan)).endswith("。上次评议情况：交办问题 2 个、已销号 1 个、逾期 1 个。")
    assert said(at_water(plan), Language.ENGLISH).endswith(" From last time: 2 findings, 1 struck off, 1 late.")
