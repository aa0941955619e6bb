"""The ledger as a workbook, out and in again: nothing changes by the way, and what people change is told row by row."""

import io
from dataclasses import replace
from typing import Any

import openpyxl
import pytest

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.findings.state import FindingKind, Stand, Standard
from app.papers.ledger.changes import Compared, compared, signed
from app.papers.ledger.columns import COLUMNS, CRITERION, ID, KIND, STANDARDS, TEXT, UNIT, LedgerColumn, shown_in
from app.papers.ledger.reading import Row, Sheet, sheet_of
from app.papers.ledger.writing import HEADS, ledger_of
from app.papers.plan.grids import letter_of
from app.papers.plan.mistakes import Unreadable
from app.web.desk.written import standards_in
from app.web.setup.typed import Reader, Typed
from tests.findings import BUREAU, DAY, brought_to, drafted, with_comment
from tests.findings import STANDARDS as AGREED
from tests.meetings import Story
from tests.papers.ledgers import edited, says
from tests.records import proceedings_of_story

SECOND, THIRD = "finding-2", "finding-3"
AT_WORK, DRAFT, COURTS, EMPTY = range(HEADS + 2, HEADS + 6)
"""Rows of the file: a finding that is at work, a draft on the same unit, one on another, the first that is free."""


def played() -> Story:
    story = brought_to(Stand.RECTIFYING)
    with_comment(story)
    story.does(drafted(SECOND, text="=1+1\n@home, “quoted”", criterion="clarity", standards=AGREED[:1]))
    return story.does(drafted(THIRD, "court", text="Nothing is said of it", standards=()))


def out(story: Story) -> bytes:
    return ledger_of(proceedings_of_story(story), DAY, shown_in(story.meeting))


@pytest.fixture(scope="module")
def downloaded() -> bytes:
    return out(played())


def touched(content: bytes, *cells: tuple[int, LedgerColumn, str]) -> Sheet:
    """The same without a file between: what is read of one where these cells say something else."""
    sheet = sheet_of("ledger.xlsx", content)
    rows = {row.number: row for row in sheet.rows}
    places = {column: letter_of(at) for at, column in enumerate(COLUMNS)}
    for number, column, text in cells:
        there = rows.get(number, Row(number, dict.fromkeys(COLUMNS, ""), {}, {}, frozenset(), False))
        named = {each: f"{letter}{number}" for each, letter in places.items()}
        rows[number] = replace(there, texts={**there.texts, column: text}, cells=named)
    return replace(sheet, rows=tuple(rows.values()))


def compare(sheet: Sheet, story: Story | None = None) -> Compared:
    story = story or played()
    return compared(sheet, proceedings_of_story(story), "digest", story.now)


def read(content: bytes, story: Story | None = None) -> Compared:
    return compare(sheet_of("ledger.xlsx", content), story)


def conflicts(found: Compared) -> list[tuple[str, str]]:
    return [(each.cell, each.said.code) for each in found.conflicts]


def column(heading: str) -> LedgerColumn:
    return next(each for each in COLUMNS if each.heading == heading)


# --- the way there and back -------------------------------------------------------------------------------------------


def test_the_way_there_and_back_changes_nothing(downloaded):
    for content in (downloaded, edited(downloaded)):
        assert read(content) == Compared((), (), ())


def test_what_was_not_touched_in_the_file_stays_as_it_has_become_meanwhile(downloaded):
    story = played().does(c.EditFinding(SECOND, "Said otherwise", FindingKind.LONG, BUREAU))
    story.does(c.ReportWork("water", "finding-1", "Half of it", "the office"))
    assert read(downloaded, story) == Compared((), (), ())


def test_every_finding_stands_there_with_its_course(downloaded):
    rows = list(
        openpyxl.load_workbook(io.BytesIO(downloaded)).worksheets[0].iter_rows(min_row=AT_WORK, values_only=True)
    )
    assert [row[0] for row in rows[:4]] == ["finding-1", SECOND, THIRD, None]
    assert rows[0][1:4] == ("The Water Office of the City", 1, "整改中")
    assert {"No plan", "Write one, publish it", "2024-01-17", "2023-11-17", "主办单位"} <= set(rows[0])


def test_the_same_record_makes_the_same_bytes(downloaded):
    assert out(played()) == downloaded


# --- what is changed --------------------------------------------------------------------------------------------------


