"""What the phones were told of their questions, held against the record: each is there once, each is wanted by whom
was told so, and what was pressed at the desk is done."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from app.meeting.meeting import Meeting
from app.meeting.questions.state import Standing
from app.rehearsal.curious import Asked, Question
from app.rehearsal.question_desk import ENOUGH_TO_MERGE
from app.store import questions
from app.store.database import Database
from app.store.heads import load_head
from app.store.questions import AskedQuestion, Wanted
from app.store.tables import UpvoteRow, table_of

ALL = 100_000
PRESSED = ("approve_all", "merge", "choose", "answer", "hand_over")
"""What the desk does wherever there is enough to do it with."""

_UPVOTES = table_of(UpvoteRow)


@dataclass(frozen=True, slots=True)
class Questioned:
    """``lost``: questions that were acknowledged, and are not there once; ``surplus``: that are there, and were refused
    or never sent; ``miscounted``: that are wanted by others than were told so; ``undone``: presses at the desk that
    came to nothing. Of all of them there must be none, nor a refusal without words."""

    asked: Asked
    rows: int
    wanted: int
    presses: Counter[str]
    lost: tuple[str, ...]
    surplus: tuple[str, ...]
    miscounted: tuple[Question, ...]
    undone: tuple[str, ...]

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.surplus or self.miscounted or self.undone or self.asked.wordless)

    def as_json(self) -> dict[str, Any]:
        asked = self.asked
        return {
            "acked": len(asked.acked),
            "refused": len(asked.refused),
            "refusals": dict(asked.refusals.most_common()),
            "wordless": asked.wordless,
            "unsure": len(asked.unsure),
            "questions": self.rows,
            "lost": len(self.lost),
            "surplus": len(self.surplus),
            "wanted": self.wanted,
            "miscounted": len(self.miscounted),
            "desk": dict(self.presses.most_common()),
            "undone": list(self.undone),
            "shown": len(asked.shown),
        }


def questioned(database: Database, code: str, asked: Asked, presses: Counter[str]) -> Questioned:
    with database.reading() as connection:
        rows = questions.moderated(connection, code, Wanted([*Standing]), 0, ALL)
        voters = _voters(connection, code)
        head = load_head(connection, code)
    there = Counter(row.original for row in rows)
    told = Counter(asked.acked)
    may_be = told.keys() | asked.unsure
    return Questioned(
        asked=asked,
        rows=len(rows),
        wanted=sum(len(each) for each in voters.values()),
        presses=presses,
        lost=tuple(text for text in told if there[text] != 1),
        surplus=tuple(text for text, number in there.items() if text not in may_be or number > 1),
        miscounted=tuple(_miscounted(rows, voters, asked)),
        undone=tuple(_undone(rows, head.meeting if head else None, presses)),
    )


def _voters(connection: Connection, code: str) -> Mapping[Question, set[str]]:
    query = sa.select(_UPVOTES.c.question, _UPVOTES.c.voter).where(_UPVOTES.c.meeting == code)
    found: dict[Question, set[str]] = defaultdict(set)
    for question, voter in connection.execute(query):
        found[question].add(voter)
    return found


def _miscounted(rows: list[AskedQuestion], voters: Mapping[Question, set[str]], asked: Asked) -> Iterator[Question]:
    """The number that everybody reads, the rows that bear it out, and the phones that were told so: all the same.

    Of a question with others that are part of it, each device counts once.
    """
    parts: dict[Question, list[Question]] = defaultdict(list)
    for row in rows:
        parts[row.merged_into or row.id].append(row.id)
    for row in rows:
        if row.merged_into:
            continue
        told = {phone for part in parts[row.id] for phone in asked.wanted.get(part, ())}
        perhaps = told | {phone for part in parts[row.id] for phone in asked.perhaps_wanted.get(part, ())}
        found = {voter for part in parts[row.id] for voter in voters.get(part, ())}
        if not len(told) <= len(found) <= len(perhaps) or row.upvotes != len(found):
            yield row.id


def _undone(rows: list[AskedQuestion], meeting: Meeting | None, presses: Counter[str]) -> Iterator[str]:
    known = meeting.questions.values() if meeting else ()
    standings = Counter(row.standing for row in rows)
    done = {
        "approve_all": bool(standings[Standing.APPROVED] + standings[Standing.ANSWERED]),
        "archive_all": bool(standings[Standing.ARCHIVED]),
        "merge": bool(standings[Standing.MERGED]),
        "choose": any(each.chosen_at for each in known),
        "answer": any(each.answered_at for each in known),
        "hand_over": any(each.findings for each in known),
    }
    good = len(rows) - standings[Standing.ARCHIVED]
    expected = presses.keys() | set(PRESSED if good >= ENOUGH_TO_MERGE else ())
    return (each for each in sorted(expected) if not done[each])
