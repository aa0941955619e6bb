"""A list of units pasted as it stands in a spreadsheet or a document."""

import pytest

from app.papers.plan.pasted import pasted_units
from app.web.setup import units
from app.web.setup.typed import MOST_ROWS, Typed

TWO = [("市教育委员会", "市教委", "副主任"), ("市公安局", "", "")]


@pytest.mark.parametrize(
    "text",
    [
        "市教育委员会\t市教委\t副主任\n市公安局",
        "1\t市教育委员会\t市教委\t副主任\n2\t市公安局\t\t",
        "序号\t单位名称\t简称\t报告人职务\n1\t市教育委员会\t市教委\t副主任\n2\t市公安局\t\t",
        "序号\t参评单位\t单位简称\t职务\t备注\n1\t市教育委员会\t市教委\t副主任\t\n2\t市公安局\t市公安局\t\t含交巡警",
        "简称\t单位\t职务\n市教委\t市教育委员会\t副主任\n\t市公安局\t",
        "1、市教育委员会，市教委，副主任\n2、市公安局",
        "1. 市教育委员会,市教委,副主任\n2. 市公安局",
        "一、市教育委员会；市教委；副主任\n二、市公安局",
        "（1）市教育委员会\t市教委\t副主任\n（2）市公安局",
        "１\t市教育\u200b委员会\t市教委\t副主任\r\n\r\n２\t市公安局\u3000\t\t",
        "一\t市教育委员会\t市教委\t副主任\n二\t市公安局\t\t",
        "序号\t参评单位\t报告人\t简称\t职务\n1\t市教育委员会\t张三\t市教委\t副主任\n2\t市公安局\t李四\t\t",
        "\t1\t\t市教育委员会\t市教委\t副主任\n\t2\t\t市公安局\t\t",
        '"市教育\n委员会"\t市教委\t副主任\n市公安局\t\t',
        "1 市教育委员会    市教委    副主任\n2 市公安局",
        "①市教育委员会，市教委，副主任；\n②市公安局。",
        "- 市教育委员会,市教委,副主任\n- 市公安局",
        "|序号|单位|简称|职务|\n|---|---|---|---|\n|1|市教育委员会|市教委|副主任|\n|2|市公安局|||",
    ],
)
def test_a_list_is_understood(text):
    assert pasted_units(text) == (TWO, [])


@pytest.mark.parametrize("name", ["12345热线办公室", "3院", "一中", "第一人民医院", "十堰市司法局"])
def test_a_number_that_belongs_to_a_name_stays(name):
    assert pasted_units(name) == ([(name, "", "")], [])
    assert pasted_units(f"1\t{name}\n2\t市公安局") == ([(name, "", ""), ("市公安局", "", "")], [])


BARE = [("市教委", "", ""), ("市民政局", "", ""), ("市公安局", "", "")]


@pytest.mark.parametrize(
    "text",
    [
        "市教委、市民政局、市公安局",
        "1.市教委 2.市民政局 3.市公安局",
        "1、市教委；2、市民政局；3、市公安局。",
        "⒈市教委\n⒉市民政局\n⒊市公安局",
        "1-市教委\n2-市民政局\n3-市公安局",
        "第1 市教委\n第2 市民政局\n第3 市公安局",
        "01 市教委\n02 市民政局\n03 市公安局",
        "• 市教委\n•市民政局\n• 市公安局",
        "1.\u00a0市教委\n2.\u00a0市民政局\n3.\u00a0市公安局",
    ],
)
def test_numbers_and_signs_of_a_list_are_no_part_of_its_names(text):
    assert pasted_units(text) == (BARE, [])


def test_what_a_chat_or_a_letter_puts_around_a_list_stays_in_the_box():
    text = "张三 2026/3/5 9:00\n参评单位如下：\n1.市教委\n2.市民政局\n3.市公安局\n共3家"
    assert pasted_units(text) == (BARE, ["张三 2026/3/5 9:00", "参评单位如下：", "共3家"])


@pytest.mark.parametrize(
    "name", ["市教委(含考试院,招办)", "12345 热线办", "110-119 联动中心", "3.15 维权办", "甲、乙联合办"]
)
def test_a_sign_within_a_name_stays(name):
    assert pasted_units(f"{name}\n市公安局") == ([(name, "", ""), ("市公安局", "", "")], [])


def test_lines_that_are_no_units_stay_in_the_box():
    text = "序号\t单位名称\n1\t市公安局\n合计\t1家\n注：排名不分先后"
    typed = units.PAGE.act(None, Typed({"pasted": text}), "paste", "")
    assert [typed.row("units", key)["name"] for key in typed.keys("units")] == ["市公安局"]
    assert typed.text("pasted") == "合计\t1家\n注：排名不分先后"


def test_units_for_which_there_is_no_room_stay_in_the_box():
    typed = Typed().with_rows("units", [(f"new-{at}", {"name": "x"}) for at in range(MOST_ROWS - 1)])
    typed = units.PAGE.act(None, typed.with_texts({"pasted": "1\t甲\n2\t乙\t丙"}), "paste", "")
    assert (len(typed.keys("units")), typed.text("pasted")) == (MOST_ROWS, "乙\t丙")


def test_nothing_is_no_list():
    assert pasted_units(" \n\t\n") == ([], [])
