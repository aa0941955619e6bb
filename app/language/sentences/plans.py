"""What is found in a plan that is handed in as a file: a workbook or a text."""

SENTENCES = {
    "file.unknown_kind": "Only .xlsx workbooks and .toml text files can be read. Save the file as .xlsx and try again.",
    "file.empty": "The file is empty.",
    "file.too_large": (
        "The file is larger than {megabytes} MB. Remove pictures and sheets that do not belong to the meeting."
    ),
    "file.too_large_inside": (
        "Unpacked, the workbook is far too large for a meeting. Copy its sheets into a new template."
    ),
    "file.cell_too_long": (
        "Cell {cell} of the sheet “{sheet}” holds {length} characters. Nothing in a meeting is that long: shorten it "
        "to {most} or fewer, or leave it out."
    ),
    "file.is_xls": "This is a workbook in an old format (.xls). Open it and save it as .xlsx.",
    "file.is_et": "This is a WPS workbook (.et). Open it in WPS and save it as .xlsx.",
    "file.is_xlsm": "This workbook may contain macros (.xlsm). Open it and save it as .xlsx.",
    "file.is_xltx": "This is a template (.xltx), not a workbook. Open it and save it as .xlsx.",
    "file.is_xlsb": "This is a binary workbook (.xlsb). Open it in Excel and save it as .xlsx.",
    "file.is_ods": "This workbook is from another program (.ods, .numbers). Open it there and save it as .xlsx.",
    "file.is_csv": (
        "This is a plain list (.csv, .txt), and a meeting has several sheets. Copy its lines into the template (.xlsx)."
    ),
    "file.is_a_document": (
        "This is a document or a picture, not a workbook. Copy what it says into the workbook template (.xlsx)."
    ),
    "file.is_packed": "This is a compressed folder. Unpack it and hand in the workbook (.xlsx) itself.",
    "file.is_a_web_page": (
        "This is a web page or a table in an older format, whatever its name says. Open it in Excel or WPS and save "
        "it as an Excel workbook (.xlsx)."
    ),
    "file.is_strict": (
        "This workbook was saved as “Strict Open XML”. Open it and save it as an ordinary “Excel Workbook (*.xlsx)”."
    ),
    "file.has_a_password": "The workbook is protected with a password. Save it without one.",
    "file.is_beside": "This is what a program keeps beside a file while it is open. Choose the file itself: {name}",
    "file.is_no_text": "This is a workbook, although its name ends like that of a text file. Rename it to .xlsx.",
    "file.no_workbook": "This is not an .xlsx workbook, whatever its name says. Open it and save it as .xlsx.",
    "file.broken": "The file is damaged. Open it, save it again and retry.",
    "file.no_template": (
        "This workbook contains no meeting: it has none of the sheets {sheets}. Begin with the template."
    ),
    "file.text_too_large": (
        "The text is larger than {megabytes} MB or has more than {lines} lines. No meeting needs that much: "
        "is it the right file?"
    ),
    "file.more_mistakes": "There are {all} mistakes and warnings in all; the first {said} are shown here.",
    "toml.too_much": "From here on, the file contains more than any meeting needs. Is it the right file?",
    "toml.too_many_dots": "There are more than {most} dots in one name here.",
    "toml.list_too_long": "The list has {length} entries; at most {most} are allowed.",
    "file.not_utf8": "The text is not in UTF-8. Save it in this encoding.",
    "import.has_mistakes": "The file still has mistakes; nothing was changed. Correct them and try again.",
    "import.already_open": (
        "The meeting has been opened: its plan is sealed in the log, and no file can change it any more."
    ),
    "import.changed_meanwhile": (
        "The meeting has been changed since this preview was made; nothing was written. Please look at a new preview."
    ),
    "sheet.missing": "The sheet “{sheet}” is missing. Copy it from the template.",
    "sheet.taken_as": (
        "Judging by its content, the sheet “{sheet}” was read as “{meant}”. If it is something else, delete it."
    ),
    "sheet.left_out": "The sheet “{sheet}” is missing; the usual rules will apply.",
    "sheet.unknown": "The sheet “{sheet}” is not part of a meeting and is not read.",
    "sheet.no_headings": "No known heading was found here. The first row must have: {headings}.",
    "sheet.too_long": "A sheet can have at most {most} rows. Delete what is below.",
    "column.missing": "The column “{heading}” is missing. Add it with this heading.",
    "column.twice": "The column “{heading}” appears twice. Delete one of the two.",
    "column.unknown_near": "The column “{heading}” is not known and is not read. Should it be called “{near}”?",
    "column.is_coarser": "“{heading}” only groups the lines and is not read; “{read}” is what is marked.",
    "criterion.over_several_rows": (
        "“{name}” is already in row {row}. Each row needs its own name: where it has several parts, write each part "
        "under 指标, and what they have in common in a column 一级指标."
    ),
    "column.beside": "“{heading}” means the same as the column “{read}”; only that one is read.",
    "column.without_heading": "Column {column} has no heading; what is in it is not read.",
    "column.hidden": "The column “{heading}” is hidden in the workbook; it was read all the same.",
    "rows.hidden": (
        "Hidden rows (hidden by hand or by a filter) were read all the same ({number}): {rows}. Delete those that do "
        "not belong, and unhide the others."
    ),
    "sheet.hidden": "The sheet “{sheet}” is hidden in the workbook; it was read all the same.",
    "sheet.too_wide": "Only the first {most} columns are read; there is something to the right of them.",
    "sheet.twice": "Two sheets could be “{sheet}”; “{other}” is not read.",
    "line.is_total": "“{text}” is a total, not data; this row was skipped.",
    "line.is_note": "“{text}” is a note or a place to sign, not data; this row was skipped.",
    "line.is_across": "“{text}” is written across the table: a heading for the rows below, not data. It was skipped.",
    "line.only_signs": "“{text}” says that there is nothing here; this row was skipped.",
    "cell.is_across": (
        "This cell is merged with {others}; it was read as “{heading}” only. Fill in each of them separately."
    ),
    "line.is_heading_again": "The headings are repeated here (“{text}”); this row was skipped.",
    "line.nothing_to_read": "Only columns that are not read contain anything here (“{text}”); this row was skipped.",
    "line.looks_like_heading": (
        "“{text}” has a number while others have none: is it a heading for the units below? It was read as a unit. "
        "If it is not one, delete it."
    ),
    "units.numbers_left_out": "The numbers before the names were left out: “{example}” became “{name}”.",
    "line.looks_like_note": "“{text}” looks like a note, but was read all the same. If it is not data, delete it.",
    "line.looks_like_total": "“{text}” looks like a total, but was read all the same. If it is not data, delete it.",
    "total.does_not_agree": "“{heading}” adds up to {total}, not {written} as it says here.",
    "total.other_count": "There are {count} rows above, not {written} as it says here.",
    "panel.numbered": (
        "There is no column “席位”: the seats were numbered within their groups ({labels}). Personal names were not "
        "read and do not enter the record."
    ),
    "group.own": "“{name}” was taken as a group of its own. If another one is meant, write its name: {groups}.",
    "group.not_listed": "“{name}” is not on the sheet “类别”, which has: {groups}. It was added as another group.",
    "group.weighed_twice": "On the sheet “类别” this group has another weight. Delete this line.",
    "report.without_report": "No time is given for the report itself.",
    "column.unknown": "The column “{heading}” is not known and is not read.",
    "words.no_such_gap": "There is no gap {gap}. Here you can use: {known}.",
    "words.not_known_then": "{gap} is not known yet at this step. Here you can use: {known}.",
    "words.lone_brace": "There is a single brace: a gap is written between {{ and }}.",
    "words.lone_bracket": (
        "There is an unmatched or nested square bracket: what may be left out is written between [ and ]."
    ),
    "entry.missing": "The line “{heading}” is missing. Add it as in the template.",
    "entry.unknown": "“{label}” is not known here. Use the words of the template, or delete the line.",
    "entry.unknown_near": "“{label}” is not known here. Should it be called “{near}”? If not, delete the line.",
    "entry.twice": "“{label}” is already in row {row}. Delete one of the two.",
    "cell.missing": "This must be filled in.",
    "cell.not_a_number": "“{value}” is not a number. Write a number only.",
    "cell.several_numbers": "There are several numbers here (“{value}”). Write only one.",
    "cell.rounded": "{value} is taken as {taken}: points, steps and weights can have at most six decimals.",
    "cell.number_out_of_bounds": "“{value}” is far too large or too small to calculate with.",
    "cell.not_a_count": "“{value}” is not a whole number of 0 or more. Write something like 1.",
    "cell.not_minutes": "“{value}” is not a number of minutes. Write something like 8 or 8.5.",
    "cell.not_a_date": "“{value}” is not a date. Write it like 2023-11-17.",
    "cell.no_year": "“{value}” does not say the year. Write it like 2023-11-17.",
    "cell.no_such_day": "There is no day “{value}” in the calendar.",
    "cell.not_a_time": "“{value}” is not a time of day. Write it like 9:00.",
    "cell.days_not_a_time": (
        "In a cell formatted for times, {value} means that many days, not a time of day. Write it like 9:00."
    ),
    "cell.days_not_minutes": (
        "In a cell formatted for times, {value} means that many days. Set the cell's format to number, or write it "
        "like 8分钟."
    ),
    "start.end_not_read": "Only the start is read; the meeting has no fixed end.",
    "start.other_weekday": "The text says 星期{said}, but {day} is a 星期{is_one}. Which of the two is right?",
    "start.said_twice": "The date says {one}, and this field says {other}. Which of the two is right?",
    "start.is_midnight": "This is the midnight at the end of the day: it was taken as {day} 0:00.",
    "cell.not_an_offset": "“{value}” is not a time zone. Write it like +08:00.",
    "cell.not_a_choice": "“{value}” cannot be chosen here. Choose one of: {choices}.",
    "grade.must_be_exceeded": (
        "“{value}” must be exceeded, but a grade begins at the lowest total that reaches it. Write that total, such "
        "as 90.01."
    ),
    "grade.is_the_rest": "“{value}” is the grade for all totals that reach no other: it was taken to begin at 0.",
    "quorum.unclear": "“{value}” is not a quorum. Write it as 2/3, 三分之二以上, 过半数, 60% or 0.5.",
    "quorum.said_twice": "“{value}” itself says whether it must be exceeded or only reached, and this contradicts it.",
    "choices.changed_in_a_line": (
        "The choice “{name}” would be read as something else where the choices stand in one line. Leave / 、 , ; out "
        "of its name, and brackets at its end that say as what it counts."
    ),
    "cell.became_a_date": (
        "The spreadsheet has turned this into a date. Set the cell's format to text and type it again."
    ),
    "cell.is_an_error": "The formula here fails with {value}. Type the value itself.",
    "cell.not_computed": "The formula here has no value. Open the file in Excel or WPS and save it, or type the value.",
    "cell.no_segments": "“{value}” is not a segment with minutes. Write something like 履职报告5、提问点评3.",
    "segments.are_clocks": (
        "These rise from {first} onwards, as times of day do. Write how long each takes, such as 8 or 8分钟, not when "
        "it begins."
    ),
    "level.looks_like_several": "“{text}” looks like several levels, but was read as one. Write one per row.",
    "segments.twice": "The minutes are given both here and under {columns}. Leave one of the two empty.",
    "reference.unknown": ("“{name}” is not in the sheet “{sheet}”. Write it as it is written there, or add it there."),
    "reference.ambiguous": "“{name}” appears several times in the sheet “{sheet}”. Give each its own name.",
    "name.twice": "“{name}” is already in row {row}. Give each its own name, or delete one.",
    "name.alike": "“{name}” looks like a name further up. Give each its own name, or delete one.",
    "name.twice_here": "A unit is named twice in this list. Name it once.",
    "recusal.twice": "This recusal is already in row {row}. Delete one of the two.",
    "id.unusable": "An id has at most {most} characters: letters, digits, - or _.",
    "id.twice": (
        "The id “{id}” is already used in row {row}, so this line gets a new one. For a copied line that is as it "
        "should be."
    ),
    "title.of_the_example": "The title is still that of the example. Is the rest your own?",
    "unit.not_on_agenda": "{unit} does not report: it is not on the agenda.",
    "segment.very_long": "More than {hours} hours: are these really minutes?",
    "segment.very_short": "Only {seconds} seconds: were minutes meant?",
    "report.without_segments": (
        "This report is not divided into segments, so scoring does not open by itself during it. Put the minutes of "
        "each segment into its own column."
    ),
    "item.with_segments": "Only reports have this segment. The time of other items belongs in the column 时长.",
    "toml.syntax": "This line cannot be read as TOML ({detail}).",
    "toml.foreign_sign": "“{sign}” was typed where “{meant}” is meant. Type it with an English keyboard.",
    "toml.unseen_sign": "There is an invisible character here ({point}). Delete it, and type a plain space if needed.",
    "toml.ends_too_early": "The text ends in the middle: a bracket or a quotation mark is not closed ({detail}).",
    "toml.missing": "This is missing. Add it.",
    "toml.unknown": "This name is not known here. The known names are: {known}.",
    "toml.wrong_kind": "This should be {wanted}, not {found}.",
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
}
