"""Whole meetings kept as files: the log as ``run.py export`` writes it, and what it came to when it was written.

``python -m tests.golden.meetings NAME`` plays the meeting of that name and writes its two files. What is written is
never written again: a program that cannot read it, or reads something else out of it, is wrong. A new feature gets a
new meeting under a new name.
"""

import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting import commands as c
from app.meeting.composites.agreed import CompositeGrade
from app.meeting.composites.checking import digest_of_composites
from app.meeting.displays.state import DisplayView, SceneKind
from app.meeting.meeting import Meeting
from app.meeting.plan import Attachment, Mode, Order, Plan, Preset, RoundAt, Rules, TieBreak, TrimOf
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.questions.agreed import Questions
from app.meeting.scoring.composite import composites_of
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Result
from app.meeting.script.state import StepKind
from app.papers.folder.proceedings import proceedings_of, with_ballots
from app.papers.record.ballots import ballots_file
from app.papers.record.exports import log_file
from app.store import contents, log
from app.store.database import Database
from app.store.tables import READ_TABLES, table_of
from tests.findings import BUREAU, drafted, handed_over
from tests.meeting.playing import coming, presses, takes_back
from tests.meetings import (
    Story,
    checks,
    comment,
    correction,
    give_score,
    joining,
    minutes,
    opened,
    plays_round,
    shipped,
    small_plan,
    whole_meeting,
)
from tests.polled import CAST, put, recountable
from tests.promised import LARGELY, NOT_KEPT, all_say, judged_plan, judges
from tests.questions import ROADS, answers, chooses, hands_over
from tests.records import record, rows_of
from tests.second_half import CONTENT, put_right

FOLDER = Path(__file__).parent


def weighted() -> Plan:
    """Group weights, a trim of single marks, rounding at the criterion, a ladder for ties, grades."""
    rules = Rules(
        trim_from=3,
        trim_of=TrimOf.CRITERION,
        round_at=RoundAt.CRITERION,
        places=1,
        group_weights={Preset.EXPERT: Decimal("0.5"), Preset.DEPUTY: Decimal("0.3"), Preset.CPPCC: Decimal("0.2")},
        quorum=Decimal("0.6"),
        tie_ladder=tuple(TieBreak),
        grades=shipped("demo").rules.grades,
    )
    return replace(small_plan(code="weighted"), rules=rules)


def devices() -> Story:
    """Seats checked in and out, a seat taken over and back, displays told things of their own."""
    story = Story(small_plan(code="devices"), tick=minutes(1))
    story.does(c.CheckIn("ann"), c.CheckIn("ben"), c.CheckOut("ben"), c.TakeSeat("ann", "tablet-0001"))
    story.does(c.DirectDisplay("left", view=DisplayView.TIMER, language="en"), c.OpenMeeting(story.meeting.plan))
    story.steps(2).does(c.TakeSeat("ann", "spare-0002"), give_score("ann", 50), give_score("cat", 40))
    story.does(c.DirectDisplay("左屏", cue="message", text="请入座"), c.DirectDisplay("left", cue="hold"))
    return story.does(c.TakeSeat("ann", "tablet-0001"), c.DirectDisplay("左屏", cue="common"))


def passed() -> Story:
    """A comment that stays unreleased: the script goes on without it, is taken back, and goes on without it again."""
    story = Story(small_plan(code="passed", mode=Mode.COMMENTS), tick=minutes(1))
    presses(story.does(c.OpenMeeting(story.meeting.plan)), 4).does(comment())
    story.does(c.PassStep(coming(story).id))
    return takes_back(story).does(c.PassStep(coming(story).id))


def polls() -> Story:
    """The audience votes, of whom nobody came: one poll is opened too early, one is hidden, one held again."""
    rules = Rules(polls=PollsOpen.BY_SCRIPT, voters=Voters.HALL, audience=300)
    story = Story(small_plan(code="polls", mode=Mode.COMMENTS, rules=rules), tick=minutes(1))
    story.opens().goes_to("report-water")
    while coming(story).kind is not StepKind.OPEN_POLL:
        presses(story)
    takes_back(presses(story))
    takes_back(presses(story, 3))
    presses(story).does(c.OpenPoll("water", again=True), c.WithdrawPoll("water.3", "nobody had heard it"))
    return story


def questions() -> Story:
    """The audience asks: one question is shown, taken off, shown again, answered; another becomes a finding, twice."""
    rules = Rules(questions=Questions.MODERATED)
    story = Story(small_plan(code="questions", mode=Mode.COMMENTS, rules=rules), tick=minutes(1)).opens()
    story.does(chooses(), c.WithdrawQuestion(ROADS, "it named a person"), chooses(text="When will the road be lit?"))
    story.does(c.HoldScene(), answers(answer="Before winter."), c.CueScene(SceneKind.QUESTION, question=ROADS))
    story.does(chooses("question-two", unit=""), answers("question-two", unit=""))
    story.does(
        hands_over("question-two", "finding-mistaken", "court"), c.WithdrawFinding("finding-mistaken", "", BUREAU)
    )
    story.does(hands_over("question-two", "finding-two", "water"), hands_over(finding="finding-roads"))
    story.does(c.MergeFindings("finding-two", ("finding-roads",), BUREAU), handed_over("finding-two"))
    return story.does(c.DirectDisplay("left", cue="question", question=ROADS))


