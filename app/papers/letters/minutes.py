"""会议纪要: who was there, how the meeting went, what was decided and put right."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.plan import Order, Seat
from app.meeting.timing import ItemTimes, timetable
from app.papers.folder.proceedings import Proceedings
from app.papers.letters import names
from app.papers.letters.joined import joined_as_told
from app.papers.letters.results import columns_of, comments_told, in_common, rows_as_told, units_of
from app.papers.letters.saying import called, date_in, group_of, introduced, listed, minutes_and_seconds, said, time_in
from app.papers.letters.votes import all_votes, in_columns
from app.papers.wording import word
from app.store.persons import Task

WORTH_TELLING = timedelta(minutes=1)
"""By how much an item must have been over its time."""


def minutes(record: Proceedings) -> names.Minutes:
    meeting = record.meeting
    rows = rows_as_told(meeting)
    here = {seat.id for seat in meeting.plan.seats if has_come(meeting, seat)}
    agenda = [_item(meeting, times, number) for number, times in enumerate(timetable(meeting), start=1)]
    untold = sum(not each.is_revealed for each in meeting.closed_rounds)
    return names.Minutes(
        **in_common(record),
        **columns_of(rows),
        **comments_told(meeting),
        **joined_as_told(meeting),
        **in_columns(all_votes(meeting)),
        出席=_attended(record, here),
        缺席=listed(
            called(seat.label, record.persons.at_seat(seat.id)) for seat in meeting.plan.seats if seat.id not in here
        ),
        报告人=[
            introduced(meeting.unit(unit).short_name, person)
            for unit in units_of(meeting)
            for person in [record.persons.of_unit(unit)]
            if person.name
        ],
        工作人员=[
            introduced(word(f"task.{task}"), person)
            for task in Task
            for person in [record.persons.with_task(task)]
            if person.name
        ],
        回避=list(_recusals(meeting)),
        应到=str(len(meeting.plan.seats)),
        实到=str(len(here)),
        报告顺序=_order(meeting),
        议程=agenda,
        有备注=any(each.备注 for each in agenda),
        结果=rows,
        未公布数=str(untold or ""),
        决定=_numbered(decisions(record)),
        更正=_numbered(corrections(record)),
    )


def has_come(meeting: Meeting, seat: Seat) -> bool:
    """Checked in, or seen to act: not every meeting checks its panel in."""
    sheets = (round.sheets.get(seat.id) for round in meeting.rounds.values())
    return (
        seat.id in meeting.panel.arrivals
        or any(sheet is not None and (sheet.versions or sheet.is_answered) for sheet in sheets)
        or any(comment.seat == seat.id for comment in meeting.comments.values())
    )


def _attended(record: Proceedings, here: set[str]) -> list[names.Attended]:
    meeting = record.meeting
    groups = meeting.plan.groups_among({seat.group for seat in meeting.plan.seats if seat.id in here})
    return [
        names.Attended(
            类别=group_of(meeting, group),
            席位=listed(
                called(seat.label, record.persons.at_seat(seat.id))
                for seat in meeting.plan.seats
                if seat.id in here and seat.group == group
            ),
        )
        for group in groups
    ]


def _recusals(meeting: Meeting) -> Iterator[str]:
    """Those set beforehand, then those declared in the meeting."""
    for seat in meeting.plan.seats:
        for unit in seat.recusals:
            yield _recusal(meeting, seat, unit, seat.reasons.get(unit, ""))
    for round in meeting.closed_rounds:
        for seat in meeting.entitled(round.unit):
            sheet = round.sheet(seat.id)
            if sheet.standing == "recused":
                yield _recusal(meeting, seat, round.unit, sheet.reason)


def _recusal(meeting: Meeting, seat: Seat, unit: str, why: str) -> str:
    what = said("letter.recusal", seat=seat.label, unit=meeting.unit(unit).short_name)
    return said("letter.because", what=what, why=why) if why else what


def _order(meeting: Meeting) -> str:
    draw = meeting.reporting.draw
    if draw is not None and draw.has_ended:
        return said("letter.order_drawn")
    return said(f"letter.order_{Order.TYPED if meeting.reporting.typed else Order.FIXED}")


def _item(meeting: Meeting, times: ItemTimes, number: int) -> names.AgendaRow:
    item, run = meeting.item(times.item), meeting.agenda.runs[times.item]
    planned = _from_to(meeting, times.planned_start, times.planned_start + item.planned)
    if run.skipped:
        note = said("letter.skipped", why=run.skip_reason)
    elif times.left_at and times.over >= WORTH_TELLING:
        note = said("letter.over", time=minutes_and_seconds(times.over))
    else:
        note = ""
    actual = _from_to(meeting, times.began_at, times.left_at or meeting.finished_at) if times.began_at else "—"
    return names.AgendaRow(序号=str(number), 议程=item.title, 计划=planned, 实际=actual, 备注=note)


def _from_to(meeting: Meeting, begins: datetime, ends: datetime | None) -> str:
    return f"{time_in(meeting, begins)}—{time_in(meeting, ends)}"


def _numbered(told: Iterator[str]) -> list[names.Point]:
    return [names.Point(序号=str(number), 内容=each) for number, each in enumerate(told, start=1)]


def decisions(record: Proceedings) -> Iterator[str]:
    meeting = record.meeting
    draw = meeting.reporting.draw
    if draw is not None and draw.has_ended:
        units = listed(meeting.unit(each).short_name for each in draw.drawn)
        yield said("letter.drawn", units=units, commitment=draw.commitment, seed=draw.seed, word=draw.word or "—")
    for entry in record.entries:
        match entry.event:
            case e.TieRuled(rounds, reason, author):
                units = listed(_unit(meeting, each) for each in rounds)
                yield said("letter.ruled", author=author, units=units, why=reason)
            case e.ItemSkipped(item, reason) if meeting.agenda.runs[item].skipped:
                yield said("letter.item_skipped", item=meeting.item(item).title, why=reason)


def corrections(record: Proceedings) -> Iterator[str]:
    """What was put right, and when; never with a mark."""
    meeting = record.meeting
    for entry in record.entries:
        if told := _correction(meeting, entry.event):
            at = entry.event.at
            yield said("letter.at", date=date_in(meeting, at), time=time_in(meeting, at), what=told)


def _correction(meeting: Meeting, event: e.Event) -> str:
    match event:
        case e.SheetCorrected(round, seat, version) if version.correction:
            one = version.correction
            return said("letter.sheet_corrected", **_of_sheet(meeting, round, seat), author=one.author, why=one.reason)
        case e.SheetVoided(round, seat, correction):
            facts = _of_sheet(meeting, round, seat)
            return said("letter.sheet_voided", **facts, author=correction.author, why=correction.reason)
        case e.RoundReopened(round, reason):
            return said("letter.reopened", unit=_unit(meeting, round), why=reason)
        case e.RevealWithdrawn(round, reason):
            return said("letter.withdrawn", unit=_unit(meeting, round), why=reason)
        case e.DrawCalledOff(reason=reason):
            return said("letter.draw_called_off", why=reason)
        case e.PartCorrected(part, unit, _, author, reason):
            name = next((each.name for each in meeting.plan.composite.parts if each.id == part), part)
            facts = {"part": name, "unit": meeting.unit(unit).short_name, "author": author}
            return said("letter.part_corrected", **facts, why=reason)
        case e.CompositesWithdrawn(reason):
            return said("letter.composites_withdrawn", why=reason)
        case e.PollWithdrawn(poll, reason):
            unit = meeting.unit(meeting.polls[poll].unit).short_name
            return said("letter.poll_withdrawn", unit=unit, number=meeting.polls[poll].number, why=reason)
        case e.MeetingContinued():
            return said("letter.continued")
    return ""


def _of_sheet(meeting: Meeting, round: str, seat: str) -> dict[str, str]:
    return {"seat": meeting.seat(seat).label, "unit": _unit(meeting, round)}


def _unit(meeting: Meeting, round: str) -> str:
    return meeting.unit(meeting.item(round).unit or "").short_name
