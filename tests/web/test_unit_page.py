"""A unit's own pages: what it reads there and what not, what it does, and that nothing typed is lost."""

import re
from datetime import timedelta
from html import unescape

import httpx
import pytest

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.findings.state import Stand
from app.meeting.refusals import Said
from app.papers.findings.telling import progress_of
from app.store import typed
from app.web.unit.shown import shown
from tests.findings import BUREAU, FIRST, brought_to, handed_over, objected, the
from tests.live.served import Sitting
from tests.meetings import ANN, small_plan
from tests.web.unit import handed, key_of, made, sends, today

SAID, WORDED = "没有人知道规定在哪里", "规定的公开程度不够"
HIDDEN = {
    "draft": "尚未交办的草稿原文",
    "withdrawn": "交办前已撤销的原文",
    "of others": "别的单位的问题原文",
}


@pytest.fixture
def handing(served) -> Sitting:
    """Two findings with the water office, one of them made of a comment; and what it must not see."""
    sitting = served.holds(small_plan())
    sitting.performs(
        c.OpenMeeting(sitting.plan),
        c.SendComment("comment-one", ANN, "water", CommentKind.PROBLEM, SAID),
        c.ReleaseComment("comment-one", SAID),
        made("finding-one", WORDED, sources=("comment-one",)),
        made("finding-two", "第二条问题"),
        made("finding-draft", HIDDEN["draft"]),
        made("finding-gone", HIDDEN["withdrawn"]),
        made("finding-court", HIDDEN["of others"], "court"),
        c.WithdrawFinding("finding-gone", "", BUREAU),
        handed("finding-one", "finding-two", "finding-court"),
    )
    return sitting


def stands(sitting: Sitting, finding: str = "finding-one") -> Stand:
    return sitting.served.venue.rooms.meeting(sitting.code).findings.by_id[finding].standing


def id_in(page: httpx.Response) -> str:
    return re.findall(r'name="id" value="([^"]+)"', page.text)[0]


def signed(sitting: Sitting, key: str) -> None:
    answer = sends(sitting, "", key, finding=["finding-one", "finding-two"], **{"author.sign": "李四"})
    assert answer.headers["location"] == f"/{sitting.code}/unit?done=sign"


CURE = {
    "cure.cause": "没有计划",
    "cure.measures": "制定计划\n公布规定",
    "cure.goal": "人人知晓",
    "cure.leader": "张三",
    "cure.office": "法规处",
    "cure.person": "李四",
    "author.cure": "李四",
}


def test_a_unit_reads_its_findings_in_the_words_of_the_hall_with_the_class_and_never_the_seat(handing):
    key = key_of(handing)
    listed, shown = (handing.page(path, key).text for path in ("/unit", "/unit/findings/finding-one"))
    assert WORDED in listed
    assert all(each in shown for each in (SAID, WORDED, "专家", "第 1 号", "整改情况报告期限"))
    seat = handing.plan.seats[0]
    for text in (listed, shown):
        assert not any(hidden in text for hidden in HIDDEN.values())
        assert seat.label not in text
        assert f'"{seat.id}"' not in text
    assert "有 2 条问题等待贵单位办理" in listed
    assert "还有 9 天" in listed


@pytest.mark.parametrize("finding", ["finding-court", "finding-draft", "finding-gone", "finding-nowhere"])
def test_what_is_not_the_units_answers_like_one_that_does_not_exist(handing, finding):
    key = key_of(handing)
    shown = handing.page(f"/unit/findings/{finding}", key)
    assert (shown.status_code, say(Said("finding.unknown"), Language.CHINESE) in shown.text) == (404, True)
    for path in ("", "/typed", "/proofs"):
        answer = sends(handing, f"/findings/{finding}{path}", key, do="sign", **{"author.sign": "李四"})
        assert answer.status_code == 404
    assert sends(handing, "", key, finding=[finding], **{"author.sign": "李四"}).status_code == 422


