"""The two folders of a record: what lies in them, that they always come out the same, and what their covers say."""

import hashlib
import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.plan import GradeLine, Preset, ResultsShown, Rules, TrimOf
from app.papers.folder.digests import content_digest_of
from app.papers.folder.folders import CONTENT_DIGESTS, DIGESTS, FOR_FILE, FOR_PUBLIC, archive, folders_of, write
from app.papers.folder.index import INDEX
from app.papers.folder.left_out import left_out
from app.papers.folder.packing import packed, repacked
from app.papers.folder.paper import JSON, WORKBOOK, Paper, file_name
from app.papers.folder.proceedings import Proceedings
from tests.meetings import NOON, WATER, Story, closed_over, small_plan
from tests.records import proceedings_of_story

SHEETS = {"ann": (50, 30), "ben": (40, 30), "cat": (30, 30)}


def revealed(plan=None) -> Story:
    return closed_over(SHEETS, plan=plan or small_plan()).does(c.RevealResult(WATER))


@pytest.fixture(scope="module")
def record() -> Proceedings:
    return proceedings_of_story(revealed())


@pytest.fixture(scope="module")
def folders(record):
    return folders_of(record)


def test_the_folder_for_the_file_has_all_that_the_public_is_given(folders):
    for_file, for_public = folders
    own = {INDEX, DIGESTS, CONTENT_DIGESTS}
    contents = {paper.name: paper.content for paper in for_file.papers}
    given = {paper.name: paper.content for paper in for_public.papers if paper.name not in own}
    assert given
    assert {name: contents.get(name) for name in given} == given
    assert "small.log.jsonl" in contents
    assert "small.log.jsonl" not in given


def test_no_two_papers_have_one_name_whatever_a_system_makes_of_capitals(folders):
    for folder in folders:
        names = [paper.name.casefold() for paper in folder.papers]
        assert len(set(names)) == len(names)


def test_the_digests_are_those_of_the_files(folders, tmp_path):
    for folder in folders:
        root = write(folder, tmp_path)
        lines = [line.split("  ") for line in (root / DIGESTS).read_text("utf-8").splitlines()]
        assert {name for _, name in lines} == {paper.name for paper in folder.papers} - {DIGESTS, CONTENT_DIGESTS}
        assert [hashlib.sha256((root / name).read_bytes()).hexdigest() for _, name in lines] == [d for d, _ in lines]


def test_the_same_record_makes_the_same_bytes(record, folders):
    again = folders_of(proceedings_of_story(revealed()))
    assert archive(record, list(folders)) == archive(record, list(again))


def test_a_content_digest_does_not_depend_on_who_packed():
    members = {"b.xml": b"<b/>", "a.xml": b"<a/>" * 50, "[Content_Types].xml": b"<t/>"}
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as other:
        for name, content in members.items():
            other.writestr(name, content)
    ours = packed(members.items(), NOON)
    assert repacked(stored.getvalue(), NOON) == ours
    assert ours != stored.getvalue()
    assert len({content_digest_of(Paper("p", WORKBOOK, each)) for each in (ours, stored.getvalue())}) == 1
    assert len({content_digest_of(Paper("p", JSON, each)) for each in (ours, stored.getvalue())}) == 2
    with zipfile.ZipFile(io.BytesIO(ours)) as archive_of_ours:
        assert [each.filename for each in archive_of_ours.infolist()] == sorted(members)
        assert {each.date_time for each in archive_of_ours.infolist()} == {(2023, 11, 17, 4, 0, 0)}


