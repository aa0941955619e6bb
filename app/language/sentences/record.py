"""What is said of the record: whether it holds, whether it can be written, the database, backups, the clock."""

SENTENCES = {
    "proof.found": "{entries} entries · last seal {seal}",
    "record.unavailable": "The record cannot be written at the moment. Nothing was changed; please try again.",
    "database.is_a_folder": "{file} is a folder. Name a file in it with --db.",
    "database.no_folder": "There is no folder {folder}. Make it first, or name another place with --db.",
    "database.folder_locked": (
        "Kaimen cannot write in the folder {folder}, which a database needs. Name another place with --db."
    ),
    "database.unusable": "The database cannot be opened or written: {cause}",
    "database.newer": "The database was written by a newer Kaimen (format {found}; this one knows {known}).",
    "record.file_gone": (
        "The file {file} is not where it was opened: it, or a file beside it, was deleted, moved or replaced. "
        "Nothing is being recorded any more. Stop Kaimen, put the file back and start Kaimen again."
    ),
    "record.rolled_back": (
        "Another program has put the record back to an earlier state: entry {written} had been written, but the last "
        "one there now is {here}. Nothing is being recorded any more. Stop Kaimen, keep a copy of the file, and "
        "restore the newest backup."
    ),
    "record.no_answer": "The database is not answering. Please try again in a moment.",
    "clock.ahead": (
        "The server's clock is {much} ahead of the meeting. It has been changed, or was wrong before. Timers and the "
        "record keep to the meeting's own time: nothing jumps, and nothing needs to be done now. Once no meeting is "
        "running, Kaimen follows the server's clock again; please make sure that it is right."
    ),
    "clock.behind": (
        "The server's clock is {much} behind the meeting. It has been changed, or was wrong before. Timers and the "
        "record keep to the meeting's own time: nothing jumps, and nothing needs to be done now. Once no meeting is "
        "running, Kaimen follows the server's clock again; please make sure that it is right."
    ),
    "length.seconds": "{number} seconds",
    "length.minutes": "{number} minutes",
    "length.hours": "{number} hours",
    "length.days": "{number} days",
    "database.no_copy": (
        "The database was written by an earlier Kaimen. Before it is converted, a copy of it must be made ({file}), "
        "and that failed: {cause}. Nothing was changed. Free some space, or let Kaimen write to that folder, and "
        "start again."
    ),
    "database.older": (
        "The database was written by an older Kaimen, and this one cannot read it: {lacks} is missing. Nothing was "
        "changed. Open it with the Kaimen that wrote it (“run.py export” writes its records as files), or start with "
        "another database: --db FILE."
    ),
    "database.in_use": (
        "This database is already in use by another Kaimen (process {pid}, {address}). Work with that one, or stop "
        "it first: of two servers on one file, one would show what is out of date. Another meeting at the same time "
        "needs its own database: --db FILE."
    ),
    "database.two_names": (
        "The file {file} has another name on this disk (a hard link), through which a second Kaimen could open it "
        "unnoticed. Nothing was changed. Delete the other name, or make a separate copy of the file (“run.py backup "
        "FILE”) and start with that: --db FILE."
    ),
    "database.none": "There is no database {file}.",
    "file.is_there": "{file} already exists. Overwrite it with --force.",
    "backup.is_the_database": "{file} is the database itself. Choose another file.",
    "backup.no_file": "There is no file {file}.",
    "backup.not_written": "The backup could not be written: {cause}",
    "backup.none": "{file} is neither a backup nor a Kaimen database.",
    "restore.is_there": (
        "There is already a database: {file}. Restore into a new one (--db FILE), or replace it with this backup by "
        "adding --force."
    ),
    "restore.unfinished": (
        "There is no {file}, but {aside} is there: a restore was interrupted, or somebody removed the database. "
        "Nothing was changed. Restore again, or rename {aside} to {file} to go on with it; to start afresh, move "
        "{aside} elsewhere."
    ),
    "database.unreadable": "The database holds something that cannot be read: {place}",
    "database.no_address": "This is not the address of a database: {cause}",
    "verdict.holds": "The record holds: {entries} entries, last seal {seal}.",
    "verdict.of_file": "The record holds: {entries} entries, last seal {seal}. Compare both with the minutes.",
    "verdict.of_public_file": (
        "The record holds as far as it is published: {entries} entries, last seal {seal}; of {withheld} of them only "
        "the digest. Compare number and seal with the minutes."
    ),
    "verdict.of_results": "The results belong to this record.",
    "verdict.of_ballots": "The ballots add up to what was shown, and are those that were sealed when each poll ended.",
    "verdict.of_ballots_tally": (
        "The ballots add up to what was shown. Only the whole log can show whether they are those that were "
        "sealed when each poll ended."
    ),
    "verdict.no_log": "None of these files is an exported log (its name ends in .log.jsonl).",
    "verdict.does_not_hold": "The record does not hold.",
    "verdict.to_come": "“{code}” has not been opened yet: there is no record to check.",
    "verdict.not_opened": (
        "“{code}” has not been opened yet: there is no record to check. If it has been, this file was copied without "
        "the one beside it (-wal): make copies with run.py backup."
    ),
    "fault.missing": "entry {seq}: missing; the next one is {next}",
    "fault.seal": "entry {seq}: the seal does not match its text and the entry before it",
    "fault.number": ("entry {seq}: the entry found here is numbered {said}: entries were taken out, put in or moved"),
    "fault.no_log": "there is no log of this meeting among the files",
    "fault.results": "{unit}: “{what}” in the results does not agree with the log",
    "fault.results_head": "“{what}” in the results does not agree with the log",
    "fault.results_lack": "{unit}: missing from the results, though the log has it",
    "fault.results_seal": "entry {seq}: the results name another seal: they belong to another log",
    "fault.results_announced": "entry {seq}: {unit} was announced differently from what the results say",
    "fault.no_end": "entry {seq}: nothing says where the log ends",
    "fault.length": "entry {seq}: {written} entries were written, but {here} are here",
    "fault.last_seal": "entry {seq}: its seal is not the last one that was written",
    "fault.unreadable": "entry {seq}: unreadable: {detail}",
    "fault.columns": "entry {seq}: its columns do not match its sealed text",
    "fault.kind": "entry {seq}: a kind unknown to this program: {kind}",
    "fault.replay": "entry {seq}: cannot be replayed: {detail}",
    "fault.rule_seal": "entry {seq}: the rule seal shown at the opening does not match the rules in the log",
    "fault.draw_seed": "entry {seq}: its seed is not the one committed to before the draw",
    "fault.draw_unfinished": "entry {seq}: the draw ended with {drawn} of {all} lots drawn",
    "fault.lot": "entry {seq}: place {number} went to {unit}, which does not follow from seed and word",
    "fault.announced": "entry {seq}: {unit} was announced as {announced}, but its sheets give {found}",
    "fault.composites": "entry {seq}: the announced composites do not follow from their parts",
    "fault.unchecked": (
        "entry {seq}: the result of {unit} was shown, although nobody had checked it as the rules require"
    ),
    "fault.checked": "entry {seq}: what was checked of {unit} is not what its sheets were",
    "fault.hidden": "entry {seq}: what remained shown of the result of {unit} had not been shown before",
    "fault.taken_back": "entry {seq}: the round of {unit} was taken back although somebody had marked",
    "fault.promises": "entry {seq}: what was announced about the promises does not match what the panel said",
    "fault.tally": "entry {seq}: the result shown of a poll is for a different number of ballots than were counted",
    "fault.slips_altered": "entry {seq}: the ballots in the file are not those that were sealed as this poll ended",
    "fault.slips_called": "entry {seq}: the file gives another unit or number for this poll than the log does",
    "fault.slips_number": (
        "entry {seq}: the file has a different number of ballots than were counted when this poll ended"
    ),
    "fault.slips_of_none": "“{poll}”: the file has ballots of a poll that the log does not show",
    "fault.slips_receipts": "entry {seq}: the receipts in the file are not those of the ballots that were counted",
    "fault.slips_tally": "entry {seq}: the ballots in the file add up to something other than what was shown",
    "fault.slips_twice": "entry {seq}: a ballot is in the file twice, or cannot be read",
    "fault.slips_unreadable": "the file of ballots contains something that cannot be interpreted",
    "fault.ballots": (
        "the ballots of poll {number} on {unit} are not those that were counted: {found} are here, {counted} were"
    ),
    "fault.ballots_shown": "the ballots of poll {number} on {unit} add up to something other than what was shown",
    "fault.undone": "entry {seq}: the step that was taken back was not the last one",
    "fault.table": "table {table}, row {row} does not agree with the log",
    "fault.cell": "table {table}, row {row}: {column} cannot be read: {detail}",
    "fault.attachment": "attachment “{attachment}” of {unit}: its SHA-256 is not the one in the plan",
    "fault.attachment_gone": "attachment “{attachment}” of {unit}: the file is not here",
    "fault.proof": "proof “{proof}” of finding {number} of {unit}: its SHA-256 is not the one in the log",
    "fault.proof_gone": "proof “{proof}” of finding {number} of {unit}: the file is not here",
}
