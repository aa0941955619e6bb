"""What an entry of the log says, in words: one sentence per kind of event."""

from collections.abc import Callable
from dataclasses import fields
from datetime import timedelta
from decimal import Decimal
from typing import Any

from app.language import Language, catalogue, comma_of
from app.language.choices import choice_name
from app.language.happened_at_desks import AT_DESKS, REPORTED_ON_PAPER, YES_OR_NO
from app.language.happened_to_promises import TO_PROMISES, in_numbers
from app.language.words import WORDS
from app.meeting import events as e
from app.meeting.comments.state import CommentKind
from app.meeting.composites.state import AnnouncedComposite
from app.meeting.cures.state import CureCount
from app.meeting.displays.state import Cue, Direction, SceneKind
from app.meeting.findings.state import Terms
from app.meeting.meeting import Meeting
from app.meeting.polls.evolving import OfPolls
from app.meeting.questions.evolving import OfQuestions
from app.meeting.scoring.numbers import total_of
from app.meeting.script.state import Step, StepKind
from app.meeting.sheets.state import SheetVersion

HAPPENED = {
    "MeetingOpened": "The meeting was opened. Rule seal {seal}.",
    "SegmentEntered": "Begun: {place}.",
    "ItemSkipped": "Skipped: {item}. Reason: {reason}.",
    "ItemRestored": "Restored: {item}.",
    "ItemMoved": "Moved: {item}, before {before}.",
    "TimeAdded": "The time for {place} was changed by {amount} minutes.",
    "ClockPaused": "The clock was paused.",
    "ClockResumed": "The clock was resumed.",
    "MeetingFinished": "The meeting was closed.",
    "MeetingContinued": "The meeting was continued.",
    "DrawPrepared": "A draw was prepared for {units}. Commitment {commitment}.",
    "DrawBegun": "The draw began. Word said in the hall: {word}.",
    "UnitDrawn": "Drawn as number {number}: {unit}.",
    "DrawEnded": "The draw ended. Seed {seed}.",
    "DrawCalledOff": "The draw was called off. Reason: {reason}. Seed {seed}.",
    "OrderTyped": "Order of reporting entered: {units}.",
    "RoundOpened": "Scoring was opened for {round}.",
    "RoundClosed": "Scoring was closed for {round}. Without a sheet: {missing}.",
    "RoundTakenBack": "The opening of scoring for {round} was taken back; nobody had marked.",
    "RoundReopened": "Scoring was reopened for {round}. Reason: {reason}.",
    "ResultStepShown": "The result of {round}: step “{step}” was shown.",
    "ResultRevealed": "The result of {round} was announced: {announced}.",
    "RevealWithdrawn": "The result of {round} was withdrawn. Reason: {reason}.",
    "ResultsAnnounced": "Announced to the hall: {rounds}.",
    "ResultHidden": "Of the result of {round} remain shown: {parts}.",
    "ResultChecked": "The supervisor has checked the result of {round}. Digest of what was looked at: {seen}.",
    "TieRuled": "The chair ruled on a tie, best first: {rounds}. Reason: {reason}. Ruled by {author}.",
    "PollOpened": "The audience was asked to vote on {unit}: poll {number}.",
    "PollClosed": "The poll on {voted} was closed. Ballots: {counted}. Digest of the ballots: {digest}.",
    "PollShown": "It was shown how the audience voted on {voted}: {tallied}.",
    "PollHidden": "How the audience voted on {voted} is no longer shown.",
    "PollWithdrawn": "The poll on {voted} was withdrawn. Reason: {reason}.",
    "PartEntered": "“{name}” was entered: {entered}. By {author}. File: {file}, SHA-256 {digest}.",
    "PartCorrected": "“{name}” of {unit} was corrected to {points}. Reason: {reason}. By {author}.",
    "CompositesChecked": "The supervisor has checked the composites. Digest of what was looked at: {seen}.",
    "CompositesAnnounced": "The composites were announced: {joined}.",
    "CompositesWithdrawn": "The composites were withdrawn. Reason: {reason}.",
    "ScoreGiven": "{seat} marked {round}: {criterion} {points}.",
    "ScoreErased": "{seat} erased a mark for {round}: {criterion}.",
    "SheetSubmitted": "{seat} submitted the sheet for {round}: {version}.",
    "SheetCameLate": "{seat} submitted the sheet for {round} too late: {version}.",
    "SeatAbstained": "{seat} abstained from scoring {round}.",
    "SeatRecused": "{seat} was recused from {round}. Reason: {reason}.",
    "SeatReturned": "{seat} returned to the sheet for {round}.",
    "SheetCorrected": "The sheet of {seat} for {round} was corrected: {version}.",
    "SheetVoided": "The sheet of {seat} for {round} was declared void: {correction}.",
    "CommentSent": "{seat} commented on {unit} ({kind}): {text}",
    "CommentRevised": "{author_seat} revised a comment on {about} ({kind}): {text}",
    "CommentTakenBack": "{author_seat} took back a comment on {about}.",
    "CommentEdited": "A comment of {author_seat} on {about} was edited for release: {text}",
    "CommentReleased": "A comment of {author_seat} on {about} was released to the screens.",
    "CommentWithdrawn": "A comment of {author_seat} on {about} was withdrawn from the screens.",
    "CommentPutBack": "A comment of {author_seat} on {about} waits for release again.",
    "CommentQuoted": "A comment of {author_seat} on {about} was shown on its own.",
    "SummedUp": "The summing-up of {unit} was shown, page {page}.",
    "StepPassed": "A step was passed over: {undone}.",
    "StepUndone": "A step was taken back: {undone}.",
    "CueGiven": "The displays were set to: {cue}.",
    "DisplayDirected": "Display {display} was set to: {direction}.",
    "SpeakerTold": "Message to the speaker: {text}.",
    "SeatCheckedIn": "{seat} is present.",
    "SeatCheckedOut": "{seat} is not present, or no longer present.",
    "SeatTakenOver": "{seat} has moved to another device.",
    **AT_DESKS,
    **TO_PROMISES,
}
SEALED = "{seat}: an entry on the sheet for {round}. Its content is sealed until scoring is closed."
END_OF_AGENDA = "the end of the agenda"
CORRECTED_BY = "{by}: {reason}"
VERSION = "{marks}; total {total}; receipt {receipt}"
KIND_CHANGED = "A comment of {author_seat} on {about} was edited for release, now as {kind}: {text}"

