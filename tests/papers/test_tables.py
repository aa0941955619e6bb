"""The plain tables of a meeting: what stands in them, and that each kind of file says the same."""

import csv
import io
import json
from decimal import Decimal
from fractions import Fraction

import pytest
from openpyxl import load_workbook

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.composites.agreed import Composite, Part
from app.meeting.plan import GradeLine, Mode, Preset, Rules
from app.meeting.texts import LONGEST_COMMENT
from app.papers.folder.contents import papers_of
from app.papers.folder.left_out import left_out
from app.papers.folder.paper import CSV, WORKBOOK, Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.tables.table import Column, Table, as_csv, as_workbook
from tests.meetings import ANN, BEN, BREAK, WATER, Story, closed_over, small_plan
from tests.papers.spreadsheet import Spreadsheet, cells_of, values_in
from tests.records import proceedings_of_story

RULES = Rules(trim_from=3, rank_shown=True, grades=(GradeLine(Decimal(80), "good"),))
SHEETS = {"ann": (51, 31), "ben": ("40.5", 30), "cat": (30, 30), "dan": (50, 30)}
SAID = ("=1+1", '=HYPERLINK("http://example.org")')


def played() -> Story:
    """One report is judged and revealed, a comment that looks like a formula shown, one not, the break left out."""
    story = closed_over(SHEETS, plan=small_plan(rules=RULES))
    story.does(c.SendComment("comment-one", ANN, "water", CommentKind.PROBLEM, SAID[0]))
    story.does(c.SendComment("comment-two", BEN, "water", CommentKind.SUGGESTION, SAID[1]))
    story.does(c.ReleaseComment("comment-one", SAID[0]), c.RevealResult(WATER))
    return story.does(c.SkipItem(BREAK, "nobody is tired"), c.FinishMeeting())


@pytest.fixture(scope="module")
def record() -> Proceedings:
    return proceedings_of_story(played())


@pytest.fixture(scope="module")
def papers(record) -> dict[str, Paper]:
    return {paper.name: paper for paper in papers_of(record)}


def lines_of(paper: Paper) -> list[list[str]]:
    return list(csv.reader(io.StringIO(paper.content.decode("utf-8-sig"))))


def test_every_table_names_the_record_it_was_made_of(papers, record):
    tables = [paper for paper in papers.values() if paper.media_type == CSV]
    assert len(tables) >= 7
    for paper in tables:
        assert paper.content.startswith(b"\xef\xbb\xbf")
        assert lines_of(paper)[-3:] == [
            ["会议代号", "small"],
            ["日志条数", str(record.number)],
            ["末条封码", record.seal],
        ]
    for paper in papers.values():
        if paper.media_type == WORKBOOK:
            titles = [value for (_, row, column), value in values_in(paper.content).items() if (row, column) == (3, 1)]
            assert titles
            assert all(record.seal in value for value in titles)


def test_the_three_kinds_of_a_table_say_the_same(papers):
    for name in ("问题清单", "点评全录", "议程实录", "出席情况", "决定与更正", "评分明细"):
        said = json.loads(papers[f"{name}.json"].content)
        rows = [["" if each is None else str(each) for each in row.values()] for row in said["rows"]]
        in_lines = [[each.removeprefix("'") for each in row] for row in lines_of(papers[f"{name}.csv"])[1:-4]]
        cells = values_in(papers[f"{name}.xlsx"].content)
        in_cells = [
            [str(cells.get((name, at, column + 1), "")) for column in range(len(row))] for at, row in enumerate(rows, 5)
        ]
        assert rows
        assert (in_lines, in_cells) == (rows, rows)


