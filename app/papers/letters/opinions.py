"""What the hall has heard of each unit: its opinion, and the problems of all."""

from collections.abc import Sequence

from app.meeting.comments.state import CommentKind
from app.meeting.comments.summing_up import released_on
from app.meeting.meeting import Meeting
from app.papers.folder.proceedings import Proceedings
from app.papers.letters import names
from app.papers.letters.joined import joined_of_unit
from app.papers.letters.promises import promises_judged
from app.papers.letters.results import SIDEWAYS_TITLE, comments_told, in_common, units_of
from app.papers.letters.saying import NUMERALS, said
from app.papers.letters.votes import in_columns, votes_on


def opinion(record: Proceedings, unit: str, rows: Sequence[names.ResultRow]) -> names.Opinion:
    """The words of the panel as they were released, and its result as it was announced."""
    meeting = record.meeting
    told = meeting.unit(unit)
    row = next((each for each in rows if each.单位 == told.name), None)
    joined = joined_of_unit(meeting, unit)
    votes = in_columns(votes_on(meeting, unit))
    parts = _parts(meeting, unit, first=1 if row or joined or votes["测评"] else 0)
    return names.Opinion(
        **in_common(record),
        单位=told.name,
        简称=told.short_name,
        结果=_result(row) if row else "",
        得分=row.得分 if row else "",
        等次=row.等次 if row else "",
        名次=row.名次 if row else "",
        综合结果=joined,
        测评=votes["测评"],
        测评来源=votes["测评来源"],
        承诺评议=promises_judged(meeting, unit),
        部分=parts,
        有问题=bool(released_on(meeting, unit, CommentKind.PROBLEM)),
    )


def _result(row: names.ResultRow) -> str:
    facts = {"unit": row.简称, "entitled": row.应评, "counted": row.计入, "score": row.得分, "grade": row.等次}
    if row.说明:
        return said("letter.no_result", **facts, why=row.说明)
    parts = [
        said("letter.result_score", **facts) if row.得分 else "",
        said("letter.result_levels", levels=row.各等次, approval=row.优良率) if row.各等次 else "",
        said("letter.result_grade", **facts) if row.等次 else "",
        said("letter.result_rank", rank=row.名次) if row.名次 else "",
    ]
    told = "，".join(filter(None, parts))
    return said("letter.turnout", **facts) + (f"{told}。" if told else "")


def _parts(meeting: Meeting, unit: str, first: int) -> list[names.PartOfOpinion]:
    kinds = {kind: released_on(meeting, unit, kind) for kind in CommentKind}
    said_of = [(kind, comments) for kind, comments in kinds.items() if comments]
    return [
        names.PartOfOpinion(
            序号=NUMERALS[at],
            标题=said(f"letter.part_{kind}"),
            条目=[names.Point(序号=str(number), 内容=each.text) for number, each in enumerate(comments, start=1)],
        )
        for at, (kind, comments) in enumerate(said_of, start=first)
    ]


def problems(record: Proceedings) -> names.Problems:
    meeting = record.meeting
    found = [(unit, each) for unit in units_of(meeting) for each in released_on(meeting, unit, CommentKind.PROBLEM)]
    rows = [
        names.ProblemRow(
            序号=str(number), 单位=meeting.unit(unit).name, 简称=meeting.unit(unit).short_name, 问题=comment.text
        )
        for number, (unit, comment) in enumerate(found, start=1)
    ]
    return names.Problems(**in_common(record, SIDEWAYS_TITLE), 问题=rows, 问题数=comments_told(meeting)["问题数"])