def composites() -> Story:
    """Two classes of units; a part from a file, one corrected, one missing; announced, withdrawn, announced again."""
    grades = CompositeGrade("先进", Decimal(75), Decimal(50)), CompositeGrade("达标", Decimal(60))
    units = tuple(replace(unit, of_class="boards" if unit.id == "school" else "offices") for unit in small_plan().units)
    joined = replace(joining(Mode.POINTS), grades=grades, due=date(2026, 12, 1))
    plan = replace(small_plan(code="composites", units=units, composite=joined), rules=Rules(trim_from=3))
    story = Story(plan, tick=minutes(1)).opens()
    for item, row in zip(story.meeting.presentations, ((50, 30), (60, 40), (40, 20)), strict=True):
        seats = [seat.id for seat in story.meeting.entitled(item.unit or "")]
        plays_round(story.goes_to(item.id), item.id, dict.fromkeys(seats, row)).does(c.RevealResult(item.id))
    votes = {"water": Decimal("97.75"), "court": Decimal(80), "school": Decimal("66.5")}
    story.does(c.EnterPart("vote", votes, "the clerk"), c.FinishMeeting()).waits(4 * 24 * 60)
    daily = {"water": Decimal(19), "court": Decimal("17.85")}
    story.does(c.EnterPart("daily", daily, "the clerk", "日常考核.xlsx", "ab" * 32), c.AnnounceComposites(("school",)))
    story.does(c.WithdrawComposites("a row was misread"))
    story.does(c.CorrectPart("vote", "water", Decimal("97.25"), "the head", "misread"))
    return story.does(c.AnnounceComposites(("school",)))


def checked() -> Story:
    """Nothing is told before the supervisor has looked at it: a result, and what the parts come to, twice."""
    plan = small_plan(code="checked", composite=joining(Mode.POINTS), rules=Rules(trim_from=3, checked=True))
    story = Story(plan, tick=minutes(1)).opens().goes_to("report-water")
    seats = [seat.id for seat in story.meeting.entitled("water")]
    plays_round(story, "report-water", dict.fromkeys(seats, (50, 30)))
    story.does(checks(story, "report-water"), c.RevealResult("report-water"))
    story.does(c.EnterPart("vote", {"water": Decimal("97.75")}, "the clerk"))
    story.does(c.EnterPart("daily", {"water": Decimal(19)}, "the clerk", "日常考核.xlsx", "ab" * 32))
    story.does(c.CheckComposites(digest_of_composites(story.meeting)))
    story.does(c.CorrectPart("vote", "water", Decimal("97.25"), "the head", "misread"))
    story.does(c.CheckComposites(digest_of_composites(story.meeting)))
    return story.does(c.AnnounceComposites(("court", "school")))


def promises() -> Story:
    """The panel judges last year's promises: one seat changes its word, one leaves; told, withdrawn, told again."""
    story = Story(judged_plan(code="promises"), tick=minutes(1)).opens().goes_to("report-water")
    story.does(
        *all_say(), judges("eve", 1, NOT_KEPT), judges("eve", 1, LARGELY), c.EraseJudgement("report-water", "eve", 1)
    )
    story.does(c.Recuse("report-water", "dan", "a cousin"))
    plays_round(story, "report-water", dict.fromkeys(("ann", "ben", "cat", "eve"), (50, 30)))
    story.does(c.RevealResult("report-water"), c.WithdrawReveal("report-water", "a sheet was misread"))
    story.does(correction(story.meeting, "report-water", "eve", 40, 30))
    return story.does(c.RevealResult("report-water"))


def reports() -> Story:
    """What units handed in for the panel is opened to society, and one of them closed again."""
    digest = hashlib.sha256(CONTENT).hexdigest()
    report, table = (Attachment(f"attachment-{name}", f"{name}.pdf", len(CONTENT), digest) for name in ("one", "two"))
    water, *others = small_plan().units
    plan = small_plan(code="reports", mode=Mode.COMMENTS, units=(replace(water, attachments=(report, table)), *others))
    both, one = (report.id, table.id), (table.id,)
    return opened(plan).does(c.ShowReports(both, "the bureau"), c.ShowReports(one, "the bureau"))


