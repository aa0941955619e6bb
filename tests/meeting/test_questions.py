"""Questions of the audience: told by the log once they are chosen, answered or handed over, and only if approved."""

from dataclasses import replace

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.displays.state import SceneKind
from app.meeting.evolve import fold
from app.meeting.findings.state import Stand
from app.meeting.plan import Rules
from app.meeting.questions.agreed import Questions
from app.meeting.questions.mending import must_be_a_mending
from app.meeting.questions.state import PUBLIC, Standing
from app.meeting.refusals import Refused
from app.meeting.sealing import rule_seal, said_of_rules
from tests.meetings import Story, opened, refused, small_plan
from tests.questions import ROADS, TEXT, answers, chooses, hands_over


def asking(**changes) -> Story:
    return opened(small_plan(rules=Rules(questions=Questions.MODERATED), **changes))


def test_a_question_that_is_chosen_stands_on_the_displays_until_it_is_answered():
    story = asking().does(chooses())
    assert (story.meeting.scene.kind, story.meeting.scene.question) == (SceneKind.QUESTION, ROADS)
    story.does(answers(answer="Before winter."))
    assert story.meeting.scene.kind is SceneKind.SEAL
    assert story.meeting.questions[ROADS].answer == "Before winter."
    story.does(c.CueScene(SceneKind.QUESTION, question=ROADS))
    assert story.meeting.scene.question == ROADS


def test_a_question_that_is_withdrawn_leaves_every_display_and_stays_in_the_record():
    story = asking().does(chooses(), c.HoldScene(), c.WithdrawQuestion(ROADS, "it names a neighbour"))
    assert story.meeting.scene.kind is SceneKind.SEAL
    assert not story.meeting.questions[ROADS].is_shown
    assert refused(story.meeting, c.CueScene(SceneKind.QUESTION, question=ROADS)).code == "question.not_chosen"
    assert story.does(chooses()).meeting.questions[ROADS].is_shown


def test_what_was_told_of_a_question_before_it_was_withdrawn_does_not_come_back_with_it():
    story = asking().does(chooses(), answers(answer="Soon."), c.WithdrawQuestion(ROADS, "personal"))
    story.does(hands_over())
    question = story.meeting.questions[ROADS]
    assert (question.is_shown, question.answer) == (False, "")
    assert story.does(chooses()).meeting.questions[ROADS].answer == ""


def test_one_press_makes_a_draft_in_the_words_of_the_question_and_the_next_one_none():
    story = asking().does(hands_over())
    finding = story.meeting.findings.by_id["finding-of-roads"]
    assert (finding.unit, finding.text, finding.questions) == ("water", TEXT, (ROADS,))
    assert refused(story.meeting, hands_over(finding="another-finding")).code == "question.handed_over"
    story.does(c.WithdrawFinding(finding.id, "", "the bureau"), hands_over(finding="another-finding", unit="court"))
    assert story.meeting.findings.by_id["another-finding"].unit == "court"


def test_drafts_that_are_merged_keep_the_questions_they_were_made_of():
    story = asking().does(hands_over(), hands_over("question-two", "finding-two"))
    story.does(c.MergeFindings("finding-of-roads", ("finding-two",), "the bureau"))
    assert story.meeting.findings.by_id["finding-of-roads"].questions == (ROADS, "question-two")
    assert story.meeting.findings.by_id["finding-two"].standing is Stand.MERGED


@pytest.mark.parametrize("rule", Questions)
def test_what_was_agreed_on_questions_is_sealed_and_said_and_no_old_seal_changes(rule):
    plan = small_plan(rules=Rules(questions=rule))
    said = [each.code for each in said_of_rules(plan)]
    assert ("questions" in said) == (rule is not Questions.NEVER)
    assert (rule_seal(plan) == rule_seal(small_plan(rules=Rules()))) == (rule is Questions.NEVER)


MOVES = st.tuples(
    st.sampled_from(["choose", "answer", "hand_over", "withdraw", "follow"]),
    st.sampled_from(["question-1", "question-2", "question-3"]),
    st.sampled_from(Standing),
)


def command_of(move: str, question: str, standing: Standing, at: int) -> c.Command:
    match move:
        case "choose":
            return replace(chooses(question), standing=standing)
        case "answer":
            return replace(answers(question, "So it is."), standing=standing)
        case "hand_over":
            return replace(hands_over(question, f"finding-{at:03}"), standing=standing)
        case "withdraw":
            return c.WithdrawQuestion(question, "a reason")
    return c.CueScene(SceneKind.QUESTION, question=question)


@settings(max_examples=60, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(st.lists(MOVES, max_size=25))
def test_whatever_is_done_only_approved_questions_are_told_and_none_that_was_withdrawn_is_shown(moves):
    story = asking()
    meeting = story.meeting
    for at, (move, question, standing) in enumerate(moves):
        command = command_of(move, question, standing, at)
        try:
            events = decide(meeting, command, story.now)
        except Refused:
            continue
        assert not events or standing in PUBLIC or move in ("withdraw", "follow")
        meeting = fold(meeting, events)
        if (on := meeting.scene.question) is not None:
            assert meeting.questions[on].is_shown
        alive = [each for each in meeting.findings.by_id.values() if each.standing is not Stand.WITHDRAWN]
        assert len({each.questions for each in alive}) == len(alive)
        assert all(each.text == TEXT for each in alive)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("河西路的路登什么时候修", True),
        ("河西路的路灯什么时候修？", True),
        ("河东路的路灯几时修", False),
        ("不问了", False),
    ],
)
def test_only_typing_errors_are_put_right(text, is_one):
    if is_one:
        must_be_a_mending("河西路的路登什么时候修", text)
    else:
        with pytest.raises(Refused, match=r"question\.not_a_mending"):
            must_be_a_mending("河西路的路登什么时候修", text)