def test_a_second_export_leaves_nothing_of_the_first_behind(folders, tmp_path):
    for_file, _ = folders
    root = write(replace(for_file, papers=(*for_file.papers, Paper("old/paper.json", JSON, b"{}"))), tmp_path)
    own = root / "notes.txt"
    own.write_text("of the clerk")
    outside = tmp_path / "outside.txt"
    outside.write_text("of somebody else")
    digests = root / DIGESTS
    digests.write_text(f"{digests.read_text('utf-8')}{'0' * 64}  old/paper.json\n{'0' * 64}  ../outside.txt\n", "utf-8")
    assert (root / "old" / "paper.json").exists()
    write(for_file, tmp_path)
    assert not (root / "old" / "paper.json").exists()
    assert (own.exists(), outside.exists()) == (True, True)


def test_the_covers_say_which_record_they_belong_to(record, folders):
    for folder in folders:
        index = next(paper.content.decode() for paper in folder.papers if paper.name == INDEX)
        assert record.seal in index
        assert record.meeting.seal in index
        assert all(paper.name in index for paper in folder.papers if paper.name not in (INDEX, CONTENT_DIGESTS))
        assert ("归档卷" in index, "公开卷" in index) == (folder.name == FOR_FILE, folder.name == FOR_PUBLIC)


def test_all_papers_are_of_the_day_on_which_it_was_held():
    """It was put off by a day, and the plan was left as it was."""
    held = Story(small_plan(), NOON + timedelta(days=1)).opens().does(c.FinishMeeting())
    for_file, _ = folders_of(proceedings_of_story(held))
    told = {each.name: each.content for each in for_file.papers}
    texts = {INDEX: told[INDEX].decode()}
    for name, part in (("议程实录.xlsx", "xl/sharedStrings.xml"), ("会议纪要.docx", "word/document.xml")):
        texts[name] = zipfile.ZipFile(io.BytesIO(told[name])).read(part).decode()
    assert {name for name, text in texts.items() if "2023年11月18日" in text} == set(texts)
    assert not any("2023年11月17日" in text for text in texts.values())


def test_what_people_called_a_meeting_is_text_on_its_cover():
    story = revealed(small_plan(title="<script>alert(1)</script> & Co"))
    index = folders_of(proceedings_of_story(story))[1].papers[0].content.decode()
    assert "<script" not in index
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Co" in index


BY_GRADE = Rules(grades=(GradeLine(Decimal(0), "good"),), results_shown=ResultsShown.BY_GRADE)
WEIGHTS = Rules(group_weights={Preset.EXPERT: Decimal(2), Preset.DEPUTY: Decimal(1), Preset.CPPCC: Decimal(1)})


@pytest.mark.parametrize(
    ("rules", "codes"),
    [
        (Rules(), {"marks", "groups"}),
        (BY_GRADE, {"numbers"}),
        (WEIGHTS, {"marks", "score_of_groups", "groups", "totals"}),
        (Rules(trim_of=TrimOf.CRITERION, trim_from=3), {"marks", "score_of_criteria", "groups", "criteria"}),
    ],
    ids=["usual", "by grade", "groups with weights", "by criterion"],
)
def test_the_public_cover_names_what_cannot_be_reckoned_again(rules, codes):
    proceedings = proceedings_of_story(revealed(small_plan(rules=rules)))
    said = {each.code.removeprefix("left_out.") for each in left_out(proceedings)}
    assert said == codes | {"comments", "persons"}


def test_a_result_that_is_still_hidden_is_named_and_not_told():
    record = proceedings_of_story(closed_over(SHEETS))
    said = [say(each, Language.ENGLISH) for each in left_out(record)]
    assert "The results of Water: they have not been announced." in said
    assert "80.00" not in folders_of(record)[1].papers[0].content.decode()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("市教委", "市教委"),
        ("一室/二室", "一室-二室"),
        ('a<b>:"c"', "a-b-c"),
        ("..\\..", "-"),
        ("", "-"),
        ("长" * 200, "长" * 60),
        ("CON.log", "_CON.log"),  # no file on Windows, whatever its ending
        ("concert", "concert"),
    ],
)
def test_a_name_of_a_unit_as_a_name_of_a_file(text, name):
    assert file_name(text) == name
    assert Path(file_name(text)).name == file_name(text)
