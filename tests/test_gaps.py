"""Texts with gaps: filled without a hole, whatever is not known."""

import pytest

from app.language.gaps import filled, gap_of
from app.meeting.moments import Gap

KNOWN = {Gap.UNIT: "市公安局", Gap.NUMBER: "三", Gap.TIME: "8 分钟"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("请第{序号}家单位{单位}作报告，时间 {时长}。", "请第三家单位市公安局作报告，时间 8 分钟。"),
        ("请{unit}作报告", "请市公安局作报告"),
        ("请｛ 单位 ｝作报告", "请市公安局作报告"),
        ("请{单位}[{职务}]作报告", "请市公安局作报告"),
        ("请{单位}{职务}作报告", "请市公安局作报告"),
        ("{Unit} {office} please report", "市公安局 please report"),
        ("[{下一家}做准备，]时间 {时长}", "时间 8 分钟"),
        ("时间 {时长}［，然后是{下一家}］。", "时间 8 分钟。"),
        ("{下一家}，请准备。", "请准备。"),
        ("{单位}，{下一家}，请准备。", "市公安局，请准备。"),
        ("{单位}：{下一家}。", "市公安局。"),
        ("{单位}，时间 {下一家} 。", "市公安局，时间 。"),
        ("没有{这个}", "没有{这个}"),
        ("[总是说]", "总是说"),
        ("", ""),
    ],
)
def test_a_gap_without_a_value_makes_no_hole(text, said):
    assert filled(text, KNOWN.get) == said


def test_what_fills_a_gap_is_not_read_as_a_text_with_gaps():
    assert filled("{点评}", {Gap.COMMENT: "[见 {附件}]，{得分}", Gap.SCORE: "86"}.get) == "[见 {附件}]，{得分}"


def test_a_gap_has_two_names():
    assert (gap_of("简称"), gap_of(" Short "), gap_of("short name")) == (Gap.SHORT, Gap.SHORT, None)