PASSED_UNDONE = "A step that had been passed over is offered again: {undone}."
OF_A_GRADE = "Announced to the hall as “{grade}”: {rounds}."
WITHOUT_FILE = "“{name}” was entered: {entered}. By {author}."
STRUCK = "“{name}” of {unit} was struck. Reason: {reason}. By {author}."
LACKS = "{unit}: a part is missing"
OF_ALL_UNITS = "The problems of all units were shown, page {page}."

UNDONE = {
    StepKind.OPEN: "the opening",
    StepKind.ENTER: "“{place}”",
    StepKind.DRAW: "lot number {number}",
    StepKind.BEGIN_SCORING: "the opening of scoring for {round}",
    StepKind.CLOSE: "the closing of scoring for {round}",
    StepKind.OPEN_POLL: "the opening of a poll on {unit}",
    StepKind.CLOSE_POLL: "the closing of the poll on {unit}",
    StepKind.SHOW_POLL: "the showing of the poll on {unit}",
    StepKind.CHECK: "the check of the result of {round}",
    StepKind.SHOW: "“{part}” of the result of {round}",
    StepKind.ANNOUNCE: "the announcement of the result of {round}",
    StepKind.ANNOUNCE_GRADE: "the announcement of “{grade}”",
    StepKind.RELEASE: "the release of a comment",
    StepKind.QUOTE: "a comment on its own",
    StepKind.SUM_UP: "page {page} of the summing-up of {unit}",
    StepKind.FINISH: "the end of the meeting",
}
"""What was taken back, by the kind of the step."""

