"""The sentences of refusals: who says them, and with which facts."""

from app.language.sentences import sentence_of
from app.meeting import commands as c
from app.meeting.refusals import Refused, Said
from tests.meetings import (
    ANN,
    BEN,
    WATER,
    Story,
    at_water,
    closes,
    refused,
    small_plan,
)

# --- sentences --------------------------------------------------------------------------------------------------------


def test_a_list_of_facts_is_joined():
    said = refused(at_water().does(c.Abstain(WATER, ANN), c.Abstain(WATER, BEN)).meeting, c.CloseRound(WATER))
    assert (
        sentence_of(said.said)
        == "Sheets for Water are still missing from Deputy 1, Deputy 2, Member 1. Close without them?"
    )


def test_sentences_stand_within_sentences():
    said = refused(Story(small_plan()).meeting, c.OpenMeeting(small_plan(title="", seats=())))
    assert sentence_of(said.said) == "The meeting cannot open yet: the title is missing, there is no seat on the panel."


def test_a_sentence_is_said_in_another_language():
    chinese = {
        "The meeting cannot open yet: {shortcomings}.": "评议会还不能开始：{shortcomings}。",
        "the title is missing": "缺少标题",
        "unit “{where}” is listed twice": "单位“{where}”重复",
    }
    said = Said("plan.incomplete", {"shortcomings": (Said("title.missing"), Said("unit.twice", {"where": "市教委"}))})
    assert (
        sentence_of(said, lambda english: chinese[english], comma="、")
        == "评议会还不能开始：缺少标题、单位“市教委”重复。"
    )


def test_a_sentence_is_english_unless_it_is_translated():
    assert sentence_of(Said("clock.paused")) == "The clock is already paused."


def test_facts_with_braces_are_said_as_they_are():
    assert sentence_of(Said("item.skipped", {"item": "{item}"})) == "“{item}” has been skipped. Restore it first."


def test_a_log_of_the_program_says_code_and_facts():
    assert str(Refused("comment.unknown")) == "comment.unknown"
    assert str(Refused("text.too_long", most=200, length=201)) == "text.too_long, most: 200, length: 201"
    inner = (Said("title.missing"), Said("unit.twice", {"where": "Water"}))
    assert str(Said("plan.incomplete", {"shortcomings": inner})) == (
        "plan.incomplete, shortcomings: (title.missing; unit.twice, where: Water)"
    )


def test_without_again_there_is_no_way_around_a_refusal():
    assert refused(closes(at_water(), WATER).meeting, c.CloseRound(WATER)).again is None
