"""Choices of a ballot in the organiser's own words: read, sealed, shown, counted, and never ours with other names."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from app.language import Language
from app.language.happenings import say_event
from app.language.sealed import say_rule
from app.live.screens import VIEWS
from app.live.views import Look
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.composites.agreed import Composite, Part, Source
from app.meeting.plan import Mode, Plan, Rules
from app.meeting.polls.agreed import Counts, OwnChoice, PollsOpen, Voters
from app.meeting.refusals import Said
from app.meeting.scoring.composite import points_of
from app.meeting.sealing import rule_seal, said_of_rules, sealed_text
from app.meeting.shortcomings import shortcomings
from app.papers.folder.contents import papers_of
from app.papers.plan.mistakes import Misread
from app.papers.plan.own_choices import as_written, own_choices_of
from app.papers.plan.textfile import read_text, write_text
from tests.live.painting import paint
from tests.meetings import Story, opened, small_plan
from tests.papers.letters import paragraphs_of
from tests.polled import voted
from tests.records import proceedings_of_story

OWN = (OwnChoice("很好", Counts.FOR), OwnChoice("Jabber <b>"), OwnChoice("说不清", Counts.NEITHER))
TALLY = {"ticket": {"own_1": 3, "own_2": 1, "own_3": 6}}


def plan_with(*own: OwnChoice, part: bool = False) -> Plan:
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.TICKETS, own_choices=own)
    composite = Composite((Part("hall", "Hall", Decimal(10), Source.TICKETS),)) if part else Composite()
    return small_plan(mode=Mode.COMMENTS, rules=rules, composite=composite)


@pytest.mark.parametrize(
    "cell",
    [
        "很好（算满意）/Jabber <b>/说不清（不表态）",
        " 很好(满意)、Jabber <b>；说不清 ( 弃权 )",
        "很好（计满意）\nJabber <b>（不满意）\n说不清（不计）",
    ],
)
def test_a_cell_says_what_each_choice_counts_as(cell):
    assert own_choices_of(cell) == OWN
    assert own_choices_of(as_written(OWN)) == OWN


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("很好", "choices.number"),
        ("/".join("一二三四五六七"), "choices.number"),
        ("好/好（算满意）", "choices.twice"),
        ("Good/ＧＯ ＯＤ", "choices.twice"),
        ("好/" + "长" * 17, "choices.long_name"),
        ("好/（算满意）", "choices.without_name"),
        ("很好（满意）（不满意）/差", "choices.changed_in_a_line"),
    ],
)
def test_a_ballot_that_cannot_be_is_refused_in_words(cell, code):
    with pytest.raises(Misread) as misread:
        own_choices_of(cell)
    assert misread.value.said.code == code


@pytest.mark.parametrize("name", ["很好（满意）", "说不清 (不计)", "好/坏", "好、坏", "好；坏", "好,"])
def test_a_text_file_names_no_choice_that_would_be_another_one_in_a_line(name):
    """The workbook and the page of the rules have all choices in one line: the first would there count as satisfied."""
    reading = read_text(write_text(plan_with(OWN[0], OwnChoice(name))).encode())
    assert [(each.column, each.said) for each in reading.mistakes] == [
        ("rules.own_choices[1].name", Said("choices.changed_in_a_line", {"name": name}))
    ]


@pytest.mark.parametrize("name", ["很好（一般）", "（满意）度高", "Good (very)", "满意"])
def test_what_else_stands_in_brackets_is_part_of_a_name_at_every_door(name):
    own = (OWN[0], OwnChoice(name))
    reading = read_text(write_text(plan_with(*own)).encode())
    assert (reading.plan and reading.plan.rules.own_choices, own_choices_of(as_written(own))) == (own, own)


def test_no_choice_that_counts_as_satisfied_makes_no_part_of_a_composite():
    codes = [each.code for each in shortcomings(plan_with(OWN[1], OWN[2], part=True))]
    assert "choices.none_satisfied" in codes
    assert "choices.none_satisfied" not in [each.code for each in shortcomings(plan_with(*OWN, part=True))]
    assert "choices.twice" in [each.code for each in shortcomings(plan_with(OWN[0], OWN[0]))]


def test_they_are_sealed_and_said_and_a_plan_without_them_keeps_its_seal():
    plan = plan_with(*OWN)
    assert "own_choices" not in sealed_text(plan_with())
    assert rule_seal(plan) != rule_seal(replace(plan, rules=replace(plan.rules, own_choices=OWN[::-1])))
    said = [say_rule(each, Language.CHINESE) for each in said_of_rules(plan)]
    assert any("很好（算满意）、Jabber <b>、说不清（不表态）" in each for each in said)


@pytest.fixture(scope="module")
def story() -> Story:
    return opened(plan_with(*OWN, part=True)).goes_to("report-water").does(c.OpenPoll("water"))


def test_phone_and_hall_offer_them_by_their_names(story, painter):
    phone = paint(painter, VIEWS["phone"], Look(story.meeting), Language.ENGLISH)["phone-polls"]
    assert re.search(r'value="water.1:own_2"[^>]*>Jabber &lt;b&gt;</button>', phone)
    hall = paint(painter, VIEWS["hall"], Look(story.meeting), Language.ENGLISH)["hall-stage"]
    assert "<span>说不清</span>" in hall


def test_what_they_come_to_is_told_by_their_names_and_counts_as_the_rules_say(story):
    voted(story, "water.1", TALLY)
    meeting = story.meeting
    shown = next(each for each in story.events if isinstance(each, e.PollShown))
    assert "很好 3" in say_event(shown, meeting, Language.CHINESE)
    assert points_of(meeting, meeting.plan.composite.parts[0], meeting.plan.units[0]) == Decimal(75)
    papers = {each.name: each for each in papers_of(proceedings_of_story(story.does(c.FinishMeeting())))}
    assert "Jabber <b>1票（10.00%）" in "".join(paragraphs_of(papers["通报.docx"].content))
    assert "说不清,6,60" in papers["观众测评.csv"].content.decode("utf-8-sig")


def test_a_text_file_says_in_words_what_a_choice_may_count_as():
    text = write_text(plan_with(*OWN))
    for said, code in (('"for"', "cell.not_a_choice"), ('counts = "for"', "toml.unknown")):
        wrong = text.replace(said, said.replace("for", "yes").replace("counts", "counted"))
        assert code in [each.said.code for each in read_text(wrong.encode()).mistakes]
