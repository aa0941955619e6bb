"""Mistakes in a workbook: each is told once, at its place, and none changes anything."""

from contextlib import closing
from typing import Any

import pytest
import sqlalchemy as sa

from app.language import Language, say
from app.meeting.plan import Mode
from app.meeting.refusals import Refused
from app.papers.plan.choices import ALSO, CHOICES
from app.papers.plan.importing import preview, take
from app.papers.plan.sheets import ALL
from app.papers.plan.workbook import write_workbook
from app.store.database import Database
from app.store.tables import SQLModel
from tests.meetings import shipped, small_plan
from tests.papers.books import changed, errors, overwritten, read, warnings
from tests.papers.mistaken import SEEDED, seeded
from tests.records import save


def test_a_workbook_full_of_mistakes_gives_one_message_for_each_at_its_place():
    assert len(SEEDED) > 40
    assert errors(read(seeded())) == [(sheet, row, column, code) for sheet, _, row, column, code in SEEDED]


@pytest.mark.parametrize("language", Language)
def test_every_message_is_a_finished_sentence(language):
    said = [say(each.said, language) for each in read(seeded()).mistakes]
    assert [sentence for sentence in said if "{" in sentence] == []
    assert len(set(said)) > 40


def test_a_workbook_with_mistakes_changes_nothing(tmp_path):
    with closing(Database(str(tmp_path / "kaimen.db"))) as database:
        database.create()
        save(database, small_plan(code="pufa-example"))
        before = contents(database)
        shown = preview(small_plan(code="pufa-example"), read(seeded()))
        assert not shown.can_be_taken
        with database.writing() as connection, pytest.raises(Refused, match=r"^import\.has_mistakes$"):
            take(connection, shown)
        assert contents(database) == before


def contents(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    with database.reading() as connection:
        tables = SQLModel.metadata.sorted_tables
        return {table.name: [tuple(row) for row in connection.execute(sa.select(table))] for table in tables}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({("会议", "B5"): None}, [("会议", 5, "B 开始时间", "cell.missing")]),
        ({("会议", "A3"): "名字"}, [
            ("会议", None, "名称", "entry.missing"),
            ("会议", 3, "A 名字", "entry.unknown_near"),
        ]),
        ({("单位", f"{at}1"): "甲" for at in "ABCDEF"}, [
            ("单位", None, "", "sheet.no_headings"),
        ]),
        ({("单位", "A1"): "机构"}, [("单位", 1, "单位名称", "column.missing")]),
        ({("单位", "F1"): "简称"}, [("单位", 1, "F 简称", "column.twice")]),
        ({("会议", "B11"): "等次制"}, [("评分细则", None, "", "rubric.not_one_scale")]),
        ({("回避", "B2"): "#ghost"}, [("回避", 2, "B 单位", "recusal.unknown_unit")]),
        ({("单位", "E2"): "a b"}, [("单位", 2, "E 编号", "id.unusable")]),
        ({("会议", "B2"): "setup"}, [("会议", 2, "B 代号", "code.reserved")]),
        ({("单位", "A1200"): "最后一个"}, [("单位", 1001, "", "sheet.too_long")]),
    ],
    ids=lambda value: value[0][3] if isinstance(value, list) else "",
)  # fmt: skip
def test_one_mistake_hides_no_other_and_makes_none(cells, expected):
    assert errors(read(overwritten(cells))) == expected


def test_a_missing_sheet_is_one_mistake():
    reading = read(changed(lambda book: book.remove(book["单位"])))
    assert errors(reading) == [("单位", None, "", "sheet.missing")]


def test_a_workbook_of_something_else_is_one_sentence():
    def empty(book):
        for name in book.sheetnames[1:]:
            book.remove(book[name])

    reading = read(changed(empty))
    assert [each.said.code for each in reading.mistakes] == ["file.no_template"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({("会议", "B4"): "2023-11-17 9:30", ("会议", "B5"): "10:00"}, ("会议", 5, "B 开始时间", "start.said_twice")),
        ({("会议", "B5"): "2023-11-18 9:00"}, ("会议", 5, "B 开始时间", "start.said_twice")),
        ({("单位", "F1"): "得过奖"}, ("单位", 1, "F 得过奖", "column.unknown")),
        ({("单位", "A5"): "市水利局"}, ("单位", 5, "A 单位名称", "unit.not_on_agenda")),
        ({("单位", "B2"): "长" * 25, ("议程", "B3"): "长" * 25, ("回避", "B2"): "长" * 25},
         ("单位", 2, "B 简称", "look.long_short_name")),
        ({("评分细则", "E3"): 1.00000012}, ("评分细则", 3, "E 权重", "cell.rounded")),
        ({("评分细则", "E3"): "1.00000044"}, ("评分细则", 3, "E 权重", "cell.rounded")),
        ({("议程", "H8"): 900}, ("议程", 8, "H 时长", "segment.very_long")),
        ({("议程", "D8"): 5}, ("议程", 8, "D 履职报告", "item.with_segments")),
        ({("议程", "H3"): 5}, ("议程", 3, "H 时长", "report.without_segments")),
    ],
    ids=lambda value: value[3] if isinstance(value, tuple) else "",
)  # fmt: skip
def test_what_is_only_odd_is_a_warning(cells, expected):
    reading = read(overwritten(cells))
    assert (errors(reading), warnings(reading)) == ([], [expected])
    assert preview(None, reading).can_be_taken


def test_what_is_still_missing_may_be_completed_on_the_pages():
    def half_done(book):
        for name in ("议程", "评议团", "评分细则", "回避"):
            book[name].delete_rows(2, 100)

    reading = read(changed(half_done))
    assert errors(reading) == []
    assert [each for each in warnings(reading) if each[3] != "unit.not_on_agenda"] == [
        ("议程", None, "", "agenda.empty"),
        ("评议团", None, "", "panel.empty"),
        ("评分细则", None, "", "rubric.empty"),
    ]


def test_a_copied_line_gets_an_id_of_its_own():
    plan = shipped("demo")
    reading = read(
        overwritten({("评议团", "A11"): "专家4", ("评议团", "B11"): "专家", ("评议团", "C11"): "expert-1"}, plan)
    )
    assert warnings(reading) == [("评议团", 11, "C 编号", "id.twice")]
    assert [seat.id for seat in reading.plan.seats] == [*(seat.id for seat in plan.seats), "seat-10"]


def test_other_words_mean_words_there_are():
    of_columns = {word for columns in ALL.values() for column in columns for word in column.choices}
    assert set(ALSO.values()) <= of_columns | {word for words in CHOICES.values() for word in words}


@pytest.mark.parametrize("mode", Mode)
def test_a_plan_that_can_open_has_no_mistakes(mode):
    assert read(write_workbook(small_plan(mode=mode))).mistakes == ()
