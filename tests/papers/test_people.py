"""Lists of people as offices write them: who sits where is taken, and what says nothing of it is handed back."""

import pytest

from app.papers.people import MOST_LINES, Listed, listed_people
from app.store.persons import Kind, Person, Station, Task
from tests.meetings import ANN, BEN, CAT, DAN, EVE, small_plan

PLAN = small_plan()
FREE = [Station(Kind.SEAT, seat.id) for seat in PLAN.seats]
ANNS, BENS, CATS, DANS = (Station(Kind.SEAT, seat) for seat in (ANN, BEN, CAT, DAN))
LI, WANG = Person("李见微", "市政协委员"), Person("王伟", "教授")


@pytest.mark.parametrize(
    "text",
    [
        "李见微 市政协委员\n王伟 教授",
        "李见微，市政协委员\n王　伟，教授\n",
        "1. 李见微 市政协委员\n2、王 伟 教授",
        "序号\t姓名\t职务\n1\t李见微\t市政协委员\n2\t王伟\t教授",
        "姓名\t性别\t工作单位及职务\n李见微\t女\t市政协委员\n王　伟\t男\t教授",
        "市政协委员　李见微\n教授　王　伟　13900001111",
        "李见微（市政协委员）\n王伟（男，教授）　139 0000 1111",
        "李见微 女 汉族 市政协委员\n|---|---|\n王伟 教授 电话：0571-88886666",
        '"李见微"\t市政协委员\t13900001111\n"王伟\n（男）"\t教授\t13900001112',
        "评委：\n李见微、市政协委员\n王伟、教授",
        "一、专家组（2人）：\n李见微 市政协委员\n王伟 教授",
        "专家：李见微（市政协委员）、王　伟（教授）",
        "序号\t姓名\t职务\t序号\t姓名\t职务\n1\t李见微\t市政协委员\t2\t王伟\t教授",
        "评委\t姓名\t职务\nExpert 1\t李见微\t市政协委员\nExpert 2\t王伟\t教授",
        "姓名\n李见微，市政协委员\n王伟，教授",
        "Expert 2 王伟 教授\nExpert 1 李见微 市政协委员",
        "席位\t姓名\t职务\nExpert 2\t王伟\t教授\nExpert 1\t李见微\t市政协委员",
    ],
)
def test_a_list_is_taken_as_it_is_written(text):
    assert listed_people(text, PLAN, FREE) == Listed({ANNS: LI, BENS: WANG}, ())


def test_names_that_have_spaces_keep_them():
    listed = listed_people("Jane Doe, professor\nJohn Roe\n", PLAN, FREE)
    assert listed.people == {ANNS: Person("Jane Doe", "professor"), BENS: Person("John Roe")}


def test_a_group_says_of_which_seats_one_is_free():
    """Ann and Ben are experts; the third and fourth seats are of deputies."""
    deputy = next(seat for seat in PLAN.seats if seat.group == "deputy")
    listed = listed_people("人大代表 王伟 教授\n专家 李见微 市政协委员", PLAN, FREE)
    assert listed.people == {Station(Kind.SEAT, deputy.id): WANG, ANNS: LI}


@pytest.mark.parametrize(
    "text",
    [
        "专家\t李见微\t市政协委员\n人大代表\t王伟\t教授\n\t赵钱孙\t工人",
        "一、专家\n李见微 市政协委员\n二、人大代表\n1. 王伟 教授\n2. 赵钱孙 工人",
        "专家：李见微（市政协委员）\n人大代表：王伟（教授）、赵钱孙（工人）",
    ],
)
def test_a_group_that_stands_once_goes_for_all_below_it(text):
    """In a merged cell, or in a line by itself; there are free seats of experts still."""
    assert listed_people(text, PLAN, FREE) == Listed({ANNS: LI, CATS: WANG, DANS: Person("赵钱孙", "工人")}, ())


@pytest.mark.parametrize("line", ["附件2", "评议团成员名单（共2人）", "合计\t2人", "联系人及会务安排"])
def test_a_line_that_names_nobody_takes_no_seat_and_stays_to_be_looked_at(line):
    assert listed_people(f"{line}\n李见微 市政协委员", PLAN, FREE) == Listed({ANNS: LI}, (line,))


def test_a_seat_goes_before_the_unit_at_which_somebody_works():
    assert listed_people("姓名\t工作单位\t席位\n王伟\tWater\tExpert 2", PLAN, FREE).people == {
        BENS: Person("王伟", "Water")
    }


def test_a_list_that_is_too_long_loses_nothing():
    lines = [f"{name} 教授" for name in ["王伟"] * (MOST_LINES + 2)]
    assert len(listed_people("\n".join(lines), PLAN, FREE).left) == len(lines) - len(FREE)


def test_units_and_tasks_are_called_as_the_meeting_calls_them():
    unit = PLAN.units[0]
    listed = listed_people(f"{unit.name}\t王伟\t教授\n计票人\t李见微\t市政协委员", PLAN, FREE)
    assert listed.people == {Station(Kind.UNIT, unit.id): WANG, Station(Kind.TASK, Task.COUNTER): LI}


def test_those_for_whom_no_seat_is_left_are_handed_back():
    listed = listed_people("李见微 市政协委员\n王伟 教授\n\n赵钱孙", PLAN, [Station(Kind.SEAT, EVE)])
    assert (list(listed.people), listed.left) == ([Station(Kind.SEAT, EVE)], ("王伟 教授", "赵钱孙"))
