"""The static site: nothing hidden in any byte of it, light, the same each time; and how it is written to a disk."""

import hashlib
import json
import re
from datetime import timedelta
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from app.meeting import commands as c
from app.meeting.decide import decide
from app.meeting.findings.state import Stand
from app.papers.site.following import follow
from app.papers.site.site import Site, site_of
from app.papers.site.writing import LIST, NotOurs, Written, write_site
from app.store.database import Database
from tests.commandline import run_here
from tests.findings import brought_to, story_day
from tests.meetings import Story
from tests.papers import published
from tests.papers.published import SECRETS, TOLD, found
from tests.records import append, proceedings_of_story, put_back, record

STAGES = published.stages()
LIGHT = 30_000
ADDRESS = re.compile(r'(?:href|src)="([^"#]+)')


def site(story: Story) -> dict[str, bytes]:
    """All that is in it; of a file that was handed in, its digest."""
    found = site_of(proceedings_of_story(story), story_day(story))
    return {**found.made, **{name: digest.encode() for name, digest in found.kept.items()}}


def written(to: Path, code: str = "pond", **made: bytes) -> Written:
    return write_site(code, Site({f"{name}.html": content for name, content in made.items()}, {}), to, {}.get)


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


def test_the_first_page_counts_what_was_returned_and_re_opened(whole):
    counted = re.findall(r"<dt>(被退回|反弹重开)</dt><dd>(\d+)</dd>", whole["index.html"].decode())
    assert counted == [("被退回", "1"), ("反弹重开", "0")]


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


# --- on a disk --------------------------------------------------------------------------------------------------------


def test_only_what_has_changed_is_written_and_only_what_was_written_is_taken_away(tmp_path: Path):
    assert written(tmp_path, a=b"1", b=b"2") == Written(changed=2)
    (tmp_path / "CNAME").write_text("kept")
    before = (tmp_path / "a.html").stat().st_ino
    assert written(tmp_path, a=b"1", c=b"3") == Written(changed=1, removed=1)
    assert (tmp_path / "a.html").stat().st_ino == before
    assert {each.name for each in tmp_path.iterdir()} == {"a.html", "c.html", "CNAME", LIST}


def test_a_file_that_was_handed_in_is_read_once_and_only_as_it_was_handed_in(tmp_path: Path):
    content = b"%PDF-1.7"
    name = f"files/{hashlib.sha256(content).hexdigest()}.pdf"
    found, read = {hashlib.sha256(content).hexdigest(): b"other"}, []

    def load(sha256: str) -> bytes | None:
        read.append(sha256)
        return found.get(sha256)

    site = Site({}, {name: next(iter(found))})
    assert write_site("pond", site, tmp_path, load) == Written(missing=1)
    found[site.kept[name]] = content
    assert write_site("pond", site, tmp_path, load) == Written(changed=1)
    assert write_site("pond", site, tmp_path, load) == Written()
    assert ((tmp_path / name).read_bytes(), len(read)) == (content, 2)
    assert write_site("pond", Site({}, {}), tmp_path, load) == Written(removed=1)


def refusal_to_write(to: Path, code: str = "pond", **made: bytes) -> str:
    with pytest.raises(NotOurs) as refused:
        written(to, code, **made)
    return refused.value.said.code


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path):
    (tmp_path / "thesis.docx").write_text("years of work")
    assert refusal_to_write(tmp_path, index=b"1") == "site.folder_not_empty"
    assert [each.name for each in tmp_path.iterdir()] == ["thesis.docx"]


def test_neither_another_meetings_pages_nor_a_file_of_somebody_else_is_written_over(tmp_path: Path):
    written(tmp_path, index=b"1")
    assert refusal_to_write(tmp_path, "lake", index=b"2") == "site.of_another"
    (tmp_path / "own.html").write_text("mine")
    assert refusal_to_write(tmp_path, index=b"1", own=b"2") == "site.file_of_others"
    assert (tmp_path / "own.html").read_text() == "mine"


def test_a_list_that_names_files_elsewhere_takes_none_of_them_away(tmp_path: Path):
    to, outside = tmp_path / "site", tmp_path / "outside.txt"
    outside.write_text("mine")
    written(to, index=b"1")
    said = json.loads((to / LIST).read_text())
    said["files"] |= {"../outside.txt": "0", str(outside): "0", "": "0", ".": "0"}
    (to / LIST).write_text(json.dumps(said))
    written(to, index=b"2")
    assert outside.read_text() == "mine"


def test_a_folder_that_leads_elsewhere_by_now_is_not_tidied_up(tmp_path: Path):
    to, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    content = b"%PDF-1.7"
    digest = hashlib.sha256(content).hexdigest()
    write_site("pond", Site({}, {f"files/{digest}.pdf": digest}), to, {digest: content}.get)
    (to / "files").rename(elsewhere)
    (to / "files").symlink_to(elsewhere)
    assert refusal_to_write(to, index=b"1") == "site.file_of_others"
    assert [each.read_bytes() for each in elsewhere.iterdir()] == [content]


def test_the_command_writes_it_and_a_second_time_writes_nothing(where: str, database: Database, tmp_path: Path):
    record(database, brought_to(Stand.NOTICE))
    arguments = ("publish", "small", "--to", tmp_path / "site", "--db", where)
    first, second = run_here(*arguments), run_here(*arguments)
    assert (first.exit_code, second.exit_code) == (0, 0), first.output
    assert "0 files written" in second.output
    assert (tmp_path / "site" / "index.html").stat().st_mode & 0o444 == 0o444


def test_a_site_that_is_followed_goes_on_with_the_record(database: Database, tmp_path: Path):
    story = brought_to(Stand.VERIFIED)
    record(database, story)
    looks: list[float] = []

    def rest(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 2:  # at the first nothing had happened
            before = story.meeting
            story.does(c.GiveNotice(("finding-1",), story_day(story) + timedelta(days=7), "the bureau"))
            with database.writing() as connection:
                append(connection, before, story.events[-1:])

    looking = follow(database, "small", tmp_path / "site", lambda: story.now, rest)
    assert next(looking).changed > 5
    assert next(looking).changed > 5
    assert len(looks) == 2
    assert "until the end of" in (tmp_path / "site" / "index.en.html").read_text("utf-8")


def test_a_site_that_is_followed_goes_back_with_a_record_that_was_put_back(database: Database, tmp_path: Path):
    """Once with another entry at the same number, and once to a shorter log."""
    story = brought_to(Stand.VERIFIED)
    record(database, story)
    before, last = story.meeting, len(story.events)
    gives = partial(c.GiveNotice, ("finding-1",), author="the bureau")
    first, another = (
        decide(before, gives(until=story_day(story) + timedelta(days=days)), story.now) for days in (7, 9)
    )
    with database.writing() as connection:
        append(connection, before, first)
    looks = iter([another, []])

    def rest(_seconds: float) -> None:
        with database.writing() as connection:
            put_back(connection, "small", last)
            if events := next(looks):
                append(connection, before, events)

    looking = follow(database, "small", tmp_path / "site", lambda: story.now, rest)
    told = []
    for _ in range(3):
        next(looking)
        told.append(re.findall(r"until the end of [^<]*", (tmp_path / "site" / "index.en.html").read_text("utf-8")))
    assert told[0] != told[1] != []
    assert told[2] == []