def test_a_draft_is_rewritten_and_its_standards_keep_their_ids(downloaded):
    content = edited(
        downloaded,
        says(DRAFT, TEXT, " New words "),
        says(DRAFT, KIND, "长期整改"),
        says(DRAFT, CRITERION, "effect"),
        says(DRAFT, STANDARDS, "1. The rules are published\n2、 A third one"),
    )
    [change] = read(content).changes
    standards = (AGREED[0], Standard("standard-2", "A third one"))
    assert change.command == c.EditFinding(SECOND, "New words", FindingKind.LONG, "—", "effect", standards)
    assert [(each.cell, each.heading, each.before) for each in change.cells] == [
        (f"E{DRAFT}", "问题", "=1+1\n@home, “quoted”"),
        (f"F{DRAFT}", "整改类型", "限期整改"),
        (f"G{DRAFT}", "问题分类", "Clarity"),
        (f"H{DRAFT}", "验收标准", "The rules are published"),
    ]
    story = played()
    story.does(signed(change.command, BUREAU))
    assert story.meeting.findings.by_id[SECOND].standards == standards
    assert read(content, story) == Compared((), (), ())


def test_a_row_without_an_id_is_a_new_draft_and_the_same_file_makes_it_once(downloaded):
    content = touched(
        downloaded,
        (EMPTY, UNIT, "Schools"),
        (EMPTY, TEXT, "Nobody teaches it"),
        (EMPTY, STANDARDS, "A lesson a week"),
    )
    [change] = compare(content).changes
    assert change.is_new
    assert isinstance(change.command, c.DraftFinding)
    said = (change.command.unit, change.command.text, change.command.kind, change.command.standards)
    assert said == ("school", "Nobody teaches it", FindingKind.IN_TERM, (Standard("standard-1", "A lesson a week"),))
    assert compare(content).changes == (change,)
    story = played().does(signed(change.command, BUREAU))
    assert conflicts(compare(content, story)) == [(f"E{EMPTY}", "ledger_file.there_already")]


def test_standards_of_what_was_handed_over_can_be_changed_until_the_plan_is_agreed():
    story = brought_to(Stand.HANDED_OVER)
    content = out(story)
    [change] = compare(touched(content, (AT_WORK, STANDARDS, "Only this one")), story).changes
    assert change.command.standards == (Standard("standard-1", "Only this one"),)
    assert conflicts(compare(touched(content, (AT_WORK, TEXT, "Other words")), story)) == [
        (f"E{AT_WORK}", "finding.issued")
    ]


def test_a_list_of_standards_is_read_alike_in_the_file_and_at_the_desk(downloaded):
    """Each is one line; what it is numbered with goes, and what it begins to say stays."""
    listed = ["1.5米以上的护栏装好", "-18℃冷库达标", "12．5吨垃圾清运", "2026年6月底前公布", "24小时内答复"]
    for before in ("{}. ", "{}、", "（{}）", "{})", "- "):
        said = "\n".join(f"{before.format(at)}{text}" for at, text in enumerate(listed, start=1))
        [change] = compare(touched(downloaded, (DRAFT, STANDARDS, said))).changes
        assert [each.text for each in change.command.standards] == listed
        assert [each.text for each in standards_in(Reader(Typed({"standards": said})))] == listed
    wrapped = "1.2026年6月底前公布\n在网站首页\n2. Two\nlines"
    [change] = compare(touched(downloaded, (DRAFT, STANDARDS, wrapped))).changes
    standards = change.command.standards
    assert [each.text for each in standards] == ["2026年6月底前公布在网站首页", "Two lines"]
    at_desk = Reader(Typed({"standards": "\n".join(each.text for each in standards)}))
    assert standards_in(at_desk, standards) == standards
    alone = compare(touched(downloaded, (DRAFT, STANDARDS, listed[0]))).changes[0].command
    assert [each.text for each in alone.standards] == listed[:1]


# --- what is in the way -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "cell", "code"),
    [
        ((AT_WORK, TEXT, "Other words"), f"E{AT_WORK}", "finding.issued"),
        ((AT_WORK, STANDARDS, "Other ones"), f"H{AT_WORK}", "ledger_file.too_late"),
        ((AT_WORK, column("原因分析"), "Another cause"), f"O{AT_WORK}", "ledger_file.not_from_here"),
        ((DRAFT, UNIT, "Court"), f"B{DRAFT}", "ledger_file.not_from_here"),
        ((DRAFT, TEXT, ""), f"E{DRAFT}", "text.missing"),
        ((DRAFT, TEXT, "x" * 2001), f"E{DRAFT}", "text.too_long"),
        ((DRAFT, KIND, "soon"), f"F{DRAFT}", "cell.not_a_choice"),
        ((DRAFT, CRITERION, "beauty"), f"G{DRAFT}", "cell.not_a_choice"),
        ((DRAFT, ID, "finding-77"), f"A{DRAFT}", "ledger_file.unknown"),
        ((EMPTY, TEXT, "Of nobody"), f"B{EMPTY}", "ledger_file.no_unit"),
        ((EMPTY, UNIT, "The Moon"), f"B{EMPTY}", "ledger_file.no_unit"),
        ((EMPTY, UNIT, "Court"), f"E{EMPTY}", "ledger_file.no_text"),
    ],
)
def test_what_cannot_be_is_told_with_its_cell_and_its_row_is_left_out(downloaded, change, cell, code):
    other = (COURTS, TEXT, "What can be is taken all the same")
    found = compare(touched(downloaded, change, other))
    assert conflicts(found) == [(cell, code)]
    assert [each.row for each in found.changes] == [COURTS]
    assert [each for each in found.conflicts if "{" in say(each.said, Language.CHINESE)] == []


