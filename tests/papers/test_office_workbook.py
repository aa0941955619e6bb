"""A workbook as an office has it: all its habits at once, its days and times, its rules that never do anything."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook

from app.meeting.plan import Preset, RoundAt, Rules
from app.meeting.refusals import Said
from app.papers.plan.importing import read_file
from app.papers.plan.template import WRITERS
from tests.meetings import hundred, panel, small_plan
from tests.papers.books import changed, errors, overwritten, read, said, warnings, written

NINE = datetime(2026, 3, 5, 9)  # noqa: DTZ001  as Excel holds it

# --- a workbook as an office has it -----------------------------------------------------------------------------------


THE_MEETING = [
    ("附件1",),
    ("普法履职报告评议会基本信息",),
    ("代码", "pufa2026"),
    ("会议主题", "普法履职报告评议会"),
    ("会议时间", "2026年3月5日（星期四）上午9时"),
    ("会场", "三楼会议室"),
    ("主办单位", "市司法局、市普法办"),
    ("评议方式", "打分"),
    ("填表人：", "张三"),
]
THE_UNITS = [
    ("附件2",),
    ("参评单位名单",),
    ("序号", "参评单位", "备注"),
    (1, "市教委　", ""),
    (2, " 市公安局", "含交巡警"),
    ("", "合计：2家", ""),
    ("注：排名不分先后",),
]
THE_AGENDA = [("被评单位", "汇报时间", "提问时间"), ("市教委", "８分钟", 3), ("市公安局", "8分", 3), ("合计", 16, 6)]
THE_PANEL = [
    ("序号", "姓名", "工作单位", "职务", "类别"),
    (1, "张三", "某大学", "教授", "法学专家"),
    (2, "李四", "某集团", "董事长", "市人大代表"),
    (3, "王五", "某公司", "经理", "企业代表"),
    (4, "赵六", "某大学", "教授", "法学专家"),
]
THE_RUBRIC = [
    ("评价指标", "标准分", "评分标准"),
    ("普法责任", "60分", "…"),
    ("实效", "４０", "…"),
    ("合计", 100, ""),
]
SHEETS = {
    "会议基本信息": THE_MEETING,
    "参评单位": THE_UNITS,
    "议程": THE_AGENDA,
    "评委名单": THE_PANEL,
    "评价指标": THE_RUBRIC,
}


def of_an_office() -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for title, rows in SHEETS.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    units = book["参评单位"]
    units.merge_cells("A2:C2")
    units.freeze_panes = "A4"
    units.auto_filter.ref = "A3:C5"
    return book


def test_a_workbook_as_an_office_has_it_is_understood():
    reading = read(written(of_an_office()))
    assert errors(reading) == []
    plan = reading.plan
    assert [unit.name for unit in plan.units] == ["市教委", "市公安局"]
    assert plan.starts_at.isoformat() == "2026-03-05T09:00:00+08:00"
    assert [seat.label for seat in plan.seats] == ["专家1", "人大代表1", "企业代表1", "专家2"]
    assert [(each.name, each.maximum) for each in plan.criteria] == [("普法责任", 60), ("实效", 40)]
    assert [item.planned for item in plan.agenda] == [timedelta(minutes=11)] * 2
    assert plan.organisers == ("市司法局", "市普法办")
    codes = [each.said.code for each in reading.mistakes]
    assert codes.count("line.is_total") == 3
    assert codes.count("line.is_note") == 2
    assert said(reading, "panel.numbered") == [
        ("评委名单", None, {"labels": ("专家1", "人大代表1", "企业代表1", "专家2")})
    ]
    presets = ("专家", "人大代表", "政协委员", "律师", "媒体", "群众")
    assert said(reading, "group.own") == [("评委名单", 4, {"name": "企业代表", "groups": presets})]
    assert [name for name in ("张三", "李四", "王五", "赵六") if name in repr(plan)] == []


# --- the day and the time ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "number_format", "start"),
    [
        ({"B4": 46086}, "General", "2026-03-05T09:00"),
        ({"B4": 20260305}, "yyyy-mm-dd", "2026-03-05T09:00"),
        ({"B4": "2026.3.5"}, "@", "2026-03-05T09:00"),
        ({"B4": "2026年3月5日 下午2时", "B5": None}, "@", "2026-03-05T14:00"),
        ({"A5": "会议时间", "B5": "2026年3月5日上午9:00", "A4": None, "B4": None}, "@", "2026-03-05T09:00"),
        ({"A4": "会议时间", "B4": NINE, "A5": None, "B5": None}, "yyyy-mm-dd hh:mm", "2026-03-05T09:00"),
        ({"A4": "会议时间", "B4": "2026-3-5", "B5": "晚上12点"}, "@", "2026-03-06T00:00"),
        ({"B4": "2026-03-05", "B5": "9:00-11:30"}, "@", "2026-03-05T09:00"),
    ],
)  # fmt: skip
def test_when_a_meeting_begins(cells, number_format, start):
    def write(book: Workbook) -> None:
        for cell, value in cells.items():
            book["会议"][cell] = value
            book["会议"][cell].number_format = number_format

    reading = read(changed(write))
    assert errors(reading) == []
    assert reading.plan.starts_at.isoformat("T", "minutes")[:16] == start


@pytest.mark.parametrize("typed", ["2026年9月1日（星期三）", "2026-9-1 周三", "2026年9月1日星期三上午9:00"])
def test_a_day_of_the_week_that_is_another_is_told(typed):
    found = said(read(overwritten({("会议", "B4"): typed})), "start.other_weekday")
    assert found == [("会议", 4, {"day": "2026-09-01", "said": "三", "is_one": "二"})]
    assert warnings(read(overwritten({("会议", "B4"): typed.replace("三", "二")}))) == []


@pytest.mark.parametrize(
    ("typed", "code"),
    [("0:08", "segment.very_short"), ("8秒", "segment.very_short"), (0.1, "segment.very_short")]
    + [(each, "segment.very_long") for each in (480, "480", "8:00:01")],
)
def test_seconds_for_minutes_and_minutes_for_seconds_are_asked_about(typed, code):
    assert warnings(read(overwritten({("议程", "D3"): typed}))) == [("议程", 3, "D 履职报告", code)]


def test_midnight_and_an_end_are_told():
    assert len(said(read(overwritten({("会议", "B5"): "24:00"})), "start.is_midnight")) == 1
    assert said(read(overwritten({("会议", "B5"): "晚上12点"})), "start.is_midnight") == [
        ("会议", 5, {"day": "2026-09-02"})
    ]
    assert said(read(overwritten({("会议", "B5"): "上午9:00至11:30"})), "start.end_not_read") == [("会议", 5, {})]


@pytest.mark.parametrize(
    ("sheet", "cell", "code"), [("会议", "B5", "cell.days_not_a_time"), ("议程", "D3", "cell.days_not_minutes")]
)
@pytest.mark.parametrize("number_format", ["hh:mm", "[h]:mm"])
def test_a_bare_number_in_a_cell_made_for_times_is_asked_about(sheet, cell, code, number_format):
    def write(book: Workbook) -> None:
        book[sheet][cell] = 9
        book[sheet][cell].number_format = number_format

    reading = read(changed(write))
    assert [(each.said.code, each.said.facts["value"]) for each in reading.mistakes if not each.is_warning] == [
        (code, 9)
    ]


# --- rules that never do anything -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [".xlsx", ".toml"])
def test_rounding_after_a_weight_where_there_are_no_weights_is_told_in_the_preview(kind):
    rules = Rules(round_at=RoundAt.WEIGHTED)
    plain, weighing = small_plan(rules=rules), small_plan(rules=rules, criteria=hundred())
    weighing = replace(weighing, criteria=(replace(weighing.criteria[0], weight=Decimal("0.5")),))
    assert len(said(read_file(f"meeting{kind}", WRITERS[kind](plain)), "look.weights_do_not_round")) == 1
    assert said(read_file(f"meeting{kind}", WRITERS[kind](weighing)), "look.weights_do_not_round") == []


@pytest.mark.parametrize("kind", [".xlsx", ".toml"])
def test_groups_in_which_nothing_is_ever_dropped_are_told_in_the_preview(kind):
    weights = {Preset.EXPERT: Decimal(50), Preset.DEPUTY: Decimal(50)}
    rules = Rules(trim_from=5, group_weights=weights)
    seats = panel(*[Preset.EXPERT] * 3, *[Preset.DEPUTY] * 5)
    plan = small_plan(seats=seats, rules=rules)
    reading = read_file(f"meeting{kind}", WRITERS[kind](plan))
    [hint] = said(reading, "look.groups_never_trimmed")
    assert hint[2] == {"groups": (Said("group.expert"),), "least": 5}
    for harmless in (replace(rules, trim_from=3), replace(rules, trim_high=0, trim_low=0), Rules()):
        reading = read_file(f"meeting{kind}", WRITERS[kind](replace(plan, rules=harmless)))
        assert said(reading, "look.groups_never_trimmed") == []
