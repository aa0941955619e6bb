"""Entering what is not scored here, correcting it, and announcing what all parts come to."""

import re
from datetime import datetime
from decimal import Decimal

from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.composites.agreed import Part, Source
from app.meeting.composites.checking import composites_need_check, digest_of_composites
from app.meeting.composites.saying import said_of_missing
from app.meeting.decimals import decimals_of, plain
from app.meeting.lookups import the_unit, unit_name
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, refuse_if, refuse_unless
from app.meeting.scoring.composite import composites_of, untold_rounds
from app.meeting.scoring.full import full_of
from app.meeting.shortcomings import MOST_DECIMALS
from app.meeting.texts import LONGEST_NAME_OF_FILE, the_author, the_reason, the_text

_SHA256 = re.compile(r"[0-9a-f]{64}")


def enter_part(meeting: Meeting, command: c.EnterPart, now: datetime) -> list[e.Event]:
    """What stands there already is passed over; other points than those are a correction."""
    part = _the_part(meeting, command.part)
    refuse_if(part.source is Source.IMPORTED and not command.file, "part.needs_file", part=part.name)
    points = {the_unit(meeting, unit).id: _valid(meeting, part, each) for unit, each in command.points.items()}
    refuse_unless(bool(points), "part.nothing", part=part.name)
    there = {unit: meeting.composites.points(part.id, unit) for unit in points if _is_entered(meeting, part, unit)}
    other = tuple(meeting.unit(unit).short_name for unit, each in there.items() if each != points[unit])
    refuse_if(bool(other), "part.entered_already", part=part.name, units=other)
    new = {unit: each for unit, each in points.items() if unit not in there}
    author = the_author(command.author)
    file, digest = _the_file(command.file, command.digest)
    return [e.PartEntered(part.id, new, author, at=now, file=file, digest=digest)] if new else []


def correct_part(meeting: Meeting, command: c.CorrectPart, now: datetime) -> list[e.Event]:
    part, unit = _the_part(meeting, command.part), the_unit(meeting, command.unit)
    refuse_unless(_is_entered(meeting, part, unit.id), "part.not_entered", part=part.name, unit=unit.short_name)
    points = None if command.points is None else _valid(meeting, part, command.points)
    author, reason = the_author(command.author), the_reason(command.reason)
    is_so = meeting.composites.points(part.id, unit.id) == points
    return [] if is_so else [e.PartCorrected(part.id, unit.id, points, author, reason, at=now)]


def check_composites(meeting: Meeting, command: c.CheckComposites, now: datetime) -> list[e.Event]:
    _must_be_changeable(meeting)
    refuse_unless(meeting.plan.rules.checked, "check.not_asked_for")
    refuse_unless(command.seen == digest_of_composites(meeting), "check.composites_have_changed")
    return [e.CompositesChecked(command.seen, at=now)] if composites_need_check(meeting) else []


def announce_composites(meeting: Meeting, command: c.AnnounceComposites, now: datetime) -> list[e.Event]:
    """A composite says what the panel gave, which the hall hears first."""
    _must_be_changeable(meeting)
    units = tuple(unit_name(meeting, round) for round in untold_rounds(meeting))
    refuse_if(bool(units), "composites.not_revealed", units=units)
    refuse_if(composites_need_check(meeting), "composites.not_checked")
    composites = composites_of(meeting)
    lacking = [each for each in composites if each.missing]
    refuse_if(len(lacking) == len(composites), "composites.nothing")
    if {each.unit for each in lacking} - set(command.without):
        raise Refused(
            "composites.parts_missing",
            missing=tuple(said_of_missing(meeting.plan, each.unit, each.missing) for each in lacking),
            again={"without": [each.unit for each in lacking]},
        )
    return [e.CompositesAnnounced(tuple(each.as_announced for each in composites), at=now)]


def withdraw_composites(meeting: Meeting, command: c.WithdrawComposites, now: datetime) -> list[e.Event]:
    refuse_unless(meeting.composites.are_announced, "composites.not_announced")
    return [e.CompositesWithdrawn(the_reason(command.reason), at=now)]


def _the_part(meeting: Meeting, id: str) -> Part:
    """A part that can be entered now."""
    _must_be_changeable(meeting)
    part = next((part for part in meeting.plan.composite.parts if part.id == id), None)
    if part is None:
        raise Refused("part.unknown")
    refuse_if(part.source is Source.SCORED, "part.scored_here", part=part.name)
    refuse_if(part.voice is not None, "part.voted_here", part=part.name)
    return part


def _must_be_changeable(meeting: Meeting) -> None:
    """Also when the meeting is over: parts often come later. Nobody changes what was announced and still stands."""
    refuse_if(meeting.opened_at is None, "meeting.not_open")
    refuse_unless(meeting.plan.has_composites, "composites.none")
    refuse_if(meeting.composites.are_announced, "composites.announced")


def _is_entered(meeting: Meeting, part: Part, unit: str) -> bool:
    return bool(meeting.composites.versions(part.id, unit))


def _valid(meeting: Meeting, part: Part, points: Decimal) -> Decimal:
    refuse_unless(points.is_finite(), "part.not_a_number", part=part.name)
    full = full_of(meeting.plan, part)
    is_within = 0 <= points <= full
    refuse_unless(is_within, "part.out_of_range", part=part.name, points=f"{points:.6g}", full=str(plain(full)))
    refuse_if(decimals_of(points) > MOST_DECIMALS, "part.too_many_decimals", part=part.name)
    return plain(points)


def _the_file(name: str, digest: str) -> tuple[str, str]:
    """Both or none."""
    if not name and not digest:
        return "", ""
    refuse_unless(_SHA256.fullmatch(digest) is not None, "part.no_digest")
    return the_text(name, LONGEST_NAME_OF_FILE), digest
