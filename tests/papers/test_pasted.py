"""A list of units pasted as it stands in a spreadsheet or a document."""

import pytest

from app.papers.pasted import pasted_units
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
    ],
)
def test_a_list_is_understood(text):
    assert pasted_units(text) == (TWO, [])


@pytest.mark.parametrize("name", ["12345热线办公室", "3院", "一中", "第一人民医院", "十堰市司法局"])
def test_a_number_that_belongs_to_a_name_stays(name):
    assert pasted_units(name) == ([(name, "", "")], [])
    assert pasted_units(f"1\t{name}\n2\t市公安局") == ([(name, "", ""), ("市公安局", "", "")], [])


def test_lines_that_are_no_units_stay_in_the_box():
    text = "序号\t单位名称\n1\t市公安局\n合计\t1家\n注：排名不分先后"
    typed = units.act(None, Typed({"pasted": text}), "paste", "")
    assert [typed.row("units", key)["name"] for key in typed.keys("units")] == ["市公安局"]
    assert typed.text("pasted") == "合计\t1家\n注：排名不分先后"


def test_units_for_which_there_is_no_room_stay_in_the_box():
    typed = Typed().with_rows("units", [(f"new-{at}", {"name": "x"}) for at in range(MOST_ROWS - 1)])
    typed = units.act(None, typed.with_texts({"pasted": "1\t甲\n2\t乙\t丙"}), "paste", "")
    assert (len(typed.keys("units")), typed.text("pasted")) == (MOST_ROWS, "乙\t丙")


def test_nothing_is_no_list():
    assert pasted_units(" \n\t\n") == ([], [])