def test_all_are_signed_for_at_once_with_a_name_and_none_without(handing):
    key = key_of(handing)
    nameless = sends(handing, "", key, finding=["finding-one"])
    assert (nameless.status_code, stands(handing)) == (422, Stand.HANDED_OVER)
    assert nameless.text.count(" checked") == 1
    signed(handing, key)
    assert [stands(handing, each) for each in ("finding-one", "finding-two")] == [Stand.SIGNED_FOR] * 2
    assert "请在" in handing.page("/unit/findings/finding-one", key).text


def test_a_finding_goes_its_way_by_the_forms_of_its_unit(handing):
    key, path = key_of(handing), "/findings/finding-one"
    signed(handing, key)
    until = today() + timedelta(days=50)
    written = f"{until.year}年{until.month}月{until.day}日"
    assert sends(handing, path, key, do="cure", **CURE, **{"cure.until": written}).status_code == 303
    handing.performs(c.AgreeCure("finding-one", BUREAU))
    assert (
        sends(handing, path, key, do="report", **{"report.text": "已经开始", "author.report": "李四"}).status_code
        == 303
    )
    later = (today() + timedelta(days=90)).isoformat()
    asked = {"extension.until": later, "extension.reason": "还要听证", "author.extension": "李四"}
    assert sends(handing, path, key, do="extension", **asked).status_code == 303
    finding = handing.served.venue.rooms.meeting(handing.code).findings.by_id["finding-one"]
    assert (finding.standing, finding.cure.until, finding.waiting_extension is not None) == (
        Stand.RECTIFYING,
        until,
        True,
    )
    pledged = {"ask.text": "做完了", "ask.pledge": "张三", "ask.dated": today().isoformat(), "author.ask": "李四"}
    shown = handing.page(f"/unit{path}", key).text
    assert all(each in shown for each in ("已经开始", "还要听证", "制定计划"))
    unproved = sends(handing, path, key, do="ask", **pledged)
    assert unproved.status_code == 422
    assert "The rules are published" in unescape(unproved.text)
    assert stands(handing) is Stand.RECTIFYING


def test_a_form_sent_twice_is_carried_out_once(handing):
    key, path = key_of(handing), "/findings/finding-one"
    signed(handing, key)
    id = id_in(handing.page("/unit/findings/finding-one", key))
    reported = {"id": id, "do": "report", "report.text": "已经开始", "author.report": "李四"}
    assert [sends(handing, path, key, **reported).status_code for _ in range(2)] == [303, 303]
    steps = handing.served.venue.rooms.meeting(handing.code).findings.by_id["finding-one"].steps
    assert [each.what for each in steps].count("WorkReported") == 1


def test_what_somebody_objects_is_not_told_to_the_unit_before_it_is_answered():
    story = brought_to(Stand.NOTICE).does(objected())
    [objection] = the(story).objections
    course = shown(story.meeting, the(story), story.now).course
    assert [step.what for _, step in course][-1] == "ObjectionRaised"
    assert objection.text not in repr(course)


def test_what_another_unit_said_of_a_finding_before_it_was_given_on_is_not_told():
    story = brought_to(Stand.SIGNED_FOR).does(
        c.ReportWork("water", FIRST, "Said-Gryphon", "clerk-Gryphon"),
        c.DisputeFinding("water", FIRST, "Reason-Gryphon", "Whose-Gryphon", "clerk-Gryphon"),
        c.SettleDispute(FIRST, True, "Settled-Gryphon", BUREAU, "court"),
    )
    story.does(handed_over())
    seen = shown(story.meeting, the(story), story.now)
    assert [step.what for _, step in seen.course] == ["FindingHandedOver"]
    assert "Gryphon" not in f"{seen} {progress_of(the(story))}"


# --- what was typed ---------------------------------------------------------------------------------------------------


def field(page: httpx.Response, name: str) -> str:
    found = re.search(rf'<textarea id="{re.escape(name)}"[^>]*>([^<]*)</textarea>', page.text) or re.search(
        rf'<input type="text" id="{re.escape(name)}"[^>]* value="([^"]*)"', page.text
    )
    assert found, name
    return unescape(found[1])


