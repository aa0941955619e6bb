"""How the panel judged last year's promises, in what everybody is given: once the result is revealed, in counts."""

import csv
import io
import json
from datetime import date

import pytest

from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode
from app.papers.folder.contents import papers_of
from app.papers.folder.proceedings import Proceedings
from app.papers.record.exported import checked
from app.papers.record.exports import results_file
from app.papers.record.public_log import public_log
from app.papers.site.data import public_json
from app.papers.site.picture import picture_of_record
from app.papers.site.site import site_of
from app.store.verify import Examination
from tests.meetings import EVE, WATER, Story, at_water, closes, opened, sheet
from tests.papers.letters import paragraphs_of
from tests.promised import FENCE, WORDS, all_say, judged_plan
from tests.records import proceedings_of_story

COUNTS = [
    {"promise": 1, "members": 5, "kept": 2, "largely_kept": 1, "not_kept": 1},
    {"promise": 2, "members": 5, "kept": 0, "largely_kept": 1, "not_kept": 3},
]


def judged() -> Story:
    story = at_water(judged_plan()).does(*all_say())
    return closes(story.does(*(sheet(story.meeting, WATER, seat, 50, 30) for seat in (*WORDS, EVE))), WATER)


@pytest.fixture(scope="module")
def closed() -> Proceedings:
    return proceedings_of_story(judged())


@pytest.fixture(scope="module")
def told() -> Proceedings:
    return proceedings_of_story(judged().does(c.RevealResult(WATER), c.FinishMeeting()))


def of_water(said):
    return next(each for each in said if each.get("unit_id", each.get("id")) == "water")


def test_the_public_files_have_the_counts_once_they_are_told(closed, told):
    assert of_water(json.loads(results_file(told))["results"])["promises"] == COUNTS
    assert json.loads(results_file(closed))["results"] == []
    public = [
        of_water(json.loads(public_json(picture_of_record(each)))["units"])["promises"] for each in (closed, told)
    ]
    assert public[0] == []
    assert [(each["number"], [mark["number"] for mark in each["panel"]["marks"]]) for each in public[1]] == [
        (1, [2, 1, 1]),
        (2, [0, 1, 3]),
    ]


def test_the_page_of_the_unit_tells_them_to_society(closed, told):
    before, after = (site_of(each, date(2023, 11, 18)).made["unit-1.html"].decode() for each in (closed, told))
    assert "兑现" not in before
    assert FENCE.text in after
    assert "未兑现" in after


def test_where_nothing_is_scored_they_are_public_once_the_meeting_is_over():
    story = opened(judged_plan(mode=Mode.COMMENTS)).goes_to(WATER).does(*all_say())
    kinds = []
    for record in (proceedings_of_story(story), proceedings_of_story(story.does(c.FinishMeeting()))):
        (water, *_) = json.loads(public_json(picture_of_record(record)))["units"]
        lines = [json.loads(each) for each in (public_log(record) or b"").splitlines()]
        told = [json.loads(each["line"])["kind"] for each in lines if "line" in each]
        kinds.append((len(water["promises"]), "PromisesTold" in told, "PromiseJudged" in told))
        assert verdict_of(record) == ()
    assert kinds == [(0, False, False), (2, True, False)]


def verdict_of(record: Proceedings) -> tuple[object, ...]:
    looking = Examination(Meeting.planned(record.meeting.plan))
    for entry in record.entries:
        looking.follow(entry)
    return tuple(looking.concluded())


def test_the_letter_to_the_unit_and_the_table_of_the_folder_tell_them(closed, told):
    before, after = ({each.name: each for each in papers_of(record)} for record in (closed, told))
    assert "承诺评议.csv" not in before
    rows = [*csv.reader(io.StringIO(after["承诺评议.csv"].content.decode("utf-8-sig")))][1:-4]
    assert [row[4:11] for row in rows] == [
        ["已销号", "3", "0", "2", "1", "1", "5"],
        ["整改中", "290", "1", "0", "1", "3", "5"],
    ]
    assert after["承诺评议.csv"].for_public
    letter = paragraphs_of(after["评议意见书/01-Water.docx"].content)
    assert "1. Otters swim in the canal（已销号）：兑现2席、基本兑现1席、未兑现1席，5席参评。" in letter


def test_counts_that_were_changed_are_found_beside_the_public_log(told, tmp_path):
    (tmp_path / "public.log.jsonl").write_bytes(public_log(told) or b"")
    file = tmp_path / "small.results.json"
    file.write_bytes(results_file(told))
    assert [each.verdict.holds for each in checked([tmp_path])] == [True, True]
    said = json.loads(file.read_text("utf-8"))
    said["results"][0]["promises"][0]["kept"] = 3
    file.write_text(json.dumps(said), "utf-8")
    faults = [fault.facts["what"] for each in checked([tmp_path]) for fault in each.verdict.faults]
    assert faults == ["promises"]
