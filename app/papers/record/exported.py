"""Exported files checked anywhere, without a database: a log, and whether results and ballots belong to it.

Of a whole log everything is gone through as in the database (``store.verify``). Of a public one the chain, the rules
and the draws; whatever can be reckoned from published results alone, ``verify.html`` reckons.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from app.meeting import events as e
from app.meeting.evolve import fold
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.papers.folder.proceedings import Proceedings
from app.papers.record.exports import full_results_file, plainly, results_file
from app.papers.record.recounting import Shown, not_recounted, recounted, shown_polls
from app.store import log
from app.store.verify import Examination, OfDraws, Verdict, draws, sealed_rules, unfollowed

LOGS, JSON = ".log.jsonl", ".json"
BESIDE = ("._", "~$")
"""What a Mac leaves beside each file on a stick, and an office program beside one that is open."""
LONGEST_FIRST_LINE = 1_000_000


@dataclass(frozen=True, slots=True)
class Withheld:
    """An entry of which only the digest is published."""

    seq: int
    seal: str


_Entry = log.Entry | Withheld


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found of a file. ``withheld``: of how many entries only the digest was there to be checked.

    ``open``: what could not be checked. ``holds_as``: of one that is no log, what is said of it if it holds.
    """

    name: str
    verdict: Verdict
    withheld: int = 0
    open: tuple[Said, ...] = ()
    holds_as: str = ""

    @property
    def said(self) -> Said:
        """Of one that holds."""
        if self.holds_as:
            return Said(self.holds_as)
        code = "verdict.of_public_file" if self.withheld else "verdict.of_file"
        found = self.verdict
        return Said(code, {"entries": found.entries, "seal": found.seal, "withheld": self.withheld})


class NoLog(Exception):
    """None of the files is an exported log."""


def checked(paths: Iterable[Path]) -> list[Checked]:
    """Every log among these files and folders, then all results and ballots by the log of their meeting.

    Of a folder also what is in its own folders: an export has two. Raises OSError, NoLog.
    """
    files = [file for path in paths for file in (_files_in(path) if path.is_dir() else [path])]
    logs = [_Log(file) for file in files if _is_a_log(file)]
    if not logs:
        raise NoLog
    said = [(file, said) for file in files if (said := _said_by(file))]
    results = [_of_results(*each, logs) for each in said if each[1].keys() >= _OF_RESULTS]
    ballots = [each for each in said if each[1].keys() >= _OF_BALLOTS]
    listed = {(str(each["meeting"]), poll) for _, each in ballots for poll in _polls_in(each)}
    return [*(each.checked(listed) for each in logs), *results, *(_of_ballots(*each, logs) for each in ballots)]


def _files_in(folder: Path) -> list[Path]:
    found = sorted([*folder.iterdir(), *folder.glob("*/*")])
    return [each for each in found if each.is_file() and not each.name.startswith(BESIDE)]


def _is_a_log(file: Path) -> bool:
    """By its name, or by its first line: what was there already comes out of mail as “(1)”."""
    if file.name.endswith(LOGS):
        return True
    with file.open("rb") as opened:
        first = opened.readline(LONGEST_FIRST_LINE).decode("utf-8-sig", errors="replace")
    said = _said_in(first)
    return "seal" in said and ("line" in said or "digest" in said)


