"""Entering the parts of composites: what is wrong with a table, or with the file of somebody else."""

SENTENCES = {
    "parts.nothing_typed": "Nothing has been typed yet.",
    "parts.entered_so_far": "Entered in the record: {parts}. What is still listed below was not entered: {why}",
    "part_file.no_table": (
        "No table was found in this file with the units in one column, headed 单位 or 单位名称, and the points of "
        "“{part}” in another, headed with the name of the part or a word such as 得分. Both headings must be in the "
        "same row."
    ),
    "part_file.several_columns": (
        "Several columns of this file could be the points of “{part}”: {columns}. Give the right one the name of "
        "the part as its heading."
    ),
    "part_file.several_tables": (
        "Several sheets of this file have a table with points of “{part}”. Keep only one of them."
    ),
    "part_file.wrong": "Nothing was taken from the file: {rows}.",
    "part_file.row": "row {row}: {what}",
    "part_file.no_such_unit": "“{name}” is not a unit of this meeting",
    "part_file.unit_twice": "“{name}” is listed more than once",
    "part_file.no_number": "“{value}” is not a number",
    "part_file.out_of_range": "{points} is not between 0 and {full}",
    "part_file.per_cent": "{value} could be a percentage or points: write points, from 0 to {full}, without %",
    "part_file.missing": (
        "The file has no points for: {units}. Nothing was entered for them, and missing points do not count as "
        "zero; the others were taken. If they do have points, add them to the file and read it again."
    ),
    "part_file.unit_absent": "{unit} (“{said}”)",
    "part_file.empty": "no unit has points there",
}
