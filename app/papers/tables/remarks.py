"""问题清单 and all comments: what the hall was shown for everybody, everything with its seat for the file."""

from app.meeting.comments.state import Comment, CommentKind, CommentStanding
from app.meeting.meeting import Meeting
from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.plan.groups import written
from app.papers.results.seats import called
from app.papers.tables.table import Column, Table, Value, papers_of_table, time_told
from app.papers.wording import word

NUMBER, UNIT = Column("序号", "number", 6), Column("单位", "unit", 22)
KIND, GROUP, TEXT = Column("类型", "kind", 8), Column("类别", "group", 14), Column("内容", "text", 60)

TO_BE_ANSWERED = frozenset({CommentKind.PROBLEM, CommentKind.SUGGESTION})


def papers_of_remarks(record: Proceedings) -> list[Paper]:
    return [
        *papers_of_table(record, problems(record), "paper.problems_table", for_public=True),
        *papers_of_table(record, all_comments(record), "paper.all_comments"),
    ]


def problems(record: Proceedings) -> Table:
    """The problems and suggestions that were shown, unit by unit, in the order in which they were."""
    meeting = record.meeting
    shown = [each for each in _sorted(meeting) if each.is_released and each.kind in TO_BE_ANSWERED]
    rows: list[tuple[Value, ...]] = [
        (at, _unit(meeting, each), word(f"comment.{each.kind}"), _group(meeting, each), each.text)
        for at, each in enumerate(shown, start=1)
    ]
    return Table("问题清单", (NUMBER, UNIT, KIND, GROUP, TEXT), rows)


def all_comments(record: Proceedings) -> Table:
    meeting = record.meeting
    columns = (
        NUMBER,
        UNIT,
        Column("席位", "seat", 12),
        GROUP,
        KIND,
        TEXT,
        Column("原文", "original", 40),
        Column("状态", "standing", 12),
        Column("提交时间", "sent", 10),
        Column("发布时间", "released", 10),
    )
    rows: list[tuple[Value, ...]] = [
        (
            at,
            _unit(meeting, each),
            called(record, meeting.seat(each.seat)),
            _group(meeting, each),
            word(f"comment.{each.kind}"),
            each.text,
            each.original if each.is_edited else "",
            word(f"comment_standing.{each.standing}"),
            time_told(meeting, each.sent_at),
            time_told(meeting, each.released_at),
        )
        for at, each in enumerate(_sorted(meeting), start=1)
    ]
    return Table("点评全录", columns, rows)


def _sorted(meeting: Meeting) -> list[Comment]:
    """Unit by unit as they reported, as they were shown, then as they were sent; none that was taken back."""
    units = [item.unit for item in meeting.presentations]
    comments = [each for each in meeting.comments.values() if each.standing is not CommentStanding.TAKEN_BACK]
    return sorted(
        comments,
        key=lambda each: (
            units.index(each.unit) if each.unit in units else len(units),
            each.released_at is None,
            each.released_at or each.sent_at,
            each.id,
        ),
    )


def _unit(meeting: Meeting, comment: Comment) -> str:
    return meeting.unit(comment.unit).name


def _group(meeting: Meeting, comment: Comment) -> str:
    return written(meeting.plan.group(meeting.seat(comment.seat).group))
