"""What is done to a letter when its form has been filled in, whoever's form it was.

Tables are as wide as they are meant to be, also where columns came or went; “ ” … — are set in the Chinese font; the
file is dated by the record, and its parts lie in one order, so that the same record makes the same bytes.
"""

import io
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from xml.sax.saxutils import escape

from lxml import etree

from app.papers.letters import parts
from app.papers.letters.packing import packed

_W = f"{{{parts.WORD}}}"
_AMBIGUOUS = frozenset("“”‘’…—·×÷±°～")
"""What a font for Latin letters has as well, and narrower."""
CORE = "docProps/core.xml"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_NAMED_BY = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}


def finished(made: bytes, title: str, at: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        found = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    themes = _fonts_of_theme(found.get("word/theme/theme1.xml"))
    for name in found:
        if name.startswith("word/") and name.endswith(".xml"):
            found[name] = _as_xml(_set_right(etree.fromstring(found[name]), themes))
        elif name.endswith(".rels"):
            found[name] = _as_xml(_in_order(etree.fromstring(found[name])))
    found[CORE] = parts.core(escape(title), at).encode()
    return packed(found)


def _as_xml(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _in_order(relationships: etree._Element) -> etree._Element:
    relationships[:] = sorted(relationships, key=lambda each: each.get("Id", ""))
    return relationships


def _set_right(root: etree._Element, themes: Mapping[str, str]) -> etree._Element:
    for table in root.iter(f"{_W}tbl"):
        _fit(table)
        _keep(table)
    for run in root.iter(f"{_W}r"):
        if any(_AMBIGUOUS.intersection(text.text or "") for text in run.iter(f"{_W}t")):
            _fonts_of(run).set(f"{_W}hint", "eastAsia")
    _without_themes(root, themes)
    return root


def _fonts_of(run: etree._Element) -> etree._Element:
    """The element that names a run's fonts, made where there is none. It stands first but for a style."""
    about = run.find(f"{_W}rPr")
    if about is None:
        about = etree.Element(f"{_W}rPr")
        run.insert(0, about)
    found = about.find(f"{_W}rFonts")
    if found is None:
        found = etree.Element(f"{_W}rFonts")
        about.insert(0 if about.find(f"{_W}rStyle") is None else 1, found)
    return found


def _without_themes(root: etree._Element, themes: Mapping[str, str]) -> None:
    """A theme's font wins over the one that is named, and not every word processor has the theme's.

    Where none is named, the theme's own is: a letter looks as its office has made it.
    """
    for fonts in root.iter(f"{_W}rFonts"):
        for attribute, theme in _NAMED_BY.items():
            asked = fonts.attrib.pop(f"{_W}{theme}", None)
            if asked in themes and fonts.get(f"{_W}{attribute}") is None:
                fonts.set(f"{_W}{attribute}", themes[asked])


def _fonts_of_theme(theme: bytes | None) -> dict[str, str]:
    """``minorEastAsia`` and the like: what these are in the theme of a form."""
    if theme is None:
        return {}
    root, found = etree.fromstring(theme), {}
    for size in ("major", "minor"):
        for name, kind in (("HAnsi", "latin"), ("Ascii", "latin"), ("EastAsia", "ea"), ("Bidi", "cs")):
            face = root.find(f".//{_A}{size}Font/{_A}{kind}")
            named = face.get("typeface", "") if face is not None else ""
            if not named and kind == "ea":
                chinese = root.find(f".//{_A}{size}Font/{_A}font[@script='Hans']")
                named = chinese.get("typeface", "") if chinese is not None else ""
            if named:
                found[f"{size}{name}"] = named
    return found


def _fit(table: etree._Element) -> None:
    """Columns in their proportion over the whole width, said both for Word (each cell) and for WPS (the grid)."""
    width = table.find(f"{_W}tblPr/{_W}tblW")
    grid = table.find(f"{_W}tblGrid")
    rows = [_cells(row) for row in table.findall(f"{_W}tr")]
    if grid is None or width is None or width.get(f"{_W}type") != "dxa" or not rows:
        return
    wanted = [_width(cell) for cell in rows[0]]
    if not all(wanted) or any(len(row) != len(wanted) for row in rows):
        return  # cells that span columns, in an office's own form: as they are
    fitted = _shared(int(width.get(f"{_W}w", "0")), wanted)
    grid[:] = [etree.Element(f"{_W}gridCol", {f"{_W}w": str(each)}) for each in fitted]
    for row in rows:
        for cell, each in zip(row, fitted, strict=True):
            cell.find(f"{_W}tcPr/{_W}tcW").set(f"{_W}w", str(each))


def _keep(table: etree._Element) -> None:
    """The last row on the page of what comes after it, so that nobody signs a page on which nothing else stands."""
    rows = table.findall(f"{_W}tr")
    for paragraph in rows[-1].iter(f"{_W}p") if rows else ():
        about = paragraph.find(f"{_W}pPr")
        if about is not None and about.find(f"{_W}keepNext") is None:
            about.insert(0 if about.find(f"{_W}pStyle") is None else 1, etree.Element(f"{_W}keepNext"))


def _cells(row: etree._Element) -> list[etree._Element]:
    return list(row.findall(f"{_W}tc"))


def _width(cell: etree._Element) -> int:
    found = cell.find(f"{_W}tcPr/{_W}tcW")
    spans = cell.find(f"{_W}tcPr/{_W}gridSpan") is not None
    return 0 if found is None or spans else int(found.get(f"{_W}w", "0"))


def _shared(whole: int, parts_of_it: list[int]) -> list[int]:
    """A width in the proportion of these, to the last twip."""
    total, ends, reached = sum(parts_of_it), [0], 0
    for each in parts_of_it:
        reached += each
        ends.append(whole * reached // total)
    return [after - before for before, after in pairwise(ends)]