class _Log:
    """An exported log, as far as it holds."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.entries: list[_Entry] = []
        self.code = ""
        self.faults: list[Said] = []
        try:
            self._read()
        except log.Broken as broken:
            self.faults.append(broken.said)

    @property
    def told(self) -> list[log.Entry]:
        return [entry for entry in self.entries if isinstance(entry, log.Entry)]

    @property
    def is_whole(self) -> bool:
        return not self.faults and len(self.told) == len(self.entries)

    @cached_property
    def polls(self) -> dict[str, Shown]:
        """Those that it shows."""
        return shown_polls(self.told)

    def checked(self, listed: set[tuple[str, str]]) -> Checked:
        """``listed``: polls of which the ballots are here, each with its meeting."""
        faults = (*self.faults, *(() if self.faults else self._of_its_events()))
        seal = self.entries[-1].seal if self.entries else log.beginning(self.code).seal
        left = tuple(not_recounted(self.polls, {poll for code, poll in listed if code == self.code}))
        withheld = len(self.entries) - len(self.told)
        return Checked(self.file.name, Verdict(len(self.entries), seal, faults), withheld, left)

    def _read(self) -> None:
        lines = [line for line in self.file.read_text("utf-8-sig", errors="replace").split("\n") if line.strip()]
        said = [_parsed(line, at) for at, line in enumerate(lines, start=1)]
        self.code = _code_in(said)
        tail = log.beginning(self.code)
        chain = log.said_chain(said[0]["line"]) if said and "line" in said[0] else log.OVER_DIGESTS
        for each in said:
            tail = self._follow(tail, each, chain)

    def _follow(self, tail: log.Tail, said: dict[str, str], chain: int) -> log.Tail:
        seq = tail.seq + 1
        number = _number_in(said)
        if number not in (None, seq):
            raise log.Broken("fault.number", seq, said=str(number))
        line = said.get("line")
        seal = log.seal_of(tail.seal, line, chain) if line is not None else log.seal_over(tail.seal, said["digest"])
        if seal != said["seal"]:
            raise log.Broken("fault.seal", seq)
        self.entries.append(log.entry_of(line, seal, seq, self.code) if line is not None else Withheld(seq, seal))
        return log.Tail(seq, seal)

    def _of_its_events(self) -> Iterator[Said]:
        opening = next((entry.event for entry in self.told if isinstance(entry.event, e.MeetingOpened)), None)
        if opening is None:
            return
        if not self.is_whole:
            yield from (fault for entry in self.told for fault in sealed_rules(entry))
            yield from draws(entry for entry in self.told if isinstance(entry.event, OfDraws))
            return
        looking = Examination(Meeting.planned(opening.plan))
        for entry in self.told:
            try:
                looking.follow(entry)
            except Exception as error:
                yield from (*looking.faults, unfollowed(entry.seq, error))
                return
        yield from looking.concluded()

    def proceedings(self, entries: int) -> Proceedings:
        """As they stood after so many entries."""
        told = tuple(self.told[:entries])
        plan = next(each.event.plan for each in self.told if isinstance(each.event, e.MeetingOpened))
        return Proceedings(fold(Meeting.planned(plan), (each.event for each in told)), told)


def _parsed(line: str, seq: int) -> dict[str, str]:
    try:
        said = json.loads(line)
        if isinstance(said["seal"], str) and isinstance(said.get("line", said.get("digest")), str):
            return {str(name): str(each) for name, each in said.items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        pass
    raise log.Broken("fault.unreadable", seq, detail="JSON")


def _said_in(line: str) -> dict[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _number_in(said: dict[str, str]) -> object:
    return _said_in(said["line"]).get("seq") if "line" in said else None


def _code_in(said: list[dict[str, str]]) -> str:
    return next((str(code) for each in said if (code := _said_in(each.get("line", "")).get("meeting"))), "")


# --- results and ballots ----------------------------------------------------------------------------------------------

_OF_RESULTS = {"meeting", "entry", "seal", "results", "sealed"}
_OF_BALLOTS = {"meeting", "ballots"}


def _said_by(file: Path) -> dict[str, Any]:
    """A file of JSON; empty if it is none."""
    if not file.name.endswith(JSON):
        return {}
    try:
        said = json.loads(file.read_text("utf-8-sig"))
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _polls_in(said: dict[str, Any]) -> Iterable[str]:
    return said["ballots"].keys() if isinstance(said["ballots"], dict) else ()


def _of_ballots(file: Path, said: dict[str, Any], logs: list[_Log]) -> Checked:
    of_it = [each for each in logs if each.code == said["meeting"] and not each.faults]
    try:
        found: list[Said] = []
        for of in of_it:
            found += (each for each in recounted(said, of.polls) if each not in found)
        faults = tuple(found) if of_it else (Said("fault.no_log"),)
    except (AttributeError, LookupError, TypeError, ValueError):
        faults = (Said("fault.slips_unreadable"),)
    sealed = {poll for of in of_it for poll, shown in of.polls.items() if shown.count}
    holds_as = "verdict.of_ballots" if sealed.issuperset(_polls_in(said)) else "verdict.of_ballots_tally"
    return Checked(file.name, Verdict(0, "", faults), holds_as=holds_as)


def _of_results(file: Path, said: dict[str, Any], logs: list[_Log]) -> Checked:
    of_it = [each for each in logs if each.code == said["meeting"]]
    try:
        faults = tuple(_faults(said, of_it)) if of_it else (Said("fault.no_log"),)
    except (AttributeError, LookupError, TypeError, ValueError):  # whatever somebody has left out of it or put in
        faults = (Said("fault.results_head", {"unit": "", "what": "results"}),)
    return Checked(file.name, Verdict(said["entry"], said["seal"], faults), holds_as="verdict.of_results")


def _faults(said: dict[str, Any], logs: list[_Log]) -> Iterator[Said]:
    heads: list[Said] = []
    for each in logs:
        head = None if each.faults else _head(said, each)
        if head and head not in heads:
            heads.append(head)
    yield from heads
    whole = next((each for each in logs if each.is_whole and not _head(said, each)), None)
    if whole and said["entry"]:
        yield from _different(said, whole.proceedings(said["entry"]))
    elif not heads:
        told = logs[0].entries[: said["entry"]]
        yield from (*_of_the_rules(said, told), *_announced(said, told))


def _head(said: dict[str, Any], of: _Log) -> Said | None:
    """Why the results do not belong to a log: it was shortened, or is another one."""
    written, here = said["entry"], len(of.entries)
    if type(written) is not int or written < (1 if said["results"] else 0):
        return Said("fault.results_head", {"unit": "", "what": "entry"})
    if written > here:
        return Said("fault.length", {"seq": here + 1, "written": written, "here": here})
    if written and of.entries[written - 1].seal != said["seal"]:
        return Said("fault.results_seal", {"seq": written})
    return None


def _different(said: dict[str, Any], record: Proceedings) -> Iterator[Said]:
    """What is not as the record comes to it; the results are those for everybody, or those for the staff."""
    made = (json.loads(make(record)) for make in (results_file, full_results_file))
    found: list[list[Said]] = [list(_between(said, each)) for each in made]
    yield from min(found, key=len)


def _between(said: dict[str, Any], made: dict[str, Any]) -> Iterator[Said]:
    there = {each["round"]: each for each in made["results"]}
    for each in said["results"]:
        ours = there.pop(each.get("round"), {})
        yield from _parts(each.get("unit", "?"), each, ours)
    yield from (Said("fault.results_lack", {"unit": each["unit"]}) for each in there.values())
    yield from _parts("", {**said, "results": None}, {**made, "results": None})


def _parts(unit: str, said: dict[str, Any], made: dict[str, Any]) -> Iterator[Said]:
    for name in {**said, **made}:
        if name not in said or not _says(made.get(name), said[name]):
            code = "fault.results" if unit else "fault.results_head"
            yield Said(code, {"unit": unit, "what": name})


def _says(made: Any, said: Any) -> bool:
    """Whether all of it is what is made now; of rules an earlier Kaimen may have said less."""
    if isinstance(said, dict) and isinstance(made, dict):
        return all(name in made and _says(made[name], each) for name, each in said.items())
    if isinstance(said, list) and isinstance(made, list):
        return len(said) == len(made) and all(map(_says, made, said))
    return bool(said == made)


def _of_the_rules(said: dict[str, Any], entries: list[_Entry]) -> Iterator[Said]:
    """Whether the rules are those that the log tells, and the units those that are called so in them."""
    seals = {each.event.seal for each in _told(entries, e.MeetingOpened)}
    known = {hashlib.sha256(said["sealed"].encode()).hexdigest(), *seals}
    if known != {said["rule_seal"]}:
        yield Said("fault.results_head", {"unit": "", "what": "rule_seal"})
    names = {each["id"]: each["name"] for each in json.loads(said["sealed"])["units"]}
    opened = {each.event.round: each.event.unit for each in _told(entries, e.RoundOpened)}
    for each in said["results"]:
        id = each["unit_id"]
        if opened.get(each["round"], id) != id or names.get(id) != each["unit"]:
            yield Said("fault.results", {"unit": each["unit"], "what": "unit"})


def _announced(said: dict[str, Any], entries: list[_Entry]) -> Iterator[Said]:
    """Beside a public log: what it says was announced, found by its round, whatever entry the results name."""
    reveals = {each.event.round: each for each in _told(entries, e.ResultRevealed)}
    for each in said["results"]:
        reveal = reveals.get(each["round"])
        if reveal is None:
            if each["is_revealed"] and not _is_withheld(entries, each["entry"]):
                yield Said("fault.results", {"unit": each["unit"], "what": "entry"})
            continue
        announced = reveal.event.announced
        score = None if announced.score is None else str(announced.score)
        if (reveal.seq, score, announced.grade) != (each["entry"], each["score"], each["grade"]):
            yield Said("fault.results_announced", {"seq": reveal.seq, "unit": each["unit"]})
    yield from _told_of_promises(said, entries)
    yield from _announced_of_composites(said, entries)


def _told_of_promises(said: dict[str, Any], entries: list[_Entry]) -> Iterator[Said]:
    told = {each.event.round: plainly(each.event.counts) for each in _told(entries, e.PromisesTold)}
    for each in said["results"]:
        if each["round"] in told and each.get("promises", []) != told[each["round"]]:
            yield Said("fault.results", {"unit": each["unit"], "what": "promises"})


def _announced_of_composites(said: dict[str, Any], entries: list[_Entry]) -> Iterator[Said]:
    announced = [each.event.composites for each in _told(entries, e.CompositesAnnounced)]
    if not announced and _is_withheld(entries, said["composites_entry"]):
        return
    told = [{"unit_id": each.unit, **plainly(each), "unit": None} for each in (announced[-1] if announced else ())]
    if told != [{**each, "unit": None} for each in said["composites"]]:
        yield Said("fault.results_head", {"unit": "", "what": "composites"})


def _told(entries: list[_Entry], kind: type[Any]) -> list[Any]:
    return [each for each in entries if isinstance(each, log.Entry) and isinstance(each.event, kind)]


def _is_withheld(entries: list[_Entry], seq: Any) -> bool:
    return type(seq) is int and 0 < seq <= len(entries) and isinstance(entries[seq - 1], Withheld)
