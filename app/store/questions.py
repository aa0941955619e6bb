"""Questions of the audience, as rows: asked, moderated, wanted by others too; counted from rows, never incremented.

What a moderator has not approved is read by two questions alone, ``moderated`` and ``of_device``: nobody else's door
asks them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.questions.mending import must_be_a_mending
from app.meeting.questions.state import PUBLIC, Asked, Reason, Standing
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.store.rows import lock, unless_there
from app.store.tables import QuestionRow, UpvoteRow, table_of

MOST_WAITING = 3
"""Of one device at a time, until a moderator has looked at them."""
MOST_OF_DEVICE = 20
MOST_OF_MEETING = 5000
"""Besides those that were archived: whoever floods a meeting does not end the asking of all others."""
MOST_ROWS = 50_000

_QUESTIONS, _UPVOTES = table_of(QuestionRow), table_of(UpvoteRow)


@dataclass(frozen=True, slots=True)
class NewQuestion:
    meeting: str
    id: str
    unit: str
    text: str
    device: str
    standing: Standing = Standing.WAITING


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A row with what belongs to it. ``merged``: the original texts of those that are part of it."""

    id: str
    unit: str
    text: str
    original: str
    standing: Standing
    reason: str
    merged_into: str
    asked_at: datetime
    upvotes: int = 0
    merged: tuple[str, ...] = ()

    @property
    def is_mended(self) -> bool:
        return self.text != self.original


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which questions: of these standings, with this in their text, of this unit (``all``: asked of all units)."""

    standings: Sequence[Standing]
    text: str = ""
    unit: str = ""
    by_upvotes: bool = False


# --- asking -----------------------------------------------------------------------------------------------------------


def ask(connection: Connection, question: NewQuestion, now: datetime) -> None:
    """Once, however often it is sent. Raises Refused where a device has asked as much as it may."""
    of = _QUESTIONS.c.meeting == question.meeting
    if connection.scalar(sa.select(_QUESTIONS.c.question).where(of, _QUESTIONS.c.question == question.id)):
        return
    lock(connection, f"asks\n{question.meeting}\n{question.device}")
    own = sa.and_(of, _QUESTIONS.c.device == question.device)
    waiting = _number(connection, own, _QUESTIONS.c.standing == Standing.WAITING)
    refuse_if(waiting >= MOST_WAITING, "question.wait", most=MOST_WAITING)
    refuse_if(_number(connection, own) >= MOST_OF_DEVICE, "question.enough", most=MOST_OF_DEVICE)
    is_about = _QUESTIONS.c.standing != Standing.ARCHIVED
    is_full = _number(connection, of, is_about) >= MOST_OF_MEETING or _number(connection, of) >= MOST_ROWS
    refuse_if(is_full, "questions.too_many")
    row = {name: getattr(question, name) for name in ("meeting", "unit", "text", "device", "standing")}
    kept = {"question": question.id, "original": question.text, "asked_at": now}
    nothing = {"reason": "", "merged_into": "", "moved_at": None, "moved_with": ""}
    unless_there(connection, _QUESTIONS, row | kept | nothing)


def upvote(connection: Connection, meeting: str, question: str, voter: str) -> None:
    """Once for each voter. Raises Refused of a question that nobody may read, as of one that there is not."""
    refuse_unless(_there(connection, meeting, question) in PUBLIC, "question.unknown")
    unless_there(connection, _UPVOTES, {"meeting": meeting, "question": question, "voter": voter})


# --- moderating -------------------------------------------------------------------------------------------------------


def approve(connection: Connection, meeting: str, id: str, now: datetime, key: str) -> None:
    """From waiting, or back from the archive. One that was approved or answered stays as it is."""
    if _there(connection, meeting, id) in (Standing.WAITING, Standing.ARCHIVED):
        _move(connection, meeting, id, now, key, standing=Standing.APPROVED, reason="")


def archive(connection: Connection, meeting: str, id: str, reason: Reason, now: datetime, key: str) -> None:
    refuse_if(_there(connection, meeting, id) is Standing.MERGED, "question.merged")
    _move(connection, meeting, id, now, key, standing=Standing.ARCHIVED, reason=reason)


def restore(connection: Connection, meeting: str, id: str, now: datetime, key: str) -> None:
    """Back to those that wait, from the archive or out of the question that it was made part of."""
    if _there(connection, meeting, id) in (Standing.ARCHIVED, Standing.MERGED):
        _move(connection, meeting, id, now, key, standing=Standing.WAITING, reason="", merged_into="")


def merge(connection: Connection, meeting: str, into: str, ids: Iterable[str], now: datetime, key: str) -> None:
    """Those become part of one that stays, with what was part of them. Their own words are kept."""
    stays = _there(connection, meeting, into)
    refuse_if(stays in (Standing.MERGED, Standing.ARCHIVED), "question.merge_into")
    others = [id for id in dict.fromkeys(ids) if id != into]
    refuse_unless(bool(others), "question.merge_none")
    for id in others:
        refuse_if(_there(connection, meeting, id) is Standing.ANSWERED, "question.merge_answered")
        part_of_it = (_QUESTIONS.c.meeting == meeting) & (_QUESTIONS.c.merged_into == id)
        connection.execute(sa.update(_QUESTIONS).where(part_of_it).values(merged_into=into))
        _move(connection, meeting, id, now, key, standing=Standing.MERGED, reason="", merged_into=into)


def mend(connection: Connection, meeting: str, id: str, text: str, now: datetime, key: str) -> None:
    """Put typing errors right; the original is kept."""
    row = _row(connection, meeting, id)
    must_be_a_mending(row.original, text)
    _move(connection, meeting, id, now, key, text=text)


# --- reading ----------------------------------------------------------------------------------------------------------


def moderated(connection: Connection, meeting: str, wanted: Wanted, first: int, most: int) -> list[AskedQuestion]:
    """For whoever moderates: of any standing, those merged into a question with it."""
    found = _page(connection, meeting, wanted, first, most)
    originals = _originals(connection, meeting, [each.id for each in found])
    return [replace(each, merged=originals.get(each.id, ())) for each in found]


def number_of(connection: Connection, meeting: str, wanted: Wanted) -> int:
    return _number(connection, *_conditions(meeting, wanted))


def numbers(connection: Connection, meeting: str) -> dict[str, int]:
    """How many there are of each standing."""
    query = sa.select(_QUESTIONS.c.standing, sa.func.count().label("number")).where(_QUESTIONS.c.meeting == meeting)
    return {each.standing: each.number for each in connection.execute(query.group_by(_QUESTIONS.c.standing))}


def public(connection: Connection, meeting: str, by_upvotes: bool, first: int, most: int) -> list[AskedQuestion]:
    """What everybody may read, in the words as they were mended."""
    return _page(connection, meeting, Wanted(PUBLIC, by_upvotes=by_upvotes), first, most)


def public_ones(connection: Connection, meeting: str, ids: Sequence[str]) -> dict[str, AskedQuestion]:
    """Of these the ones that everybody may read, by id."""
    query = _listed(meeting).where(*_conditions(meeting, Wanted(PUBLIC)), _QUESTIONS.c.question.in_(ids))
    return {row.question: _asked(row) for row in connection.execute(query)} if ids else {}


def of_device(connection: Connection, meeting: str, device: str) -> list[AskedQuestion]:
    """What a device has asked itself, the latest first."""
    query = _listed(meeting).where(_QUESTIONS.c.meeting == meeting, _QUESTIONS.c.device == device)
    return [_asked(row) for row in connection.execute(query.order_by(_QUESTIONS.c.asked_at.desc()))]


def wanted_by(connection: Connection, meeting: str, voter: str, ids: Sequence[str]) -> set[str]:
    """Of these the ones that somebody wants to know."""
    of = _UPVOTES.c.meeting == meeting, _UPVOTES.c.question.in_(ids), _UPVOTES.c.voter == voter
    return set(connection.scalars(sa.select(_UPVOTES.c.question).where(*of)))


# --- beside the log ---------------------------------------------------------------------------------------------------


def with_row(connection: Connection, meeting: str, command: c.Command) -> c.Command:
    """A command about a question with its row, as it stands in this transaction."""
    if not isinstance(command, c.ChooseQuestion | c.AnswerQuestion | c.HandOverQuestion):
        return command
    query = _listed(meeting).where(_QUESTIONS.c.meeting == meeting, _QUESTIONS.c.question == command.question)
    row = connection.execute(query).one_or_none()
    if row is None:
        return replace(command, asked=None)
    return replace(command, asked=Asked(row.unit, row.text, row.upvotes, row.asked_at), standing=Standing(row.standing))


def follow(connection: Connection, meeting: str, events: Iterable[e.Event]) -> None:
    """What the log tells of questions is true of their rows, in the same transaction."""
    for event in events:
        match event:
            case e.QuestionAnswered():
                _move(connection, meeting, event.question, event.at, None, standing=Standing.ANSWERED)
            case e.QuestionWithdrawn():
                _move(connection, meeting, event.question, event.at, None, standing=Standing.ARCHIVED)


def _page(connection: Connection, meeting: str, wanted: Wanted, first: int, most: int) -> list[AskedQuestion]:
    query = _listed(meeting).where(*_conditions(meeting, wanted)).order_by(*_order(wanted))
    return [_asked(row) for row in connection.execute(query.offset(first).limit(most))]


def _listed(meeting: str) -> sa.Select[Any]:
    """Rows, each with how many devices want to know it, or one that is part of it.

    Of one that has no parts its own upvotes are counted, by their key: only where there are parts may one device stand
    for several of them.
    """
    part = _QUESTIONS.alias("part")
    in_parts = sa.select(_QUESTIONS.c.merged_into).where(
        _QUESTIONS.c.meeting == meeting, _QUESTIONS.c.merged_into != ""
    )
    is_of_parts = sa.or_(part.c.merged_into != "", part.c.question.in_(in_parts))
    root = sa.case((part.c.merged_into == "", part.c.question), else_=part.c.merged_into)
    is_for = (_UPVOTES.c.meeting == part.c.meeting) & (_UPVOTES.c.question == part.c.question)
    together = (
        sa.select(root.label("root"), sa.func.count(sa.distinct(_UPVOTES.c.voter)).label("number"))
        .select_from(part.outerjoin(_UPVOTES, is_for))  # SQLite would begin with all upvotes there are
        .where(part.c.meeting == meeting, is_of_parts)
        .group_by(sa.literal_column("root"))
        .subquery()
    )
    own = _UPVOTES.c.meeting == meeting, _UPVOTES.c.question == _QUESTIONS.c.question
    alone = sa.select(sa.func.count()).select_from(_UPVOTES).where(*own).correlate(_QUESTIONS).scalar_subquery()
    upvotes = sa.func.coalesce(together.c.number, alone).label("upvotes")
    joined = _QUESTIONS.outerjoin(together, together.c.root == _QUESTIONS.c.question)
    return sa.select(_QUESTIONS, upvotes).select_from(joined)


def _conditions(meeting: str, wanted: Wanted) -> list[sa.ColumnElement[bool]]:
    found = [_QUESTIONS.c.meeting == meeting, _QUESTIONS.c.standing.in_([*wanted.standings])]
    if wanted.text:
        texts = (_QUESTIONS.c.text, _QUESTIONS.c.original)
        found.append(sa.or_(*(each.icontains(wanted.text, autoescape=True) for each in texts)))
    if wanted.unit:
        found.append(_QUESTIONS.c.unit == ("" if wanted.unit == "all" else wanted.unit))
    return found


def _order(wanted: Wanted) -> list[sa.ColumnElement[Any]]:
    """The longest waiting first, but of what has been approved the latest; or what most want to know."""
    is_waiting = Standing.WAITING in wanted.standings
    by_time = _QUESTIONS.c.asked_at.asc() if is_waiting else _QUESTIONS.c.asked_at.desc()
    in_time: list[sa.ColumnElement[Any]] = [by_time, _QUESTIONS.c.question.asc()]
    return [sa.literal_column("upvotes").desc(), *in_time] if wanted.by_upvotes else in_time


def _originals(connection: Connection, meeting: str, ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
    query = sa.select(_QUESTIONS.c.merged_into, _QUESTIONS.c.original).where(
        _QUESTIONS.c.meeting == meeting, _QUESTIONS.c.merged_into.in_(ids)
    )
    found: dict[str, tuple[str, ...]] = {}
    for into, original in connection.execute(query.order_by(_QUESTIONS.c.asked_at)):
        found[into] = (*found.get(into, ()), original)
    return found


def _asked(row: sa.Row[Any]) -> AskedQuestion:
    names = ("unit", "text", "original", "reason", "merged_into", "asked_at", "upvotes")
    return AskedQuestion(row.question, standing=Standing(row.standing), **{name: getattr(row, name) for name in names})


def _number(connection: Connection, *conditions: sa.ColumnElement[bool]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(_QUESTIONS).where(*conditions)) or 0


def _row(connection: Connection, meeting: str, id: str) -> sa.Row[Any]:
    query = sa.select(_QUESTIONS).where(_QUESTIONS.c.meeting == meeting, _QUESTIONS.c.question == id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise Refused("question.unknown")
    return row


def _there(connection: Connection, meeting: str, id: str) -> Standing:
    return Standing(_row(connection, meeting, id).standing)


def _move(connection: Connection, meeting: str, id: str, now: datetime, key: str | None, **changes: str) -> None:
    moved = {**changes, "moved_at": now} | ({} if key is None else {"moved_with": key})
    of = (_QUESTIONS.c.meeting == meeting) & (_QUESTIONS.c.question == id)
    connection.execute(sa.update(_QUESTIONS).where(of).values(**moved))
