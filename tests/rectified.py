"""Seventy days after a meeting: findings of four units, one in each standing, in words as offices write them. For the
pictures of docs, and for tests that look at every page."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.findings.state import Cure, FindingKind, Pledge, Stand, Standard, Terms
from app.meeting.plan import Plan
from app.workdays import deadlines_from, working_days_after
from tests.findings import BUREAUS_KEY, DIGEST, UNITS_KEY, VERIFIERS_KEY, passes, story_day
from tests.meetings import Story, shipped

BUREAU, CLERK, HEAD, VERIFIER = "王敏", "陈志强", "李建国", "赵文"
SINCE = 70
"""Days between the meeting and now."""

STANDARDS = (
    Standard("standard-1", "普法责任清单列到岗位和人，附完成时限，并在门户网站公开"),
    Standard("standard-2", "年内至少开展两次面向基层的专题培训，有签到和测评"),
)
PROOFS = ("普法责任清单（2026年修订）.pdf", "基层专题培训签到表和测评结果汇总.xlsx")
TEXTS = (
    "普法责任清单只列到处室，没有列到人，缺少完成时限。",
    "面向群众的法律宣传以发放资料为主，形式单一，群众知晓率不高。",
    "以案释法案例库更新不及时，近一年新增案例不足十件，且多为内部交流材料，公众查询不到。",
)
MEASURES = "修订普法责任清单，逐项明确责任人和完成时限\n在门户网站公开，每季度更新一次\n举办两期基层专题培训"
COURSE = (
    *(Stand.DRAFT, Stand.HANDED_OVER, Stand.DISPUTED, Stand.SIGNED_FOR, Stand.PLANNED, Stand.RECTIFYING),
    *(Stand.LONG_TERM, Stand.ASKED, Stand.TO_VERIFY, Stand.VERIFIED, Stand.NOTICE, Stand.STRUCK_OFF),
)
AGAIN = "finding-again"
"""Struck off, and re-opened three days ago."""


def rectified(plan: Plan | None = None) -> Story:
    """Findings called after where they stand (``finding-notice`` …), and one that was re-opened."""
    began = datetime.now(UTC) - timedelta(days=SINCE)
    plan = replace(plan or shipped("demo"), code=f"rectified-{uuid4().hex[:8]}", starts_at=began)
    story = Story(plan, began).opens()
    _are_handed_over(story)
    story.does(*(c.SignFor(unit, (id,), CLERK) for id, unit in _those_beyond(story, Stand.DISPUTED)))
    whose = "案例库由司法行政部门统一建设和维护"
    passes(story, 3).does(
        c.DisputeFinding(_unit(story, "finding-disputed"), "finding-disputed", whose, "市司法局", CLERK)
    )
    _are_planned(passes(story, 7))
    _are_proved(passes(story, 28))
    _are_verified(passes(story, 10))
    _are_struck_off(story)
    return story


def _unit(story: Story, id: str) -> str:
    return story.meeting.findings.by_id[id].unit


def _those_beyond(story: Story, stand: Stand, *others: Stand) -> list[tuple[str, str]]:
    """Findings that come further than that, each with its unit."""
    further = [each for each in COURSE[COURSE.index(stand) + 1 :] if each not in others]
    return [(id, _unit(story, id)) for id in (*(f"finding-{each}" for each in further), AGAIN)]


def _are_handed_over(story: Story) -> None:
    units, seats = ([each.id for each in all] for all in (story.meeting.plan.units, story.meeting.plan.seats))
    ids = [*(f"finding-{stand}" for stand in COURSE), AGAIN]
    for at, id in enumerate(ids):
        comment, text, unit = f"comment-{at}", TEXTS[at % 3], units[at % 4]
        said = c.SendComment(comment, seats[at % 9], unit, CommentKind.PROBLEM, text)
        criterion = story.meeting.plan.criteria[at % 3].id
        draft = c.DraftFinding(id, unit, text, FindingKind.IN_TERM, BUREAU, (comment,), criterion, STANDARDS)
        story.does(said, draft)
    story.does(c.HandOver(tuple(ids[1:]), deadlines_from(story_day(story), Terms()), BUREAU))


def _are_planned(story: Story) -> None:
    for id, unit in _those_beyond(story, Stand.SIGNED_FOR):
        due = story.meeting.findings.by_id[id].due
        assert due
        cure = Cure("责任分解不细，考核没有跟上", MEASURES, "清单到人、公开可查、培训有效", HEAD, "法规处", CLERK, due)
        story.does(c.SendCure(unit, id, cure, CLERK))
    for id, unit in _those_beyond(story, Stand.PLANNED):
        story.does(c.AgreeCure(id, BUREAU), c.ReportWork(unit, id, "责任清单初稿已征求各处室意见。", CLERK))
    checkpoint = story_day(story) + timedelta(days=120)
    story.does(c.MakeLongTerm("finding-long_term", "须待部门规章修订后落实", checkpoint, BUREAU))
    until = story_day(story) + timedelta(days=90)
    asked = c.AskExtension(
        _unit(story, "finding-rectifying"), "finding-rectifying", until, "网站改版，十一月底上线", CLERK
    )
    story.does(asked)


def _are_proved(story: Story) -> None:
    today = story_day(story)
    for id, unit in _those_beyond(story, Stand.RECTIFYING, Stand.LONG_TERM):
        story.does(*_proofs(story, id, unit))
        pledge = Pledge(HEAD, today)
        story.does(c.AskStrikeOff(unit, id, "清单已经公开，两期培训已经完成。", pledge, CLERK, UNITS_KEY))


def _proofs(story: Story, id: str, unit: str) -> Iterable[c.AddProof]:
    for at, (standard, name) in enumerate(zip(STANDARDS, PROOFS, strict=True)):
        on = story_day(story) - timedelta(days=at)
        yield c.AddProof(unit, id, f"{id}-{at}", (standard.id,), name, DIGEST, 48_213, "application/pdf", on, CLERK)


def _are_verified(story: Story) -> None:
    story.does(*(c.PassOn(id, BUREAU, BUREAUS_KEY) for id, _ in _those_beyond(story, Stand.ASKED)))
    opinion, seen = "两项标准均已达到，资料齐全。", "抽查三个处室，清单均已上墙。"
    for id, _ in _those_beyond(story, Stand.TO_VERIFY):
        story.does(c.VerifyFinding(id, True, opinion, VERIFIER, seen, VERIFIERS_KEY))


def _are_struck_off(story: Story) -> None:
    ended = ("finding-struck_off", AGAIN)
    _on_notice(story, *ended)
    passes(story, 15).does(c.StrikeOff(ended, story_day(story) + timedelta(days=180), BUREAU))
    _on_notice(passes(story, 4), "finding-notice")
    until = story_day(story) + timedelta(days=30)
    story.does(c.ReopenFinding(AGAIN, until, "群众反映网站栏目又打不开", BUREAU))


def _on_notice(story: Story, *ids: str) -> None:
    story.does(c.GiveNotice(ids, working_days_after(story_day(story), 5), BUREAU))
    for id in ids:
        said = f"{id}-said"
        story.does(
            c.ShowProofs(id, (f"{id}-0",), BUREAU), c.RaiseObjection(id, said, "网站上只能看到目录，点开是空白页。")
        )
        if id != "finding-notice":
            story.does(c.AnswerObjection(id, said, "已经修复，现在可以打开。", False, BUREAU))