def reported() -> Story:
    """A unit reports on how two findings were put right, in the middle and at the end; of a third it comes on paper."""
    story = opened(small_plan(code="reported", mode=Mode.COMMENTS))
    for unit, finding in (("water", "finding-1"), ("water", "finding-2"), ("court", "finding-3")):
        story.does(drafted(finding, unit), handed_over(finding), c.SignFor(unit, (finding,), "the office"))
    both = ("finding-1", "finding-2")
    story.does(c.HandInReport("water", both, "Plans are being written", "the office")).waits(30 * 24 * 60)
    story.does(c.HandInReport("water", both[:1], "The rules hang on the wall", "the office"))
    return story.does(c.EnterReport(("finding-3",), date(2023, 12, 15), BUREAU))


PLAYED: dict[str, Callable[[], Story]] = {
    "points-2023": lambda: whole_meeting(shipped("demo")),
    "levels-2023": lambda: whole_meeting(shipped("levels")),
    "composites-2026": composites,
    "checked-2026": checked,
    "polls-2026": polls,
    "ballots-2026": lambda: recountable("ballots"),
    "questions-2026": questions,
    "comments-2023": lambda: whole_meeting(shipped("comments")),
    "findings-2026": lambda: put_right(whole_meeting(small_plan(code="findings"))),
    "reports-2026": reports,
    "promises-2026": promises,
    "reported-2026": reported,
    "weighted-2023": lambda: whole_meeting(weighted()),
    "devices-2026": devices,
    "digests-2026": devices,  # what is new is the chain
    "drawn-2023": lambda: whole_meeting(replace(shipped("comments"), order=Order.DRAWN)),
    "passed-2026": passed,
    "script-2026": lambda: whole_meeting(small_plan(code="script")),
    "script-of-comments-2026": lambda: whole_meeting(small_plan(code="script-of-comments", mode=Mode.COMMENTS)),
}


def log_of(name: str) -> Path:
    return FOLDER / f"{name}.log.jsonl"


def outcome_of(name: str) -> Path:
    return FOLDER / f"{name}.outcome.json"


BALLOTS = FOLDER / "ballots-2026.ballots.json"
"""Of the one meeting in which somebody voted; its ballots and the key of its slips are in ``tests/polled.py``."""


def vote(connection: Connection) -> None:
    for poll, ballots in CAST.items():
        put(connection, "ballots", poll, ballots)


def outcome(connection: Connection, meeting: Meeting, seal: str) -> dict[str, Any]:
    """What a meeting came to: seals, ranking, results and every row that people query."""
    results = [result_of(meeting, round) for round in meeting.rounds.values()]
    said = {
        "seal": seal,
        "rule_seal": meeting.seal,
        "ranking": [[each.rank, each.result.unit, each.result.score] for each in ranking(meeting, results)],
        "composites": {each.unit: asdict(each) for each in composites_of(meeting)},
        "results": {each.round: _result(each) for each in results},
        "tables": {table.name: _columns_and_rows(connection, table) for table in map(table_of, READ_TABLES)},
    }
    plain: dict[str, Any] = json.loads(json.dumps(said, default=str))
    return plain


def _columns_and_rows(connection: Connection, table: sa.Table) -> list[list[Any]]:
    """The names of the columns, then the rows."""
    columns = [column.name for column in table.columns]
    return [columns, *([row[name] for name in columns] for row in rows_of(connection, table))]


def _result(result: Result) -> dict[str, Any]:
    turnout = {name: getattr(result.turnout, name) for name in result.turnout.__slots__}
    return {
        "outcome": result.outcome,
        "score": result.score,
        "grade": result.grade,
        "approval": result.approval,
        "turnout": turnout,
        "criteria": {each.criterion: each.shown for each in result.criteria},
        "groups": {each.group: each.shown for each in result.groups},
        "levels": {each.level.name: each.sheets for each in result.levels},
        "totals": sorted([sheet.receipt, str(sheet.total), sheet.dropped] for sheet in result.sheets),
    }


def readable(said: dict[str, Any]) -> str:
    """JSON with a line for each result and each row."""
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return re.sub(r"\n {4,}|\n {3}(?=[]}])", "", text) + "\n"


# --- writing a new one ------------------------------------------------------------------------------------------------


def main(name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"{folder}/kaimen.db")
        database.create()
        story = PLAYED[name]()
        with database.writing() as connection:
            contents.keep(connection, CONTENT)
        record(database, story)
        if story.meeting.plan.code == "ballots":
            with database.writing() as connection:
                vote(connection)
        code = story.meeting.plan.code
        with database.reading() as connection:
            proceedings = with_ballots(connection, proceedings_of(connection, code))
            lines, ballots = log_file(proceedings).decode(), ballots_file(proceedings).decode()
            said = outcome(connection, story.meeting, list(log.load(connection, code))[-1].seal)
        database.close()
    for path, text in (
        (log_of(name), lines),
        (outcome_of(name), readable(said)),
        *([(BALLOTS, ballots)] if proceedings.ballots else []),
    ):
        with path.open("x", encoding="utf-8") as file:  # x: what is there already stays
            file.write(text)


if __name__ == "__main__":
    main(*sys.argv[1:])
