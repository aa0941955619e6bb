"""The panel judges the cure: in secret, by the same seats, passed by more than half of all who may judge."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.language import Language
from app.language.happenings import say_event
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.cures.state import CureMark
from app.meeting.evolve import fold
from app.meeting.findings.state import Party, Stand
from app.meeting.meeting import Meeting
from tests.findings import (
    BUREAU,
    FIRST,
    answered,
    brought_to,
    drafted,
    handed_over,
    moves,
    objected,
    proof,
    story_day,
    the,
)
from tests.meetings import ANN, BEN, CAT, DAN, EVE, Story, opened

VOTE = "cures-one"
YES, FAIRLY, NO = CureMark.SATISFIED, CureMark.BASICALLY, CureMark.NOT_SATISFIED
REASON = "The panel did not find it put right"


def voting(stand: Stand = Stand.STRUCK_OFF, counts: bool = True) -> Story:
    return brought_to(stand).does(c.OpenCureVote(VOTE, (FIRST,), BUREAU, counts))


def judges(seat: str, mark: CureMark, finding: str = FIRST) -> c.JudgeCures:
    return c.JudgeCures(VOTE, seat, {finding: mark})


def closes(story: Story, incomplete: bool = True) -> c.CloseCureVote:
    return c.CloseCureVote(VOTE, story_day(story) + timedelta(days=30), REASON, BUREAU, incomplete)


def test_more_than_half_of_the_members_must_approve_and_silence_does_not():
    story = voting().does(judges(ANN, YES), judges(BEN, FAIRLY))
    story.does(closes(story))
    (count,) = story.meeting.cures.by_id[VOTE].counts
    assert (count.members, count.satisfied, count.basically, count.not_satisfied, count.passed) == (5, 1, 1, 0, False)
    story = voting().does(judges(ANN, YES), judges(BEN, FAIRLY), judges(CAT, FAIRLY))
    story.does(closes(story))
    assert story.meeting.cures.latest_count(FIRST).passed
    assert the(story).standing is Stand.STRUCK_OFF


@pytest.mark.parametrize(
    ("judging", "is_told"), [((), True), ((ANN,), False), ((ANN, BEN), False), ((ANN, BEN, CAT), True)]
)
def test_how_many_judged_how_is_not_said_of_one_or_two(judging: tuple[str, ...], is_told: bool):
    """The log says who has judged."""
    story = voting().does(*(judges(seat, NO) for seat in judging))
    story.does(closes(story))
    closing = next(each for each in story.events if isinstance(each, e.CureVoteClosed))
    assert ("0/0/" in say_event(closing, story.meeting, Language.ENGLISH)) is is_told


def test_whether_basically_satisfied_approves_is_said_when_the_vote_is_opened():
    story = voting(counts=False).does(*(judges(seat, FAIRLY) for seat in (ANN, BEN, CAT, DAN)), judges(EVE, YES))
    story.does(closes(story, incomplete=False))
    assert not story.meeting.cures.latest_count(FIRST).passed


def test_what_did_not_pass_is_reopened_by_the_panel_with_a_new_day_and_wants_new_proofs():
    story = voting().does(*(judges(seat, NO) for seat in (ANN, BEN, CAT, DAN, EVE)))
    story.does(closes(story))
    finding = the(story)
    assert (finding.standing, finding.reopenings) == (Stand.RECTIFYING, 1)
    assert (finding.steps[-1].party, finding.steps[-1].text) == (Party.PANEL, REASON)
    assert finding.due == story_day(story) + timedelta(days=30)
    assert story.refusal(c.OpenCureVote("cures-two", (FIRST,), BUREAU)) == "finding.not_now"


@pytest.mark.parametrize("stand", [Stand.ASKED, Stand.TO_VERIFY, Stand.VERIFIED, Stand.NOTICE])
def test_what_was_not_struck_off_yet_goes_back_to_its_unit(stand: Stand):
    story = voting(stand)
    story.does(closes(story))
    assert (the(story).standing, the(story).returns, the(story).reopenings) == (Stand.RECTIFYING, 1, 0)


def test_what_is_at_work_again_already_is_left_alone():
    story = voting(Stand.NOTICE).does(objected(), answered(upheld=True))
    story.does(closes(story))
    assert the(story).returns == 1


def test_a_seat_changes_its_mind_until_the_vote_is_closed_and_not_after():
    story = voting().does(judges(ANN, NO), judges(ANN, NO), judges(ANN, YES))
    assert story.kinds.count("CureJudged") == 2
    assert story.meeting.cures.by_id[VOTE].marks_of(ANN) == {FIRST: YES}
    story.does(closes(story))
    assert story.refusal(judges(ANN, NO)) == "cures.closed"


def test_a_vote_by_units_has_one_mark_for_all_findings_of_each():
    story = brought_to(Stand.STRUCK_OFF)
    second = replace(story.meeting.findings.by_id[FIRST], id="finding-2", number=2)
    findings = replace(story.meeting.findings, by_id={**story.meeting.findings.by_id, second.id: second})
    story.meeting = replace(story.meeting, findings=findings)
    story.does(c.OpenCureVote(VOTE, (FIRST, "finding-2"), BUREAU, by_unit=True))
    differing = c.JudgeCures(VOTE, ANN, {FIRST: YES, "finding-2": NO})
    assert story.refusal(differing) == "cures.one_mark"
    story.does(judges(ANN, YES), judges(BEN, NO, "finding-2"))
    vote = story.meeting.cures.by_id[VOTE]
    assert [vote.marks_of(seat) for seat in (ANN, BEN)] == [{FIRST: mark, "finding-2": mark} for mark in (YES, NO)]


def test_who_is_recused_from_a_unit_does_not_judge_it_and_is_no_member():
    story = opened().does(drafted(unit="court"), handed_over(), c.SignFor("court", (FIRST,), "the court"))
    for _, commands in moves()[3:6]:
        story.does(*(_of_the_court(command) for command in commands))
    story.does(c.OpenCureVote(VOTE, (FIRST,), BUREAU))
    vote = story.meeting.cures.by_id[VOTE]
    assert vote.seats == (ANN, BEN, CAT, DAN)
    assert story.refusal(judges(EVE, YES)) == "cures.not_yours"
    story.does(judges(ANN, YES), judges(BEN, YES), closes(story))
    assert not story.meeting.cures.latest_count(FIRST).passed  # two of four are not more than half


def _of_the_court(command: c.Command) -> c.Command:
    return replace(command, unit="court") if hasattr(command, "unit") else command


def test_closing_asks_back_while_somebody_has_not_judged():
    story = voting().does(judges(ANN, YES))
    assert story.refusal(closes(story, incomplete=False)) == "cures.missing"
    assert len(story.meeting.cures.by_id[VOTE].missing) == 4


def test_one_vote_at_a_time_on_a_finding_and_a_mistaken_one_is_withdrawn_without_a_trace_of_what_was_said():
    story = voting().does(judges(ANN, NO))
    assert story.refusal(c.OpenCureVote("cures-two", (FIRST,), BUREAU)) == "cures.already_open"
    story.does(c.WithdrawCureVote(VOTE, "The wrong finding", BUREAU))
    assert the(story).standing is Stand.STRUCK_OFF
    assert story.meeting.cures.latest_count(FIRST) is None
    story.does(c.OpenCureVote("cures-two", (FIRST,), BUREAU))
    assert [vote.id for vote in story.meeting.cures.open] == ["cures-two"]


def test_work_in_progress_is_not_judged():
    story = brought_to(Stand.RECTIFYING).does(proof("proof-one"))
    assert story.refusal(c.OpenCureVote(VOTE, (FIRST,), BUREAU)) == "finding.not_now"


@pytest.mark.parametrize("language", Language)
def test_the_log_says_that_a_seat_judged_and_never_how(language: Language):
    story = voting().does(judges(ANN, NO))
    other = voting().does(judges(ANN, YES))
    said, otherwise = (say_event(each.events[-1], each.meeting, language) for each in (story, other))
    assert said == otherwise
    story.does(closes(story))
    assert say_event(story.events[-3], story.meeting, language) == said
    assert fold(Meeting.planned(story.meeting.plan), story.events) == story.meeting
