"""The public picture for programs: ``public.json`` with all of it, ``findings.csv`` for whoever reads tables."""

import json
from typing import Any

import msgspec

from app.papers.record.exports import plainly
from app.papers.site.shown import MeetingShown, UnitShown

FORMAT = 1


def public_json(shown: MeetingShown) -> bytes:
    said = {
        "format": FORMAT,
        "meeting": shown.code,
        "entry": shown.number,
        "seal": shown.seal,
        "rule_seal": shown.rule_seal,
        "is_rehearsal": shown.is_rehearsal,
        "title": shown.name,
        "day": shown.day,
        "place": shown.place,
        "organisers": shown.organisers,
        "status": shown.status,
        "as_of": shown.as_of,
        "counts": shown.counts,
        "agenda": shown.agenda,
        "units": tuple(_unit(shown, unit) for unit in shown.units),
        "changes": shown.changes,
        "questions": shown.questions,
    }
    return f"{json.dumps(plainly(said), ensure_ascii=False, indent=1)}\n".encode()


def findings_csv(shown: MeetingShown) -> bytes:
    from app.papers.tables.rectified import rectified
    from app.papers.tables.table import as_csv

    return as_csv(shown, rectified(shown))


def _unit(shown: MeetingShown, unit: UnitShown) -> dict[str, Any]:
    return {
        "id": unit.unit.id,
        "name": unit.unit.name,
        "short_name": unit.unit.short_name,
        "result": _result(shown, unit),
        "promises": _promises(unit),
        "composite": unit.joined,
        "votes": msgspec.to_builtins(unit.votes),
        "reports": unit.reports,
        "comments": tuple({"kind": each.kind, "group": each.group, "text": each.text} for each in unit.comments),
        "counts": unit.counts,
        "findings": unit.findings,
        "given_back": unit.given_back,
        "questions": unit.questions,
    }


def _promises(unit: UnitShown) -> tuple[dict[str, Any], ...]:
    """Of the meeting before, as the panel judged them: of too few words only that nothing is told."""
    said = [each for each in unit.promises if each.panel]
    return tuple(
        {
            "number": each.number,
            "text": each.text,
            "standing": each.standing,
            "days_late": each.days_late,
            "reopenings": each.reopenings,
            "panel": msgspec.to_builtins(each.panel),
        }
        for each in said
    )


def _result(shown: MeetingShown, unit: UnitShown) -> dict[str, Any] | None:
    """In short: how it came about is in the file of the results."""
    if unit.result is None:
        return None
    told = ("outcome", "score", "grade", "approval")
    return {**{name: getattr(unit.result, name) for name in told}, "full": shown.full, "rank": unit.rank}
