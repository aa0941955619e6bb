"""Why a command is declined: a code with facts for programs, and one sentence per code for people.

The English sentences stand here and are the msgids of the catalogue; every one has a Chinese translation (under test).
Facts are named in braces.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """A code with the facts for its sentence; facts may be sentences again."""

    code: str
    facts: "Mapping[str, Fact]" = field(default_factory=dict)


Fact = str | int | tuple[str, ...] | tuple[Said, ...]


class Refused(Exception):
    """A command that will not be carried out, said by a code and facts.

    ``again``: fields with which the same command would be accepted, if the person who asked says so knowingly.
    """

    def __init__(self, code: str, again: Mapping[str, Any] | None = None, **facts: Fact) -> None:
        super().__init__(code)
        self.said = Said(code, facts)
        self.again = again

    @property
    def code(self) -> str:
        return self.said.code

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.said.facts

    def __str__(self) -> str:
        return sentence_of(self.said)


def refuse_if(unwanted: bool, code: str, **facts: Fact) -> None:
    if unwanted:
        raise Refused(code, None, **facts)


def refuse_unless(wanted: bool, code: str, **facts: Fact) -> None:
    refuse_if(not wanted, code, **facts)


def sentence_of(said: Said, translate: "Mapping[str, str] | None" = None, comma: str = ", ") -> str:
    """The sentence of a code, English unless ``translate`` maps the English sentence to another language."""
    english = SENTENCES[said.code]
    sentence = (translate or {}).get(english, english)
    return sentence.format_map({name: _as_words(fact, translate, comma) for name, fact in said.facts.items()})


def _as_words(fact: Fact, translate: "Mapping[str, str] | None", comma: str) -> str:
    if isinstance(fact, tuple):
        return comma.join(sentence_of(each, translate, comma) if isinstance(each, Said) else each for each in fact)
    return str(fact)


SENTENCES = {
    # the course of the meeting
    "meeting.unknown": "There is no such meeting.",
    "meeting.already_open": "The meeting has already been opened.",
    "meeting.not_open": "The meeting has not been opened yet.",
    "meeting.finished": "The meeting is over. Continue it first.",
    "meeting.not_finished": "The meeting is not over.",
    "meeting.other_code": "This plan belongs to another meeting.",
    "plan.incomplete": "The meeting cannot open yet: {shortcomings}.",
    "agenda.moved_on": "The agenda has already moved on; nothing was changed.",
    "agenda.at_the_end": "This was the last item. The meeting can now be closed.",
    "agenda.at_the_beginning": "There is nothing before this item.",
    "agenda.not_begun": "The first item has not begun yet.",
    "item.unknown": "There is no such item on the agenda.",
    "item.skipped": "“{item}” has been skipped. Restore it first.",
    "item.not_skipped": "“{item}” has not been skipped.",
    "item.begun": "“{item}” has already begun and stays in its place.",
    "item.finished": "“{item}” is already over.",
    "item.has_sheets": "“{item}” has sheets already submitted and cannot be skipped.",
    "item.behind": "There “{item}” would be passed by: the agenda is already further on.",
    "item.last_one": "“{item}” is the only item left and cannot be skipped.",
    "segment.unknown": "This item has no such segment.",
    "time.none": "Say how much time to add or take.",
    "time.too_much": "At most {minutes} minutes can be added or taken at once.",
    "time.below_zero": "A segment cannot be shorter than no time at all.",
    "clock.paused": "The clock is already paused.",
    "clock.running": "The clock is already running.",
    "reason.missing": "Please give a reason.",
    "author.missing": "Please say who makes this change.",
    "text.missing": "Please write something first.",
    "text.unwritable": "The text holds a character that cannot be kept.",
    "text.too_long": "At most {most} characters; this has {length}.",
    # rounds and results
    "mode.comments_only": "In this meeting only comments are given; there is no scoring.",
    "round.unknown": "There is no scoring of this unit yet.",
    "round.not_a_presentation": "Only the report of a unit is scored.",
    "round.already_open": "Scoring for {unit} is already open.",
    "round.was_closed": "Scoring for {unit} has been closed. Reopen it with a reason.",
    "round.closed": "Scoring for {unit} has closed.",
    "round.still_open": "Scoring for {unit} is still open.",
    "round.sheets_missing": "Sheets for {unit} are still missing from {seats}. Close without them?",
    "rounds.sheets_missing": "Sheets are still missing: {seats}. Close without them?",
    "rounds.none_open": "No scoring is open.",
    "rounds.still_open": "Scoring is still open for {units}. Close it before the meeting ends.",
    "result.none": "There is no result for {unit}: no sheet counts.",
    "result.no_quorum": "There is no result for {unit}: {counted} sheets count, {needed} are needed.",
    "result.already_revealed": "The result of {unit} has already been revealed.",
    "result.revealed": "The result of {unit} has been revealed. Withdraw it first.",
    "result.not_revealed": "The result of {unit} has not been revealed.",
    "result.other_step": "This step of the result of {unit} is not the next one; nothing was changed.",
    "results.none_revealed": "No result has been revealed yet.",
    "tie.too_few": "Name at least two units.",
    "tie.not_the_chairs": "By the sealed rules the chair does not decide ties.",
    "tie.not_equal": "These units do not have the same score.",
    # sheets
    "seat.unknown": "There is no such seat on the panel.",
    "seat.recused": "{seat} is recused from {unit}.",
    "seat.not_recused": "{seat} is not recused from {unit} and has not abstained.",
    "criterion.unknown": "There is no such criterion in the rubric.",
    "score.not_a_number": "“{criterion}” needs a number.",
    "score.out_of_range": "“{criterion}” takes {minimum} to {maximum} points; {points} is outside.",
    "score.off_step": "“{criterion}” goes in steps of {step}; {points} is between two steps.",
    "score.no_such_level": "“{criterion}” has no such level.",
    "score.not_given": "“{criterion}” has not been marked.",
    "sheet.other_unit": (
        "This sheet is for {unit}, but the tablet showed {shown}. Nothing was submitted; please look again."
    ),
    "sheet.incomplete": "Not marked yet: {criteria}.",
    "sheet.other_total": (
        "The tablet showed a total of {shown}, but the marks add up to {total}. "
        "Nothing was submitted; please look again."
    ),
    "sheet.abstained": "{seat} has abstained for {unit}. Return to the sheet first.",
    "sheet.already_submitted": "This sheet has already been submitted with the same marks.",
    "sheet.already_abstained": "{seat} has already abstained for {unit}.",
    "sheet.not_late": "No late sheet of {seat} is waiting.",
    "salt.missing": "The command has no random part for the receipt.",
    # comments
    "comment.unknown": "There is no such comment.",
    "comment.changed": "The comment has been changed since you read it. Please read it again.",
    "comment.twice": "This comment has already been sent.",
    "comment.not_yours": "This comment was written at another seat.",
    "comment.released": "The comment is on the screens. It must be withdrawn first.",
    "comment.not_released": "The comment is not on the screens.",
    "comment.taken_back": "The comment has been taken back by its author.",
    "id.malformed": "An id has 8 to 64 letters, digits, - or _.",
    "unit.unknown": "There is no such unit.",
    # the display
    "cue.unknown": "The display cannot be told to show this.",
    # asked of the record and the doors
    "record.unavailable": "The record cannot be written at the moment. Nothing was changed; please try again.",
    "database.unusable": "The database cannot be opened or written: {cause}",
    "database.newer": "The database was written by a newer Kaimen (format {found}, this one knows {known}).",
    "database.no_address": "This is no address of a database: {cause}",
    "key.unknown": "This link opens nothing: it is wrong, or has been revoked. Please ask the staff for a new one.",
    "key.needed": "This page opens with a link or a code of its own. Please ask the staff.",
    "key.moderator_needed": "The console opens with the moderator's link, which the terminal shows at start.",
    "key.seat_needed": "The tablet opens with the link or QR code of a seat. Please ask the staff.",
    "display.unknown": "There is no such display.",
    "page.unknown": "There is no such page.",
    "page.bad_request": "This request could not be understood.",
    "page.forbidden": "This page is not for you, or the form was too old. Please go back and try again.",
    "page.too_large": "That is too large.",
    "page.failed": "The page could not be shown because of a fault in the program. It has been noted.",
    "command.unknown": "There is no such command.",
    "command.twice": "This command has already been sent by somebody else.",
    "command.malformed": "The command is not readable: {detail}.",
    "command.not_allowed": "Your role may not do this.",
    "command.other_seat": "This belongs to seat {seat}, but the tablet is now used by {own}. It was not sent.",
    "command.failed": "The command could not be carried out because of a fault in the program. It has been noted.",
    # why a plan cannot be opened
    "title.missing": "the title is missing",
    "start.without_offset": "the start has no offset from UTC",
    "agenda.empty": "the agenda is empty",
    "panel.empty": "there is no seat on the panel",
    "rubric.empty": "the rubric has no criterion",
    "item.without_segments": "“{where}” has no segment",
    "segment.without_time": "“{where}” has a segment without time",
    "unit.twice": "unit “{where}” stands twice",
    "seat.twice": "seat “{where}” stands twice",
    "item.twice": "agenda item “{where}” stands twice",
    "criterion.twice": "criterion “{where}” stands twice",
    "grade.twice": "grade “{where}” stands twice",
    "level.twice": "level “{where}” stands twice",
    "criterion.no_number": "“{where}” has a limit, step or weight that is no number",
    "unit.reports_twice": "unit “{where}” reports twice",
    "item.unknown_unit": "“{where}” names no known unit",
    "item.needless_unit": "“{where}” is no report but names a unit",
    "recusal.unknown_unit": "a recusal names an unknown unit ({where})",
    "rubric.not_one_scale": "a meeting with levels needs exactly one criterion with levels",
    "criterion.no_range": "“{where}” has no room between minimum and maximum",
    "criterion.step_does_not_fit": "the step of “{where}” does not lead from minimum to maximum",
    "criterion.no_weight": "the weight of “{where}” is not above zero",
    "level.out_of_range": "a level of “{where}” lies outside its range",
    "trim.negative": "fewer than no sheets cannot be dropped",
    "trim.leaves_nothing": "the trim would leave no sheet",
    "rounding.places": "results have 0 to 6 decimals",
    "quorum.not_a_share": "the quorum must be a share from 0 to below 1",
    "group.without_weight": "group “{where}” has seats but no weight",
    "group.no_weight": "a group weight is not above zero",
}
