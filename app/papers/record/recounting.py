"""Ballots counted again from ``CODE.ballots.json`` by what a log says of its polls, as far as the log tells it."""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.meeting import events as e
from app.meeting.polls.state import Count, Tally
from app.meeting.refusals import Said
from app.store.log import Entry

_SLIP = re.compile(r"([0-9a-f]{32}) (\w+) (\w+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Shown:
    """A poll as an entry showed it. ``count``: what was sealed as it ended. ``unit``, ``number``: which poll it was, by
    the unit's short name. Each is None if its entry is withheld.
    """

    seq: int
    tally: Tally
    count: Count | None
    unit: str | None = None
    number: int | None = None


def shown_polls(entries: Iterable[Entry]) -> dict[str, Shown]:
    """Those that still are."""
    counts: dict[str, Count] = {}
    names: dict[str, str] = {}
    opened: dict[str, tuple[str | None, int | None]] = {}
    shown: dict[str, Shown] = {}
    for each in entries:
        match each.event:
            case e.MeetingOpened(plan=plan):
                names = {unit.id: unit.short_name for unit in plan.units}
            case e.PollOpened(poll=poll, unit=unit, number=number):
                opened[poll] = names.get(unit), number
            case e.PollClosed(poll=poll, count=count):
                counts[poll] = count
            case e.PollShown(poll=poll, tally=tally):
                shown[poll] = Shown(each.seq, tally, counts.get(poll), *opened.get(poll, (None, None)))
            case e.PollHidden(poll=poll) | e.PollWithdrawn(poll=poll):
                shown.pop(poll, None)
    return shown


def recounted(said: dict[str, Any], shown: dict[str, Shown]) -> Iterator[Said]:
    """What does not hold of a file of ballots."""
    for poll, told in said["ballots"].items():
        if poll in shown:
            yield from (Said(code, {"seq": shown[poll].seq}) for code in _faults(told, shown[poll]))
        else:
            yield Said("fault.slips_of_none", {"poll": poll})


def _faults(told: dict[str, Any], shown: Shown) -> Iterator[str]:
    found = [_SLIP.fullmatch(each) for each in told["slips"]]
    slips = [each.groups() for each in found if each]
    if len({id for id, _, _ in slips}) < len(found):
        yield "fault.slips_twice"
    if _tally(slips) != shown.tally:
        yield "fault.slips_tally"
    if len(told["receipts"]) != len(found):
        yield "fault.slips_receipts"
    if shown.unit not in (None, told.get("unit")) or shown.number not in (None, told.get("number")):
        yield "fault.slips_called"
    if (count := shown.count) is None:
        return
    if Counter(voice for _, voice, _ in slips) != count.ballots:
        yield "fault.slips_number"
    if _digest(told["slips"]) != count.slips:
        yield "fault.slips_altered"
    if _digest(told["receipts"]) != count.receipts:
        yield "fault.slips_receipts"


def not_recounted(shown: dict[str, Shown], listed: set[str]) -> Iterator[Said]:
    """Of which polls the ballots are not here, or what sealed them. ``listed``: those of which a file has them."""
    for poll, each in shown.items():
        if not each.tally:
            continue
        if each.count is None:
            yield Said("verifier.slips_unsealed", {"seq": each.seq})
        elif not each.count.slips:
            yield Said("verifier.slips_before", {"seq": each.seq})
        elif poll not in listed:
            yield Said("verifier.slips_missing", {"seq": each.seq})


def _tally(slips: Iterable[tuple[str, ...]]) -> Tally:
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for _, voice, choice in slips:
        tally[voice][choice] += 1
    return {voice: dict(chosen) for voice, chosen in tally.items()}


def _digest(lines: list[str]) -> str:
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest() if lines else ""
