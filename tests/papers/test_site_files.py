"""The static site: nothing hidden in any byte of it, light, the same each time."""

import json
import re
from xml.etree import ElementTree as ET

import pytest

from app.meeting import commands as c
from app.papers.site.site import site_of
from tests.findings import story_day
from tests.meetings import Story
from tests.papers import published
from tests.papers.published import SECRETS, TOLD, found
from tests.records import proceedings_of_story

STAGES = published.stages()
LIGHT = 30_000
ADDRESS = re.compile(r'(?:href|src)="([^"#]+)')
NOT_OURS = {"http://www.w3.org/2005/Atom"}


def site(story: Story) -> dict[str, bytes]:
    """All that is in it; of a file that was handed in, its digest."""
    found = site_of(proceedings_of_story(story), story_day(story))
    return {**found.made, **{name: digest.encode() for name, digest in found.kept.items()}}


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return site(STAGES["on notice"])


@pytest.mark.parametrize("stage", STAGES)
def test_no_byte_of_the_site_holds_what_nobody_was_told(stage):
    told = set(TOLD) if stage != "draft" else {"released"}
    files = site(STAGES[stage])
    sealed = {name for name in files if name.endswith((".log.jsonl", ".results.json"))}
    for name, content in files.items():
        text = f"{name}\n{content.decode()}"
        assert found(SECRETS, text) - ({"seats"} if name in sealed else set()) == set(), name
        assert found(TOLD, text) <= told


def test_what_may_be_told_stands_on_the_page_of_its_unit(whole):
    for name in ("unit-1.html", "unit-1.en.html", "public.json"):
        assert found(TOLD, whole[name].decode()) == set(TOLD)


def test_every_address_leads_to_a_file_beside_it_and_nowhere_else(whole):
    pages = [name for name in whole if name.endswith((".html", ".xml")) and name != "verify.html"]
    assert len(pages) == 10
    for name in pages:
        addresses = {each for each in ADDRESS.findall(whole[name].decode()) if not each.startswith("data:")}
        assert addresses <= whole.keys(), name
        assert not re.search(r"<script|\bon\w+=|style=", whole[name].decode())


def test_the_first_page_is_light(whole):
    assert len(whole["index.html"]) + len(whole["site.css"]) < LIGHT
    assert len(whole["index.en.html"]) < LIGHT


def test_the_same_record_makes_the_same_bytes(whole):
    assert site(published.stages()["on notice"]) == whole


def test_the_feed_says_what_happened_newest_first(whole):
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ET.fromstring(whole["feed.en.xml"])
    titles = [entry.findtext(f"{atom}title") for entry in feed.iter(f"{atom}entry")]
    assert "Water No. 1 · Put on public notice" in titles
    assert "The meeting was opened" in titles
    ids = [each.text for each in feed.iter(f"{atom}id")]
    assert len(set(ids)) == len(ids)
    assert all(id and id.startswith("urn:uuid:") for id in ids)


def test_the_site_says_how_much_of_a_result_the_rules_tell():
    story = STAGES["on notice"]
    story = published.copy_of(story).does(c.RevealResult(published.hidden.WATER))
    result = json.loads(site(story)["public.json"])["units"][0]["result"]
    assert result["score"]
    assert result["score"] in site(story)["unit-1.html"].decode()
