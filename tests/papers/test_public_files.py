"""What is written for everybody: the log with digests in place of lines, and the results. Nothing hidden is in them."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from app.meeting.meeting import Meeting
from app.meeting.plan import Attachment, Mode, Order, ResultsShown, Rules
from app.meeting.questions.agreed import Questions
from app.meeting.script.state import Step, StepKind
from app.papers.folder.proceedings import Proceedings
from app.papers.record.exports import full_results_file, results_file
from app.papers.record.public_log import public_log
from app.store import log
from tests.live.hidden import closed, leaked, secrets_of
from tests.meetings import (
    DAN,
    NOON,
    SEED,
    WATER,
    Story,
    at_water,
    closed_over,
    closes,
    opened,
    sheet,
    small_plan,
    whole_meeting,
)
from tests.promised import NOT_KEPT, WORDS, all_say, judged_plan, judges
from tests.questions import ROADS, TEXT, answers, chooses, hands_over
from tests.records import checked_as_documented, proceedings_of_story

IN_THE_RULES = {"grade", "who"}
"""Seats and grades by name: they are sealed, and shown before the first unit."""


def lines_of(whole: Proceedings) -> list[dict[str, str]]:
    content = public_log(whole)
    assert content is not None
    return [json.loads(line) for line in content.splitlines()]


def told(whole: Proceedings) -> list[dict[str, Any]]:
    return [json.loads(each["line"]) for each in lines_of(whole) if "line" in each]


def everything_public(whole: Proceedings) -> str:
    return "\n".join([*(each.get("line", "") for each in lines_of(whole)), results_file(whole).decode()])


def fields_of(said: Any) -> set[str]:
    if isinstance(said, dict):
        return set(said).union(*map(fields_of, said.values()))
    return set().union(*map(fields_of, said)) if isinstance(said, list) else set()


@pytest.fixture(scope="module", params=[Mode.POINTS, Mode.COMMENTS])
def whole(request) -> Proceedings:
    """A meeting in which everything happens."""
    return proceedings_of_story(whole_meeting(replace(small_plan(mode=request.param), order=Order.DRAWN)))


def test_a_public_log_comes_to_the_seal_of_the_whole_one(whole, tmp_path):
    file = tmp_path / "public.jsonl"
    file.write_bytes(public_log(whole) or b"")
    assert checked_as_documented(file, whole.code) == whole.seal


def test_it_says_nothing_of_single_seats_and_gives_no_reasons(whole):
    found = whole
    after_the_opening = [each["data"] for each in told(found) if each["kind"] != "MeetingOpened"]
    assert len(after_the_opening) > 20
    questions = [each.pop("asked") for each in after_the_opening if "asked" in each]
    assert [each["text"] for each in questions] == [TEXT] * 2  # one of the audience, chosen and answered
    assert fields_of(after_the_opening) & {"seat", "text", "points", "version", "author", "seen"} == set()
    assert {each.get("reason", "") for each in after_the_opening} == {""}
    assert all(not each["by"].startswith("seat:") for each in told(found))


def test_what_is_hidden_before_a_reveal_is_in_no_public_file():
    story = closed()
    found = proceedings_of_story(story)
    assert leaked(secrets_of(story.meeting), everything_public(found)) == IN_THE_RULES
    log_itself = "\n".join(entry.line for entry in found.entries)
    assert leaked(secrets_of(story.meeting), log_itself) >= {"ann's marks", "ann's receipt", "reason", "original"}


def test_a_question_is_told_in_the_words_that_still_stand():
    story = opened(small_plan(rules=Rules(questions=Questions.MODERATED)))
    story.does(hands_over("question-handed", text="Who is only a draft?"))
    story.does(chooses(text="Who is Mr Li?"), answers(answer="My neighbour.", text="Who is Mr Li?"))
    story.does(c.WithdrawQuestion(ROADS, "it names a neighbour"))
    assert "QuestionWithdrawn" not in [each["kind"] for each in told(proceedings_of_story(story))]
    assert not any(words in everything_public(proceedings_of_story(story)) for words in ("Li", "neighbour", "draft?"))
    story.does(chooses(text="Who is Mr L.?"))
    public = everything_public(proceedings_of_story(story))
    assert "Who is Mr L.?" in public
    assert not any(words in public for words in ("Mr Li", "neighbour", "draft?"))


def test_after_it_no_mark_of_a_single_sheet_is():
    story = closed().does(c.RevealResult(WATER))
    leaks = leaked(secrets_of(story.meeting), everything_public(proceedings_of_story(story)))
    assert {name for name in leaks if "mark" in name or "comment" in name or name in ("original", "reason")} == set()
    assert {"score", "totals"} <= leaks


def test_where_grades_alone_are_told_no_number_is():
    plan = closed().meeting.plan
    story = closed(replace(plan, rules=replace(plan.rules, results_shown=ResultsShown.BY_GRADE)))
    story.does(c.RevealResult(WATER))
    assert (
        leaked(secrets_of(story.meeting), everything_public(proceedings_of_story(story))) & {"score", "totals", "means"}
        == set()
    )


def test_of_promises_the_counts_are_told_with_the_result_and_no_word_of_a_seat():
    story = at_water(judged_plan()).does(*all_say(), c.EraseJudgement(WATER, DAN, 1), judges(DAN, 1, NOT_KEPT))
    closes(story.does(*(sheet(story.meeting, WATER, seat, 50, 30) for seat in WORDS)), WATER)
    assert "not_kept" not in everything_public(proceedings_of_story(story))
    counts = told(proceedings_of_story(story.does(c.RevealResult(WATER))))[-1]
    assert (counts["kind"], counts["data"]["counts"][0]) == (
        "PromisesTold",
        {"promise": 1, "members": 4, "kept": 2, "largely_kept": 1, "not_kept": 1},
    )
    withdrawn = proceedings_of_story(story.does(c.WithdrawReveal(WATER, "too early")))
    assert "not_kept" not in everything_public(withdrawn)


def test_a_result_that_was_withdrawn_is_told_no_more():
    story = closed().does(c.RevealResult(WATER), c.WithdrawReveal(WATER, "a sheet was read wrongly"))
    withdrawn = proceedings_of_story(story)
    score = str(next(event.announced.score for event in story.events if isinstance(event, e.ResultRevealed)))
    assert score not in everything_public(withdrawn)
    assert "read wrongly" not in everything_public(withdrawn)


def test_a_command_is_told_whole_or_not_at_all():
    """Its id stands in each of its lines: from one that is told, the others could be guessed by their digests."""
    events = [e.SummedUp("water", 0, at=NOON), e.CommentReleased("comment-1", at=NOON), e.ClockPaused(at=NOON)]
    opening = e.MeetingOpened(small_plan(), "", at=NOON)
    first = [*log.entries_after(log.beginning("small"), "small", "moderator", "command-1", [opening])]
    tail = log.Tail(1, first[0].seal)
    both = [*log.entries_after(tail, "small", "moderator", "command-2", events[:2])]
    tail = log.Tail(3, both[-1].seal)
    alone = [*log.entries_after(tail, "small", "moderator", "command-3", events[2:])]
    found = Proceedings(Meeting.planned(small_plan()), (*first, *both, *alone))
    assert [set(each) - {"seal"} for each in lines_of(found)] == [{"line"}, {"digest"}, {"digest"}, {"line"}]


def test_what_was_passed_over_is_not_told():
    """Where results come from the lowest, the one that nobody is told would be known by its place."""
    step = Step(StepKind.ANNOUNCE, round=WATER)
    events = [
        e.StepPassed(step, at=NOON),
        e.StepUndone(1, step, 0, at=NOON, passed=True),
        e.StepUndone(2, step, 1, NOON),
    ]
    opening = e.MeetingOpened(small_plan(), "", at=NOON)
    entries = [*log.entries_after(log.beginning("small"), "small", "moderator", "command-1", [opening])]
    for at, event in enumerate(events, start=2):
        tail = log.Tail(at - 1, entries[-1].seal)
        entries += log.entries_after(tail, "small", "moderator", f"command-{at}", [event])
    found = Proceedings(Meeting.planned(small_plan()), tuple(entries))
    assert [set(each) - {"seal"} for each in lines_of(found)] == [{"line"}, {"digest"}, {"digest"}, {"line"}]


def test_reasons_of_recusals_and_papers_of_the_panel_withhold_the_opening():
    water, *others = small_plan().units
    ann, *seats = small_plan().seats
    private = replace(ann, recusals=("water",), reasons={"water": "a brother-in-law"})
    paper = Attachment("paper-1", "report.pdf", 17, "0" * 64)
    for plan in (
        replace(small_plan(), seats=(private, *seats)),
        replace(small_plan(), units=(replace(water, attachments=(paper,)), *others)),
    ):
        found = proceedings_of_story(Story(plan).opens())
        assert "MeetingOpened" not in [each["kind"] for each in told(found)]
        said = json.loads(results_file(found))
        assert hashlib.sha256(said["sealed"].encode()).hexdigest() == said["rule_seal"] == found.meeting.seal
        assert "brother" not in everything_public(found)
        assert "report.pdf" not in everything_public(found)


def test_the_results_say_of_which_record_they_are_and_which_entry_announced_each(whole):
    found = whole
    said = json.loads(results_file(found))
    assert (said["entry"], said["seal"]) == (len(found.entries), found.entries[-1].seal)
    for each in said["results"]:
        reveal = found.entries[each["entry"] - 1].event
        assert isinstance(reveal, e.ResultRevealed)
        assert (reveal.round, str(reveal.announced.score)) == (each["round"], each["score"])
    assert SEED in said["seeds"].values()
    assert len(said["seeds"]) == 2  # one draw was called off


def test_a_log_that_is_sealed_over_its_lines_cannot_be_told_in_part():
    story = Story(small_plan(rules=Rules())).opens()
    tail = log.Tail(0, log.beginning("small").seal, log.OVER_LINES)
    entries = (*log.entries_after(tail, "small", "moderator", "command-1", story.events),)
    assert public_log(Proceedings(story.meeting, entries)) is None


PARTS = (Part("panel", "Panel", Decimal(50), Source.SCORED), Part("daily", "Daily", Decimal(50)))


def composed(**rules: Any) -> Story:
    plan = small_plan(composite=Composite(PARTS, (CompositeGrade("passed", Decimal(60)),)), rules=Rules(**rules))
    story = closed_over(dict.fromkeys(("ann", "ben", "cat", "dan", "eve"), (50, 30)), plan=plan)
    return story.does(c.RevealResult(WATER), c.EnterPart("daily", {"water": Decimal("77.31")}, "the clerk"))


def test_composites_are_told_once_they_are_announced_and_never_who_entered_a_part():
    story = composed()
    assert "77.31" not in everything_public(proceedings_of_story(story))
    story.does(c.AnnounceComposites(("court", "school")))
    said = json.loads(results_file(proceedings_of_story(story)))
    water = next(each for each in said["composites"] if each["unit_id"] == "water")
    assert (water["points"], water["score"], water["grade"]) == (
        {"panel": "80.00", "daily": "77.31"},
        "78.66",
        "passed",
    )
    assert said["composites_entry"] == len(story.events)
    assert told(proceedings_of_story(story))[-1]["kind"] == "CompositesAnnounced"
    assert "clerk" not in everything_public(proceedings_of_story(story))
    story.does(c.WithdrawComposites("the council has not met"))
    assert "77.31" not in everything_public(proceedings_of_story(story))


def test_of_composites_by_grade_alone_no_number_is_told():
    story = composed(results_shown=ResultsShown.BY_GRADE).does(c.AnnounceComposites(("court", "school")))
    found = everything_public(proceedings_of_story(story))
    assert "passed" in found
    assert [number for number in ("77.31", "78.66", "80.00") if number in found] == []


def test_who_came_and_when_is_for_the_staff_alone(whole):
    """The public log withholds who was missing: its lines tell of nobody's coming either."""
    staff = json.loads(full_results_file(whole))["attendance"]
    assert staff
    assert [
        said for said in (*staff, *staff.values()) if said in json.loads(results_file(whole)).get("attendance", {})
    ] == []
    assert [at for at in staff.values() if at in results_file(whole).decode()] == []
