"""Does the record hold? The chain, the fold, what each entry follows from, the draws, the announced results, the read
tables, the attachments and proofs: in turn."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy.engine import Connection

from app.meeting import events as e
from app.meeting.draw.lots import commitment_of, drawn_order
from app.meeting.evolve import evolve
from app.meeting.meeting import Meeting
from app.meeting.polls.state import sealed
from app.meeting.promises.counting import told_counts
from app.meeting.refusals import Said
from app.meeting.results.checking import digest_of_round, needs_check
from app.meeting.results.state import Announcement
from app.meeting.rounds.state import Round
from app.meeting.scoring.composite import composites_of
from app.meeting.scoring.reckoning import result_of
from app.meeting.script.steps import last_step
from app.meeting.sealing import rule_seal
from app.store import ballots, contents, log, plans
from app.store.database import DatabaseUnusable
from app.store.project import differences

OfDraws = e.DrawPrepared | e.DrawBegun | e.UnitDrawn | e.DrawEnded | e.DrawCalledOff


@dataclass(frozen=True, slots=True)
class Verdict:
    """What ``verify`` found: the length of the log, its last seal, each fault with its place."""

    entries: int
    seal: str
    faults: tuple[Said, ...]

    @property
    def holds(self) -> bool:
        return not self.faults


def verify(connection: Connection, code: str) -> Verdict:
    """Check one meeting's record. Raises KeyError if there is no such meeting."""
    tail = log.beginning(code)
    try:
        looking = Examination(Meeting.planned(plans.load(connection, code)))
    except DatabaseUnusable:  # and what cannot be read is no plan to follow the log by
        return Verdict(tail.seq, tail.seal, tuple(plans.unreadable(connection, code)))
    try:
        for entry in log.verified(connection, code):
            looking.follow(entry)
            tail = log.Tail(entry.seq, entry.seal)
    except log.Broken as broken:
        return Verdict(tail.seq, tail.seal, (*looking.faults, broken.said))
    except Exception as error:
        return Verdict(tail.seq, tail.seal, (*looking.faults, unfollowed(tail.seq + 1, error)))
    faults = (
        *looking.concluded(),
        *differences(connection, looking.meeting),
        *ballots.faults(connection, looking.meeting),
        *_attachments(connection, looking.meeting),
        *_proofs(connection, looking.meeting),
    )
    return Verdict(tail.seq, tail.seal, faults)


class Examination:
    """A log gone through entry by entry: whether the rules can follow it, and what does not follow from what."""

    def __init__(self, planned: Meeting) -> None:
        self.meeting = planned
        self.faults: list[Said] = []
        self._of_draws: list[log.Entry] = []

    def follow(self, entry: log.Entry) -> None:
        before = self.meeting
        self.faults += (*sealed_rules(entry), *_against_the_rules(before, entry))
        self.meeting = evolve(before, entry.event)
        self.faults += _announced(before, self.meeting, entry)
        if isinstance(entry.event, OfDraws):
            self._of_draws.append(entry)

    def concluded(self) -> list[Said]:
        """All faults, once the last entry has been followed."""
        return [*self.faults, *draws(self._of_draws)]


def unfollowed(seq: int, error: Exception) -> Said:
    """Of an entry with a right seal that the rules cannot follow."""
    return Said("fault.replay", {"seq": seq, "detail": repr(error)})


def _against_the_rules(meeting: Meeting, entry: log.Entry) -> Iterator[Said]:
    """What no press can have brought: it is followed all the same, for the log is what happened."""
    match entry.event:
        case e.ResultStepShown() | e.ResultRevealed() | e.ResultChecked() | e.ResultHidden() | e.RoundTakenBack():
            round = meeting.rounds[entry.event.round]
            if code := _fault_about(meeting, round, entry.event):
                yield Said(code, {"seq": entry.seq, "unit": meeting.unit(round.unit).short_name})
        case e.CompositesAnnounced() | e.PollShown() | e.PromisesTold():
            if code := _told_otherwise(meeting, entry.event):
                yield Said(code, {"seq": entry.seq})
        case e.StepUndone():
            known = {(each.number, each.step.kind) for each in (meeting.script.last, last_step(meeting)) if each}
            if (entry.event.number, entry.event.step.kind) not in known:
                yield Said("fault.undone", {"seq": entry.seq})


def _told_otherwise(meeting: Meeting, event: e.CompositesAnnounced | e.PollShown | e.PromisesTold) -> str:
    """Of numbers that were told, whether they are not what they are numbers of."""
    match event:
        case e.CompositesAnnounced():
            is_so = event.composites == tuple(each.as_announced for each in composites_of(meeting))
            return "" if is_so else "fault.composites"
        case e.PollShown(poll=id, tally=tally):
            counts = {voice: sum(chosen.values()) for voice, chosen in tally.items()}
            return "" if id in meeting.polls and counts == sealed(meeting.polls[id]).ballots else "fault.tally"
    unit = next((each.unit for each in meeting.presentations if each.id == event.round), None)
    return "" if unit and event.counts == told_counts(meeting, unit) else "fault.promises"


