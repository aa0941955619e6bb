"""Groups in the organiser's own words, in workbooks and text files: whoever writes one has it, and is told so."""

from dataclasses import replace
from decimal import Decimal

import pytest
from openpyxl.workbook import Workbook

from app.meeting.plan import PRESETS, Group, Preset, Rules
from app.papers.plan.importing import preview, read_file
from app.papers.plan.template import WRITERS
from app.papers.plan.workbook import write_workbook
from tests.meetings import small_plan
from tests.papers.books import changed, errors, overwritten, read, warnings

OWN = (Group(Preset.DEPUTY, "市人大代表"), Group("firms", "企业代表"), Group(Preset.EXPERT), Group(Preset.CPPCC))
WEIGHTS = {Preset.EXPERT: Decimal(2), Preset.DEPUTY: Decimal(3), Preset.CPPCC: Decimal(1)}
PLAN = small_plan(groups=OWN, rules=Rules(group_weights=WEIGHTS))


def without_list(book: Workbook) -> None:
    del book["类别"]


def called(content: bytes) -> list[tuple[str, str]]:
    """Each seat's group, as it is and as it is called."""
    plan = read(content).plan
    return [(seat.group, plan.group(seat.group).name) for seat in plan.seats]


@pytest.mark.parametrize("kind", WRITERS)
def test_what_is_listed_comes_back(kind):
    assert preview(PLAN, read_file(f"m{kind}", WRITERS[kind](PLAN))).plan == PLAN


def test_the_words_of_an_organiser_need_no_list():
    """Other words for a preset mean it, as ever; any other word is a group of its own, and said to be one."""
    words = {("评议团", "B2"): "法学专家", ("评议团", "B4"): "市人大代表", ("评议团", "B6"): "人民监督员"}
    content = overwritten(words)
    assert called(content) == [
        *(("expert", ""), ("expert", ""), ("deputy", ""), ("deputy", "")),
        ("group-7", "人民监督员"),
    ]
    assert warnings(read(content)) == [("评议团", 6, "B 类别", "group.not_listed")]
    without = changed(lambda book: (without_list(book), book["评议团"].__setitem__("B6", "人民监督员")))
    assert called(without)[-1] == ("group-7", "人民监督员")
    assert warnings(read(without)) == [("评议团", 6, "B 类别", "group.own")]
    assert read(without).plan.groups[:6] == PRESETS


def test_a_list_gives_presets_the_organisers_names():
    """One line that can mean a preset is that preset; two that could be the same one are two groups of their own."""
    listed = overwritten({("类别", "A3"): "市人大代表"})
    assert read(listed).plan.groups[1] == Group("deputy", "市人大代表")
    assert called(listed)[2] == ("deputy", "市人大代表")  # a seat that still says 人大代表
    two = overwritten({("类别", "A3"): "市人大代表", ("类别", "A4"): "区人大代表", ("评议团", "B6"): "区人大代表"})
    assert [group.name for group in read(two).plan.groups][1:3] == ["市人大代表", "区人大代表"]
    assert called(two)[-1][1] == "区人大代表"
    assert ("评议团", 4, "B 类别", "group.not_listed") in warnings(read(two))


@pytest.mark.parametrize("twin", ["市 人大代表", "市人大代表\u200b", "专家", "Expert"])
def test_two_names_that_look_alike_are_not_two(twin):
    found = errors(read(overwritten({("类别", "A6"): twin}, PLAN)))
    assert found == [("类别", 6, "A 类别", "name.twice")]
    text = WRITERS[".toml"](replace(PLAN, groups=(*OWN, Group("twin", "某"))))
    reading = read_file("m.toml", text.replace("某".encode(), twin.encode()))
    assert [(each.column, each.said.code) for each in reading.mistakes] == [("groups[4].name", "name.alike")]


def test_a_group_without_an_id_is_known_again_by_its_name():
    def without_ids(book: Workbook) -> None:
        for row in range(2, 7):
            book["类别"][f"C{row}"] = None

    assert preview(PLAN, read(changed(without_ids, PLAN))).plan == PLAN


def test_weights_of_a_workbook_of_before_there_was_a_list_are_read():
    def older(book: Workbook) -> None:
        without_list(book)
        for preset, weight in {"专家": 2, "人大代表": 3, "政协委员": 1}.items():
            book["规则"].append([f"{preset}权重", weight])

    before = small_plan(rules=Rules(group_weights=WEIGHTS))
    reading = read(changed(older, before))
    assert (reading.plan, errors(reading)) == (before, [])
    less = read(changed(lambda book: (older(book), book["规则"].delete_rows(book["规则"].max_row)), before))
    assert errors(less) == [("规则", None, "政协委员权重", "group.without_weight")]


def test_a_preview_tells_what_becomes_of_groups():
    after = replace(PLAN, groups=(*OWN[1:], replace(OWN[0], name="人大代表（市）")))
    after = replace(after, rules=Rules(group_weights=WEIGHTS | {Preset.CPPCC: Decimal(5)}))
    found = preview(PLAN, read(write_workbook(after)))
    told = {each.what: (each.kind, each.before, each.after) for each in found.changes if each.sheet == "类别"}
    assert told["政协委员"] == ("changed", "权重：1", "权重：5")
    assert told["人大代表（市）"][:2] == ("changed", "类别：市人大代表；次序：1")
    assert told["企业代表"][0] == "same"


def test_a_list_of_names_in_the_column_of_groups_is_not_taken():
    """More groups than any panel has: a column was taken for another."""

    def names(book: Workbook) -> None:
        for at in range(2, 30):
            book["评议团"][f"A{at}"], book["评议团"][f"B{at}"] = f"席位{at}", f"某人{at}甲"

    assert "group.too_many" in {code for *_, code in errors(read(changed(names)))}
