"""Parts of a composite in files: as people write them, and what is wrong with them at its place."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from app.meeting.plan import Plan
from app.papers.plan.importing import preview, read_file
from app.papers.plan.workbook import write_workbook
from app.papers.plan.writing_text import write_text
from tests.meetings import small_plan
from tests.papers.books import overwritten

JOINED = Composite(
    (
        Part("panel", "评议团评分", Decimal(50), Source.SCORED),
        Part("vote", "群众满意度", Decimal(40)),
        Part("daily", "日常考核", Decimal(10), Source.IMPORTED, Decimal(20)),
    ),
    (CompositeGrade("先进", Decimal(75), Decimal(40)), CompositeGrade("达标", Decimal(60))),
    date(2026, 12, 1),
    rounds_parts=True,
)
PLAN = small_plan(composite=JOINED, units=tuple(replace(unit, of_class="Offices") for unit in small_plan().units))
PARTS, GRADES = "综合评分构成", "综合评分等次"


def with_cells(sheet: str, cells: dict[str, Any]) -> bytes:
    return overwritten({(sheet, cell): value for cell, value in cells.items()}, PLAN)


@pytest.mark.parametrize(
    ("kind", "write"), [(".xlsx", write_workbook), (".toml", lambda plan: write_text(plan).encode())]
)
def test_composites_come_back_from_a_file_as_they_were(kind, write):
    reading = read_file(f"m{kind}", write(PLAN))
    assert (reading.plan, reading.mistakes) == (PLAN, ())


def test_a_plan_without_composites_says_nothing_of_them():
    assert "composite" not in write_text(small_plan())


@pytest.mark.parametrize(
    ("written", "read"), [("前30%", 30), ("30％", 30), (30, 30), (0.3, 30), ("前 30% 以内", 30), ("0.5%", "0.5")]
)
def test_the_first_so_many_per_cent_as_people_write_it(written, read):
    reading = read_file("m.xlsx", with_cells(GRADES, {"C2": written}))
    assert reading.plan is not None
    assert reading.plan.composite.grades[0].top == Decimal(read)


def test_a_part_without_an_id_is_known_again_by_its_name():
    written = with_cells(PARTS, {"E3": None, "B3": 35})
    found = preview(PLAN, read_file("m.xlsx", written))
    assert found.plan is not None
    assert found.plan.composite.parts[1] == replace(JOINED.parts[1], weight=Decimal(35))


@pytest.mark.parametrize(
    ("cells", "code", "place"),
    [
        ({"B3": 0}, "part.no_weight", (3, "B 权重")),
        ({"C3": "现场评分"}, "part.scored_twice", (3, "C 来源")),
        ({"D2": 90}, "part.other_full", (2, "D 满分")),
        ({"A3": "评议团评分"}, "name.twice", (3, "A 部分")),
        ({"C3": "猜的"}, "cell.not_a_choice", (3, "C 来源")),
    ],
)
def test_what_is_wrong_with_a_part_is_said_at_its_cell(cells, code, place):
    mistakes = read_file("m.xlsx", with_cells(PARTS, cells)).mistakes
    assert (code, *place) in {(each.said.code, each.row, each.column) for each in mistakes}


def test_what_is_wrong_in_a_text_is_said_at_its_path():
    text = write_text(PLAN).replace("weight = 40", "weight = 0").replace("top = 40", "share = 40")
    found = {(each.column, each.said.code) for each in read_file("m.toml", text.encode()).mistakes}
    assert ("composite.grades[0].share", "toml.unknown") in found
    text = write_text(PLAN).replace("weight = 40", "weight = 0")
    found = {(each.column, each.said.code) for each in read_file("m.toml", text.encode()).mistakes}
    assert found == {("composite.parts[1].weight", "part.no_weight")}


def test_a_preview_tells_what_changes_in_the_parts():
    after: Plan = replace(PLAN, composite=replace(JOINED, parts=JOINED.parts[:2], due=None))
    reading = read_file("m.toml", write_text(after).encode())
    told = {(each.sheet, each.kind, each.what) for each in preview(PLAN, reading).changes if each.kind != "same"}
    assert told == {(PARTS, "gone", "日常考核"), ("综合评分", "changed", "公布日期")}
