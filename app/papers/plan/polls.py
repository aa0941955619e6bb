"""The columns of the rules of polls, of questions of the audience, and of last year's promises."""

from app.meeting.polls.agreed import Ballots, CountsSeen, PollsOpen, Voters
from app.meeting.questions.agreed import Questions
from app.meeting.shortcomings import LARGEST_AUDIENCE
from app.papers.plan.columns import Column
from app.papers.plan.contents import COUNT, OWN_CHOICES, YES_OR_NO, one_of

RULES = (
    Column(
        "polls",
        "满意度测评",
        "听众何时对每个单位投票；留空为不测评。",
        one_of(
            {
                "不测评": PollsOpen.NEVER,
                "手动开启": PollsOpen.BY_HAND,
                "随评分起止": PollsOpen.WITH_ROUND,
                "评分后按步骤": PollsOpen.BY_SCRIPT,
            }
        ),
    ),
    Column(
        "voters",
        "谁可以投票",
        "各来源分别计票，不相加；留空为会场手机。",
        one_of(
            {
                "凭选票码": Voters.TICKETS,
                "会场手机": Voters.PHONES,
                "选票码和会场手机": Voters.HALL,
                "所有人（含网络）": Voters.EVERYBODY,
            }
        ),
    ),
    Column(
        "ballots",
        "测评选项",
        "在哪几项中选一项；留空为第一种。",
        one_of(
            {
                "满意/基本满意/不满意/不了解": Ballots.FOUR,
                "非常满意/满意/基本满意/不满意/不了解": Ballots.FIVE,
                "满意/基本满意/不满意": Ballots.THREE,
                "赞成/反对/弃权": Ballots.MOTION,
            }
        ),
        width=24,
    ),
    Column(
        "own_choices",
        "自定测评选项",
        "不用上面几种时自己写，2 到 6 项，用“/”分开，如：很好（算满意）/一般/不好/说不清（不表态）。"
        "没有标注的算不满意；留空即用上面的选项。",
        OWN_CHOICES,
        also=("自定选项", "自拟选项"),
        width=24,
    ),
    Column(
        "counts_seen",
        "投票中谁看票数",
        "测评结束前，谁能看到各选项的得票；参与人数始终显示。留空为无人。",
        one_of({"无人": CountsSeen.NOBODY, "主持人": CountsSeen.MODERATOR, "主持人和大屏": CountsSeen.HALL}),
    ),
    Column(
        "audience",
        "会场预计人数",
        "大屏上“已投 n / N”中的 N；不知道填 0。",
        COUNT,
        unit="人",
        bounds=(0, LARGEST_AUDIENCE),
    ),
    Column(
        "questions",
        "群众提问",
        "听众能否用手机提问；留空为不接受。",
        one_of(
            {
                "不接受": Questions.NEVER,
                "审核后公开": Questions.MODERATED,
                "直接公开": Questions.AT_ONCE,
            }
        ),
    ),
    Column(
        "promises_judged",
        "评议上次整改承诺",
        "是：评议员评分时对上次会议的整改承诺逐条评议（兑现/基本兑现/未兑现），不计入得分；否或留空：不评议。",
        YES_OR_NO,
        also=("评议上次承诺", "评议整改承诺", "整改承诺评议", "承诺评议"),
    ),
)
