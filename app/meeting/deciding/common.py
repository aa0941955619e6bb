"""What every room of the rules asks: is the meeting open, does this exist, was something written."""

import re
import unicodedata

from app.meeting.plan import AgendaItem, Criterion, ItemKind, Seat, Unit
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.state import Comment, Meeting, Round

_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_NAME_OF_DISPLAY = re.compile(r"[\w-]{1,24}")

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a database or a document cannot hold (XML 1.0, 2.2): control characters, halves of characters."""

_TURNS = dict.fromkeys(range(0x202A, 0x202F))
"""What turns the direction of all that follows: nobody types it, and a comment read backwards says something else."""

_BLANKS = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0")
"""Letters and marks to Unicode, and nothing to everybody who looks."""
_UNSEEN = ("Cf", "Zs", "Zl", "Zp")

LONGEST_COMMENT = 2000
LONGEST_REASON = 200
LONGEST_NAME = 40
LONGEST_MESSAGE = 100


def must_be_open(meeting: Meeting) -> None:
    refuse_if(meeting.opened_at is None, "meeting.not_open")
    refuse_if(meeting.is_finished, "meeting.finished")


def the_item(meeting: Meeting, id: str) -> AgendaItem:
    refuse_unless(id in meeting.runs, "item.unknown")
    return meeting.item(id)


def the_unit(meeting: Meeting, id: str) -> Unit:
    refuse_unless(any(unit.id == id for unit in meeting.plan.units), "unit.unknown")
    return meeting.unit(id)


def the_seat(meeting: Meeting, id: str) -> Seat:
    refuse_unless(any(seat.id == id for seat in meeting.plan.seats), "seat.unknown")
    return meeting.seat(id)


def the_criterion(meeting: Meeting, id: str) -> Criterion:
    refuse_unless(any(criterion.id == id for criterion in meeting.plan.criteria), "criterion.unknown")
    return meeting.criterion(id)


def the_presentation(meeting: Meeting, id: str) -> tuple[AgendaItem, Unit]:
    refuse_unless(meeting.plan.is_scored, "mode.comments_only")
    item = the_item(meeting, id)
    if item.kind is not ItemKind.PRESENTATION or item.unit is None:
        raise Refused("round.not_a_presentation")
    return item, meeting.unit(item.unit)


def the_round(meeting: Meeting, id: str) -> Round:
    the_presentation(meeting, id)
    refuse_unless(id in meeting.rounds, "round.unknown")
    return meeting.rounds[id]


def the_comment(meeting: Meeting, id: str) -> Comment:
    refuse_unless(id in meeting.comments, "comment.unknown")
    return meeting.comments[id]


def the_display(name: str) -> str:
    refuse_unless(is_name_of_display(name), "display.no_name")
    return name


def is_name_of_display(name: str) -> bool:
    """Letters (of any script), digits, - and _, up to 24."""
    return _NAME_OF_DISPLAY.fullmatch(name) is not None


def unit_name(meeting: Meeting, round: Round) -> str:
    return meeting.unit(round.unit).short_name


def must_be_an_id(text: str) -> None:
    """Ids and salts that devices make go into pages and receipts: short, and of harmless characters."""
    refuse_unless(_ID.fullmatch(text) is not None, "id.malformed")


def the_reason(text: str) -> str:
    return _written(text, LONGEST_REASON, "reason.missing")


def the_author(text: str) -> str:
    return _written(text, LONGEST_NAME, "author.missing")


def the_text(text: str, most: int) -> str:
    return _written(text, most, "text.missing")


def is_writable(text: str) -> bool:
    """Whether a text can be kept, in every database and every document that is made of it."""
    return _UNWRITABLE.search(text) is None


def _written(text: str, most: int, missing: str) -> str:
    written = text.translate(_TURNS).strip()
    refuse_unless(any(map(_is_seen, written)), missing)
    refuse_if(len(written) > most, "text.too_long", most=most, length=len(written))
    refuse_if(not is_writable(written), "text.unwritable")
    return written


def _is_seen(character: str) -> bool:
    return character not in _BLANKS and unicodedata.category(character) not in _UNSEEN
