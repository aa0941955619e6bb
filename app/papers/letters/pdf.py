"""Letters as PDF, by typst, where that is installed: the paragraphs and tables of the .docx on the same page.

Only letters in our own forms are printed: what an office has made of its own, its word processor prints.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import PurePosixPath
from typing import Any

from app.papers.folder.paper import LETTER, PDF, Paper
from app.papers.letters import typesetting
from app.papers.letters.forms import FORMS
from app.papers.letters.parts import WORD

_W = f"{{{WORD}}}"
_KEPT = frozenset({"Signature"})
"""Styles that stay on the page of what comes after them."""


def can_print() -> bool:
    return find_spec("typst") is not None


def fonts_missing() -> tuple[str, ...]:
    """Of each kind of writing of which no font is on this machine, those that would do: typst says nothing of it."""
    import typst

    there = {each.casefold() for each in typst.Fonts().families()}
    return tuple(
        " / ".join(wanted) for wanted in typesetting.FONTS.values() if not there & {*map(str.casefold, wanted)}
    )


def with_pdf(papers: list[Paper]) -> list[Paper]:
    """Behind each letter the same as PDF."""
    return [each for paper in papers for each in (paper, *_printed(paper))]


def _printed(paper: Paper) -> Iterator[Paper]:
    form = FORMS.get(paper.form)
    if paper.media_type == LETTER and form is not None:
        name = str(PurePosixPath(paper.name).with_suffix(".pdf"))
        content = printed(paper.content, typesetting.preamble(form.sheet, form.title))
        yield replace(paper, name=name, media_type=PDF, content=content)


def printed(letter: bytes, preamble: str) -> bytes:
    import typst

    source = preamble + "".join(f"#{each}\n" for each in _blocks(letter))
    made: bytes = typst.compile(source.encode(), format="pdf")
    return made


def _blocks(letter: bytes) -> Iterator[str]:
    """Calls of the functions of the preamble. What stays together is one block, and a table's last row with its end."""
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        body = etree.fromstring(archive.read("word/document.xml")).find(f"{_W}body")
    held: list[str] = []
    for each in body:
        if each.tag == f"{_W}tbl":
            yield from _together(held)
            whole, last_row = _table(each)
            yield whole
            held = [last_row]
        elif each.tag == f"{_W}p":
            if each.find(f"{_W}pPr/{_W}pageBreakBefore") is not None:
                yield from _together(held)
                yield "pagebreak()"
                held = []
            held.append(_paragraph(each))
            if not _is_kept(each):
                yield from _together(held)
                held = []
    yield from _together(held)


def _together(held: list[str]) -> Iterator[str]:
    if not held:
        return
    name = "under-table" if held[0].startswith("last-row") else "together"
    yield f"{name}({', '.join(held)})" if len(held) > 1 else held[0]


def _is_kept(paragraph: Any) -> bool:
    return paragraph.find(f"{_W}pPr/{_W}keepNext") is not None or _style(paragraph) in _KEPT


def _paragraph(paragraph: Any) -> str:
    return f"{_style(paragraph).lower()}({_text(paragraph)})"


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "Normal" if found is None else str(found.get(f"{_W}val"))


def _text(paragraph: Any) -> str:
    """As a string of typst, in which nothing is a command."""
    pieces = [each.text or "" if each.tag == f"{_W}t" else "\n" for each in paragraph.iter(f"{_W}t", f"{_W}br")]
    return json.dumps("".join(pieces), ensure_ascii=False)


def _table(table: Any) -> tuple[str, str]:
    """All but the last row, and that."""
    widths = [int(each.get(f"{_W}w")) for each in table.iter(f"{_W}gridCol")]
    head, *rows = [[_cell(cell) for cell in row.iter(f"{_W}tc")] for row in table.iter(f"{_W}tr")]
    columns = _listed(f"{width}fr" for width in widths)
    before = _listed(cell for row in rows[:-1] for cell in row)
    return f"grid-of({columns}, {_listed(head)}, {before})", f"last-row({columns}, {_listed(rows[-1] if rows else [])})"


def _listed(parts: Iterable[str]) -> str:
    """A list of typst, also of one or none."""
    return f"({''.join(f'{each}, ' for each in parts)})"


def _cell(cell: Any) -> str:
    said = [_paragraph(each) for each in cell.iter(f"{_W}p")]
    return " + ".join(said)
