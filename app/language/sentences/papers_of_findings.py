"""What is said on the page of the papers of findings, in their calendar and around their ledger as a workbook."""

SENTENCES = {
    "paper.not_now": (
        "This paper cannot be made for that day: what it is about had not happened yet, or no longer holds."
    ),
    "calendar.name": "Rectification: {meeting}",
    "calendar.notice": "{unit}: papers are to be with the unit (findings {numbers})",
    "calendar.dispute": "{unit}: last day to return findings that belong to another unit (findings {numbers})",
    "calendar.plan": "{unit}: plan of rectification due (findings {numbers})",
    "calendar.rectification": "{unit}: rectification due (findings {numbers})",
    "calendar.report": "{unit}: report of rectification due (findings {numbers})",
    "calendar.checkpoint": "{unit}: long-term rectification is looked at (findings {numbers})",
    "calendar.public": "{unit}: public notice ends (findings {numbers})",
    "calendar.look_back": "{unit}: look-back (findings {numbers})",
    "paper.ledger_workbook": "The ledger of all findings as a workbook, which can be changed and read in again",
    "ledger_file.no_table": "No sheet of this file has the columns of the ledger ({columns}).",
    "ledger_file.several_tables": "Several sheets look like the ledger: {sheets}. Leave one of them in the file.",
    "ledger_file.no_record": (
        "The line above the table that says which log entry the ledger was made from is missing. Download it "
        "again and make your changes there."
    ),
    "ledger_file.other_record": "This ledger was made from another meeting, or from another record. Download it again.",
    "ledger_file.unknown": "There is no finding with this id. For a new draft, leave the id empty.",
    "ledger_file.twice": "This id is used in several rows. For a new draft, leave the id empty.",
    "ledger_file.not_from_here": "This cannot be changed in the file: others enter it, at their own desk.",
    "ledger_file.changed_meanwhile": "This was changed after the ledger had been downloaded. Now it says: {now}",
    "ledger_file.too_late": "It is too late for that: standards can be changed until the plan is agreed to.",
    "ledger_file.merged": "Cells are merged here. Undo that, and write what belongs to this row.",
    "ledger_file.no_unit": "There is no unit “{name}” in this meeting.",
    "ledger_file.no_text": "A new draft needs a text.",
    "ledger_file.there_already": "The unit already has a finding with this wording.",
    "ledger_file.hidden": "These rows are hidden in the file, and were read as well: {rows}.",
    "ledger_file.passed_over": "Row {row} was passed over, as a total, a note or a place to sign: “{text}”.",
    "ledger_file.lacking": "These columns are not in the file, and nothing is changed in them: {columns}.",
    "ledger_file.absent": "Findings that are not in the file: {number}. Nothing happens to them.",
    "ledger_file.cut": "The file goes on below row {row}; what stands there was not read.",
    "ledger_file.nothing_now": "Meanwhile {number} of these rows were changed. Please upload the file again.",
    "ledger_file.row_refused": "Nothing was entered, because row {row} was refused: {why}",
    "ledger_file.entered_so_far": (
        "Entered in the record: {number} rows. Then row {row} was refused, and it is still below with all after it: "
        "{why}"
    ),
    "ledger_file.too_much": (
        "That is too much at once: {number} rows are changed. Download the ledger by unit, and upload one after the "
        "other."
    ),
}
