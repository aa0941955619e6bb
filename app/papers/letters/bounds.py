"""What an office's form may hold, looked at before anything opens it: a letter and nothing else, of bounded size.

docxtpl makes one text of a form and looks for braces in it with patterns that take their time over strange ones. So
what stands between braces is looked at first: it must end soon, and be a name, a condition or a loop.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from app.meeting.refusals import Refused, refuse_if

LARGEST_FORM = 5 * 1024 * 1024
LARGEST_PART = 2_000_000
MOST_PARTS = 200
LARGEST_UNPACKED = 20_000_000
MOST_PIECES = 30_000
"""Elements of one part; a form of twenty pages has a third. Twice as many take four times as long to be filled in, and
nobody else is served meanwhile."""
LONGEST_TAG = 200
"""Characters between braces."""

_PARTS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/\w+\.xml|customXml/[\w/]*(_rels/)?\w+\.xml(\.rels)?"
    r"|word/(theme/|_rels/|glossary/|glossary/_rels/)?\w+\.xml(\.rels)?|word/media/\w+\.(png|jpe?g|gif|emf|wmf)"
    r"|docProps/thumbnail\.(png|jpe?g|emf|wmf)|word/fonts/\w+\.(odttf|ttf)"
)
_FIELDS = frozenset(
    ("PAGE", "NUMPAGES", "SECTION", "SECTIONPAGES", "STYLEREF", "TOC", "PAGEREF", "REF", "SEQ", "TITLE", "HYPERLINK")
)
"""What may be filled in by a word processor. Others fetch files, or start programs."""
_RELATED = frozenset(
    (
        *("officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail", "customXml"),
        *("customXmlProps", "styles", "stylesWithEffects", "settings", "webSettings", "fontTable", "font", "theme"),
        *("numbering", "header", "footer", "footnotes", "endnotes", "comments", "commentsExtended", "commentsIds"),
        *("commentsExtensible", "people", "image", "hyperlink", "glossaryDocument", "intelligence"),
    )
)
"""As what a part may be taken, by the last word of the type. Others run it, or bring another file into the letter."""
_VML = "{urn:schemas-microsoft-com:vml}"
_FETCHED = ("src", "{urn:schemas-microsoft-com:office:office}href")
"""Attributes of a drawing (VML) that name a file without a relationship."""
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_OPENS = re.compile(r"\{[{%#]")
_WIDE = re.compile("｛[｛{%％]|{[｛％]")
"""As an input method for Chinese types them: a word processor shows little difference, and nothing is filled in."""
_SAID = re.compile(r"(?:(?:p|tr|tc|r)\s)?\s{0,9}(?:(?:if|elif|for)\s[^{}%]+|else|endif|endfor)\s{0,9}")
_NAMED = re.compile(r"[^{}%#]+")


def must_be_a_letter(content: bytes, file: str) -> None:
    """Raises Refused."""
    refuse_if(len(content) > LARGEST_FORM, "form.too_large", file=file, **_BOUNDS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = dict(_unpacked(archive, file))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise Refused("form.not_a_letter", file=file) from error
    refuse_if("word/document.xml" not in parts, "form.not_a_letter", file=file)
    for name, text in parts.items():
        if name.endswith((".xml", ".rels")):
            _must_be_harmless(text, file)


_BOUNDS = {"megabytes": LARGEST_FORM // 1024 // 1024, "parts": MOST_PARTS, "pieces": MOST_PIECES}


def _unpacked(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[str, bytes]]:
    """What an entry says of its size is not believed."""
    entries = [each for each in archive.infolist() if not each.is_dir()]
    refuse_if(len(entries) > MOST_PARTS, "form.too_large", file=file, **_BOUNDS)
    names = {entry.filename.casefold() for entry in entries}
    refuse_if(len(names) < len(entries), "form.not_a_letter", file=file)  # who reads which of two alike, nobody knows
    left = LARGEST_UNPACKED
    for entry in entries:
        refuse_if(not _PARTS.fullmatch(entry.filename), "form.holds_programs", file=file, part=entry.filename[:80])
        most = min(left, LARGEST_PART if entry.filename.endswith((".xml", ".rels")) else LARGEST_FORM)
        with archive.open(entry) as part:
            text = part.read(most + 1)
        refuse_if(len(text) > most, "form.too_large", file=file, **_BOUNDS)
        left -= len(text)
        yield entry.filename, text


def must_hold_no_programs(letter: bytes, file: str) -> None:
    """Of a letter that has been filled in: conditions may have left in it what nobody saw in its form. Raises Refused.

    What people wrote is not looked at: braces among it are braces.
    """
    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                _must_do_nothing(_parsed(archive.read(name), file), file)


def _must_be_harmless(text: bytes, file: str) -> None:
    root = _parsed(text, file)
    refuse_if(sum(1 for _ in root.iter()) > MOST_PIECES, "form.too_large", file=file, **_BOUNDS)
    _must_do_nothing(root, file)
    for value in (value for each in root.iter() for value in each.attrib.values()):
        refuse_if(bool(_OPENS.search(value)), "form.only_names", file=file, what=value[:LONGEST_TAG])
    _must_end_soon("".join(root.itertext()), file)


def _parsed(text: bytes, file: str) -> Any:
    from lxml import etree  # seldom needed, and a start should not wait for it

    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise Refused("form.not_a_letter", file=file) from error
    refuse_if(bool(root.getroottree().docinfo.doctype), "form.holds_programs", file=file, part="DOCTYPE")
    return root


def _must_do_nothing(root: Any, file: str) -> None:
    for part in _programs_in(root):
        raise Refused("form.holds_programs", file=file, part=part.strip()[:80])


def _programs_in(root: Any) -> Iterator[str]:
    """What fetches files or starts programs, as far as the form says it."""
    for each in root.iter("{*}Relationship"):
        kind = str(each.get("Type"))
        is_outside = each.get("TargetMode") == "External" and kind != _LINK
        if is_outside or kind.rpartition("/")[2] not in _RELATED:
            yield str(each.get("Target"))
    for _ in root.iter("{*}mailMerge"):
        yield "mailMerge"
    for each in root.iter(f"{_VML}*"):
        yield from (str(value) for name, value in each.attrib.items() if name in _FETCHED)
    if _says_by_another(root):
        yield "{ { } }"
    for field in _fields(root):
        if field.strip().partition(" ")[0].upper() not in _FIELDS:
            yield field


def _fields(root: Any) -> Iterator[str]:
    """What each field says, however many runs it is in."""
    said: list[str] = []
    for each in root.iter("{*}instrText", "{*}fldChar", "{*}fldSimple"):
        if each.tag.endswith("}instrText"):
            said.append(each.text or "")
            continue
        if said:
            yield "".join(said)
            said = []
        if each.tag.endswith("}fldSimple"):
            yield _attribute(each, "instr")
    if said:
        yield "".join(said)


def _says_by_another(root: Any) -> bool:
    """Whether what a field says comes from another field within it, so that nobody can read it here."""
    are_saying: list[bool] = []
    for each in root.iter("{*}fldChar", "{*}fldSimple"):
        turn = _attribute(each, "fldCharType")
        if turn in ("", "begin") and any(are_saying):
            return True
        if turn == "begin":
            are_saying.append(True)
        elif are_saying and turn:
            are_saying[-1:] = [False] if turn == "separate" else []
    return False


def _attribute(element: Any, name: str) -> str:
    return next((str(value) for called, value in element.attrib.items() if str(called).endswith(f"}}{name}")), "")


def _must_end_soon(text: str, file: str) -> None:
    if wide := _WIDE.search(text):
        raise Refused("form.wide_braces", file=file, what=text[wide.start() : wide.start() + 20])
    for found in _OPENS.finditer(text):
        ends, begins = {"{": "}}", "%": "%}", "#": ""}[found[0][1]], found.end()
        end = text.find(ends, begins, begins + LONGEST_TAG) if ends else -1
        said = text[begins:end] if end >= 0 else ""
        pattern = _NAMED if ends == "}}" else _SAID
        if not pattern.fullmatch(said):
            raise Refused("form.only_names", file=file, what=text[found.start() : begins + 40])
