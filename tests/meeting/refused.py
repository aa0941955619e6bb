"""Every code that the rules can raise, with a story and a command that raises it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.composites.agreed import Composite, Part, Source
from app.meeting.cures.state import CureMark
from app.meeting.displays.deciding import MOST_DISPLAYS
from app.meeting.displays.state import SceneKind
from app.meeting.draw.lots import commitment_of
from app.meeting.findings.state import Stand
from app.meeting.plan import Mode, Order, ResultsShown, Rules, TieBreak
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.polls.deciding import MOST_ON_ONE_UNIT
from app.meeting.questions.agreed import Questions
from app.meeting.questions.state import Standing
from tests.findings import BUREAU, FIRST, brought_to, moves
from tests.meetings import (
    ANN,
    BEN,
    BREAK,
    CAT,
    COURT,
    DAN,
    EVE,
    OPENING,
    SEED,
    SUMMARY,
    WATER,
    Story,
    at_water,
    checks,
    closed_over,
    comment,
    correction,
    give_score,
    opened,
    sheet,
    small_plan,
)
from tests.polled import voted
from tests.promised import judged_plan, judges
from tests.questions import ROADS, asked, chooses, hands_over

FIVE = dict.fromkeys((ANN, BEN, CAT, DAN, EVE), (50, 30))
UNHEARD = c.WithdrawQuestion(ROADS, "a reason")

BY_THE_CHAIR = Rules(tie_ladder=(TieBreak.CHAIR,))


VOTE = "cures-one"
OPEN_VOTE = c.OpenCureVote(VOTE, (FIRST,), BUREAU)
JUDGED = c.JudgeCures(VOTE, ANN, {FIRST: CureMark.SATISFIED})
CLOSE_VOTE = c.CloseCureVote(VOTE, date(2024, 12, 2), "It was not put right", BUREAU)


def voting() -> Story:
    """The panel votes on the cure of a finding that has been struck off."""
    return brought_to(Stand.STRUCK_OFF).does(OPEN_VOTE)


def with_all_recused() -> Story:
    """Nobody may judge the water office; one of its findings has been struck off."""
    seats = tuple(replace(seat, recusals=("water",)) for seat in small_plan().seats)
    return brought_to(Stand.STRUCK_OFF, opened(small_plan(seats=seats, mode=Mode.COMMENTS)))


SECOND = "finding-2"


def voting_by_unit() -> Story:
    """The same on two findings of one unit, which are judged as one."""
    story = opened()
    for (_, first), (_, second) in zip(moves(FIRST), moves(SECOND), strict=True):
        story.does(*first, *second)
    return story.does(replace(OPEN_VOTE, findings=(FIRST, SECOND), by_unit=True))


CHECKED = Rules(results_shown=ResultsShown.AFTER_EACH, checked=True)


RELEASE = c.ReleaseComment("comment1", "Well argued")


JOINING = Composite(
    (
        Part("panel", "Panel", Decimal(50), Source.SCORED),
        Part("vote", "Vote", Decimal(40)),
        Part("daily", "Daily", Decimal(10), Source.IMPORTED),
    )
)
ENTER = c.EnterPart("vote", {"water": Decimal(90)}, "the clerk")
OTHERS = ("court", "school")
FROM_A_FILE = {"file": "daily.csv", "digest": "ab" * 32}


def composed() -> Story:
    """Water has all its parts."""
    daily = c.EnterPart("daily", {"water": Decimal(90)}, "the clerk", **FROM_A_FILE)
    return closed(composite=JOINING).does(c.RevealResult(WATER), ENTER, daily)


def to_be_checked() -> Story:
    """The same where the supervisor checks: the result has been, the composites have not."""
    daily = c.EnterPart("daily", {"water": Decimal(90)}, "the clerk", **FROM_A_FILE)
    story = closed(composite=JOINING, rules=CHECKED)
    return story.does(checks(story, WATER), c.RevealResult(WATER), ENTER, daily)


def closed(**changes: Any) -> Story:
    return closed_over(FIVE, plan=small_plan(**changes))


def asking() -> Story:
    return opened(small_plan(rules=Rules(questions=Questions.MODERATED)))


def polling() -> Story:
    return opened(small_plan(rules=Rules(polls=PollsOpen.BY_HAND))).does(c.OpenPoll("water"))


def polled(times: int = 1) -> Story:
    story = polling().does(c.ClosePoll("water.1"))
    for number in range(2, times + 1):
        story.does(c.OpenPoll("water", again=True), c.ClosePoll(f"water.{number}"))
    return story


def commented(*more: c.Command) -> Story:
    return at_water().does(comment(), *more)


BY_TICKETS = Composite((Part("vote", "Vote", Decimal(60), Source.TICKETS), Part("daily", "Daily", Decimal(40))))


def joined() -> Story:
    """Water has all its parts: the audience has voted on one of them."""
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.EVERYBODY)
    story = opened(small_plan(mode=Mode.COMMENTS, rules=rules, composite=BY_TICKETS)).does(c.OpenPoll("water"))
    voted(story, "water.1", {"ticket": {"satisfied": 5}})
    return story.does(c.EnterPart("daily", {"water": Decimal(90)}, "the clerk"))


def finished() -> Story:
    return opened().does(c.FinishMeeting())


def submit(story: Story, **changes: object) -> c.SubmitSheet:
    return sheet(story.meeting, WATER, ANN, 50, 30, **changes)


def levels() -> Story:
    return at_water(small_plan(mode=Mode.LEVELS))


def one_item_left() -> Story:
    return opened(small_plan(agenda=small_plan().agenda[:2])).does(c.SkipItem(WATER, "absent"))


def typing() -> Story:
    return opened(small_plan(order=Order.TYPED))


def drawing(*more: c.Command) -> Story:
    return typing().does(c.PrepareDraw(commitment_of(SEED)), *more)


def one_report_left() -> Story:
    return typing().does(c.SkipItem(WATER, "absent"), c.SkipItem(COURT, "absent"))


def tried(story: Story, command: Callable[[Story], c.Command]) -> tuple[Story, c.Command]:
    return story, command(story)


ASKED: dict[str, Callable[[], tuple[Story, c.Command]]] = {
    "meeting.already_open": lambda: (opened(), c.OpenMeeting(small_plan())),
    "meeting.not_open": lambda: (Story(small_plan()), c.Pause()),
    "meeting.finished": lambda: (finished(), c.Pause()),
    "meeting.not_finished": lambda: (opened(), c.ContinueMeeting()),
    "meeting.other_code": lambda: (Story(small_plan()), c.OpenMeeting(small_plan(code="other"))),
    "plan.incomplete": lambda: (Story(small_plan()), c.OpenMeeting(small_plan(title="", agenda=()))),
    "agenda.moved_on": lambda: (opened().steps(), c.Advance(None)),
    "agenda.at_the_end": lambda: (opened().goes_to(SUMMARY), c.Advance(Place(SUMMARY))),
    "agenda.at_the_beginning": lambda: (opened().steps(), c.GoBack(Place(OPENING))),
    "agenda.not_begun": lambda: (opened(), c.Pause()),
    "item.unknown": lambda: (opened(), c.JumpTo(Place("nowhere"))),
    "item.skipped": lambda: (opened().does(c.SkipItem(COURT, "absent")), c.SkipItem(COURT, "absent")),
    "item.not_skipped": lambda: (opened(), c.RestoreItem(COURT)),
    "item.begun": lambda: (at_water(), c.MoveItem(WATER, None)),
    "item.finished": lambda: (at_water(), c.AddTime(Place(OPENING), 60)),
    "item.has_sheets": lambda: (at_water().does(c.Abstain(WATER, ANN)), c.SkipItem(WATER, "absent")),
    "item.behind": lambda: (opened().goes_to(COURT), c.MoveItem(SUMMARY, WATER)),
    "item.last_one": lambda: (one_item_left(), c.SkipItem(OPENING, "no time")),
    "segment.unknown": lambda: (opened(), c.AddTime(Place(BREAK, 1), 60)),
    "time.none": lambda: (opened(), c.AddTime(Place(BREAK), 0)),
    "time.too_much": lambda: (opened(), c.AddTime(Place(BREAK), 3601)),
    "time.below_zero": lambda: (opened(), c.AddTime(Place(BREAK), -601)),
    "clock.paused": lambda: (at_water().does(c.Pause()), c.Pause()),
    "clock.running": lambda: (at_water(), c.Resume()),
    "reason.missing": lambda: (opened(), c.SkipItem(COURT, " ")),
    "author.missing": lambda: tried(closed(), lambda s: correction(s.meeting, WATER, ANN, 1, 1, author="")),
    "text.missing": lambda: (opened(), comment(text=" ")),
    "text.unwritable": lambda: (opened(), comment(text="N\0L")),
    "text.too_long": lambda: (opened(), c.SkipItem(COURT, "x" * 201)),
    "order.fixed": lambda: (opened(), c.TypeOrder({})),
    "order.reports_begun": lambda: (drawing(c.DrawAll("", SEED)).goes_to(WATER), c.CallOffDraw("late", SEED)),
    "order.not_drawn": lambda: (opened(small_plan(order=Order.DRAWN)), c.JumpTo(Place(WATER))),
    "order.not_typed": lambda: (opened(small_plan(order=Order.TYPED)), c.JumpTo(Place(WATER))),
    "order.number_missing": lambda: (typing(), c.TypeOrder({})),
    "order.number_wrong": lambda: (typing(), c.TypeOrder({"water": "one", "court": "2", "school": "3"})),
    "order.number_twice": lambda: (typing(), c.TypeOrder({"water": "1", "court": "2", "school": "2"})),
    "order.none": lambda: (typing(), c.CueScene(SceneKind.DRAW)),
    "draw.none": lambda: (typing(), c.DrawAll("", SEED)),
    "draw.going_on": lambda: (drawing(), c.FinishMeeting()),
    "draw.ended": lambda: (drawing(c.DrawAll("", SEED)), c.PrepareDraw(commitment_of(SEED))),
    "draw.too_few": lambda: (one_report_left(), c.PrepareDraw(commitment_of(SEED))),
    "draw.moved_on": lambda: (drawing(), c.DrawNext(2, "", SEED)),
    "draw.other_word": lambda: (drawing(c.DrawNext(1, "seven", SEED)), c.DrawNext(2, "eight", SEED)),
    "draw.seed_lost": lambda: (drawing(), c.DrawNext(1, "", "")),
    "mode.comments_only": lambda: (opened(small_plan(mode=Mode.COMMENTS)), c.OpenRound(WATER)),
    "round.unknown": lambda: (opened(), c.CloseRound(WATER)),
    "round.not_a_presentation": lambda: (opened(), c.OpenRound(BREAK)),
    "round.already_open": lambda: (at_water(), c.OpenRound(WATER)),
    "round.was_closed": lambda: (closed(), c.OpenRound(WATER)),
    "round.closed": lambda: (closed(), give_score(ANN, 40)),
    "round.still_open": lambda: (at_water(), c.RevealResult(WATER)),
    "round.sheets_missing": lambda: (at_water(), c.CloseRound(WATER)),
    "rounds.sheets_missing": lambda: (at_water(), c.CloseAllRounds()),
    "rounds.none_open": lambda: (closed(), c.CloseAllRounds()),
    "rounds.still_open": lambda: (at_water(), c.FinishMeeting()),
    "result.none": lambda: (closed_over({}), c.RevealResult(WATER)),
    "result.no_quorum": lambda: (closed_over({ANN: (50, 30)}), c.RevealResult(WATER)),
    "result.already_revealed": lambda: (closed().does(c.RevealResult(WATER)), c.RevealResult(WATER)),
    "result.revealed": lambda: (closed().does(c.RevealResult(WATER)), c.ReopenRound(WATER, "to be sure")),
    "result.not_revealed": lambda: (closed(), c.WithdrawReveal(WATER, "too early")),
    "result.other_step": lambda: (closed(), c.ShowResultStep(WATER, "score")),
    "results.none_revealed": lambda: (closed(), c.CueScene(SceneKind.RANKING)),
    "result.not_checked": lambda: (closed(rules=CHECKED), c.RevealResult(WATER)),
    "check.not_asked_for": lambda: (closed(), c.CheckResult(WATER, "")),
    "check.has_changed": lambda: (closed(rules=CHECKED), c.CheckResult(WATER, "what it was")),
    "step.waits_for_check": lambda: (closed(rules=CHECKED).steps(2), c.Advance(step=f"check:{WATER}")),
    "step.needed": lambda: (Story(small_plan()), c.PassStep("open")),
    "step.none_taken": lambda: (Story(small_plan()), c.UndoStep("1:open")),
    "step.opening_stays": lambda: (opened(), c.UndoStep("1:open")),
    "step.draw_stays": lambda: (drawing(c.DrawNext(1, "seven", SEED)), c.UndoStep("2:draw:1")),
    "step.round_has_marks": lambda: (
        opened().does(c.OpenRound(WATER), give_score(ANN, 40)),
        c.UndoStep(f"2:begin_scoring:{WATER}"),
    ),
    "landscape.tells_ranks": lambda: (closed(), c.CueScene(SceneKind.LANDSCAPE)),
    "tie.not_the_chairs": lambda: (closed(), c.RuleOnTie((WATER, COURT), "by age", "the chair")),
    "tie.too_few": lambda: (closed(rules=BY_THE_CHAIR), c.RuleOnTie((WATER,), "by age", "the chair")),
    "tie.not_equal": lambda: (
        closed_over(FIVE, {}, plan=small_plan(rules=BY_THE_CHAIR)),
        c.RuleOnTie((WATER, COURT), "by age", "the chair"),
    ),
    "polls.none": lambda: (opened(), c.OpenPoll("water")),
    "polls.still_open": lambda: (polling(), c.FinishMeeting()),
    "questions.none": lambda: (opened(), chooses()),
    "question.unknown": lambda: (asking(), c.ChooseQuestion(ROADS)),
    "question.not_approved": lambda: (asking(), replace(chooses(), standing=Standing.ARCHIVED)),
    "question.not_chosen": lambda: (asking().does(hands_over()), c.CueScene(SceneKind.QUESTION, question=ROADS)),
    "question.for_no_unit": lambda: (asking(), replace(hands_over(), asked=asked(unit=""))),
    "question.handed_over": lambda: (asking().does(hands_over()), hands_over(finding="finding-two")),
    "question.withdrawn": lambda: (asking().does(chooses(), UNHEARD), UNHEARD),
    "poll.unknown": lambda: (opened(), c.ClosePoll("water.1")),
    "poll.already_open": lambda: (polling(), c.OpenPoll("water")),
    "poll.was_held": lambda: (polled(), c.OpenPoll("water")),
    "poll.too_many": lambda: (polled(times=MOST_ON_ONE_UNIT), c.OpenPoll("water", again=True)),
    "poll.closed": lambda: (polled(), c.ClosePoll("water.1")),
    "poll.still_open": lambda: (polling(), c.ShowPoll("water.1")),
    "poll.withdrawn": lambda: (polled().does(c.WithdrawPoll("water.1", "unheard")), c.ShowPoll("water.1")),
    "poll.in_composites": lambda: (
        joined().does(c.AnnounceComposites(OTHERS)),
        c.WithdrawPoll("water.1", "unheard"),
    ),
    "step.poll_stays": lambda: (polled(), c.UndoStep("3:close_poll:water.1")),
    "composites.none": lambda: (opened(), c.AnnounceComposites()),
    "composites.announced": lambda: (composed().does(c.AnnounceComposites(OTHERS)), ENTER),
    "composites.not_announced": lambda: (composed(), c.WithdrawComposites("too early")),
    "composites.not_revealed": lambda: (closed(composite=JOINING), c.AnnounceComposites()),
    "composites.not_checked": lambda: (to_be_checked(), c.AnnounceComposites(OTHERS)),
    "check.composites_have_changed": lambda: (to_be_checked(), c.CheckComposites("as it was")),
    "composites.parts_missing": lambda: (composed(), c.AnnounceComposites()),
    "composites.nothing": lambda: (opened(small_plan(composite=JOINING)), c.AnnounceComposites()),
    "part.unknown": lambda: (composed(), replace(ENTER, part="beauty")),
    "part.scored_here": lambda: (composed(), replace(ENTER, part="panel")),
    "part.voted_here": lambda: (joined(), ENTER),
    "part.needs_file": lambda: (composed(), replace(ENTER, part="daily")),
    "part.no_digest": lambda: (composed(), replace(ENTER, points={"court": Decimal(1)}, file="a.csv")),
    "part.nothing": lambda: (composed(), replace(ENTER, points={})),
    "part.not_a_number": lambda: (composed(), replace(ENTER, points={"court": Decimal("NaN")})),
    "part.out_of_range": lambda: (composed(), replace(ENTER, points={"court": Decimal("100.5")})),
    "part.too_many_decimals": lambda: (composed(), replace(ENTER, points={"court": Decimal("0.1234567")})),
    "part.entered_already": lambda: (composed(), replace(ENTER, points={"water": Decimal(1)})),
    "part.not_entered": lambda: (composed(), c.CorrectPart("vote", "court", None, "the clerk", "misread")),
    "seat.unknown": lambda: (at_water(), give_score("nobody", 40)),
    "seat.recused": lambda: (opened().goes_to(COURT), give_score(EVE, 40, round=COURT)),
    "seat.not_recused": lambda: (at_water(), c.ReturnToSheet(WATER, ANN)),
    "criterion.unknown": lambda: (at_water(), give_score(ANN, 5, criterion="beauty")),
    "score.not_a_number": lambda: (at_water(), give_score(ANN, "NaN")),
    "score.out_of_range": lambda: (at_water(), give_score(ANN, "60.5")),
    "score.off_step": lambda: (at_water(), give_score(ANN, "40.25")),
    "score.no_such_level": lambda: (levels(), give_score(ANN, "2.5", criterion="overall")),
    "score.not_given": lambda: (at_water(), c.EraseScore(WATER, ANN, "clarity")),
    "sheet.other_unit": lambda: tried(at_water(), lambda story: submit(story, unit="court")),
    "sheet.incomplete": lambda: tried(at_water(), lambda story: sheet(story.meeting, WATER, ANN)),
    "sheet.other_total": lambda: tried(at_water(), lambda story: submit(story, total=Decimal("80.5"))),
    "sheet.abstained": lambda: (at_water().does(c.Abstain(WATER, ANN)), give_score(ANN, 40)),
    "sheet.already_submitted": lambda: tried(closed(), submit),
    "sheet.already_abstained": lambda: (at_water().does(c.Abstain(WATER, ANN)), c.Abstain(WATER, ANN)),
    "sheet.not_late": lambda: (closed(), c.AcceptLateSheet(WATER, ANN, "the network", "the clerk")),
    "salt.missing": lambda: tried(at_water(), lambda story: submit(story, salt="short")),
    "promises.not_judged": lambda: (at_water(), judges(ANN, 1)),
    "promises.none": lambda: (at_water(judged_plan()), c.CueScene(SceneKind.PROMISES, unit="court")),
    "promises.not_begun": lambda: (opened(judged_plan(mode=Mode.COMMENTS)), judges(ANN, 1)),
    "promise.unknown": lambda: (at_water(judged_plan()), judges(ANN, 3)),
    "promise.not_judged_yet": lambda: (at_water(judged_plan()), c.EraseJudgement(WATER, ANN, 1)),
    "comment.unknown": lambda: (opened(), RELEASE),
    "comment.twice": lambda: (commented(), comment()),
    "comment.changed": lambda: (
        commented(c.EditComment("comment1", "Argued")),
        RELEASE,
    ),
    "comment.not_yours": lambda: (commented(), c.TakeBackComment("comment1", BEN)),
    "comment.released": lambda: (
        commented(RELEASE),
        c.EditComment("comment1", "Argued"),
    ),
    "comment.not_released": lambda: (commented(), c.WithdrawComment("comment1")),
    "comment.taken_back": lambda: (
        commented(c.TakeBackComment("comment1", ANN)),
        RELEASE,
    ),
    "id.malformed": lambda: (opened(), comment(id="<b>12345</b>")),
    "unit.unknown": lambda: (opened(), comment(unit="moon")),
    "report.unknown": lambda: (opened(), c.ShowReports(("nothing-there",), "the bureau")),
    "cue.unknown": lambda: (opened(), c.CueScene(SceneKind.ITEM)),
    "display.no_name": lambda: (opened(), c.DirectDisplay("left wing", cue="blank")),
    "display.no_such_language": lambda: (opened(), c.DirectDisplay("left", language="tlh")),
    "cures.unknown": lambda: (brought_to(Stand.STRUCK_OFF), replace(JUDGED, vote="no-such-vote")),
    "cures.twice": lambda: (voting(), OPEN_VOTE),
    "cures.already_open": lambda: (voting(), replace(OPEN_VOTE, vote="cures-two")),
    "cures.nobody": lambda: (with_all_recused(), OPEN_VOTE),
    "cures.nothing_judged": lambda: (voting(), c.JudgeCures(VOTE, ANN, {})),
    "cures.not_yours": lambda: (voting(), c.JudgeCures(VOTE, ANN, {"finding-2": CureMark.SATISFIED})),
    "cures.one_mark": lambda: (
        voting_by_unit(),
        c.JudgeCures(VOTE, ANN, {FIRST: CureMark.SATISFIED, SECOND: CureMark.NOT_SATISFIED}),
    ),
    "cures.missing": lambda: (voting(), CLOSE_VOTE),
    "cures.closed": lambda: (voting().does(replace(CLOSE_VOTE, incomplete=True)), JUDGED),
    "display.too_many": lambda: (
        opened().does(*(c.DirectDisplay(f"display-{number}", cue="blank") for number in range(MOST_DISPLAYS))),
        c.DirectDisplay("one-more", cue="blank"),
    ),
}