A_FINDING = "Finding {number} of {unit}"
A_DRAFT = "A draft of a finding on {unit}"
UNKNOWN_FINDING = "A finding"
OTHERS = (
    *(SEALED, KIND_CHANGED, END_OF_AGENDA, CORRECTED_BY, VERSION, OF_A_GRADE, OF_ALL_UNITS, PASSED_UNDONE),
    *(WITHOUT_FILE, STRUCK, LACKS, REPORTED_ON_PAPER),
    *UNDONE.values(),
    *(A_FINDING, A_DRAFT, UNKNOWN_FINDING),
    *(word for words in YES_OR_NO.values() for word in words),
)

OF_A_SHEET = (e.ScoreGiven, e.ScoreErased, e.SheetSubmitted, e.SheetCameLate, e.SheetCorrected)
"""What may tell marks, or that there is a mark."""

NOTHING = "—"


def say_event(event: e.Event, meeting: Meeting, language: Language) -> str:
    """A sentence with names for ids, by the meeting as it stands. Of an open round no mark is said, and no sheet."""
    said = _Said(meeting, language)
    if isinstance(event, OF_A_SHEET) and _is_open(meeting, event.round):
        return said.text(SEALED).format(seat=said.seat(event.seat), round=said.round(event.round))
    return said.text(_sentence(event)).format_map(said.facts(event))


def _sentence(event: e.Event) -> str:
    match event:
        case e.CommentEdited() if event.kind is not None:
            return KIND_CHANGED
        case e.ResultsAnnounced() if event.by_grade:
            return OF_A_GRADE
        case e.StepUndone() if event.passed:
            return PASSED_UNDONE
        case e.PartEntered() if not event.file:
            return WITHOUT_FILE
        case e.PartCorrected() if event.points is None:
            return STRUCK
        case e.SummedUp() if not event.unit:
            return OF_ALL_UNITS
        case e.ReportCameIn() if event.on_paper:
            return REPORTED_ON_PAPER
    return HAPPENED[type(event).__name__]


def _is_open(meeting: Meeting, round: str) -> bool:
    return round not in meeting.rounds or meeting.rounds[round].is_open