def test_a_comment_is_text_whatever_it_begins_with(papers):
    [row] = lines_of(papers["问题清单.csv"])[1:-4]
    assert row[1:] == ["The Water Office of the City", "问题", "专家", "'=1+1"]
    assert not Spreadsheet(cells_of(papers["点评全录.xlsx"].content)).formulas


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "＝1+1", "＋1", "－1", "＠a", "\n=1+1", "\t=1", "-1", "@a"])
def test_headings_and_cells_are_text_in_every_language_of_an_office(text):
    table = Table("t", (Column(text, "name"),), [(text,), (Decimal(-1),)])
    record = proceedings_of_story(Story(small_plan()))
    (heading,), (cell,), (number,), *_ = csv.reader(io.StringIO(as_csv(record, table).decode("utf-8-sig"), newline=""))
    assert (heading, cell, number) == (f"'{text}", f"'{text}", "-1")


def test_the_public_are_given_the_problems_they_were_shown_and_the_file_everything(papers):
    shown, everything = (json.loads(papers[f"{name}.json"].content)["rows"] for name in ("问题清单", "点评全录"))
    assert [each["text"] for each in shown] == [SAID[0]]
    assert [(each["seat"], each["text"], each["standing"]) for each in everything] == [
        ("Expert 1", SAID[0], "已发布"),
        ("Expert 2", SAID[1], "已提交，待发布"),
    ]
    assert (papers["问题清单.xlsx"].for_public, papers["点评全录.xlsx"].for_public) == (True, False)


def test_the_course_of_the_meeting_says_when_and_not_why(papers):
    rows = json.loads(papers["议程实录.json"].content)["rows"]
    states = {row["title"]: row["state"] for row in rows}
    assert (states["The Water Office of the City"], states["Break"]) == ("已进行", "未进行")
    assert "nobody is tired" not in papers["议程实录.json"].content.decode()


def test_the_published_score_follows_from_the_published_totals(papers):
    """The reader tries it out: another total, another score, and the same as ours."""
    cells, said = cells_of(papers["评议结果.xlsx"].content), values_in(papers["评议结果.xlsx"].content)
    score = ("评议结果", 5, 5)
    totals = [said["各评分表总分", row, 3] for row in range(5, 9)]
    assert (totals, said[score], said["评议结果", 5, 7]) == ([82, 80, 70.5, 60], 75.25, 1)
    for kind in (Fraction, float):
        assert Spreadsheet(cells, kind).at(score) == kind("75.25")
    assert Spreadsheet({**cells, ("各评分表总分", 6, 3): 71}).at(score) == Fraction("70.75")


def test_every_sheet_stands_by_its_seat_in_the_folder_for_the_file(papers):
    rows = json.loads(papers["评分明细.json"].content)["rows"]
    assert [(row["seat"], row["total"], row["dropped"]) for row in rows] == [
        ("Expert 1", "82", "去最高"),
        ("Expert 2", "70.5", "计入"),
        ("Deputy 1", "60", "去最低"),
        ("Deputy 2", "80", "计入"),
        ("Member 1", None, None),
    ]
    assert not papers["评分明细.csv"].for_public


def test_a_meeting_without_scores_has_its_comments_and_its_course():
    record = proceedings_of_story(Story(small_plan(mode=Mode.COMMENTS)).opens().does(c.FinishMeeting()))
    names = {paper.name for paper in papers_of(record) if paper.name.endswith((".xlsx", ".csv"))}
    tables = ("问题清单", "点评全录", "议程实录", "出席情况", "决定与更正")
    assert names == {f"{name}.{kind}" for name in tables for kind in ("xlsx", "csv")}


def test_who_was_there_and_what_was_decided_are_for_the_file_alone_and_say_what_the_minutes_say(papers):
    attended = json.loads(papers["出席情况.json"].content)["rows"]
    assert [(each["seat"], each["attended"]) for each in attended][:2] == [("Expert 1", "是"), ("Expert 2", "是")]
    assert attended[-1]["attended"] == "否"
    (decided,) = json.loads(papers["决定与更正.json"].content)["rows"]
    assert (decided["kind"], "nobody is tired" in decided["text"]) == ("决定", True)
    assert not papers["出席情况.csv"].for_public
    assert not papers["决定与更正.csv"].for_public


