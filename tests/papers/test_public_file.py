"""The public file of a meeting says of its promises what its record says; what is no such file is declined."""

import json

import pytest

from app.meeting.findings.promised import as_before
from app.meeting.findings.state import Stand
from app.papers.plan.mistakes import Unreadable
from app.papers.public_file import read_public
from app.papers.site.data import public_json
from app.papers.site.picture import picture_of
from tests.findings import brought_to, drafted, handed_over, story_day
from tests.meetings import Story


@pytest.fixture(scope="module")
def story() -> Story:
    story = brought_to(Stand.NOTICE)
    return story.does(drafted("finding-2"), drafted("finding-3", unit="court"), handed_over("finding-2", "finding-3"))


def file_of(story: Story) -> bytes:
    return public_json(picture_of(story.meeting, 9, "", story_day(story)))


def test_it_comes_to_the_same_as_the_record(story):
    before = read_public(file_of(story))
    assert before == as_before(story.meeting, story_day(story))
    assert [len(unit.promises) for unit in before.units if unit.promises] == [2, 1]


def changed(story: Story, **changes) -> bytes:
    said = json.loads(file_of(story))
    finding = next(unit for unit in said["units"] if unit["id"] == "water")["findings"][0]
    for name, value in changes.items():
        (said if name in said else finding)[name] = value
    return json.dumps(said).encode()


@pytest.mark.parametrize(
    "changes",
    [
        {"format": 2},
        {"units": {}},
        {"as_of": "yesterday"},
        {"title": "x" * 201},
        {"title": "a\x00b"},
        {"number": 0},
        {"number": 2},
        {"days_late": -1},
        {"days_late": 10**9},
        {"reopenings": 1.5},
        {"standing": "gone"},
        {"text": " "},
        {"text": "x" * 5000},
        {"text": "a\ud800"},
        {"deadlines": None},
    ],
    ids=ascii,
)
def test_what_is_not_as_kaimen_writes_it_is_declined(story, changes):
    with pytest.raises(Unreadable):
        read_public(changed(story, **changes))


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"{", b"\xff\xfe", b"[" * 10_000, b" " * (5 * 1024 * 1024 + 1)], ids=len
)
def test_what_is_no_such_file_is_declined(content):
    with pytest.raises(Unreadable):
        read_public(content)
