"""Looking for a question of the audience in whatever shows it, and for the word that says what it is."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree, html

CANARY = "Who lights the Jabberwock?"
LABELS = {"zh-CN": "群众提问", "en": "of the audience"}
BESIDE = 6
"""Paragraphs of a letter, before or behind, in which what a paragraph is about is said."""
PAIR = ("what it is", "what it says")
PACKED = ("docx", "xlsx")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Place:
    """Something that somebody is shown: where, in which language, and as what kind of file."""

    at: str
    language: str
    kind: str
    content: bytes
    is_about_one: bool = False
    """A page about nothing else says it once."""

    @property
    def label(self) -> str:
        """Papers are in Chinese, whoever fetches them."""
        return LABELS[self.language if self.kind == "html" else "zh-CN"]


def packed_in(archive: Place) -> Iterator[Place]:
    """What an archive holds is in Chinese."""
    with zipfile.ZipFile(io.BytesIO(archive.content)) as files:
        for name in files.namelist():
            yield Place(f"{archive.at} {name}", "zh-CN", name.rpartition(".")[2], files.read(name))


def tells(place: Place) -> list[bool]:
    """For each time that the question stands there: whether it is called one."""
    if place.kind not in PACKED and CANARY.encode() not in place.content:
        return []
    return [*_READERS.get(place.kind, _in_lines)(place)]


def _in_html(place: Place) -> Iterator[bool]:
    """Nearer than the page as a whole. What is being typed is no telling."""
    page = html.fromstring(place.content)
    for each in page.iter():
        texts = [each.text, *(child.tail for child in each)]
        is_told = isinstance(each.tag, str) and each.tag not in ("title", "textarea", "option", "script")
        if is_told and any(CANARY in (text or "") for text in texts):
            around = [page] if place.is_about_one else _around(each)
            yield any(place.label in above.text_content() for above in around)


def _around(element: Any) -> Iterator[Any]:
    yield element
    for above in element.iterancestors():
        if above.tag in ("main", "body"):
            return
        yield above


def _in_json(place: Place) -> Iterator[bool]:
    yield from _in_value(json.loads(place.content), is_told=False)


def _in_log(place: Place) -> Iterator[bool]:
    """What was made of a question says so in its first entry."""
    made_of_one = set()
    for entry in map(json.loads, place.content.splitlines()):
        data = json.loads(entry.get("line", "{}")).get("data", {})
        if data.get("questions"):
            made_of_one.add(data["finding"])
        yield from _in_value(data, is_told=data.get("finding") in made_of_one)


def _in_value(value: Any, is_told: bool) -> Iterator[bool]:
    """For programs the word is the name of a field, or of the entry."""
    if isinstance(value, str):
        if CANARY in value:
            yield is_told or any(each in value for each in LABELS.values())
    elif isinstance(value, list):
        for each in value:
            yield from _in_value(each, is_told)
    elif isinstance(value, dict):
        is_told = is_told or any(value.get(name) for name in ("is_of_audience", "question", "questions"))
        is_told = is_told or any(each in LABELS.values() for each in value.values() if isinstance(each, str))
        for name, each in value.items():
            yield from _in_value(each, is_told or "question" in name)


def _in_lines(place: Place) -> Iterator[bool]:
    return (place.label in line for line in place.content.decode("utf-8", "ignore").split("\n") if CANARY in line)


def _in_calendar(place: Place) -> Iterator[bool]:
    unfolded = re.sub(r"\r?\n ", "", place.content.decode())
    return (place.label in each for each in unfolded.split("BEGIN:VEVENT") if CANARY in each)


def _in_feed(place: Place) -> Iterator[bool]:
    for entry in etree.fromstring(place.content).iter("{*}entry"):
        told = "".join(entry.itertext())
        if CANARY in told:
            yield place.label in told


def _in_letter(place: Place) -> Iterator[bool]:
    """In the row of a list, or near the paragraph or the pair of a form."""
    body = _part(place.content, "word/document.xml").find(f"{W}body")
    blocks = [each for top in body for each in (top.iter(f"{W}tr") if top.tag == f"{W}tbl" else [top])]
    texts = ["".join(each.itertext(f"{W}t")) for each in blocks]
    for at, text in enumerate(texts):
        if CANARY in text:
            is_listed = len(blocks[at].findall(f"{W}tc")) > len(PAIR)
            near = [text] if is_listed else texts[max(0, at - BESIDE) : at + BESIDE + 1]
            yield any(place.label in each for each in near)


def _in_workbook(place: Place) -> Iterator[bool]:
    from openpyxl import load_workbook

    for sheet in load_workbook(io.BytesIO(place.content), read_only=True):
        for row in sheet.iter_rows(values_only=True):
            told = "\t".join(str(each) for each in row if each is not None)
            if CANARY in told:
                yield place.label in told


def _part(archive: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(archive)) as parts:
        return etree.fromstring(parts.read(name))


_READERS = {
    "html": _in_html,
    "json": _in_json,
    "jsonl": _in_log,
    "x-ndjson": _in_log,
    "ics": _in_calendar,
    "xml": _in_feed,
    "docx": _in_letter,
    "xlsx": _in_workbook,
}