def test_what_is_refused_is_still_there_for_the_next_who_comes_by_the_link(handing):
    key, path = key_of(handing), "/findings/finding-one"
    signed(handing, key)
    refused = sends(handing, path, key, do="cure", **{**CURE, "cure.until": "明年某日"})
    assert refused.status_code == 422
    assert "明年某日" in unescape(refused.text)
    for one in (refused, handing.page(f"/unit{path}", key_of(handing))):
        assert field(one, "cure.measures").splitlines() == ["制定计划", "公布规定"]
    again = {"cure.until": later(), "was.cure.until": "明年某日"}
    assert sends(handing, path, key, do="cure", **CURE, **again).status_code == 303
    with handing.served.database.reading() as connection:
        assert typed.load(connection, handing.code, "water", "finding-one") == {}


def later() -> str:
    return (today() + timedelta(days=30)).isoformat()


def test_a_draft_is_kept_as_it_is_typed_and_two_who_type_lose_nothing(handing):
    key, path = key_of(handing), "/findings/finding-one"
    signed(handing, key)

    def types(text: str, was: str) -> None:
        answer = sends(handing, f"{path}/typed", key, **{"cure.cause": text, "was.cure.cause": was})
        told.append(answer.json())

    told: list[dict[str, str]] = []
    types("第一台设备写的", "")
    types("第一台设备写的，又改了", "第一台设备写的")
    types("第二台设备写的", "")
    assert told == [{}, {}, {"cure.cause": "第一台设备写的，又改了"}]
    shown = handing.page(f"/unit{path}", key)
    assert field(shown, "cure.cause") == "第二台设备写的"
    assert "<q>第一台设备写的，又改了</q>" in shown.text
    kept = sends(handing, path, key, do="keep", **{"cure.cause": "第二台设备写的", "was.cure.cause": "第二台设备写的"})
    assert kept.headers["location"].endswith("?done=keep")
    assert "第一台设备写的，又改了" in handing.page(f"/unit{path}", key).text


def test_what_somebody_else_has_typed_is_not_forgotten_by_whoever_has_not_seen_it(handing):
    key, path = key_of(handing), "/findings/finding-one"
    signed(handing, key)
    for text in ("第一个人写的", "第二个人写的"):
        sends(handing, f"{path}/typed", key, **{"report.text": text, "was.report.text": ""})
    reported = {"do": "report", "report.text": "第二个人写的", "author.report": "李四"}
    assert sends(handing, path, key, **reported).status_code == 303
    shown = handing.page(f"/unit{path}", key)
    assert field(shown, "report.text") == ""
    assert "<q>第一个人写的</q>" in shown.text
    seen = {"beside.report.text": "第一个人写的", "report.text": "两个人一起写的"}
    assert sends(handing, path, key, **{**reported, **seen}).status_code == 303
    assert "<q>第一个人写的</q>" not in handing.page(f"/unit{path}", key).text


def test_lines_end_alike_however_a_browser_sends_them(handing):
    """A form sends other ends of lines than a script does: no second text comes of that."""
    key, path = key_of(handing), "/findings/finding-one"
    signed(handing, key)
    sends(handing, f"{path}/typed", key, **{"cure.measures": "一\n二", "was.cure.measures": ""})
    sends(handing, path, key, do="keep", **{"cure.measures": "一\r\n二\r\n三", "was.cure.measures": "一\r\n二"})
    shown = handing.page(f"/unit{path}", key)
    assert field(shown, "cure.measures").splitlines() == ["一", "二", "三"]
    assert re.findall("<q>([^<]+)</q>", shown.text) == []


def test_of_drafts_only_the_fields_of_the_page_are_kept_and_none_without_end(handing):
    key = key_of(handing)
    sends(handing, "/findings/finding-one/typed", key, **{"cure.cause": "长" * 9000, "more": "x"})
    with handing.served.database.reading() as connection:
        kept = typed.load(connection, handing.code, "water", "finding-one")
    assert {name: len(text) for name, text in kept.items()} == {"cure.cause": typed.LONGEST_KEPT}
