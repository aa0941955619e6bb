"""What every paper says of a finding in the same words: where it came from, where it stands, what befell it.

All of it is in Chinese. Of whoever raised it the group alone is named, never the seat.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.language.groups import AUDIENCE
from app.meeting.findings.asking import today
from app.meeting.findings.lateness import awaited, days_late, is_past, report_by
from app.meeting.findings.state import Finding, Party, Stand, Step
from app.meeting.meeting import Meeting
from app.papers.letters.saying import date_of, group_of, listed, said
from app.papers.wording import word
from app.workdays import last_known_day, published_until


@dataclass(frozen=True, slots=True)
class Origin:
    """What was said in the hall, as its author wrote it, and of which group that was."""

    text: str
    group: str


def origins(meeting: Meeting, finding: Finding) -> list[Origin]:
    """Empty for what the bureau has written of its own; questions of the audience come last."""
    comments = (meeting.comments[id] for id in finding.sources)
    asked = (meeting.questions[id] for id in finding.questions)
    return [
        *(Origin(each.original, group_of(meeting, meeting.seat(each.seat).group)) for each in comments),
        *(Origin(each.asked.text, group_of(meeting, AUDIENCE)) for each in asked),
    ]


def raised_by(meeting: Meeting, finding: Finding) -> str:
    groups = dict.fromkeys(each.group for each in origins(meeting, finding))
    return listed(groups) or word("party.bureau")


def in_original_words(meeting: Meeting, finding: Finding) -> str:
    """Several one below the other, each with its group."""
    found = origins(meeting, finding)
    if len(found) == 1:
        return found[0].text
    return "\n".join(f"{number}. {each.text}（{each.group}）" for number, each in enumerate(found, start=1))


def called(finding: Finding) -> str:
    """Its words where nothing beside them tells who raised it: what the audience asked is called so."""
    return f"{finding.text}（{word('scene.question')}）" if finding.is_of_audience else finding.text


def criterion_of(meeting: Meeting, finding: Finding) -> str:
    return meeting.criterion(finding.criterion).name if finding.criterion else ""


def standards_of(finding: Finding) -> str:
    return numbered(each.text for each in finding.standards)


def numbered(texts: Iterable[str]) -> str:
    """One below the other; a single one without its number."""
    found = list(texts)
    return found[0] if len(found) == 1 else "\n".join(f"{at}. {each}" for at, each in enumerate(found, start=1))


def unnumbered(line: str) -> str:
    """A line of a list without what it is numbered with: 1. （1） 1、 or a dash; not without what it begins to say."""
    return _NUMBER.sub("", line, count=1).strip()


_NUMBER = re.compile(r"^\s*(?:[（(]?\d{1,2}\s*[）)、]|\d{1,2}\s*[.．](?!\d)|\d{1,2}[.．](?=\d{4}年)|[-•·](?!\d))")
"""1.5米 begins with a number and -18℃ with a sign; 1.2026年 is number 1, of that year."""


def proofs_of(finding: Finding, standard: str = "") -> str:
    """The names of the files that count: of one standard one below the other, of all in one line."""
    if not standard:
        return "；".join(each.name for each in finding.standing_proofs)
    return numbered(each.name for each in finding.standing_proofs if standard in each.standards)


def dates_of_proofs(finding: Finding, standard: str) -> str:
    return numbered(short(each.dated) for each in finding.standing_proofs if standard in each.standards)


def progress_of(finding: Finding) -> str:
    """What the unit has said last of what it did."""
    steps = [each for each in finding.course if each.what in ("WorkReported", "StrikeOffAsked")]
    return steps[-1].text if steps else ""


def verification_of(finding: Finding) -> str:
    """Who looked at it last, with which opinion."""
    at = next((at for at, each in reversed([*enumerate(finding.steps)]) if each.what == "FindingVerified"), None)
    if at is None:
        return ""
    step, has_passed = finding.steps[at], _has_passed(finding, finding.steps[at + 1 :])
    return said("letter.verified" if has_passed else "letter.not_verified", author=step.author, opinion=step.text)


def _has_passed(finding: Finding, after: tuple[Step, ...]) -> bool:
    return finding.standing is Stand.VERIFIED or any(each.what == "NoticeGiven" for each in after)


def notice_began(meeting: Meeting, finding: Finding) -> date | None:
    """The day of the notice that runs, or that led to striking off."""
    steps = [each for each in finding.steps if each.what == "NoticeGiven"]
    return day_in(meeting, steps[-1]) if steps and finding.notice_until else None


def day_in(meeting: Meeting, step: Step) -> date:
    return today(meeting, step.at)


def late(finding: Finding, day: date) -> str:
    """How late it is to be put right; empty if it is not."""
    days = days_late(finding, day)
    return said("letter.days_late", days=days) if days else ""


def remarks_of(finding: Finding, day: date) -> str:
    return "；".join(_remarks(finding, day))


def _remarks(finding: Finding, day: date) -> Iterator[str]:
    """What befell it besides, as far as anything did: counted for ever."""
    if told := late(finding, day):
        yield told
    if finding.reported_on:
        yield said("letter.reported", day=date_of(finding.reported_on))
    elif is_past(report_by(finding), day):
        yield said("letter.report_late")
    if finding.granted_extensions and finding.deadlines:
        first = date_of(finding.deadlines.rectification)
        yield said("letter.extended", times=finding.granted_extensions, day=first)
    if finding.returns:
        yield said("letter.returned", times=finding.returns)
    if finding.reopenings:
        yield said("letter.reopened_times", times=finding.reopenings)
    if finding.standing is Stand.LONG_TERM and finding.checkpoint:
        yield said("letter.long_term", day=date_of(finding.checkpoint))
    if finding.looked_back_on:
        yield said("letter.looked_back", day=date_of(finding.looked_back_on))
    elif finding.look_back_on:
        yield said("letter.look_back", day=date_of(finding.look_back_on))


def short(day: date | None) -> str:
    """As it stands in a cell, where a dash would be taken for the end of a line."""
    return f"{day.year}.{day.month}.{day.day}" if day else ""


def what_is_due(finding: Finding) -> str:
    """What the unit has to do next; empty if nothing waits for it."""
    waits = awaited(finding, date.min)
    return word(f"due.{finding.standing}") if waits is not None and waits.party is Party.UNIT else ""


def note_on_days(days: Iterable[date | None]) -> str:
    """That the calendar of some of these days has not been published yet; empty if it has."""
    return said("letter.beyond_calendar", day=date_of(last_known_day())) if published_until(days) else ""
