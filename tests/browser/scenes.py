"""A meeting in each state that a display can show: for the tests that look at all of them, and for their pictures."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from uuid import uuid4

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from app.meeting.displays.state import SceneKind
from app.meeting.findings.state import Stand
from app.meeting.plan import Plan, ResultsShown, Rules
from app.meeting.polls.agreed import OwnChoice, PollsOpen, Voters
from app.meeting.promises.agreed import Previous, Promise
from app.meeting.promises.state import PromiseMark
from app.meeting.questions.agreed import Questions
from app.meeting.script.steps import next_step
from tests.meetings import Story, plays_round, sheet, shipped
from tests.polled import voted
from tests.questions import chooses

BEIJING = timezone(timedelta(hours=8))
OFFICES = ("党组副书记、副局长", "副主任")
TITLE = "2026年度国家机关|“谁执法谁普法”|履职报告评议会"
REMARKS = (
    (CommentKind.HIGHLIGHT, "“法治副校长”全覆盖，案例取自身边，学生听得懂、记得住。"),
    (CommentKind.PROBLEM, "普法责任清单只列到处室，没有列到人，缺少完成时限。"),
    (CommentKind.SUGGESTION, "把典型案例做成短视频，送进社区和学校，明年报告时讲效果。"),
)
QUESTION = "开学已经三周，河西路小学门口的护学岗每天下午都没有人，请问教育局打算怎么安排，什么时候能固定下来？"
FOURTH = "report-labour"


def begun(minutes_ago: float, like: str = "demo", **changes: Any) -> Story:
    """A meeting like a shipped one that began so long ago, by the clock of this machine."""
    plan, now = shipped(like), datetime.now(UTC) - timedelta(minutes=minutes_ago)
    units = tuple(replace(unit, office=OFFICES[at % 2]) for at, unit in enumerate(plan.units))
    code = f"{like}-{uuid4().hex[:8]}"
    starts_at = now.astimezone(BEIJING).replace(second=0, microsecond=0)
    return Story(replace(plan, units=units, starts_at=starts_at, code=code, title=TITLE, **changes), now)


def reporting(minutes_ago: float) -> Story:
    """The first unit reports: its eight minutes began so long ago."""
    return begun(minutes_ago + 2).opens().steps().waits(2).steps()


def judged(story: Story, units: int) -> Story:
    """So many units have reported, been commented on and scored, and their results are known."""
    story.opens()
    for item in story.meeting.presentations[:units]:
        story.goes_to(item.id)
        remarks(story, item.unit or "")
        if story.meeting.plan.is_scored:
            scored(story, item.id).does(c.RevealResult(item.id))
    return story


def promised(story: Story) -> Story:
    """The same, with what the units promised at a meeting before: a kept one, a late one, one that is too long."""
    promises = (
        Promise(1, REMARKS[1][1], standing=Stand.STRUCK_OFF),
        Promise(2, REMARKS[2][1], days_late=35, reopenings=1),
        Promise(3, REMARKS[2][1] * 5),
    )
    plan = story.meeting.plan
    units = tuple(replace(unit, promises=promises) for unit in plan.units)
    return Story(replace(plan, units=units, previous=Previous("before", "Before", plan.starts_at.date())), story.now)


def with_words_on_promises(story: Story) -> Story:
    """Of seven seats on each promise of the first unit, which is being scored; two say nothing."""
    story = promised(story).opens().goes_to("report-edu")
    marks = [*PromiseMark]
    for at, seat in enumerate(story.meeting.plan.seats[:7]):
        for promise in story.meeting.unit("edu").promises:
            story.does(c.JudgePromise("report-edu", seat.id, promise.number, marks[at * promise.number % 5 % 3]))
    return story


def commented(story: Story) -> Story:
    remarks(story, "edu")
    return story


def remarks(story: Story, unit: str) -> None:
    for at, (kind, text) in enumerate(REMARKS):
        sent = c.SendComment(f"comment-{unit}-{at}", story.meeting.plan.seats[at * 3].id, unit, kind, text)
        story.waits(0.01).does(sent, c.ReleaseComment(sent.comment, text))


def scored(story: Story, round: str, sheets: int | None = None) -> Story:
    """All sheets of a round, or the first few, which leaves it open."""
    meeting = story.meeting
    seats = meeting.entitled(meeting.item(round).unit or "")
    at = [item.id for item in meeting.presentations].index(round)
    given = {seat.id: _marks(meeting.plan, at * 5 + number) for number, seat in enumerate(seats)}
    if sheets is None:
        return plays_round(story, round, given)
    return story.does(*(sheet(meeting, round, seat, *given[seat]) for seat in list(given)[:sheets]))


def _marks(plan: Plan, number: int) -> tuple[int, ...]:
    if plan.criteria[0].levels:
        return (int(plan.criteria[0].levels[number % 7 % 3].points),)
    return tuple(int(each.maximum) - (number + at) % 4 for at, each in enumerate(plan.criteria))


def _apart(plan: Plan, unit: int, seat: int) -> tuple[int, ...]:
    """Of a unit whose result is not like that of the others."""
    first, *rest = _marks(plan, seat)
    return (first, *rest) if plan.criteria[0].levels else (first - unit * 7 % 17, *rest)


def questioned() -> Story:
    rules = replace(shipped("demo").rules, questions=Questions.MODERATED)
    return begun(4, rules=rules).opens().steps(2)


def polled(*own_choices: OwnChoice) -> Story:
    """The hall is to vote on the first unit, which has been judged: with tickets, on phones and from elsewhere."""
    rules = replace(shipped("demo").rules, polls=PollsOpen.BY_HAND, voters=Voters.EVERYBODY, audience=300)
    story = with_words_on_promises(begun(1, rules=replace(rules, promises_judged=True, own_choices=own_choices)))
    return scored(story, "report-edu").does(c.RevealResult("report-edu"))


VOTES = {
    "phone": {"satisfied": 141, "fairly": 62, "dissatisfied": 9, "unknown": 4},
    "ticket": {"satisfied": 88, "fairly": 47, "dissatisfied": 12, "unknown": 1},
    "web": {"satisfied": 310, "fairly": 90, "dissatisfied": 702, "unknown": 55},
}


def at_fourth(sheets: int | None = None) -> Story:
    """The fourth unit is being scored."""
    story = judged(begun(0.4), 3).goes_to(FOURTH, 2)
    return scored(story, FOURTH, sheets)


def cued(story: Story, kind: SceneKind, **facts: Any) -> Story:
    return story.does(c.CueScene(kind, **facts))


def after_ten(like: str = "demo", **changes: Any) -> Story:
    return judged(begun(3, like, **changes), 10)


def announced(number: int, like: str = "demo", **rules: Any) -> Story:
    """All units have been judged, and so many steps of the announcement taken."""
    story = begun(3, like, rules=replace(shipped(like).rules, **rules)).opens()
    for at, item in enumerate(story.meeting.presentations):
        seats = story.goes_to(item.id).meeting.entitled(item.unit or "")
        plays_round(story, item.id, {seat.id: _apart(story.meeting.plan, at, n) for n, seat in enumerate(seats)})
    story.goes_to("announcement")
    for _ in range(number):
        story.does(c.Advance(step=next_step(story.meeting).id))  # type: ignore[union-attr]
    return story


def problems(steps: int) -> Story:
    """The announcement of a meeting in which nothing is scored: the problems by unit, so many units on."""
    story = after_ten("comments").goes_to("announcement")
    for _ in range(steps):
        story.does(c.Advance(step=next_step(story.meeting).id))  # type: ignore[union-attr]
    return story


def joined() -> Story:
    """Ten units with four parts each, one of which a unit lacks; announced with ranks."""
    parts = (
        Part("panel", "评议团评分", Decimal(40), Source.SCORED),
        *(Part(name, name, Decimal(20)) for name in ("群众满意度", "日常考核", "联席会议评分")),
    )
    composite = Composite(parts, (CompositeGrade("优秀", Decimal(90)), CompositeGrade("良好", Decimal(0))))
    story = after_ten(composite=composite, rules=ranks())
    units = [unit.id for unit in story.meeting.plan.units]
    for part in parts[1:]:
        given = {unit: Decimal("97.75") - at for at, unit in enumerate(units) if unit != "farming" or part is parts[1]}
        story.does(c.EnterPart(part.id, given, "李四"))
    return story.does(c.AnnounceComposites(("farming",)))


def ranks() -> Rules:
    return replace(shipped("demo").rules, rank_shown=True)


SCENES: dict[str, Callable[[], Story]] = {
    "waiting": lambda: begun(-20),
    "seal": lambda: begun(1).opens(),
    "seal, levels": lambda: begun(1, "levels").opens(),
    "seal, comments only": lambda: begun(1, "comments").opens(),
    "opening": lambda: begun(1).opens().steps(),
    "report": lambda: reporting(3.05),
    "report, last minute": lambda: reporting(7.1),
    "report, over time": lambda: reporting(8.7),
    "report, paused": lambda: begun(9).opens().steps().waits(2).steps().waits(3).does(c.Pause()),
    "promises beside": lambda: promised(begun(5.05)).opens().steps().waits(2).steps(),
    "comments beside": lambda: commented(reporting(3.05)),
    "scoring": lambda: at_fourth(5),
    "scoring closed": lambda: at_fourth(),
    "spread": lambda: at_fourth().does(c.ShowResultStep(FOURTH, "spread")),
    "result": lambda: at_fourth().does(c.RevealResult(FOURTH)),
    "levels": lambda: scored(judged(begun(1, "levels"), 3).goes_to(FOURTH), FOURTH).does(c.RevealResult(FOURTH)),
    "break": lambda: judged(begun(2), 5).goes_to("break"),
    "break over": lambda: judged(begun(11), 5).goes_to("break"),
    "discussion": lambda: after_ten().goes_to("discussion"),
    "announcement": lambda: judged(begun(3), 7).goes_to("announcement"),
    "summary": lambda: after_ten().goes_to("summary"),
    "finished": lambda: after_ten().goes_to("summary").does(c.FinishMeeting()),
    "ranking": lambda: cued(after_ten(rules=ranks()), SceneKind.RANKING),
    "announced": lambda: announced(7, results_shown=ResultsShown.IN_ORDER),
    "announced, levels": lambda: announced(10, "levels", results_shown=ResultsShown.IN_ORDER),
    "announced by grade": lambda: announced(2, results_shown=ResultsShown.BY_GRADE),
    "announced along the scale": lambda: announced(10, results_shown=ResultsShown.FROM_LOWEST, rank_shown=True),
    "composites": joined,
    "question": lambda: questioned().does(chooses("question-1", unit="edu", text=QUESTION)),
    "promises": lambda: cued(polled(), SceneKind.PROMISES, unit="edu"),
    "poll": lambda: polled().does(c.OpenPoll("edu")),
    "poll, shown": lambda: voted(polled().does(c.OpenPoll("edu")), "edu.1", VOTES),
    "comments": lambda: cued(after_ten(), SceneKind.COMMENTS, unit="edu"),
    "quotation": lambda: cued(after_ten(), SceneKind.COMMENT, comment="comment-edu-0"),
    "summing-up": lambda: cued(after_ten("comments"), SceneKind.SUMMING_UP, unit="edu"),
    "announced, comments only": lambda: problems(4),
    "message": lambda: cued(begun(1).opens(), SceneKind.MESSAGE, text="请各位评议团成员检查平板电量"),
    "timer": lambda: cued(reporting(3.05), SceneKind.TIMER),
    "blank": lambda: cued(begun(1).opens(), SceneKind.BLANK),
}
TIMERS = ("waiting", "report", "report, last minute", "report, over time", "report, paused", "finished")
"""Those of them in which the speaker's timer has a face of its own."""
