"""The letters of the second half: which can be made on a given day, and what stands in each."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import partial
from typing import Any

from app.meeting.findings.state import Deadlines, Finding, Stand
from app.meeting.findings.summing import Mark, Tally, sum_up
from app.meeting.meeting import Meeting
from app.papers.findings import telling
from app.papers.findings.counting import as_told
from app.papers.findings.reminding import Reminding, remindings_of
from app.papers.folder.proceedings import Proceedings
from app.papers.letters import names_of_findings as names
from app.papers.letters.results import SIDEWAYS_TITLE, in_common
from app.papers.letters.saying import date_of, listed
from app.papers.wording import word

_ON_THE_WAY_OUT = (Stand.ASKED, Stand.TO_VERIFY, Stand.VERIFIED, Stand.NOTICE, Stand.STRUCK_OFF)
_LONG_TITLE, _LINE_OF_ITS_OWN = 7, 0
"""How many characters of the meeting's name fit between those of a title, which are more here."""
_NOTHING_MORE = (Stand.WITHDRAWN, Stand.MERGED)


@dataclass(frozen=True, slots=True)
class Makeable:
    """A letter that can be made: in which ``form``, for ``unit`` (empty: for all), and how it is filled in.

    ``of`` tells it from others of its form in an address. ``number``: of its finding, or of the first of several.
    ``is_part``: all that it says stands in another one as well.
    """

    form: str
    of: str
    make: Callable[[], Any]
    unit: str = ""
    number: int = 0
    on: date | None = None
    is_part: bool = False


def makeable(record: Proceedings, day: date) -> list[Makeable]:
    """In the order in which they are needed. ``day``: as of when it is asked, and of which they are dated."""
    found = _Found(record, day)
    return [*found.handed_over(), *found.of_units(), *found.of_findings(), *found.of_all(), *found.reminders()]


