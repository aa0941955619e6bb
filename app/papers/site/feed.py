"""The feed (Atom, RFC 4287): what everybody was told, one entry for each thing that was done at once.

Its ids are made of the record, its addresses relative: it is the same feed on a stick, on a disk, on any host.
"""

from xml.etree import ElementTree as ET

from app.language import Language, catalogue, comma_of
from app.papers.site.links import Links
from app.papers.site.pages import step_told
from app.papers.site.shown import Change, MeetingShown

ATOM = "http://www.w3.org/2005/Atom"
MOST_ENTRIES = 200


def feed_of(shown: MeetingShown, language: Language, at: Links) -> bytes:
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": str(language)})
    _say(feed, "id", shown.feed_id)
    _say(feed, "title", shown.name)
    _say(feed, "updated", shown.changes[0].at if shown.changes else f"{shown.day.isoformat()}T00:00:00Z")
    _say(ET.SubElement(feed, "author"), "name", comma_of(language).join(shown.organisers) or shown.name)
    ET.SubElement(feed, "link", {"href": at.home, "rel": "alternate", "type": "text/html"})
    for change in shown.changes[:MOST_ENTRIES]:
        _enter(feed, shown, change, language, at)
    ET.indent(feed, " ")
    text: bytes = ET.tostring(feed, "utf-8", xml_declaration=True)
    return text + b"\n"


def _enter(feed: ET.Element, shown: MeetingShown, change: Change, language: Language, at: Links) -> None:
    entry = ET.SubElement(feed, "entry")
    _say(entry, "id", change.id)
    _say(entry, "title", _title(shown, change, language))
    _say(entry, "updated", change.at)
    ET.SubElement(entry, "link", {"href": _address(shown, change, at), "rel": "alternate", "type": "text/html"})


def _title(shown: MeetingShown, change: Change, language: Language) -> str:
    """``市教委 第 1、2 号：开始公示``"""
    text = catalogue(language).gettext
    unit = shown.unit(change.unit)
    numbers = comma_of(language).join(map(str, change.numbers))
    about = [unit.unit.short_name if unit else "", text("No. %(number)s") % {"number": numbers} if numbers else ""]
    told = step_told(language)(change)
    return f"{' '.join(filter(None, about))} · {told}" if any(about) else told


def _address(shown: MeetingShown, change: Change, at: Links) -> str:
    unit = shown.unit(change.unit)
    if unit is None:
        return at.home
    return f"{at.unit(unit)}#finding-{change.numbers[0]}" if change.numbers else at.unit(unit)


def _say(of: ET.Element, name: str, text: str) -> None:
    ET.SubElement(of, name).text = text
