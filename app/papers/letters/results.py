"""The results as letters have them: all of them for who signs, and as the hall was told them for everybody else."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from app.language.sealed import say_rule
from app.meeting.comments.state import CommentKind
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Plan
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import total_of
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.reckoning import result_of
from app.meeting.scoring.result import Result
from app.meeting.sealing import said_of_rules
from app.meeting.telling import told
from app.meeting.titles import lines_of
from app.papers.folder.proceedings import Proceedings
from app.papers.letters import names
from app.papers.letters.joined import joined_for_signature
from app.papers.letters.saying import date_in, listed, time_in
from app.papers.wording import LANGUAGE, word

UPRIGHT_TITLE, SIDEWAYS_TITLE = 11, 20
MOST_COLUMNS = 11
"""Of seats, beside one another on a sheet that lies sideways."""
DROPPED = {"high": "↑", "low": "↓", "": ""}


def in_common(record: Proceedings, room: int = UPRIGHT_TITLE) -> dict[str, Any]:
    """What every letter may name. ``room``: how many characters of the meeting's name fit into a line of the title."""
    meeting = record.meeting
    plan = meeting.plan
    began, ended = meeting.opened_at or plan.starts_at, meeting.finished_at or record.at
    return {
        "会议名称": plan.name,
        "会议标题": _in_title(plan, room),
        "主办单位": listed(plan.organisers),
        "地点": plan.place,
        "日期": date_in(meeting, began),
        "开始": time_in(meeting, began),
        "结束": time_in(meeting, ended),
        "成文日期": date_in(meeting, record.at),
        "末条序号": str(record.number),
        "末条封码": record.seal,
        "规则封存码": meeting.seal,
        "是彩排": plan.is_rehearsal,
        "打分制": plan.mode is Mode.POINTS,
        "等次制": plan.mode is Mode.LEVELS,
        "单位数": str(len(units_of(meeting))),
        "席位数": str(len(plan.seats)),
    }


def _in_title(plan: Plan, room: int) -> str:
    """A title is broken by its sense: after the name, and within it where the organiser says so."""
    fits = sum(1 if ord(each) > 0xFF else 0.5 for each in plan.name) <= room
    return plan.name if fits else "\n".join([*lines_of(plan.title), ""])


def units_of(meeting: Meeting) -> list[str]:
    """Those that have reported, in that order."""
    runs = meeting.agenda.runs
    return [
        each.unit
        for each in meeting.presentations
        if each.unit and (each.id in meeting.rounds or (runs[each.id].has_begun and not runs[each.id].skipped))
    ]


def summary(record: Proceedings) -> names.Summary:
    meeting = record.meeting
    results = [result_of(meeting, each) for each in meeting.closed_rounds]
    seats = meeting.plan.seats if len(meeting.plan.seats) <= MOST_COLUMNS else ()
    rows = [
        names.ScoreRow(**_as_given(row), 各席=[_given(meeting, result, seat.id) for seat in seats])
        for row, result in zip(rows_of(meeting, results, with_ranks=True), results, strict=True)
    ]
    return names.Summary(
        **in_common(record, SIDEWAYS_TITLE),
        **columns_of(rows),
        **joined_for_signature(meeting),
        席位=[seat.label for seat in seats],
        结果=rows,
        计分办法=[say_rule(each, LANGUAGE) for each in said_of_rules(meeting.plan)],
        有去掉=any(sheet.dropped for result in results for sheet in result.sheets) and bool(seats),
    )


def _as_given(row: names.ResultRow) -> dict[str, Any]:
    return {each.name: getattr(row, each.name) for each in fields(row)}


def _given(meeting: Meeting, result: Result, seat: str) -> str:
    """What a seat's sheet came to; of a sheet that does not count, why not."""
    round = meeting.rounds[result.round]
    counted = next((each for each in result.sheets if each.seat == seat), None)
    if counted is None:
        version = round.sheet(seat).current
        if version is None or result.unit in meeting.seat(seat).recusals:
            return standing_of(meeting, round, seat)
        return marked(meeting, version.marks)
    return marked(meeting, counted.marks) + DROPPED[counted.dropped]


def marked(meeting: Meeting, marks: Any) -> str:
    """The total of a sheet, or its level."""
    if meeting.plan.mode is Mode.LEVELS:
        return level_of(meeting, meeting.plan.criteria[0].id, marks)
    return str(total_of(meeting.plan, marks))


def level_of(meeting: Meeting, criterion: str, marks: Any) -> str:
    points = marks.get(criterion)
    return meeting.criterion(criterion).level_name(points) or ("" if points is None else str(points))


def standing_of(meeting: Meeting, round: Round, seat: str) -> str:
    standing = "recused" if round.unit in meeting.seat(seat).recusals else round.sheet(seat).standing
    return word(f"standing.{standing}")


def rows_as_told(meeting: Meeting) -> list[names.ResultRow]:
    """What was announced in the hall, and as it was told there."""
    results = [result_of(meeting, each) for each in meeting.revealed_rounds]
    rows = rows_of(meeting, results, with_ranks=meeting.plan.rules.ranks_told)
    if not all(told(meeting.plan, each) is each for each in results):
        rows = [replace(row, 得分="", 各等次="", 优良率="") for row in rows]
    return rows


def rows_of(meeting: Meeting, results: Sequence[Result], with_ranks: bool) -> list[names.ResultRow]:
    ranks = {each.result.round: str(each.rank) for each in ranking(meeting, list(results))} if with_ranks else {}
    return [
        names.ResultRow(
            序号=str(number),
            单位=meeting.unit(each.unit).name,
            简称=meeting.unit(each.unit).short_name,
            应评=str(each.turnout.entitled),
            计入=str(each.turnout.counted),
            得分="" if each.score is None else str(each.score),
            等次=each.grade,
            名次=ranks.get(each.round, ""),
            各等次=listed(f"{count.level.name}{count.sheets}" for count in each.levels),
            优良率="" if each.approval is None else f"{each.approval}%",
            说明="" if each.is_scored else word(f"outcome.{each.outcome}"),
        )
        for number, each in enumerate(results, start=1)
    ]


def columns_of(rows: Iterable[names.ResultRow]) -> dict[str, Any]:
    """Which columns have something in them."""
    found = Counter(name for row in rows for name, value in _as_given(row).items() if value)
    there = {f"有{name}": bool(found[name]) for name in ("得分", "等次", "名次", "各等次", "说明")}
    return {"有结果": bool(found["序号"]), **there}


def comments_told(meeting: Meeting) -> dict[str, Any]:
    """How many comments the hall has seen, by kind."""
    kinds = Counter(each.kind for each in meeting.comments.values() if each.is_released)
    return {
        "点评数": str(kinds.total() or ""),
        "亮点数": str(kinds[CommentKind.HIGHLIGHT]),
        "问题数": str(kinds[CommentKind.PROBLEM]),
        "建议数": str(kinds[CommentKind.SUGGESTION]),
    }
