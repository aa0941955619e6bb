"""The public picture of a whole meeting, as it stands after the last entry of its record, seen on a day."""

from datetime import date

from app.live.screens import composites, parts, promised, votes
from app.live.screens.results import board
from app.live.screens.results_contexts import ResultOfUnit
from app.live.views import Look, Viewer
from app.meeting.meeting import Meeting
from app.meeting.promises.counting import revealed_counts
from app.meeting.timing import ItemTimes, timetable
from app.papers.folder.proceedings import Proceedings
from app.papers.site.changes import changes_of, id_of
from app.papers.site.findings import counted, days_told, findings_shown, given_back
from app.papers.site.questions import questions_shown
from app.papers.site.shown import ItemShown, JoinedShown, MeetingShown, UnitShown
from app.workdays import published_until

ALL = 10_000
"""More comments than a meeting has."""


def picture_of_record(record: Proceedings, day: date | None = None) -> MeetingShown:
    """``day``: that of the last entry, unless another one is asked about."""
    return picture_of(record.meeting, record.number, record.seal, day or record.at.date())


def picture_of(meeting: Meeting, number: int, seal: str, day: date, edition: str = "") -> MeetingShown:
    """``number`` and ``seal``: of the last entry of the record; ``edition``: of the plan, for who keeps the picture."""
    plan, units = meeting.plan, _units(meeting, day)
    return MeetingShown(
        code=plan.code,
        name=plan.name,
        day=meeting.day,
        place=plan.place,
        organisers=plan.organisers,
        status=parts.status(meeting),
        is_rehearsal=plan.is_rehearsal,
        is_scored=plan.is_scored,
        full=f"{plan.full_score}",
        as_of=day,
        number=number,
        seal=seal,
        rule_seal=meeting.seal,
        rules=tuple(parts.rules_said(plan)) if meeting.seal else (),
        agenda=tuple(_item(meeting, each) for each in timetable(meeting)),
        units=units,
        counts=counted(meeting.findings.issued, day),
        voices=tuple(plan.rules.voices),
        changes=changes_of(meeting),
        feed_id=id_of(plan.code),
        edition=edition,
        questions=questions_shown(meeting, ""),
    )


def _units(meeting: Meeting, day: date) -> tuple[UnitShown, ...]:
    """As the page of the results tells of them; where nothing is scored, there is nothing to tell but comments."""
    told = board(Look(meeting))
    results = {each.unit_id: each for each in told.results if meeting.plan.is_scored}
    ranks = {each.unit: each.rank for each in told.units}
    return tuple(
        _unit(meeting, place, day, results.get(unit.id), ranks.get(unit.id))
        for place, unit in enumerate(meeting.plan.units, start=1)
    )


def _unit(meeting: Meeting, place: int, day: date, result: ResultOfUnit | None, rank: int | None) -> UnitShown:
    unit = meeting.plan.units[place - 1]
    return UnitShown(
        place=place,
        unit=unit,
        result=result,
        rank=rank,
        joined=_joined(meeting, unit.id),
        votes=votes.of_unit(meeting, unit),
        reports=tuple(each for each in unit.attachments if each.id in meeting.reports_shown),
        comments=tuple(reversed(parts.released_comments(meeting, ALL, unit.id))),
        findings=findings_shown(meeting, unit.id, day),
        given_back=given_back(meeting, unit.id),
        counts=counted(meeting.findings.of_unit(unit.id), day),
        questions=questions_shown(meeting, unit.id),
        promises=tuple(promised.listed(meeting, unit)) if revealed_counts(meeting, unit.id) else (),
        unpublished=published_until(day for each in meeting.findings.of_unit(unit.id) for day in days_told(each)),
    )


def _joined(meeting: Meeting, unit: str) -> JoinedShown | None:
    """Nobody but the staff sees composites before they are announced."""
    lists = composites.told(Look(meeting, Viewer(unit=unit))).lists
    row = next((each for of_class in lists for each in of_class.composites), None)
    return JoinedShown(row.score, row.grade, row.rank) if row else None


def _item(meeting: Meeting, times: ItemTimes) -> ItemShown:
    item = meeting.item(times.item)
    return ItemShown(
        kind=str(item.kind),
        title=parts.title_of(meeting, item),
        planned=parts.time_of_day(meeting, times.planned_start),
        began=parts.time_of_day(meeting, times.began_at),
        ended=parts.time_of_day(meeting, times.left_at),
        is_skipped=meeting.agenda.runs[item.id].skipped,
    )