def test_a_group_of_two_is_in_no_public_table():
    weights = {Preset.EXPERT: Decimal(1), Preset.DEPUTY: Decimal(1), Preset.CPPCC: Decimal(1)}
    plan = small_plan(rules=Rules(group_weights=weights))
    record = proceedings_of_story(closed_over(SHEETS, plan=plan).does(c.RevealResult(WATER)))
    names = {paper.name for paper in papers_of(record) if paper.for_public and paper.media_type == CSV}
    assert {name for name in names if name.startswith("评议结果")} == {
        "评议结果.csv",
        "评议结果-各项指标平均分.csv",
        "评议结果-回执.csv",
    }


@pytest.mark.parametrize("mode", [Mode.POINTS, Mode.COMMENTS])
def test_a_composite_is_public_once_it_is_announced_and_a_part_that_is_missing_is_said(mode):
    story = Story(small_plan(mode=mode, composite=Composite((Part("vote", "满意度", Decimal(40)),)))).opens()
    story.does(c.EnterPart("vote", {"water": Decimal("77.7"), "court": Decimal(50)}, "the clerk"))
    assert "77.7" not in public_text(proceedings_of_story(story))
    assert "left_out.composites" in {said.code for said in left_out(proceedings_of_story(story))}
    record = proceedings_of_story(story.does(c.AnnounceComposites(("school",))))
    papers = {paper.name: paper for paper in papers_of(record)}
    table = lines_of(papers["评议结果-综合评分.csv"])
    assert table[:4] == [
        ["单位", "满意度（40%）", "综合得分"],
        ["The Water Office of the City", "77.7", "31.08"],
        ["The High Court of the City", "50", "20.00"],
        ["The School Board of the City", "缺", "缺"],
    ]
    assert "left_out.composites" not in {said.code for said in left_out(record)}


def test_a_text_is_no_formula_whatever_sign_it_begins_with(record):
    said = ("＝1+1", "＋1", "－1", "＠SUM(1)", "\n=1")
    content = as_csv(record, Table("t", (Column("＝1", "one"),), [(each,) for each in said]))
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert [line[0] for line in lines[:6]] == [f"'{each}" for each in ("＝1", *said)]


def test_rows_are_as_high_as_what_turns_in_them(papers, record):
    """No program finds a height for rows that have one; names of units and comments take several lines."""
    overview = load_workbook(io.BytesIO(papers["评分汇总表.xlsx"].content))["评分汇总表"]
    assert (overview["B5"].value, overview.row_dimensions[5].height) == ("The Water Office of the City", 33.75)
    table = Table("t", (Column("one", "one", 20),), [("one\ntwo\nthree",)])
    sheet = load_workbook(io.BytesIO(as_workbook(record, [table], "t")))["t"]
    assert (sheet["A5"].value, sheet.row_dimensions[5].height) == ("one\ntwo\nthree", 48.75)


def public_text(record: Proceedings) -> str:
    papers = [paper for paper in papers_of(record) if paper.for_public]
    return "\n".join(
        str(values_in(paper.content)) if paper.media_type == WORKBOOK else str(paper.content) for paper in papers
    )


def test_no_row_is_higher_than_excel_takes_and_a_rehearsal_is_called_one():
    long = "长" * LONGEST_COMMENT
    story = closed_over(SHEETS, plan=small_plan(rules=RULES, rehearsal_of="real"))
    story.does(
        c.SendComment("comment-one", ANN, "water", CommentKind.PROBLEM, long), c.ReleaseComment("comment-one", long)
    )
    papers = {paper.name: paper for paper in papers_of(proceedings_of_story(story))}
    book = load_workbook(io.BytesIO(papers["问题清单.xlsx"].content))
    assert book.active["E5"].value == long
    assert max(each.height for each in book.active.row_dimensions.values() if each.height) == 408.75
    assert book.active["A2"].value.startswith("彩排 · ")
    assert book.active["A3"].value.endswith("会议尚未结束")
