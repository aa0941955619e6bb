"""The table of units and parts as it stands in the record: for who enters them, and for the supervisor."""

from collections.abc import Iterator
from typing import Any

from app.meeting.composites.agreed import Part, Source
from app.meeting.composites.checking import composites_need_check, digest_of_composites
from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.plan import Unit
from app.meeting.scoring.composite import Joined, composites_of, points_of, untold_rounds
from app.meeting.scoring.full import full_composite, full_of
from app.web.sockets.frames import new_id


def cell(part: str, unit: str) -> str:
    """The field of a unit's points in a part."""
    return f"points.{part}.{unit}"


def table_of(meeting: Meeting) -> dict[str, Any]:
    """Classes with their units, and what is there of each part.

    Of what is scored here only what the hall has heard; and what all come to only if it has heard all of it.
    """
    plan = meeting.plan
    is_told = not untold_rounds(meeting)
    joined = {each.unit: each for each in composites_of(meeting)} if is_told else {}
    return {
        "parts": [
            {
                "id": part.id,
                "name": part.name,
                "weight": f"{plain(part.weight):f}",
                "full": f"{plain(full_of(plan, part)):f}",
                "source": str(part.source),
                "is_entered": part.is_entered,
            }
            for part in plan.composite.parts
        ],
        "full": f"{full_composite(plan):f}" if plan.has_composites else "",
        "classes": [
            {
                "name": name,
                "rows": [_row(meeting, unit, joined.get(unit.id)) for unit in plan.units if unit.of_class == name],
            }
            for name in plan.classes
        ],
        "due": plan.composite.due.isoformat() if plan.composite.due else "",
        "announced_at": _in_the_hall(meeting, meeting.composites.announced_at),
        "missing": [unit for unit, each in joined.items() if each.missing],
        "lacking": [meeting.unit(unit).short_name for unit, each in joined.items() if each.missing],
        "number_joined": sum(not each.missing for each in joined.values()),
        "is_told": is_told,
    }


def _row(meeting: Meeting, unit: Unit, joined: Any) -> dict[str, Any]:
    score = joined.score if joined else None
    return {
        "id": unit.id,
        "name": unit.short_name,
        "cells": list(_cells(meeting, unit)),
        "score": "" if score is None else str(score),
        "grade": joined.grade if joined else "",
        "rank": joined.rank if joined else None,
        "of": joined.of if joined else 0,
    }


def _cells(meeting: Meeting, unit: Unit) -> Iterator[dict[str, Any]]:
    for part in meeting.plan.composite.parts:
        versions = meeting.composites.versions(part.id, unit.id)
        is_known = part.source is not Source.SCORED or _is_revealed(meeting, unit)
        points = points_of(meeting, part, unit) if is_known else None
        yield {
            "part": part.id,
            "field": cell(part.id, unit.id),
            "points": "" if points is None else f"{points:f}",
            "is_made_here": not part.is_entered,
            "is_entered": bool(versions),
            "corrections": max(len(versions) - 1, 0),
            "file": versions[-1].file if versions else "",
        }


def _is_revealed(meeting: Meeting, unit: Unit) -> bool:
    round = meeting.round_of(unit.id)
    return round is not None and round.is_revealed


def versions_of(meeting: Meeting, part: Part, unit: Unit) -> list[dict[str, str]]:
    """What was entered, the latest last."""
    return [
        {
            "points": "" if each.points is None else f"{each.points:f}",
            "author": each.author,
            "at": _in_the_hall(meeting, each.at),
            "file": each.file,
            "digest": each.digest,
            "reason": each.reason,
        }
        for each in meeting.composites.versions(part.id, unit.id)
    ]


def parts_record(meeting: Meeting) -> list[dict[str, Any]]:
    """All that was ever entered, by part and unit; where it was corrected, what it was before."""
    return [
        {"part": part.name, "unit": unit.short_name, "versions": versions}
        for part in meeting.plan.composite.parts
        for unit in meeting.plan.units
        if (versions := versions_of(meeting, part, unit))
    ]


def joined_record(meeting: Meeting) -> dict[str, Any] | None:
    """What the parts come to now, and the digest of it, for the supervisor; None where the plan joins none."""
    if not meeting.plan.has_composites or meeting.opened_at is None:
        return None
    return {
        "parts": [part.name for part in meeting.plan.composite.parts],
        "rows": [_joined_row(meeting, each) for each in composites_of(meeting)],
        "waits": waits_for_composites(meeting),
        "seen": digest_of_composites(meeting),
        "id": new_id(),
        "checked_at": "" if composites_need_check(meeting) else _in_the_hall(meeting, meeting.composites.checked_at),
    }


def waits_for_composites(meeting: Meeting) -> bool:
    """Whether there is something to confirm: a unit has all its parts, and the hall has heard all scores."""
    is_there = composites_need_check(meeting) and not untold_rounds(meeting)
    return is_there and any(not each.missing for each in composites_of(meeting))


def _joined_row(meeting: Meeting, one: Joined) -> dict[str, Any]:
    points = [one.points.get(part.id) for part in meeting.plan.composite.parts]
    return {
        "unit": meeting.unit(one.unit).short_name,
        "points": ["" if each is None else f"{each:f}" for each in points],
        "score": "" if one.score is None else str(one.score),
        "grade": one.grade,
    }


def _in_the_hall(meeting: Meeting, at: Any) -> str:
    return meeting.plan.in_the_hall(at).strftime("%Y-%m-%d %H:%M") if at else ""
