"""观众测评: of each vote how many ballots there were of each voice, and what was chosen where that has been shown.

Voices stand below each other and are added up nowhere: each share is of the ballots of its own voice.
"""

from collections.abc import Iterator

from app.language import Language, say
from app.language.choices import choice_name
from app.live.screens.polls import poll_told
from app.meeting.meeting import Meeting
from app.meeting.polls.state import Poll
from app.meeting.refusals import Said
from app.meeting.scoring.numbers import share_of
from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.results.formulas import Formula
from app.papers.results.page import Page
from app.papers.tables.table import HEADS, Column, Table, Value, papers_of_table
from app.papers.wording import word

TITLE = "观众测评"
COLUMNS = (
    Column("单位", "unit", 26),
    Column("第几次", "number", 8),
    Column("来源", "voice", 14),
    Column("票数", "ballots", 8),
    Column("选项", "choice", 16),
    Column("得票", "chosen", 8),
    Column("占比（%）", "share", 9),
    Column("说明", "standing", 30),
)
BALLOTS, CHOSEN = 3, 5


def papers_of_votes(record: Proceedings) -> list[Paper]:
    table = votes(record.meeting)
    return papers_of_table(record, table, "paper.votes", for_public=True) if table.rows else []


def votes(meeting: Meeting) -> Table:
    rows: list[tuple[Value, ...]] = []
    for poll in meeting.polls.values():
        if not poll.is_open:
            rows += _rows(meeting, poll, first=HEADS + 1 + len(rows))
    return Table(TITLE, COLUMNS, rows)


def _rows(meeting: Meeting, poll: Poll, first: int) -> list[tuple[Value, ...]]:
    head: tuple[Value, ...] = (meeting.unit(poll.unit).name, poll.number)
    count = poll.count.ballots if poll.count else {}
    standing = _standing(meeting, poll)
    refused: list[tuple[Value, ...]] = [
        (*head, word(f"voice.{each.voice}"), None, "未计入", each.number, None, say(Said(each.code), Language.CHINESE))
        for each in poll_told(meeting, poll).refused
    ]
    if not any(count.values()):
        return [(*head, "", 0, "", None, None, standing), *refused]
    cells = [cell for voice, ballots in count.items() for cell in _of_voice(meeting, poll, voice, ballots)]
    voted: list[tuple[Value, ...]] = [
        (
            *head,
            word(f"voice.{voice}"),
            ballots,
            *_share(first + at, choice, chosen, ballots, meeting.plan.rules.places),
            standing,
        )
        for at, (voice, ballots, choice, chosen) in enumerate(cells)
    ]
    return [*voted, *refused]


def _of_voice(meeting: Meeting, poll: Poll, voice: str, ballots: int) -> Iterator[tuple[str, int, str, int]]:
    if not poll.is_shown:
        yield voice, ballots, "", 0
        return
    for choice in meeting.plan.rules.choices:
        yield (
            voice,
            ballots,
            choice_name(meeting.plan.rules, choice, Language.CHINESE),
            poll.tally.get(voice, {}).get(choice, 0),
        )


def _share(row: int, choice: str, chosen: int, ballots: int, places: int) -> tuple[Value, Value, Value]:
    if not choice:
        return "", None, None
    chosen_at, ballots_at = Page.at(row, CHOSEN), Page.at(row, BALLOTS)
    half_up = f"INT(({200 * 10**places}*{chosen_at}+{ballots_at})/(2*{ballots_at})){f'/{10**places}' if places else ''}"
    return choice, chosen, Formula(half_up, share_of(chosen, ballots, places))


def _standing(meeting: Meeting, poll: Poll) -> str:
    if poll.is_withdrawn:
        return "已撤回"
    held_again = "" if meeting.poll_on(poll.unit) is poll else "此后重新测评"
    return held_again if poll.is_shown else "结果未公布"
