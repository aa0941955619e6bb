"""通报 and 公告: what the hall was told, for the units and for everybody."""

from app.papers.folder.proceedings import Proceedings
from app.papers.letters import names
from app.papers.letters.joined import joined_as_told
from app.papers.letters.minutes import has_come
from app.papers.letters.results import columns_of, comments_told, in_common, rows_as_told
from app.papers.letters.votes import in_columns, votes_that_count


def notice(record: Proceedings) -> names.Notice:
    meeting = record.meeting
    rows = rows_as_told(meeting)
    return names.Notice(
        **in_common(record),
        **columns_of(rows),
        **comments_told(meeting),
        **joined_as_told(meeting),
        **in_columns(votes_that_count(meeting)),
        结果=rows,
        实到=str(sum(has_come(meeting, seat) for seat in meeting.plan.seats)),
    )
