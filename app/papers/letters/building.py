"""Paragraphs, tables and pages as the text of a .docx."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from app.papers.letters import parts
from app.papers.letters.measures import LINE, NUMBER_BELOW_TEXT, Sheet
from app.papers.letters.packing import packed

LINE_OF_TABLE = '<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
HEADING = "<w:tblHeader/>"
ROW_HEIGHT = 420
WIDTH_OF_ABOUT = 1900
MARGINS = '<w:tblCellMar><w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar>'


def paragraph(text: str, style: str = "Body", more: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr>{run}</w:p>'


def kept(text: str, style: str = "Body") -> str:
    """A paragraph that stays on the page of the one after it."""
    return paragraph(text, style, "<w:keepNext/><w:keepLines/>")


def lines(number: int) -> str:
    """Empty lines, which stay with what comes after them."""
    return kept("", "Normal") * number


@dataclass(frozen=True, slots=True)
class Column:
    """``when``: the condition or the loop by which it is there, empty for always; ``in_rows``: another one below it."""

    head: str
    cell: str
    width: int
    style: str = "Figure"
    when: str = ""
    in_rows: str = ""


def table(columns: Sequence[Column], rows: str, width: int, small: str = "") -> str:
    """A table with a row for each turn of the loop ``rows``; its head stands again on every page.

    ``small`` is ``Small`` for a table of many columns.
    """
    head = "".join(_there(_cell(each.head, each.width, f"{small}Head"), each.when) for each in columns)
    inside = "".join(
        _there(_cell(each.cell, each.width, f"{small}{each.style}"), each.in_rows or each.when) for each in columns
    )
    grid = "".join(f'<w:gridCol w:w="{each.width}"/>' for each in columns)
    turns = _turn(rows, columns[0]) + _row(inside) + _turn("endfor", columns[0])
    return _tbl(grid, _row(head, HEADING) + turns, width)


def _tbl(grid: str, rows: str, width: int) -> str:
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/>'
        f"{MARGINS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A row of two cells: what it is about, and what is said of that. ``height`` is the least, in twips."""

    about: str
    said: str
    height: int = ROW_HEIGHT


def pairs(heads: tuple[str, str], rows: Sequence[Pair], width: int) -> str:
    """A table to be filled in line by line, with what each line is about in a narrow first column."""
    about, said = WIDTH_OF_ABOUT, width - WIDTH_OF_ABOUT
    head = _row("".join(_cell(text, each, "Head") for text, each in zip(heads, (about, said), strict=True)), HEADING)
    inside = "".join(
        _row(_cell(each.about, about, "Head") + _cell(each.said, said, "Cell"), height=each.height) for each in rows
    )
    return _tbl(f'<w:gridCol w:w="{about}"/><w:gridCol w:w="{said}"/>', head + inside, width)


def _turn(said: str, column: Column) -> str:
    return _row(_cell(f"{{%tr {said} %}}", column.width, "Cell"))


def _row(cells: str, more: str = "", height: int = ROW_HEIGHT) -> str:
    least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{least}{more}</w:trPr>{cells}</w:tr>"


def _there(cell: str, when: str) -> str:
    if not when:
        return cell
    end = "endfor" if when.startswith("for") else "endif"
    return _cell(f"{{%tc {when} %}}", 1, "Cell") + cell + _cell(f"{{%tc {end} %}}", 1, "Cell")


def _cell(text: str, width: int, style: str) -> str:
    borders = "".join(LINE_OF_TABLE.format(side=side) for side in ("top", "left", "bottom", "right"))
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcBorders>{borders}</w:tcBorders>'
        f'<w:vAlign w:val="center"/></w:tcPr>{paragraph(text, style)}</w:tc>'
    )


def document(body: str, sheet: Sheet, title: str, at: str) -> bytes:
    """A whole .docx of one kind of page."""
    turned = ' w:orient="landscape"' if sheet.width > sheet.height else ""
    page = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="{parts.ODD}"/>'
        f'<w:footerReference w:type="even" r:id="{parts.EVEN}"/>'
        f'<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"{turned}/>'
        f'<w:pgMar w:top="{sheet.top}" w:right="{sheet.right}" w:bottom="{sheet.bottom}" w:left="{sheet.left}" '
        f'w:header="851" w:footer="{sheet.bottom - NUMBER_BELOW_TEXT}" w:gutter="0"/>'
        f'<w:docGrid w:type="lines" w:linePitch="{LINE}"/></w:sectPr>'
    )
    whole = f"{parts.HEAD}<w:document {parts.NAMESPACES}><w:body>{body}{page}</w:body></w:document>"
    texts = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.PACKAGE_RELATIONSHIPS,
        "docProps/core.xml": parts.core(title, at),
        "word/_rels/document.xml.rels": parts.DOCUMENT_RELATIONSHIPS,
        "word/document.xml": whole,
        "word/fontTable.xml": parts.font_table(),
        "word/footer1.xml": parts.footer("right"),
        "word/footer2.xml": parts.footer("left"),
        "word/settings.xml": parts.SETTINGS,
        "word/styles.xml": parts.STYLES,
    }
    return packed({name: text.encode() for name, text in texts.items()})