class _Said:
    """Names for ids, in one language. An id that the meeting does not know stands for itself."""

    def __init__(self, meeting: Meeting, language: Language) -> None:
        self._meeting = meeting
        self._comma, self._language = comma_of(language), language
        self.text = catalogue(language).gettext

    def facts(self, event: Any) -> dict[str, str]:
        facts = {each.name: self._fact(each.name, getattr(event, each.name)) for each in fields(event)}
        if hasattr(event, "segment"):
            facts["place"] = self.place(event.item, event.segment)
        if isinstance(event, e.StepPassed | e.StepUndone):
            facts["undone"] = self.undone(event.step)
        if isinstance(event, e.PartEntered | e.PartCorrected):
            facts["name"] = self.part_of_composite(event.part)
        if isinstance(event, e.PartEntered):
            given = event.points.items()
            facts["entered"] = self._listed(f"{self.unit(unit)} {points}" for unit, points in given)
        if isinstance(event, e.CompositesAnnounced):
            facts["joined"] = self._listed(map(self.composite, event.composites))
        facts |= self.of_its_wing(event)
        comment = self._meeting.comments.get(getattr(event, "comment", ""))
        if comment is not None:
            facts |= {"author_seat": self.seat(comment.seat), "about": self.unit(comment.unit)}
        elif hasattr(event, "comment"):
            facts |= {"author_seat": NOTHING, "about": NOTHING}
        return facts

    def _fact(self, name: str, value: Any) -> str:
        ways: dict[str, Callable[[Any], str]] = {
            "item": self.item,
            "before": lambda item: self.item(item) if item else self.text(END_OF_AGENDA),
            "round": self.round,
            "unit": self.unit,
            "seat": self.seat,
            "criterion": self.criterion,
            "units": lambda units: self._listed(self.unit(each) for each in units),
            "rounds": lambda rounds: self._listed(self.round(each) for each in rounds),
            "missing": lambda seats: self._listed(self.seat(each) for each in seats),
            "kind": lambda kind: self.text(WORDS[f"comment.{kind}"]) if kind in [*CommentKind] else NOTHING,
            "step": lambda step: self.part(step) if isinstance(step, str) else NOTHING,
            "part": lambda part: self.part(part) if part else NOTHING,
            "parts": lambda parts: self._listed(self.part(each) for each in parts),
            "page": lambda page: str(page + 1),
            "amount": _minutes,
            "version": self.version,
            "correction": lambda one: self.text(CORRECTED_BY).format(by=one.author, reason=one.reason),
            "announced": lambda one: " ".join(filter(None, [_plain(one.score), one.grade])),
            "cue": self.cue,
            "direction": self.direction,
            "terms": self.terms,
            "points": _plain,
        }
        return ways[name](value) if name in ways else str(value) or NOTHING

    def _listed(self, names: Any) -> str:
        return self._comma.join(names) or NOTHING

    def part(self, name: str) -> str:
        """Of a reveal; one that nobody knows, in a log from elsewhere, stands for itself."""
        word = WORDS.get(f"step.{name}")
        return self.text(word) if word else name

    def item(self, id: str) -> str:
        return next((each.title for each in self._meeting.plan.agenda if each.id == id), id)

    def place(self, item: str, segment: int) -> str:
        found = next((each for each in self._meeting.plan.agenda if each.id == item), None)
        if found is None or not 0 <= segment < len(found.segments):
            return self.item(item)
        word = WORDS[f"segment.{found.segments[segment].kind}"]
        return f"{found.title} · {self.text(word)}" if word else found.title

    def unit(self, id: str) -> str:
        return next((each.short_name for each in self._meeting.plan.units if each.id == id), id)

    def round(self, id: str) -> str:
        unit = next((each.unit for each in self._meeting.plan.agenda if each.id == id), None)
        return self.unit(unit) if unit else id

    def seat(self, id: str) -> str:
        return next((each.label for each in self._meeting.plan.seats if each.id == id), id)

    def criterion(self, id: str) -> str:
        return next((each.name for each in self._meeting.plan.criteria if each.id == id), id)

    def part_of_composite(self, id: str) -> str:
        return next((each.name for each in self._meeting.plan.composite.parts if each.id == id), id)

    def of_poll(self, event: OfPolls) -> dict[str, str]:
        poll = self._meeting.polls.get(event.poll)
        facts = {"voted": self.unit(poll.unit) if poll else event.poll}
        if isinstance(event, e.PollClosed):
            facts |= {"counted": self.counted(event.count.ballots), "digest": event.count.of_ballots or NOTHING}
        if isinstance(event, e.PollShown):
            facts["tallied"] = self._listed(
                f"{self.voice(voice)} ({self._listed(f'{self.choice(each)} {n}' for each, n in tally.items())})"
                for voice, tally in event.tally.items()
            )
        return facts

    def counted(self, ballots: dict[str, int]) -> str:
        return self._listed(f"{self.voice(voice)} {number}" for voice, number in ballots.items())

    def voice(self, id: str) -> str:
        return self.text(WORDS.get(f"voice.{id}", id))

    def choice(self, id: str) -> str:
        return choice_name(self._meeting.plan.rules, id, self._language)

    def composite(self, one: AnnouncedComposite) -> str:
        if one.score is None:
            return self.text(LACKS).format(unit=self.unit(one.unit))
        return " ".join(filter(None, [self.unit(one.unit), _plain(one.score), one.grade]))

    def of_finding(self, event: Any) -> dict[str, str]:
        """What it is called, and what was decided of it."""
        facts = {"named": self.finding(getattr(event, "finding", "") or event.into)}
        for field, (yes, no) in YES_OR_NO.items():
            if hasattr(event, field):
                facts[field] = self.text(yes if getattr(event, field) else no)
        match event:
            case e.FindingHandedOver():
                facts["due"] = str(event.deadlines.rectification)
            case e.CureSent():
                facts["due"] = str(event.cure.until)
            case e.StrikeOffAsked():
                facts["pledge"] = f"{event.pledge.name} {event.pledge.dated}"
            case e.FindingsMerged():
                facts["count"] = str(len(event.findings))
            case e.ProofsShown():
                facts["count"] = str(len(event.proofs))
            case e.DisputeSettled():
                facts["settled"] = " ".join(filter(None, [facts["accepted"], event.to and self.unit(event.to)]))
        return facts

    def finding(self, id: str) -> str:
        found = self._meeting.findings.by_id.get(id)
        if found is None:
            return self.text(UNKNOWN_FINDING)
        sentence = A_FINDING if found.is_issued else A_DRAFT
        return self.text(sentence).format(number=found.number, unit=self.unit(found.unit))

    def of_its_wing(self, event: Any) -> dict[str, str]:
        if isinstance(event, OfPolls):
            return self.of_poll(event)
        if isinstance(event, OfQuestions):
            return self.of_question(event)
        if isinstance(event, e.FindingsMerged) or hasattr(event, "finding"):
            return self.of_finding(event)
        if isinstance(event, e.PromisesTold):
            return {"counts": "; ".join(map(in_numbers, event.counts)) or NOTHING}
        return self.of_cures(event)

    def of_question(self, event: OfQuestions) -> dict[str, str]:
        known = self._meeting.questions.get(event.question)
        asked = known.asked if isinstance(event, e.QuestionWithdrawn) and known else getattr(event, "asked", None)
        if asked is None:
            return {"text": NOTHING}
        whom = self.unit(asked.unit) if asked.unit else self.text(WORDS["question.to_all"])
        return {"text": asked.text, "whom": whom, "upvotes": str(asked.upvotes)}

    def of_cures(self, event: Any) -> dict[str, str]:
        """Of a mark only that it was given: it is secret for good."""
        match event:
            case e.CureVoteOpened() | e.ReportCameIn():
                return {"judged": self._listed(map(self.finding, event.findings))}
            case e.CureVoteClosed():
                return {"judged": self._listed(map(self.cure, event.counts))}
            case e.CureJudged():
                return {"number": str(len(event.marks)), "marks": NOTHING}
            case e.ReportsShown():
                return {"count": str(len(event.attachments))}
        return {}

    def cure(self, count: CureCount) -> str:
        passed = self.text(YES_OR_NO["passed"][0 if count.passed else 1])
        given = count.satisfied, count.basically, count.not_satisfied
        numbers = f" ({'/'.join(map(str, given))}, {count.members})" if count.is_told else ""
        return f"{self.finding(count.finding)} {passed}{numbers}"

    def terms(self, terms: Terms) -> str:
        named = ((self.text(WORDS[f"term.{each.name}"]), getattr(terms, each.name)) for each in fields(terms))
        return self._listed(f"{name} {length}" for name, length in named)

    def undone(self, step: Step) -> str:
        facts = {each.name: self._fact(each.name, getattr(step, each.name)) for each in fields(step)}
        facts["place"] = self.place(step.place.item, step.place.segment) if step.place else NOTHING
        return self.text(UNDONE[step.kind]).format_map(facts)

    def version(self, version: SheetVersion) -> str:
        criteria = [each for each in self._meeting.plan.criteria if each.id in version.marks]
        marks = self._comma.join(f"{each.name} {_plain(version.marks[each.id])}" for each in criteria)
        total = _plain(total_of(self._meeting.plan, version.marks))
        said = self.text(VERSION).format(marks=marks, total=total, receipt=version.receipt)
        one = version.correction
        return f"{said} ({one.author}: {one.reason})" if one else said

    def cue(self, cue: Cue) -> str:
        if cue.scene is None:
            return self.text(WORDS["cue.agenda"])
        is_overview = cue.scene.kind is SceneKind.RANKING and not self._meeting.plan.rules.ranks_told
        shown = self.text(WORDS["scene.overview" if is_overview else f"scene.{cue.scene.kind}"])
        about = cue.scene.text or (cue.scene.round and self.round(cue.scene.round))
        about = about or (cue.scene.unit and self.unit(cue.scene.unit))
        held = self.text(WORDS["cue.hold"]) if cue.held else ""
        return " · ".join(filter(None, [held, shown, about]))

    def direction(self, direction: Direction) -> str:
        cue = self.cue(direction.cue) if direction.cue else self.text(WORDS["cue.common"])
        return " · ".join(filter(None, [direction.view, direction.language, cue]))


def _minutes(amount: timedelta) -> str:
    return f"{amount / timedelta(minutes=1):+g}"


def _plain(number: Decimal | None) -> str:
    return "" if number is None else str(number)