def _fault_about(meeting: Meeting, round: Round, event: e.Event) -> str:
    match event:
        case e.ResultStepShown() | e.ResultRevealed():
            return "fault.unchecked" if needs_check(meeting, round) and not round.is_being_revealed else ""
        case e.ResultChecked():
            return "" if not round.is_open and event.seen == digest_of_round(round) else "fault.checked"
        case e.ResultHidden():
            is_less = round.steps_shown[: len(event.parts)] == event.parts != round.steps_shown
            return "" if is_less else "fault.hidden"
        case e.RoundTakenBack():
            return "" if meeting.is_untouched(round) else "fault.taken_back"
    return ""


def sealed_rules(entry: log.Entry) -> Iterator[Said]:
    """Whether the rules of an opening are those of the seal that was shown with it."""
    if isinstance(entry.event, e.MeetingOpened) and rule_seal(entry.event.plan) != entry.event.seal:
        yield Said("fault.rule_seal", {"seq": entry.seq})


def draws(entries: Iterable[log.Entry]) -> Iterator[Said]:
    """Every draw again, from its seed and word. One that is not over has no seed yet."""
    lots: list[tuple[int, e.UnitDrawn]] = []
    word, units, commitment = "", tuple[str, ...](), ""
    for entry in entries:
        match entry.event:
            case e.DrawPrepared():
                lots, word, units, commitment = [], "", entry.event.units, entry.event.commitment
            case e.DrawBegun():
                word = entry.event.word
            case e.UnitDrawn():
                lots.append((entry.seq, entry.event))
            case e.DrawEnded() | e.DrawCalledOff():
                seed = entry.event.seed
                if commitment_of(seed) == commitment:
                    yield from _wrong_lots(lots, drawn_order(seed, word, units))
                elif seed or lots:
                    yield Said("fault.draw_seed", {"seq": entry.seq})
                if isinstance(entry.event, e.DrawEnded) and len(lots) != len(units):
                    facts = {"seq": entry.seq, "drawn": len(lots), "all": len(units)}
                    yield Said("fault.draw_unfinished", facts)


def _wrong_lots(lots: list[tuple[int, e.UnitDrawn]], order: tuple[str, ...]) -> Iterator[Said]:
    for at, (seq, lot) in enumerate(lots):
        if (lot.number, lot.unit) != (at + 1, order[at] if at < len(order) else ""):
            yield Said("fault.lot", {"seq": seq, "number": lot.number, "unit": lot.unit})


def _announced(before: Meeting, after: Meeting, entry: log.Entry) -> Iterator[Said]:
    """A result that was announced otherwise than its sheets come to, or whose sheets came to change afterwards."""
    id = getattr(entry.event, "round", "")
    round = after.rounds.get(id)
    if round is None or round.announced is None or before.rounds.get(id) == round:
        return
    result = result_of(after, round)
    found = Announcement(result.score, result.grade)
    if found != round.announced:
        said = {"announced": _in_a_word(round.announced), "found": _in_a_word(found)}
        yield Said("fault.announced", {"seq": entry.seq, "unit": after.unit(round.unit).short_name, **said})


def _in_a_word(announced: Announcement) -> str:
    return " ".join(filter(None, [str(announced.score or ""), announced.grade])) or "—"


def _attachments(connection: Connection, meeting: Meeting) -> Iterator[Said]:
    """The bytes of every attachment against their SHA-256 in the plan, which the log holds from the opening on."""
    for unit in meeting.plan.units:
        for attachment in unit.attachments:
            if fault := _fault(connection, attachment.sha256, "fault.attachment", "fault.attachment_gone"):
                yield Said(fault, {"unit": unit.short_name or unit.name, "attachment": attachment.name})


def _proofs(connection: Connection, meeting: Meeting) -> Iterator[Said]:
    """The bytes of every proof against their SHA-256 in the log, those that were taken away as well."""
    for finding in meeting.findings.by_id.values():
        unit = meeting.unit(finding.unit)
        for proof in finding.proofs:
            if fault := _fault(connection, proof.sha256, "fault.proof", "fault.proof_gone"):
                name, number = unit.short_name or unit.name, finding.number
                yield Said(fault, {"unit": name, "number": number, "proof": proof.name})


def _fault(connection: Connection, sha256: str, altered: str, gone: str) -> str | None:
    """Which of two codes says what is wrong with a content; None if nothing is."""
    content = contents.load(connection, sha256)
    if content is None:
        return gone
    return None if contents.is_whole(content, sha256) else altered
