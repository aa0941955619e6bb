"""评分汇总表: the results of all closed rounds as a workbook whose formulas lead from the marks to the ranks."""

import xlsxwriter

from app.language import Language
from app.language.sealed import say_rule
from app.meeting.measure import lines_of
from app.meeting.sealing import said_of_rules
from app.papers.folder.paper import WORKBOOK, Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.results.joined import TITLE as JOINED
from app.papers.results.joined import write_joined
from app.papers.results.overview import TITLE, Overview
from app.papers.results.page import Looks, Page, sheet_name, workbook
from app.papers.results.unit import write_unit

RULES = "规则"
WIDTH = 76
"""Of the sheet of rules, in digits; a Chinese character is as wide as two."""


def papers_of_results(record: Proceedings) -> list[Paper]:
    """Of a meeting with comments only, what else its units are judged by, if the plan joins anything."""
    plan = record.meeting.plan
    if not plan.is_scored and not plan.composite.parts:
        return []
    title = TITLE if plan.is_scored else JOINED
    return [Paper(f"{title}.xlsx", WORKBOOK, results_workbook(record), says="paper.results_workbook")]


def results_workbook(record: Proceedings) -> bytes:
    return workbook(record, TITLE, lambda book, looks: _write(book, looks, record))


def _write(book: xlsxwriter.Workbook, looks: Looks, record: Proceedings) -> None:
    plan = record.meeting.plan
    overview = _write_units(book, looks, record) if plan.is_scored else None
    if plan.composite.parts:
        write_joined(Page(book.add_worksheet(JOINED), looks), record, overview)
    _rules(Page(book.add_worksheet(RULES), looks), record)


def _write_units(book: xlsxwriter.Workbook, looks: Looks, record: Proceedings) -> Overview:
    """The overview stands first, and is written last: it repeats what the sheets of the units say."""
    meeting = record.meeting
    first = Page(book.add_worksheet(TITLE), looks)
    names, units = [TITLE, JOINED, RULES], []
    for number, round in enumerate(meeting.closed_rounds, start=1):
        names.append(sheet_name(f"{number} {meeting.unit(round.unit).short_name}", names))
        units.append(write_unit(Page(book.add_worksheet(names[-1]), looks), record, round))
    overview = Overview(first, record, units)
    overview.write()
    return overview


def _rules(page: Page, record: Proceedings) -> None:
    """What is sealed, rule by rule."""
    meeting, looks = record.meeting, page.looks
    page.title(record, "封存的规则")
    page.put(3, 0, f"规则封存：{meeting.seal or '会议尚未开始，规则未封存'}", looks.plain)
    for row, rule in enumerate(said_of_rules(meeting.plan), start=4):
        said = say_rule(rule, Language.CHINESE)
        page.put(row, 0, said, looks.of(text_wrap=True))
        page.high(row, len(lines_of(said, WIDTH // 2)))
    page.widths(WIDTH)
    page.finish(record, 3)
