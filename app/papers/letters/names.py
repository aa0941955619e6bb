"""The names that a form may use, by the letter in which it may use them; each with an example.

They are in Chinese, since offices write them into their forms, in a word processor. Offices' forms are kept: no name is
ever taken away or given another meaning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, get_args, get_type_hints


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What every letter may name. ``末条序号`` and ``末条封码`` are those of the last entry of the record.

    ``会议标题``: the name as a part of a title, on lines of its own where it is long.
    """

    会议名称: Annotated[str, "普法履职报告评议会"]
    会议标题: Annotated[str, "普法履职报告评议会"]
    主办单位: Annotated[str, "市司法局、市普法办"]
    地点: Annotated[str, "市会议中心一号厅"]
    日期: Annotated[str, "2023年11月17日"]
    开始: Annotated[str, "09:02"]
    结束: Annotated[str, "11:47"]
    成文日期: Annotated[str, "2023年11月17日"]
    末条序号: Annotated[str, "812"]
    末条封码: Annotated[str, "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"]
    规则封存码: Annotated[str, "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"]
    是彩排: bool
    打分制: bool
    等次制: bool
    单位数: Annotated[str, "10"]
    席位数: Annotated[str, "9"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRow:
    """The result of a unit. ``各等次``: how often each level was given; ``说明``: why there is no result."""

    序号: Annotated[str, "1"]
    单位: Annotated[str, "重庆市教育委员会"]
    简称: Annotated[str, "市教委"]
    应评: Annotated[str, "9"]
    计入: Annotated[str, "9"]
    得分: Annotated[str, "88.02"]
    等次: Annotated[str, "良好"]
    名次: Annotated[str, "3"]
    各等次: Annotated[str, "优秀3、良好5、一般1"]
    优良率: Annotated[str, "88.89%"]
    说明: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreRow(ResultRow):
    """With what each seat gave; ``↑`` and ``↓`` mark what was dropped as highest or lowest."""

    各席: Annotated[list[str], "87.5"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithResults(Letter):
    """``有…``: whether any of the results has it, so that no column is empty."""

    有结果: bool
    有得分: bool
    有等次: bool
    有名次: bool
    有各等次: bool
    有说明: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeRow:
    """The composite of a unit. ``各项``: what it has in each part."""

    序号: Annotated[str, "1"]
    单位: Annotated[str, "重庆市教育委员会"]
    简称: Annotated[str, "市教委"]
    分类: Annotated[str, "行政执法类"]
    各项: Annotated[list[str], "88.02"]
    综合得分: Annotated[str, "89.21"]
    等次: Annotated[str, "优秀"]
    名次: Annotated[str, "2"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithComposites(WithResults):
    """``综合评分`` is empty where the plan joins no parts, or nothing of them has been announced.

    ``综合评分公布日``: as long as they are still to be announced, on a day that the plan names.
    """

    综合评分: list[CompositeRow]
    构成: Annotated[list[str], "现场评议（40%）"]
    综合有分类: bool
    综合有得分: bool
    综合有等次: bool
    综合有名次: bool
    综合评分公布日: Annotated[str, "2023年12月1日"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithComments(WithComposites):
    """How many comments the hall has seen; ``点评数`` is empty if there were none."""

    点评数: Annotated[str, "34"]
    亮点数: Annotated[str, "12"]
    问题数: Annotated[str, "12"]
    建议数: Annotated[str, "10"]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRow:
    """The ballots of one source in a vote on a unit; sources are never added up.

    ``应投``: how many could vote, empty where nobody knows; ``得票`` is empty until it has been shown; ``未计入``: how
    often a ballot or a ticket was refused. ``内容`` says all of it in a sentence.
    """

    单位: Annotated[str, "重庆市教育委员会"]
    简称: Annotated[str, "市教委"]
    来源: Annotated[str, "选票码"]
    票数: Annotated[str, "112"]
    应投: Annotated[str, "120"]
    得票: Annotated[str, "满意56票（50%）、基本满意28票（25%）、不满意14票（13%）、不了解14票（13%）"]
    未计入: Annotated[str, "3"]
    说明: Annotated[str, "结果未公布"]
    内容: Annotated[str, "选票码：应投120票，实投112票；满意56票（50%）、基本满意56票（50%）；另有3次未计入。"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WithVotes(WithComments):
    """``测评`` is empty where the audience was not asked; ``测评来源`` says of each source what its ballots prove."""

    测评: list[VoteRow]
    测评来源: Annotated[list[str], "选票码：每张纸质选票码一票。能证明：凭一张已发放的选票码投出，且只投一次。"]
    测评有应投: bool
    测评有结果: bool
    测评有未计入: bool
    测评有说明: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(WithComposites):
    """评分汇总表. ``席位`` is empty where there are too many for a column each."""

    席位: Annotated[list[str], "专家1"]
    结果: list[ScoreRow]
    计分办法: Annotated[list[str], "从5份评分表起，去掉最高、最低评分表各1份。"]
    有去掉: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """What a seat gave a unit. ``说明``: why there is nothing, or who has corrected it and why."""

    单位: Annotated[str, "重庆市教育委员会"]
    各项: Annotated[list[str], "17.5"]
    总分: Annotated[str, "87.5"]
    回执: Annotated[str, "7F3K-9Q2M"]
    说明: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentRow:
    单位: Annotated[str, "重庆市教育委员会"]
    类型: Annotated[str, "问题"]
    内容: Annotated[str, "基层执法人员的培训覆盖面不够。"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatOfPanel:
    席位: Annotated[str, "专家1"]
    类别: Annotated[str, "专家"]
    姓名: Annotated[str, "张三"]
    职务: Annotated[str, "某大学教授"]
    签到: Annotated[str, "08:47"]
    评分: list[SheetRow]
    有说明: bool
    点评: list[CommentRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets(Letter):
    """评分表（按席位）"""

    指标: Annotated[list[str], "责任制机制建设（20）"]
    有总分: bool
    席位: list[SeatOfPanel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    序号: Annotated[str, "1"]
    内容: Annotated[str, "基层执法人员的培训覆盖面不够。"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfOpinion:
    序号: Annotated[str, "二"]
    标题: Annotated[str, "存在问题"]
    条目: list[Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion(Letter):
    """评议意见书. ``结果`` says in a sentence what was announced in the hall; empty if nothing was.

    ``综合结果`` says what its composite came to once it is announced, and until then the day; ``测评`` how the audience
    voted, ``承诺评议`` how the panel judged what the unit had promised at the meeting before.
    """

    单位: Annotated[str, "重庆市教育委员会"]
    简称: Annotated[str, "市教委"]
    结果: Annotated[str, "得分88.02分，等次为良好。应评9席，计入评分表9份。"]
    得分: Annotated[str, "88.02"]
    等次: Annotated[str, "良好"]
    名次: Annotated[str, "3"]
    综合结果: Annotated[str, "综合得分89.21分（现场评议（40%）88.02、日常考核（10%）92），等次为优秀。"]
    测评: list[VoteRow]
    测评来源: Annotated[list[str], "选票码：每张纸质选票码一票。能证明：凭一张已发放的选票码投出，且只投一次。"]
    承诺评议: Annotated[list[str], "1. 普法责任清单没有列到人（已销号）：兑现6席、基本兑现2席、未兑现1席，9席参评。"]
    部分: list[PartOfOpinion]
    有问题: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemRow:
    序号: Annotated[str, "1"]
    单位: Annotated[str, "重庆市教育委员会"]
    简称: Annotated[str, "市教委"]
    问题: Annotated[str, "基层执法人员的培训覆盖面不够。"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems(Letter):
    """问题清单"""

    问题: list[ProblemRow]
    问题数: Annotated[str, "12"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaRow:
    """``备注``: that an item was skipped and why, or by how much it was over its time."""

    序号: Annotated[str, "2"]
    议程: Annotated[str, "市教委"]
    计划: Annotated[str, "09:05—09:17"]
    实际: Annotated[str, "09:06—09:19"]
    备注: Annotated[str, "超时1分20秒"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attended:
    """Of a group of the panel, with names and offices where these are kept."""

    类别: Annotated[str, "专家"]
    席位: Annotated[str, "专家1（张三，某大学教授）、专家2"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes(WithVotes):
    """会议纪要. ``结果`` are those announced in the hall; ``未公布数`` is how many there are besides."""

    出席: list[Attended]
    缺席: Annotated[str, "媒体1"]
    报告人: Annotated[list[str], "市教委：李四，副主任"]
    工作人员: Annotated[list[str], "主持人：王五"]
    回避: Annotated[list[str], "专家1回避市教委：曾任职于该单位"]
    应到: Annotated[str, "9"]
    实到: Annotated[str, "8"]
    报告顺序: Annotated[str, "由现场抽签产生"]
    议程: list[AgendaRow]
    有备注: bool
    结果: list[ResultRow]
    未公布数: Annotated[str, "2"]
    决定: list[Point]
    更正: list[Point]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(WithVotes):
    """通报 and 公告: what was announced in the hall."""

    结果: list[ResultRow]
    实到: Annotated[str, "8"]


@dataclass(frozen=True, slots=True)
class Name:
    """``inside``: what there are several of, a class of names or ``str``; None where it is one text, or yes or no."""

    name: str
    example: str
    is_flag: bool
    inside: type[Any] | None


def names_of(letter: type[Any]) -> Iterator[Name]:
    for name, kind in get_type_hints(letter, include_extras=True).items():
        told, example = (get_args(kind)[0], kind.__metadata__[0]) if hasattr(kind, "__metadata__") else (kind, "")
        inside = get_args(told)[0] if get_args(told) else None
        yield Name(name, example, told is bool, inside)


def sample(letter: type[Any]) -> Any:
    """One of these with the examples, two of whatever there are several of."""
    return letter(**{each.name: _example(each) for each in names_of(letter)})


def _example(name: Name) -> Any:
    if name.inside is None:
        return name.is_flag or name.example
    return [name.example if name.inside is str else sample(name.inside)] * 2


def examples_in(letter: type[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """For the list that goes with the forms: each name as it is written there, and an example."""
    for each in names_of(letter):
        if each.inside is None:
            yield f"{before}{each.name}", "是／否" if each.is_flag else each.example
        elif each.inside is str:
            yield f"{before}{each.name}", f"{each.example} …"
        else:
            yield from examples_in(each.inside, f"{before}{each.name}.")
