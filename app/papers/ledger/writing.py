"""The ledger as a workbook: what may be changed in it stands on white, all else on grey, with room for new drafts."""

from collections.abc import Sequence
from datetime import date

import xlsxwriter

from app.meeting.findings.state import Finding, FindingKind
from app.papers.folder.paper import WORKBOOK, Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.ledger.columns import COLUMNS, CRITERION, KIND, STANDARDS, UNIT, Use, shown_in, told
from app.papers.letters.saying import date_of
from app.papers.results.page import Looks, Page, workbook
from app.papers.wording import word

TITLE = "整改台账"
HEADS = 4
HOW = (
    "白色各列可以在表中修改：草稿的问题、整改类型、问题分类，以及同意整改方案之前的验收标准（每行一条）。"
    "新增草稿请写在末尾空行，条目编号留空。改好后在“整改文书”页上传，先逐行核对，确认后才生效。"
)
PAGES_ABREAST = 4
"""On paper, each with the first columns: nobody reads so many of them on one."""
ROOM = 30
"""Empty rows for drafts that are written into the file."""
LONGEST_LIST = 255
"""Characters of the choices of a cell, as a spreadsheet keeps them."""


def papers_of_ledger(record: Proceedings) -> list[Paper]:
    """As of the last entry."""
    if not record.meeting.findings.issued:
        return []
    content = ledger_of(record, record.at.date(), shown_in(record.meeting))
    return [Paper(f"整改/{TITLE}.xlsx", WORKBOOK, content, says="paper.ledger_workbook")]


def ledger_of(record: Proceedings, day: date, findings: Sequence[Finding]) -> bytes:
    """``day``: up to which it is counted how late they are."""

    def write(book: xlsxwriter.Workbook, looks: Looks) -> None:
        _sheet(Page(book.add_worksheet(TITLE), looks), record, day, findings)

    return workbook(record, TITLE, write)


def _sheet(page: Page, record: Proceedings, day: date, findings: Sequence[Finding]) -> None:
    looks, meeting = page.looks, record.meeting
    page.title(record, f"{TITLE}（截至{date_of(day)}）")
    page.put(HEADS - 1, 0, HOW, looks.small)
    page.row(HEADS, [column.heading for column in COLUMNS], looks.heading)
    page.high(HEADS, 2)
    first_new = HEADS + 1 + len(findings)
    last = first_new + ROOM - 1
    for row in range(HEADS + 1, last + 1):
        if row >= first_new:
            page.row(row, [None] * len(_OF_A_DRAFT), looks.text)
            continue
        for place, column in enumerate(COLUMNS):
            content = told(column, meeting, findings[row - HEADS - 1], day)
            page.put(row, place, content, looks.text if column.use is Use.WRITTEN else looks.of(**_OF_OTHERS))
    page.widths(*(column.width for column in COLUMNS))
    page.lay_out(record, HEADS + 1)
    page.sheet.fit_to_pages(PAGES_ABREAST, 0)
    page.sheet.repeat_columns(0, 3)
    page.sheet.freeze_panes(HEADS + 1, 4)
    page.sheet.autofilter(HEADS, 0, last, len(COLUMNS) - 1)
    _offer(page, HEADS + 1, last, [word(f"finding_kind.{kind}") for kind in FindingKind], COLUMNS.index(KIND))
    _offer(page, HEADS + 1, last, [each.name for each in meeting.plan.criteria], COLUMNS.index(CRITERION))
    _offer(page, first_new, last, [unit.name for unit in meeting.plan.units], COLUMNS.index(UNIT))


_OF_A_DRAFT = COLUMNS[: COLUMNS.index(STANDARDS) + 1]
_OF_OTHERS = {"border": 1, "text_wrap": True, "num_format": "@", "bg_color": "#F7F5F0"}


def _offer(page: Page, first: int, last: int, choices: list[str], column: int) -> None:
    """Choices for the cells of a column, where a spreadsheet can keep them: commas part them, so none may be in one."""
    if choices and len(",".join(choices)) <= LONGEST_LIST and not any("," in each for each in choices):
        how = {"validate": "list", "source": choices, "ignore_blank": True, "error_type": "warning"}
        page.sheet.data_validation(first, column, last, column, how)
