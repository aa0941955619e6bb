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
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_OPENS = re.compile(r"\{[{%#]")
_SAID = re.compile(r"(?:(?:p|tr|tc|r)\s)?\s{0,9}(?:(?:if|elif|for)\s[^{}%]+|else|endif|endfor)\s{0,9}")
_NAMED = re.compile(r"[^{}%#]+")


def must_be_a_letter(content: bytes, file: str) -> None:
    """Raises Refused."""
    refuse_if(len(content) > LARGEST_FORM, "form.too_large", file=file, megabytes=_MEGABYTES, parts=MOST_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = dict(_unpacked(archive, file))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError) as error:
        raise Refused("form.not_a_letter", file=file) from error
    refuse_if("word/document.xml" not in parts, "form.not_a_letter", file=file)
    for name, text in parts.items():
        if name.endswith((".xml", ".rels")):
            _must_be_harmless(text, file)


_MEGABYTES = LARGEST_FORM // 1024 // 1024


def _unpacked(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[str, bytes]]:
    """What an entry says of its size is not believed."""
    entries = [each for each in archive.infolist() if not each.is_dir()]
    refuse_if(len(entries) > MOST_PARTS, "form.too_large", file=file, megabytes=_MEGABYTES, parts=MOST_PARTS)
    left = LARGEST_UNPACKED
    for entry in entries:
        refuse_if(not _PARTS.fullmatch(entry.filename), "form.holds_programs", file=file, part=entry.filename[:80])
        most = min(left, LARGEST_PART if entry.filename.endswith((".xml", ".rels")) else LARGEST_FORM)
        with archive.open(entry) as part:
            text = part.read(most + 1)
        refuse_if(len(text) > most, "form.too_large", file=file, megabytes=_MEGABYTES, parts=MOST_PARTS)
        left -= len(text)
        yield entry.filename, text


def _must_be_harmless(text: bytes, file: str) -> None:
    from lxml import etree  # seldom needed, and a start should not wait for it

    try:
        root = etree.fromstring(text, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise Refused("form.not_a_letter", file=file) from error
    refuse_if(bool(root.getroottree().docinfo.doctype), "form.holds_programs", file=file, part="DOCTYPE")
    for each in root.iter("{*}Relationship"):
        is_outside = each.get("TargetMode") == "External" and each.get("Type") != _LINK
        refuse_if(is_outside, "form.holds_programs", file=file, part=str(each.get("Target"))[:80])
    for field in _fields(root):
        word = field.strip().partition(" ")[0].upper()
        refuse_if(word not in _FIELDS, "form.holds_programs", file=file, part=field.strip()[:80])
    for value in (value for each in root.iter() for value in each.attrib.values()):
        refuse_if(bool(_OPENS.search(value)), "form.only_names", file=file, what=value[:LONGEST_TAG])
    _must_end_soon("".join(root.itertext()), file)


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
            yield next((value for name, value in each.attrib.items() if str(name).endswith("}instr")), "")
    if said:
        yield "".join(said)


def _must_end_soon(text: str, file: str) -> None:
    for found in _OPENS.finditer(text):
        ends, begins = {"{": "}}", "%": "%}", "#": ""}[found[0][1]], found.end()
        end = text.find(ends, begins, begins + LONGEST_TAG) if ends else -1
        said = text[begins:end] if end >= 0 else ""
        pattern = _NAMED if ends == "}}" else _SAID
        if not pattern.fullmatch(said):
            raise Refused("form.only_names", file=file, what=text[found.start() : begins + 40])