def test_what_has_changed_meanwhile_is_not_overwritten_unless_both_say_the_same(downloaded):
    content = touched(downloaded, (DRAFT, TEXT, "New words"))
    there = played().does(c.EditFinding(SECOND, "Others' words", FindingKind.IN_TERM, BUREAU, "clarity", AGREED[:1]))
    found = compare(content, there)
    assert conflicts(found) == [(f"E{DRAFT}", "ledger_file.changed_meanwhile")]
    assert "Others' words" in say(found.conflicts[0].said, Language.ENGLISH)
    same = played().does(c.EditFinding(SECOND, "New words", FindingKind.IN_TERM, BUREAU, "clarity", AGREED[:1]))
    assert compare(content, same) == Compared((), (), ())


def test_a_finding_that_was_merged_or_withdrawn_meanwhile_is_not_brought_back(downloaded):
    gone = played().does(c.WithdrawFinding(SECOND, "", BUREAU))
    found = compare(touched(downloaded, (DRAFT, STANDARDS, "Something")), gone)
    assert conflicts(found) == [(f"H{DRAFT}", "ledger_file.too_late")]


def test_an_id_in_two_rows_is_in_neither(downloaded):
    found = compare(touched(downloaded, (COURTS, ID, SECOND), (DRAFT, TEXT, "New words")))
    assert conflicts(found) == [(f"A{DRAFT}", "ledger_file.twice"), (f"A{COURTS}", "ledger_file.twice")]


def test_a_formula_without_its_value_is_no_empty_cell(downloaded):
    found = read(edited(downloaded, says(DRAFT, TEXT, "=A1&A2"), says(EMPTY, UNIT, "=B6")))
    assert conflicts(found) == [(f"E{DRAFT}", "cell.not_computed"), (f"B{EMPTY}", "cell.not_computed")]


def test_merged_cells_say_nothing_of_the_lower_row(downloaded):
    def merge(sheet: Any) -> None:
        sheet.merge_cells(f"E{DRAFT}:E{COURTS}")

    found = read(edited(downloaded, merge))
    assert conflicts(found) == [(f"E{COURTS}", "ledger_file.merged")]


# --- what is said besides ---------------------------------------------------------------------------------------------


def test_hidden_rows_are_read_aloud_and_lines_that_are_none_are_passed_over(downloaded):
    def hide(sheet: Any) -> None:
        sheet.row_dimensions[DRAFT].hidden = True

    found = read(edited(downloaded, hide, says(DRAFT, TEXT, "New words"), says(EMPTY, UNIT, "填表人：王伟")))
    assert [each.row for each in found.changes] == [DRAFT]
    assert [say(each, Language.CHINESE) for each in found.notes] == [
        f"下列行在文件中被隐藏或筛选掉，也一并读取：{DRAFT}。",
        f"第 {EMPTY} 行“填表人：王伟”是合计、说明或签字栏，已略过。",
    ]


def test_rows_and_columns_that_are_not_there_change_nothing(downloaded):
    def cut(sheet: Any) -> None:
        sheet.delete_rows(COURTS)
        sheet.delete_cols(COLUMNS.index(STANDARDS) + 1)

    found = read(edited(downloaded, cut))
    assert (found.changes, found.conflicts) == ((), ())
    assert {each.code for each in found.notes} == {"ledger_file.lacking", "ledger_file.absent"}


def test_columns_may_stand_in_any_order_and_rows_be_sorted(downloaded):
    def turn(sheet: Any) -> None:
        rows = [[cell.value for cell in reversed(row)] for row in sheet.iter_rows(min_row=HEADS + 1, max_row=COURTS)]
        for at, values in enumerate([rows[0], *reversed(rows[1:])], start=HEADS + 1):
            for place, value in enumerate(values, start=1):
                cell = sheet.cell(at, place)
                cell.value = value
                cell.data_type = "s" if isinstance(value, str) else cell.data_type

    assert read(edited(downloaded, turn)) == Compared((), (), ())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda sheet: sheet.delete_rows(3), "ledger_file.no_record"),
        (lambda sheet: sheet.delete_rows(HEADS + 1), "ledger_file.no_table"),
        (lambda sheet: sheet.cell(3, 1, sheet.cell(3, 1).value.replace("共 ", "共 9")), "ledger_file.other_record"),
    ],
)
def test_a_file_that_is_no_ledger_of_this_record_is_not_guessed_at(downloaded, change, code):
    with pytest.raises(Unreadable) as refused:
        read(edited(downloaded, change))
    assert refused.value.said.code == code
    assert "{" not in say(refused.value.said, Language.CHINESE)
