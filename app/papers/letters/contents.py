"""The letters of a record: which there are in a meeting of its kind, and what each is called."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

from app.meeting.comments.state import CommentKind
from app.meeting.refusals import Refused
from app.papers.findings.reminding import ASKED_FOR
from app.papers.folder.paper import LETTER, Paper, file_name
from app.papers.folder.proceedings import Proceedings
from app.papers.letters.filling import filled
from app.papers.letters.findings import Makeable, makeable
from app.papers.letters.forms import FORMS, Form
from app.papers.letters.minutes import minutes
from app.papers.letters.notices import notice
from app.papers.letters.opinions import opinion, problems
from app.papers.letters.results import rows_as_told, summary, units_of
from app.papers.letters.sheets import sheets


def letters_of(record: Proceedings) -> list[Paper]:
    """None before the meeting is over: what a letter says is not true until then."""
    return list(_letters(record)) if record.meeting.is_finished else []


def _letters(record: Proceedings) -> Iterator[Paper]:
    meeting = record.meeting
    if meeting.closed_rounds:
        yield _paper(record, "summary", summary(record))
    yield _paper(record, "sheets", sheets(record))
    rows = rows_as_told(meeting)
    for number, unit in enumerate(units_of(meeting), start=1):
        name = f"评议意见书/{number:02}-{file_name(meeting.unit(unit).short_name)}"
        yield _paper(record, "opinion", opinion(record, unit, rows), name)
    if any(each.is_released and each.kind is CommentKind.PROBLEM for each in meeting.comments.values()):
        yield _paper(record, "problems", problems(record))
    yield _paper(record, "minutes", minutes(record))
    yield _paper(record, "circular", notice(record))
    yield _paper(record, "notice", notice(record), for_public=True)


def letters_of_findings(record: Proceedings) -> list[Paper]:
    """As of the last entry. Reminders are not among them: they are for the day on which they are sent."""
    made = makeable(record, record.at.date())
    return [letter_of(record, each) for each in made if each.form not in ASKED_FOR and not each.is_part]


def letter_of(record: Proceedings, made: Makeable) -> Paper:
    """None is for the public by itself: what offices wrote to one another stands in them until somebody signs."""
    return _paper(record, made.form, made.make(), _file_of(record, made))


def _file_of(record: Proceedings, made: Makeable) -> str:
    """Of one for all units its title; else below it the unit, and which of its letters it is."""
    title = FORMS[made.form].title
    plan, number = record.meeting.plan, made.number
    units = [
        f"{at:02}-{file_name(each.short_name)}" for at, each in enumerate(plan.units, start=1) if each.id == made.unit
    ]
    told = [*units, *([f"{number:02}"] if number else []), *([made.on.isoformat()] if made.on else [])]
    return f"整改/{title}/{'-'.join(told)}" if told else f"整改/{title}"


def _paper(record: Proceedings, name: str, letter: Any, file: str = "", for_public: bool = False) -> Paper:
    form, says, is_ours = FORMS[name], f"paper.{name}", name not in record.forms
    try:
        content = _filled(record, form, record.forms.get(name, form.content), letter)
    except Refused:  # however well it looked: what is filled in is not known beforehand, and an office needs its papers
        if is_ours:
            raise
        content, says, is_ours = _filled(record, form, form.content, letter), "paper.in_our_form", True
    return Paper(f"{file or form.title}.docx", LETTER, content, for_public, says, name if is_ours else "")


def _filled(record: Proceedings, form: Form, content: bytes, letter: Any) -> bytes:
    return filled(content, letter, form.file, _title(record, form), _at(record))


def _title(record: Proceedings, form: Form) -> str:
    return f"{form.title} {record.meeting.plan.name}"


def _at(record: Proceedings) -> str:
    return record.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
