"""Why a command is declined: a code with facts for programs, and one sentence per code for people.

The English sentences stand here and are the msgids of the catalogue; every one has a Chinese translation (under test).
Facts are named in braces.
"""

from collections.abc import Callable, Mapping, Sequence
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
    ``at``: ids of what was filled in wrongly, for a form to point there.
    """

    def __init__(
        self, code: str, again: Mapping[str, Any] | None = None, at: Sequence[str] = (), **facts: Fact
    ) -> None:
        super().__init__(code)
        self.said = Said(code, facts)
        self.again = again
        self.at = tuple(at)

    @property
    def code(self) -> str:
        return self.said.code

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.said.facts

    def __str__(self) -> str:
        return sentence_of(self.said)


def refusal_of(said: Said) -> Refused:
    """A refusal for what has been said elsewhere."""
    return Refused(said.code, None, (), **said.facts)


def refuse_if(unwanted: bool, code: str, **facts: Fact) -> None:
    if unwanted:
        raise Refused(code, None, (), **facts)


def refuse_unless(wanted: bool, code: str, **facts: Fact) -> None:
    refuse_if(not wanted, code, **facts)


def sentence_of(said: Said, translate: Callable[[str], str] = str, comma: str = ", ") -> str:
    """The sentence of a code, English unless ``translate`` turns the English sentence into another language."""
    sentence = translate(SENTENCES[said.code])
    return sentence.format_map({name: _as_words(fact, translate, comma) for name, fact in said.facts.items()})


def _as_words(fact: Fact, translate: Callable[[str], str], comma: str) -> str:
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
    "text.unwritable": "The text holds a character that cannot be kept. Please take it out, or type it anew.",
    "text.too_long": "At most {most} characters; this has {length}.",
    # the order of reporting
    "order.fixed": "In this meeting the order of reporting is fixed by the agenda.",
    "order.reports_begun": "The first report has begun. The order of reporting stays as it is.",
    "order.not_drawn": "Lots have not been drawn yet. Begin the first report in the order of the agenda?",
    "order.not_typed": "The order has not been entered yet. Begin the first report in the order of the agenda?",
    "order.number_missing": "No number: {units}.",
    "order.number_wrong": "“{number}” of {unit} is no whole number from 1 to {most}.",
    "order.number_twice": "The number {number} stands at {units}.",
    "order.none": "No order has been drawn or entered yet.",
    "draw.none": "No draw is under way.",
    "draw.going_on": "Lots are being drawn. Draw to the end, or call the draw off first.",
    "draw.ended": "The order has been drawn. Whoever wants another one calls this draw off first, with a reason.",
    "draw.too_few": "There are not two units to draw lots for.",
    "draw.moved_on": "The draw has already gone on; nothing was changed.",
    "draw.other_word": "The word of this draw is “{word}”; it cannot be changed any more.",
    "draw.seed_lost": "The seed of this draw is not on this server. Call the draw off and prepare a new one.",
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
    "seat.other_card": "This page is seat {own}'s, but this browser now holds the card of seat {seat}. Nothing is sent "
    "from this page any more; what waits is kept on this device. To go on, scan the card of seat {own} again.",
    "seat.no_card": "This browser holds the card of this seat no more. Nothing is sent from this page; what waits is "
    "kept on this device. To go on, scan the card of this seat again.",
    "seat.elsewhere": "Seat {seat} is now led from another device. Nothing was sent; it is kept on this one.",
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
    "display.no_name": "The name of a display has 1 to 24 letters, digits, - or _.",
    "display.no_such_language": "Displays speak Chinese or English.",
    "display.too_many": "At most {most} displays can be told something of their own.",
    "display.not_there": "No display “{display}” is connected.",
    "papers.altered": (
        "The bytes of this paper have been altered since it was handed in: it is not shown. “run.py verify” names it."
    ),
    # asked of the record and the doors
    "record.unavailable": "The record cannot be written at the moment. Nothing was changed; please try again.",
    "setting.no_number": "{name} must be a number, not “{text}”.",
    "setting.no_switch": "{name} must be 1 or 0, not “{text}”.",
    "setting.no_networks": "{name} must be addresses or networks with commas, not “{text}”.",
    "setting.no_database": "{name} must be the path of a file or a postgresql:// url, not “{text}”.",
    "setting.no_address": "{name} must be an address like http://192.168.1.20:8000, with http or https, not “{text}”.",
    "setting.address_with_path": (
        "{name} must end with the name or the port: Kaimen cannot be reached below a path, as in “{text}”. "
        "Let the proxy give it a name or a port of its own."
    ),
    "database.is_a_folder": "{file} is a folder. Name a file in it with --db.",
    "database.no_folder": "There is no folder {folder}. Make it first, or name another place with --db.",
    "database.folder_locked": (
        "Nothing can be written in the folder {folder}, and a database needs to. Name another place with --db."
    ),
    "system.not_there": "There is no file or folder {file}.",
    "system.denied": "{file} cannot be opened: it is write-protected, belongs to somebody else, or is open elsewhere.",
    "system.full": "The disk is full: {file} could not be written.",
    "system.is_a_folder": "{file} is a folder. Name a file.",
    "database.unusable": "The database cannot be opened or written: {cause}",
    "database.newer": "The database was written by a newer Kaimen (format {found}, this one knows {known}).",
    "record.file_gone": (
        "The file {file} is not where it was opened: it was deleted, moved or replaced, or a file beside it was. "
        "Nothing is recorded any more. Stop Kaimen, put the file back and start it again."
    ),
    "record.rolled_back": (
        "Another program has put the record back to an earlier state: entry {written} had been written, and {here} is "
        "the last that is there now. Nothing is recorded any more. Stop Kaimen, keep a copy of the file, and restore "
        "the newest backup."
    ),
    "record.no_answer": "The database does not answer at the moment. Please try again in a moment.",
    "clock.ahead": (
        "The clock of the server is {much} ahead of the meeting. It was set, or was wrong before. Timers and record go "
        "on by the meeting's own time: nothing jumps, and nothing needs to be done now. Once no meeting is running, "
        "Kaimen goes by the server's clock again; please see that it is right."
    ),
    "clock.behind": (
        "The clock of the server is {much} behind the meeting. It was set, or was wrong before. Timers and record go "
        "on by the meeting's own time: nothing jumps, and nothing needs to be done now. Once no meeting is running, "
        "Kaimen goes by the server's clock again; please see that it is right."
    ),
    "length.seconds": "{number} seconds",
    "length.minutes": "{number} minutes",
    "length.hours": "{number} hours",
    "length.days": "{number} days",
    "database.no_copy": (
        "The database is of an earlier Kaimen. Before it is changed a copy of it is made ({file}), and that failed: "
        "{cause}. Nothing was changed. Make room, or let Kaimen write into that folder, and start again."
    ),
    "database.older": (
        "The database was written by an older Kaimen, and this one cannot read it: {lacks} is missing. Nothing was "
        "changed. Open it with the Kaimen that wrote it (“run.py export” writes its records as files), or start with "
        "another database: --db FILE."
    ),
    "database.in_use": (
        "This database is already in use by another Kaimen (process {pid}, {address}). Work with that one, or stop it "
        "first: of two servers on one file, one shows what is no longer so. Another meeting at the same time needs a "
        "database of its own: --db FILE."
    ),
    "database.two_names": (
        "The file {file} has another name on this disk (a hard link), by which a second Kaimen could open it without "
        "being noticed. Nothing was changed. Delete the other name, or make a copy of the file under a name of its "
        "own (“run.py backup FILE”) and start with that: --db FILE."
    ),
    "database.none": "There is no database {file}.",
    "backup.is_there": "{file} is already there. Write over it with --force.",
    "backup.is_the_database": "{file} is the database itself. Choose another file.",
    "backup.no_file": "There is no file {file}.",
    "backup.not_written": "The backup could not be written: {cause}",
    "backup.none": "{file} is no backup, and no database of Kaimen.",
    "restore.is_there": (
        "There is a database already: {file}. Restore into a new one (--db FILE), or put this backup in its place with "
        "--force."
    ),
    "restore.unfinished": (
        "There is no {file}, but {aside} is there: a restore was broken off, or somebody took the database away. "
        "Nothing was changed. Restore again, or rename {aside} to {file} to go on with it; to begin anew, move {aside} "
        "elsewhere."
    ),
    "database.unreadable": "The database holds something that cannot be read: {place}",
    "database.no_address": "This is no address of a database: {cause}",
    "key.unknown": "This link opens nothing: it is wrong, or has been revoked. Please ask the staff for a new one.",
    "join.no_code": (
        "A code has ten letters and digits, like K7M3-9QX-D2P (on older cards eight); 0 and O, 1 and I do not occur. "
        "Please check what you typed."
    ),
    "join.wrong": "No key has this code: it is mistyped, or has been revoked. Please check it, or ask the staff.",
    "join.too_often": (
        "Too many wrong codes have been typed. Please try again in {seconds} seconds, or scan the QR code."
    ),
    "join.busy": (
        "So many codes are being typed at this moment that yours could not be looked at. Please try again in {seconds} "
        "seconds, or scan the QR code."
    ),
    "cards.none": "Please tick at least one seat.",
    "key.gone": "This key has been revoked already. The list shows how things stand now.",
    "key.not_yours": "Keys of this role are not yours to make or revoke.",
    "key.for_nobody": "Please choose for whom the key is.",
    "key.needed": "This page opens with a link or a code of its own. Please ask the staff.",
    "key.revoked": "The key of this device has been revoked. Please ask the staff for a new one.",
    "key.moderator_needed": "The console opens with the moderator's link, which the terminal shows at start.",
    "key.console_of_organiser": (
        "The console opens with a moderator's key. As organiser you can make one for this device by one press; "
        "the keys page lists it as made by you."
    ),
    "key.seat_needed": "The tablet opens with the link or QR code of a seat. Please ask the staff.",
    "display.unknown": "There is no such display.",
    "page.unknown": "There is no such page.",
    "page.bad_request": "This request could not be understood.",
    "page.forbidden": "This page is not for you, or the form was too old. Please go back and try again.",
    "page.too_large": "That is too large.",
    "page.too_slow": "This request took too long to arrive. Please try again.",
    "page.head_too_large": "The head of this request is too large: at most {most} KB. "
    "If this comes from a browser, deleting this site's cookies helps.",
    "page.too_many_fields": "That form has too many fields: {most} at the most.",
    "host.unknown": "This server is not called {host}. If it shall be, that name goes into the setting KAIMEN_HOSTS.",
    "form.from_elsewhere": "This form was sent from a page of another site. Please open the page here and fill it in.",
    "form.again": "Nothing has been done yet: this form was opened under another key, or before this browser forgot "
    "its cookies. What was filled in is still here. If this page comes back, please allow cookies for this site.",
    "page.failed": "The page could not be shown because of a fault in the program. It has been noted.",
    "command.unknown": "There is no such command.",
    "command.twice": "This command has already been sent by somebody else.",
    "command.malformed": "The command is not readable: {detail}.",
    "detail.unwritable": "it holds a character that cannot be kept ({character})",
    "command.not_allowed": "Your role may not do this.",
    "command.other_seat": "This belongs to seat {seat}, but the tablet is now used by {own}. It was not sent.",
    "command.too_late": "This arrived too late and was not carried out: what is pressed counts for three seconds. "
    "Look at what is so now, and press again.",
    "command.failed": "The command could not be carried out because of a fault in the program. It has been noted.",
    "trust.nothing_to_install": "This server has no certificate of its own to install.",
    # rehearsals
    "rehearsal.of_rehearsal": "This is a rehearsal itself. Rehearse the meeting it is a copy of.",
    "meeting.not_a_rehearsal": "This is the real meeting. Only a rehearsal can be thrown away.",
    "bots.not_in_real_meeting": "Bots take part in rehearsals only, never in the real meeting.",
    "bots.no_empty_seat": "Every seat is taken; there is none left for a bot.",
    # set-up pages
    "key.organiser_needed": "Meetings are prepared with the organiser's link, which the terminal shows at start.",
    "form.moved": (
        "Somebody else has changed the same page meanwhile; nothing was written. Please compare both versions."
    ),
    "form.complained": "Something on this page cannot be taken as it is; nothing was written. Please put it right.",
    "setup.frozen": "The meeting has been opened: what was agreed is frozen and can no longer be changed.",
    "setup.opened_once": "The meeting has been opened; its record is kept and it cannot be deleted.",
    "setup.other_code_typed": "To delete the meeting, type its code: {code}",
    "code.malformed": "A code has 2 to 32 characters: a to z, 0 to 9 and -, not - in front.",
    "code.reserved": "“{code}” is an address of Kaimen itself. Please choose another code.",
    "code.taken": "There is already a meeting with the code “{code}”.",
    "field.missing": "Please fill this in.",
    "field.no_number": "“{text}” is not a number.",
    "field.out_of_range": "Please give a number from {least} to {most}.",
    "field.not_whole": "Please give a whole number.",
    "field.no_choice": "Please choose one of the list.",
    "field.no_date": "Please give a date, such as 2026-11-17.",
    "field.no_time": "Please give a time of day, such as 09:00.",
    "field.no_minutes": "“{text}” is no time. Write minutes, such as 8, or 1:30 for a minute and a half.",
    "field.too_long_a_time": "At most {most} minutes.",
    "field.too_many": "At most {most}.",
    "units.not_added_yet": (
        "These lines have not been added to the list yet. Press “Add these units”, or clear the box."
    ),
    "units.same_name": "Two units are called “{name}”. Give them different short names.",
    "units.same_full_name": "“{name}” stands in the list already.",
    "units.short_name_needed": (
        "The name is long. Please give a short name of at most {most} characters for the screens."
    ),
    "panel.same_label": "Two seats are called “{label}”.",
    "panel.recused_twice": "This recusal stands in the list already.",
    "agenda.reports_already": "This unit reports already, further up.",
    "agenda.unit_needed": "Please choose the unit that reports.",
    "agenda.time_needed": "Please give at least one time.",
    "rubric.no_range": "The most points must be more than the fewest.",
    "rubric.step_does_not_fit": "This step does not lead from the fewest points to the most.",
    "rubric.no_weight": "The weight must be above zero.",
    "rubric.same_name": "Two criteria are called “{name}”.",
    "number.too_many_decimals": "“{where}” has more than six decimals; points, steps and weights take six at most",
    "number.too_large": "“{where}” is more than a million; points, steps and weights go up to a million",
    "rubric.same_level": "Two levels are called “{name}”.",
    "rubric.two_levels": "A scale needs at least two levels.",
    "rules.trim_leaves_nothing": "Nothing would be left to count. Drop from {least} sheets on, or more.",
    "rules.weight_needed": "This group has seats, so it needs a weight too; or clear all weights.",
    "rules.tie_twice": "This stands further up already.",
    "rules.grade_twice": "Another line has the same name or the same points.",
    "papers.unknown": "There is no such paper.",
    "papers.of_no_unit": (
        "In these names no unit was found, or several: {names}. They were not taken; please hand them in at their unit."
    ),
    "papers.none_chosen": "Please choose a file first.",
    "papers.unknown_kind": "“{name}” is not of a kind that can be handed in ({kinds}).",
    "papers.too_large": "“{name}” is larger than {megabytes} MB.",
    "papers.not_what_it_says": "“{name}” is not what its ending says. Please save it again and hand in the new file.",
    "papers.too_many": "A unit has at most {most} papers.",
    "look.no_units": "no unit is listed yet",
    "look.unit_does_not_report": "{unit} is not on the agenda",
    "look.not_a_hundred": "the rubric adds up to {sum} points, not 100",
    "look.weights_do_not_round": (
        "all weights are 1, so that rounding each mean after its weight is the same as rounding it before"
    ),
    "look.groups_never_trimmed": (
        "with weights, the highest and lowest are dropped within each group, and only from {least} of its sheets on; "
        "these groups have fewer seats, so that nothing is ever dropped in them: {groups}"
    ),
    "look.grades_alike": ("{first} and {second} both begin at {points} points, so that {second} is never given"),
    "look.grade_out_of_reach": "{name} is never reached: the full score is {full}",
    "group.expert": "Expert",
    "group.deputy": "People's deputy",
    "group.cppcc": "CPPCC member",
    "group.lawyer": "Lawyer",
    "group.media": "Media",
    "group.public": "Public",
    "look.no_place": "the place is not given",
    "look.small_groups": "{groups}: fewer than three seats, so that no means by group will be told in public",
    "look.small_groups_with_weights": (
        "{groups}: fewer than three seats for some unit, and groups have weights. Of such a unit neither means by "
        "group nor totals of sheets will be told in public: they would give a sheet away"
    ),
    # files that are handed in
    "file.unknown_kind": "Only .xlsx workbooks and .toml text files can be read. Save the file as .xlsx and try again.",
    "file.empty": "The file is empty.",
    "file.too_large": (
        "The file is larger than {megabytes} MB. Remove pictures and sheets that do not belong to the meeting."
    ),
    "file.too_large_inside": (
        "Unpacked, the workbook is far too large for a meeting. Copy its sheets into a new template."
    ),
    "file.is_xls": "This is a workbook of an old format (.xls). Open it and save it as .xlsx.",
    "file.is_et": "This is a workbook of WPS (.et). Open it in WPS and save it as .xlsx.",
    "file.is_xlsm": "This workbook may hold macros (.xlsm). Open it and save it as .xlsx.",
    "file.is_xltx": "This is a template (.xltx), no workbook. Open it and save it as .xlsx.",
    "file.is_xlsb": "This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.",
    "file.is_ods": "This workbook is of another program (.ods, .numbers). Open it there and save it as .xlsx.",
    "file.is_csv": (
        "This is a plain list (.csv, .txt), and a meeting has several sheets. Copy its lines into the template (.xlsx)."
    ),
    "file.is_a_document": (
        "This is a document or a picture, no workbook. Copy what it says into the workbook template (.xlsx)."
    ),
    "file.is_packed": "This is a packed folder. Unpack it and hand in the workbook (.xlsx) itself.",
    "file.is_a_web_page": (
        "This is a web page or a table of an older kind, whatever its name says. Open it in Excel or WPS and save it "
        "as an Excel workbook (.xlsx)."
    ),
    "file.is_strict": (
        "This workbook was saved as “Strict Open XML”. Open it and save it as an ordinary “Excel Workbook (*.xlsx)”."
    ),
    "file.has_a_password": "The workbook is protected with a password. Save it without one.",
    "file.is_beside": "This is what a program keeps beside a file while it is open. Choose the file itself: {name}",
    "file.is_no_text": "This is a workbook, though its name ends like that of a text. Rename it to .xlsx.",
    "file.no_workbook": "This is no .xlsx workbook, whatever its name says. Open it and save it as .xlsx.",
    "file.broken": "The file is damaged. Open it, save it anew and try again.",
    "file.no_template": "This workbook holds no meeting: it has none of the sheets {sheets}. Begin with the template.",
    "file.text_too_large": (
        "The text is larger than {megabytes} MB or has more than {lines} lines. No meeting needs that much: "
        "is it the right file?"
    ),
    "file.more_mistakes": "There are {all} mistakes and warnings in all; the first {said} are told here.",
    "toml.too_much": "From here on the file holds more than any meeting needs. Is it the right file?",
    "toml.too_many_dots": "Here are more than {most} dots in one name.",
    "toml.list_too_long": "The list has {length} entries; there can be {most}.",
    "file.not_utf8": "The text is not in UTF-8. Save it in this encoding.",
    "import.has_mistakes": "The file still has mistakes; nothing was changed. Put them right and try again.",
    "import.already_open": (
        "The meeting has been opened: its plan is sealed in the log, and no file can change it any more."
    ),
    "import.changed_meanwhile": (
        "The meeting has been changed since this preview was made; nothing was written. Please look at a new preview."
    ),
    "sheet.missing": "The sheet “{sheet}” is missing. Copy it from the template.",
    "sheet.taken_as": "By what stands in it, the sheet “{sheet}” was read as “{meant}”. If it is none, delete it.",
    "sheet.left_out": "The sheet “{sheet}” is missing; the usual rules will hold.",
    "sheet.unknown": "The sheet “{sheet}” is not part of a meeting and is not read.",
    "sheet.no_headings": "No heading is known here. The first row must say: {headings}.",
    "sheet.too_long": "A sheet can have {most} rows at most. Delete what stands below.",
    "column.missing": "The column “{heading}” is missing. Add it with this heading.",
    "column.twice": "The column “{heading}” stands twice. Delete one of the two.",
    "column.unknown_near": "The column “{heading}” is not known and is not read. Should it be called “{near}”?",
    "column.is_coarser": "“{heading}” only groups the lines and is not read; “{read}” is what is marked.",
    "criterion.over_several_rows": (
        "“{name}” already stands in row {row}. Each row needs a name of its own: where it has several parts, write "
        "each part under 指标, and what they have in common in a column 一级指标."
    ),
    "column.beside": "“{heading}” means the same as the column “{read}”; only that one is read.",
    "column.without_heading": "Column {column} has no heading; what stands in it is not read.",
    "column.hidden": "The column “{heading}” is hidden in the workbook; it was read all the same.",
    "rows.hidden": (
        "Rows that are hidden, by hand or by a filter, were read all the same ({number}): {rows}. "
        "Delete those that do not take part, and show the others."
    ),
    "sheet.hidden": "The sheet “{sheet}” is hidden in the workbook; it was read all the same.",
    "sheet.too_wide": "Only the first {most} columns are read; something stands to the right of them.",
    "sheet.twice": "Two sheets are meant by “{sheet}”; “{other}” is not read.",
    "line.is_total": "“{text}” is a total, no data; this row was passed over.",
    "line.is_note": "“{text}” is a note or a place to sign, no data; this row was passed over.",
    "line.is_across": "“{text}” is written across the table: a heading of the rows below, no data. It was passed over.",
    "line.only_signs": "“{text}” says that there is nothing here; this row was passed over.",
    "cell.is_across": "This cell is merged with {others}; it was read as “{heading}” alone. Write each of them.",
    "line.is_heading_again": "The headings stand here again (“{text}”); this row was passed over.",
    "line.nothing_to_read": "Only columns that are not read say something here (“{text}”); this row was passed over.",
    "line.looks_like_heading": (
        "“{text}” has a number while others have none: is it a heading of the units below? It was read as a unit. "
        "If it is none, delete it."
    ),
    "units.numbers_left_out": "The numbers before the names were left out: “{example}” is “{name}”.",
    "line.looks_like_note": "“{text}” looks like a note, and was read all the same. If it is no data, delete it.",
    "line.looks_like_total": "“{text}” looks like a total, and was read all the same. If it is no data, delete it.",
    "total.does_not_agree": "“{heading}” adds up to {total}, not {written} as it says here.",
    "total.other_count": "{count} rows stand above, not {written} as it says here.",
    "panel.numbered": (
        "There is no column “席位”: the seats were numbered by their group ({labels}). Names of persons were not read "
        "and do not come into the record."
    ),
    "group.taken_as": "“{value}” is not one of the groups; it was taken as “{group}”. The groups are: {choices}.",
    "report.without_report": "No time is given for the report itself.",
    "column.unknown": "The column “{heading}” is not known and is not read.",
    "entry.missing": "The line “{heading}” is missing. Add it as in the template.",
    "entry.unknown": "“{label}” is not known here. Use the words of the template, or delete the line.",
    "entry.unknown_near": "“{label}” is not known here. Should it be called “{near}”? Else delete the line.",
    "entry.twice": "“{label}” already stands in row {row}. Delete one of the two.",
    "cell.missing": "This must be filled in.",
    "cell.not_a_number": "“{value}” is no number. Write a number only.",
    "cell.several_numbers": "Several numbers stand here (“{value}”). Write one number only.",
    "cell.rounded": "{value} is taken as {taken}: points, steps and weights take six decimals at most.",
    "cell.number_out_of_bounds": "“{value}” is far too large or too small to reckon with.",
    "cell.not_a_count": "“{value}” is no whole number from 0 up. Write something like 1.",
    "cell.not_minutes": "“{value}” is no time in minutes. Write something like 8 or 8.5.",
    "cell.not_a_date": "“{value}” is no date. Write it like 2023-11-17.",
    "cell.no_such_day": "There is no day “{value}” in the calendar.",
    "cell.not_a_time": "“{value}” is no time of day. Write it like 9:00.",
    "cell.days_not_a_time": (
        "In a cell that is made for times, {value} means so many days and no time of day. Write it like 9:00."
    ),
    "cell.days_not_minutes": (
        "In a cell that is made for times, {value} means so many days. Set the cell's format to number, or write it "
        "like 8分钟."
    ),
    "start.end_not_read": "Only the beginning is read; the meeting has no fixed end.",
    "start.other_weekday": "The text says 星期{said}, but {day} is a 星期{is_one}. Which of the two is right?",
    "start.is_midnight": "This is the midnight at the end of the day: it was taken as {day} 0:00.",
    "cell.not_an_offset": "“{value}” is no time zone. Write it like +08:00.",
    "cell.not_a_choice": "“{value}” cannot be chosen here. Choose one of: {choices}.",
    "grade.must_be_exceeded": (
        "“{value}” must be exceeded, while a grade is reached with its lowest total. Write that total, such as 90.01."
    ),
    "grade.is_the_rest": "“{value}” is the grade of all totals that reach no other: it was taken as from 0 on.",
    "quorum.unclear": "“{value}” is no quorum. Write it as 2/3, 三分之二以上, 过半数, 60% or 0.5.",
    "quorum.said_twice": "“{value}” says itself whether it must be exceeded or reached, and not as it is said here.",
    "cell.became_a_date": "The spreadsheet has made a date of this. Set the cell's format to text and type it again.",
    "cell.is_an_error": "The formula here fails with {value}. Type the value itself.",
    "cell.not_computed": "The formula here has no value. Open the file in Excel or WPS and save it, or type the value.",
    "cell.no_segments": "“{value}” is no segment with minutes. Write something like 履职报告5、提问点评3.",
    "segments.are_clocks": (
        "These rise from {first} on, as times of day do. Write how long it takes, such as 8 or 8分钟, not when."
    ),
    "level.looks_like_several": "“{text}” looks like several levels, and was read as one. Write one a row.",
    "segments.twice": "The minutes stand both here and under {columns}. Leave one of the two empty.",
    "reference.unknown": (
        "“{name}” does not stand in the sheet “{sheet}”. Write it as it stands there, or add it there."
    ),
    "reference.ambiguous": "“{name}” stands several times in the sheet “{sheet}”. Give each a name of its own.",
    "name.twice": "“{name}” already stands in row {row}. Give each a name of its own, or delete one.",
    "name.alike": "“{name}” looks like a name further up. Give each a name of its own, or delete one.",
    "name.twice_here": "A unit is named twice in this list. Name it once.",
    "recusal.twice": "This recusal already stands in row {row}. Delete one of the two.",
    "id.unusable": "An id has at most {most} letters, digits, - or _.",
    "id.twice": (
        "The id “{id}” already stands in row {row}, so that this line gets a new one. That is right for a copied line."
    ),
    "title.of_the_example": "The title is still that of the example. Is the rest your own?",
    "unit.not_on_agenda": "{unit} does not report: it does not stand on the agenda.",
    "unit.long_short_name": "A short name of more than {most} characters is cramped on the screens.",
    "segment.very_long": "More than {hours} hours: are these really minutes?",
    "segment.very_short": "Only {seconds} seconds: were minutes meant?",
    "report.without_segments": (
        "This report is one whole: scoring does not open by itself in it. Minutes of the segments belong in "
        "their columns."
    ),
    "item.with_segments": "Only reports have this segment. The time of other items belongs in the column 时长.",
    "toml.syntax": "This line cannot be read as TOML ({detail}).",
    "toml.foreign_sign": "“{sign}” stands here where “{meant}” is meant. Write it with an English keyboard.",
    "toml.unseen_sign": "A sign that nobody sees stands here ({point}). Delete it, and type a plain space if needed.",
    "toml.ends_too_early": "The text ends in the middle: a bracket or a quotation mark is not closed ({detail}).",
    "toml.missing": "This is missing. Add it.",
    "toml.unknown": "This name is not known here. Known are: {known}.",
    "toml.wrong_kind": "Here belongs {wanted}, not {found}.",
    "kind.text": "a text in quotation marks",
    "kind.whole_number": "a whole number",
    "kind.number": "a number",
    "kind.yes_or_no": "true or false",
    "kind.list": "a list in square brackets",
    "kind.table": "a table in braces",
    "kind.date_and_time": "a date with a time",
    "kind.date": "a date",
    "kind.time": "a time of day",
    "kind.other": "something else",
    "toml.not_understood": "This cannot be understood: {detail}.",
    # whether a record holds, and why not
    "verdict.holds": "The record holds: {entries} entries, last seal {seal}.",
    "verdict.does_not_hold": "The record does not hold.",
    "verdict.to_come": "“{code}” has not been opened yet: there is no record to check.",
    "verdict.not_opened": (
        "“{code}” has not been opened yet: there is no record to check. If it has been, this file is a copy that "
        "lacks what stood beside it (-wal): make copies with run.py backup."
    ),
    "fault.missing": "entry {seq}: missing; the next one is {next}",
    "fault.seal": "entry {seq}: the seal does not fit the text and the entry before it",
    "fault.no_end": "entry {seq}: nothing says where the log ends",
    "fault.length": "entry {seq}: {written} entries were written, and {here} are here",
    "fault.last_seal": "entry {seq}: its seal is not the last one that was written",
    "fault.unreadable": "entry {seq}: unreadable: {detail}",
    "fault.columns": "entry {seq}: its columns do not say what its sealed text says",
    "fault.kind": "entry {seq}: of a kind that this program does not know: {kind}",
    "fault.replay": "entry {seq}: cannot be replayed: {detail}",
    "fault.rule_seal": "the rule seal shown at the opening does not fit the rules in the log",
    "fault.draw_seed": "entry {seq}: its seed is not the one committed to before the draw",
    "fault.draw_unfinished": "entry {seq}: the draw ended with {drawn} of {all} lots drawn",
    "fault.lot": "entry {seq}: place {number} went to {unit}, which seed and word do not give",
    "fault.announced": "round {round}: the result announced is not what its sheets come to",
    "fault.table": "table {table}, row {row} does not agree with the log",
    "fault.cell": "table {table}, row {row}: {column} cannot be read: {detail}",
    "fault.paper": "paper “{paper}” of {unit}: its bytes are not those whose SHA-256 stands in the plan",
    "fault.paper_gone": "paper “{paper}” of {unit}: its bytes are not here",
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
    "quorum.not_a_share": "the quorum must be a share from 0 to below 1, or with “at least” up to 1",
    "group.without_weight": "group “{where}” has seats but no weight",
    "group.no_weight": "a group weight is not above zero",
}
