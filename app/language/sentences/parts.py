"""Entering the parts of composites: what is wrong with a table, or with the file of somebody else."""

SENTENCES = {
    "parts.nothing_typed": "Nothing has been typed yet.",
    "parts.entered_so_far": "Entered in the record: {parts}. Not entered is what still stands below: {why}",
    "part_file.no_table": (
        "In this file no table was found with the units in one column, headed 单位 or 单位名称, and the points of "
        "“{part}” in another, headed with the name of the part or a word such as 得分. Both headings stand in one row."
    ),
    "part_file.several_columns": (
        "Several columns of this file could be the points of “{part}”: {columns}. Head the right one with the name of "
        "the part."
    ),
    "part_file.several_tables": "Several sheets of this file have a table with points of “{part}”. Leave one of them.",
    "part_file.wrong": "Nothing was taken from the file: {rows}.",
    "part_file.row": "row {row}: {what}",
    "part_file.no_such_unit": "“{name}” is no unit of this meeting",
    "part_file.unit_twice": "“{name}” stands there for the second time",
    "part_file.no_number": "“{value}” is not a number",
    "part_file.out_of_range": "{points} is not between 0 and {full}",
    "part_file.per_cent": "{value} may be per cent or points: write points, from 0 to {full}, without %",
    "part_file.missing": (
        "The file has no points for: {units}. Nothing is entered for them from it, and what is missing is no zero; the "
        "others were taken. If they have points after all, add them to the file and read it again."
    ),
    "part_file.unit_absent": "{unit} (“{said}”)",
    "part_file.empty": "no unit has points there",
}