@dataclass(frozen=True, slots=True)
class _Found:
    record: Proceedings
    day: date

    def handed_over(self) -> Iterator[Makeable]:
        """One for each unit and day; two where other terms held in the evening than in the morning."""
        together: dict[tuple[str, date, Deadlines], list[Finding]] = {}
        for each in self._issued:
            if each.handed_over_on and each.deadlines:
                together.setdefault((each.unit, each.handed_over_on, each.deadlines), []).append(each)
        for (unit, on, days), findings in together.items():
            first = findings[0].number
            make = partial(self._handover, findings, days)
            yield Makeable("handover", f"{unit}.{first}", make, unit, first, on)

    def of_units(self) -> Iterator[Makeable]:
        for unit in self._units:
            yield Makeable("findings", unit, partial(self._of_unit, unit, self._issued_to(unit), SIDEWAYS_TITLE), unit)
        for unit in self._units:
            yield Makeable("report", unit, partial(self._report, unit, self._issued_to(unit)), unit)

    def of_findings(self) -> Iterator[Makeable]:
        """All of a unit, a page or two for each; then each by itself, as it is signed."""
        for unit in self._units:
            asked = [each for each in self._issued_to(unit) if each.standing in _ON_THE_WAY_OUT]
            if len(asked) > 1:
                yield Makeable("approval", unit, partial(self._of_unit, unit, asked, _LONG_TITLE), unit)
            for each in asked:
                make = partial(self._of_unit, unit, [each], _LONG_TITLE)
                yield Makeable("approval", each.id, make, unit, each.number, is_part=len(asked) > 1)

    def of_all(self) -> Iterator[Makeable]:
        if not self.record.meeting.findings.issued:
            return
        yield Makeable("ledger", "", self._ledger)
        noticed: dict[tuple[date, date], list[Finding]] = {}
        for each in self._issued:
            began = telling.notice_began(self.record.meeting, each)
            if each.standing is Stand.NOTICE and began and each.notice_until:
                noticed.setdefault((began, each.notice_until), []).append(each)
        for (began, until), findings in noticed.items():
            of = f"{began.isoformat()}.{until.isoformat()}"
            yield Makeable("publicity", of, partial(self._publicity, findings, began, until), on=until)
        yield Makeable("progress", "", self._progress)

    def reminders(self) -> Iterator[Makeable]:
        for each in remindings_of(self.record.meeting, self.day):
            yield Makeable(each.form, each.unit, partial(self._reminder, each), each.unit)

    # --- what stands in each ------------------------------------------------------------------------------------------

    def _handover(self, findings: list[Finding], days: Deadlines) -> names.HandedOver:
        on = findings[0].handed_over_on
        return names.HandedOver(
            **self._with_findings(findings, _LONG_TITLE, _days(days)),
            **self._unit(findings[0].unit),
            交办日期=date_of(on) if on else "",
            送达时限=date_of(days.notice),
            退回时限=date_of(days.dispute),
            方案时限=date_of(days.plan),
            整改时限=date_of(days.rectification),
            报告时限=date_of(days.report),
        )

    def _of_unit(self, unit: str, findings: list[Finding], room: int) -> names.OfUnit:
        days = [each.due for each in findings]
        return names.OfUnit(**self._with_findings(findings, room, days), **self._unit(unit))

    def _ledger(self) -> names.WithFindings:
        findings = [
            each for unit in self._all_units for each in self.record.meeting.findings.issued if each.unit == unit
        ]
        days = [day for each in findings for day in (each.due, each.checkpoint, each.notice_until, each.look_back_on)]
        return names.WithFindings(**self._with_findings(findings, SIDEWAYS_TITLE, days))

    def _report(self, unit: str, findings: list[Finding]) -> names.Report:
        told: dict[str, Any] = as_told(sum_up(findings, self.day).whole)
        said = {each.name: told[each.name] for each in fields(names.Report) if each.name in told}
        days = [each.due for each in findings]
        return names.Report(**self._with_findings(findings, _LINE_OF_ITS_OWN, days), **self._unit(unit), **said)

    def _publicity(self, findings: list[Finding], began: date, until: date) -> names.Publicity:
        rows = [
            names.FindingForPublic(**self._public(at, each) | {"问题": telling.called(each)})
            for at, each in enumerate(findings, start=1)
        ]
        return names.Publicity(
            **self._common(_LONG_TITLE),
            问题=rows,
            问题数=str(len(rows)),
            公示起=date_of(began),
            公示止=date_of(until),
            日历说明=telling.note_on_days([until]),
        )

    def _progress(self) -> names.Progress:
        counts = {unit: sum_up(self._issued_to(unit), self.day).whole for unit in self._units}
        rows = [
            names.UnitRow(序号=str(at), **self._unit(unit), **as_told(tally))
            for at, (unit, tally) in enumerate(counts.items(), start=1)
        ]
        return names.Progress(
            **self._common(_LONG_TITLE),
            **as_told(sum_up(self._issued, self.day).whole),
            各单位=rows,
            逾期单位=self._with_some(counts, Mark.OVERDUE),
            重开单位=self._with_some(counts, Mark.REOPENED),
        )

    def _with_some(self, counts: Mapping[str, Tally], mark: Mark) -> str:
        unit = self.record.meeting.unit
        return listed(f"{unit(id).short_name}{tally[mark]}个" for id, tally in counts.items() if tally[mark])

    def _reminder(self, reminding: Reminding) -> names.Reminder:
        rows = [
            names.DueRow(
                序号=str(at),
                编号=str(each.finding.number),
                问题=telling.called(each.finding),
                应办=each.what,
                时限=telling.short(each.by),
                相差=each.difference,
            )
            for at, each in enumerate(reminding.due, start=1)
        ]
        last = reminding.last_day
        return names.Reminder(
            **self._common(_LONG_TITLE),
            **self._unit(reminding.unit),
            问题=rows,
            问题数=str(len(rows)),
            最后时限=date_of(last) if last else "",
            日历说明=telling.note_on_days([last, *(each.by for each in reminding.due)]),
        )

    # --- their parts --------------------------------------------------------------------------------------------------

    @property
    def _issued(self) -> list[Finding]:
        """Those that still stand: what was withdrawn is in the ledger alone."""
        return [each for each in self.record.meeting.findings.issued if each.standing not in _NOTHING_MORE]

    def _issued_to(self, unit: str) -> list[Finding]:
        return [each for each in self._issued if each.unit == unit]

    @property
    def _all_units(self) -> list[str]:
        return [unit.id for unit in self.record.meeting.plan.units]

    @property
    def _units(self) -> list[str]:
        there = {each.unit for each in self._issued}
        return [unit for unit in self._all_units if unit in there]

    def _common(self, room: int) -> dict[str, Any]:
        return {**in_common(self.record, room), "成文日期": date_of(self.day)}

    def _unit(self, unit: str) -> dict[str, Any]:
        told = self.record.meeting.unit(unit)
        return {"单位": told.name, "简称": told.short_name}

    def _with_findings(self, findings: list[Finding], room: int, days: list[date | None]) -> dict[str, Any]:
        return {
            **self._common(room),
            "问题": [self._row(at, each) for at, each in enumerate(findings, start=1)],
            "问题数": str(len(findings)),
            "日历说明": telling.note_on_days(days),
        }

    def _public(self, at: int, finding: Finding) -> dict[str, Any]:
        return {
            "序号": str(at),
            **self._unit(finding.unit),
            "编号": str(finding.number),
            "问题": finding.text,
            "类型": word(f"finding_kind.{finding.kind}"),
            "措施": finding.cure.measures if finding.cure else "",
            "进展": telling.progress_of(finding),
            "时限": telling.short(finding.due),
            "逾期": telling.late(finding, self.day),
        }

    def _row(self, at: int, finding: Finding) -> names.FindingRow:
        meeting, days = self.record.meeting, finding.deadlines
        return names.FindingRow(
            **self._public(at, finding),
            **_plan_of(finding),
            原文=telling.in_original_words(meeting, finding),
            类别=telling.raised_by(meeting, finding),
            各意见=[names.Originally(类别=each.group, 原文=each.text) for each in telling.origins(meeting, finding)],
            分类=telling.criterion_of(meeting, finding),
            标准=telling.standards_of(finding),
            各标准=_standards(finding),
            交办日期=telling.short(finding.handed_over_on),
            整改期限=date_of(finding.due) if finding.due else "",
            首次时限=telling.short(days.rectification) if days else "",
            佐证=telling.proofs_of(finding),
            状态=word(f"finding_standing.{finding.standing}"),
            核验=telling.verification_of(finding),
            现场=finding.on_site,
            公示=_notice(meeting, finding),
            异议数=str(len(finding.objections)) if finding.notice_until else "",
            销号日期=telling.short(finding.struck_off_on),
            备注=telling.remarks_of(finding, self.day),
        )


def _plan_of(finding: Finding) -> dict[str, Any]:
    cure, pledge = finding.cure, finding.pledge
    return {
        "原因": cure.cause if cure else "",
        "目标": cure.goal if cure else "",
        "领导": cure.leader if cure else "",
        "处室": cure.office if cure else "",
        "责任人": cure.person if cure else "",
        "完成时限": telling.short(cure.until) if cure else "",
        "承诺": f"{pledge.name}（{telling.short(pledge.dated)}）" if pledge else "",
    }


def _standards(finding: Finding) -> list[names.StandardOfFinding]:
    return [
        names.StandardOfFinding(
            序号=str(at),
            标准=each.text,
            佐证=telling.proofs_of(finding, each.id),
            形成日期=telling.dates_of_proofs(finding, each.id),
        )
        for at, each in enumerate(finding.standards, start=1)
    ]


def _notice(meeting: Meeting, finding: Finding) -> str:
    began = telling.notice_began(meeting, finding)
    return f"{telling.short(began)}至{telling.short(finding.notice_until)}" if began else ""


def _days(deadlines: Deadlines) -> list[date | None]:
    return [getattr(deadlines, each.name) for each in fields(Deadlines)]
