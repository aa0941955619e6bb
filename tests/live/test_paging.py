"""Comments on the pages of a display: none is lost, none shares a page with too many, none is too long for its page."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language import Language
from app.live.contexts import PublicComment
from app.live.paging import BESIDE, COLUMNS, RULES, STAGE, pages_of, pages_of_rules
from app.live.screens import VIEWS
from app.live.views import NOBODY, Look, picture
from app.meeting import commands as c
from app.meeting.displays.state import SceneKind
from app.meeting.measure import HEAD, MOST_ON_A_PAGE, Area, lines_of, measured, packed, split
from app.meeting.plan import Mode
from tests.live.sent import sent
from tests.meetings import ANN, comment, opened, small_plan

ROOMS = [STAGE, BESIDE]
SENTENCE = "普法责任清单更新及时，重点对象明确，建议把典型案例做成短视频。"
TEXTS = st.lists(st.sampled_from([SENTENCE, "Well argued. ", "x" * 90, "\n", " ", "，", "a", "汉"]), min_size=1).map(
    "".join
)


def comments(*texts: str, called: str = "") -> list[PublicComment]:
    return [
        PublicComment(id=f"comment-{at}", unit="Water", kind="problem", group="expert", group_name=called, text=text)
        for at, text in enumerate(texts)
    ]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("room", ROOMS)
@given(text=TEXTS)
def test_the_parts_of_a_comment_are_the_whole_of_it_and_fit(room: Area, text: str) -> None:
    parts = split(text, room)
    assert bare("".join(parts)) == bare(text)
    assert all(len(lines_of(part, room.width)) + HEAD <= room.lines for part in parts)


@pytest.mark.parametrize("room", ROOMS)
@given(texts=st.lists(TEXTS, max_size=6))
def test_pages_hold_all_comments_in_their_order_and_no_more_than_they_can(room: Area, texts: list[str]) -> None:
    pages = pages_of(comments(*texts), room)
    said: dict[str, str] = {}
    for page in pages:
        assert len(page) <= MOST_ON_A_PAGE
        assert sum(HEAD + len(lines_of(each.text, room.width)) for each in page) <= room.lines
        for each in page:
            said[each.id] = said.get(each.id, "") + bare(each.text)
    assert list(said.values()) == [bare(text) for text in texts]


@pytest.mark.parametrize("room", ROOMS)
@given(texts=st.lists(TEXTS, max_size=6))
def test_a_group_with_a_long_name_has_room_for_it(room: Area, texts: list[str]) -> None:
    name = "市人大常委会法制工作委员会咨询专家库成员代表"
    for page in pages_of(comments(*texts, called=name), room):
        lines = [lines_of(f"问题　{name}", room.width) + lines_of(each.text, room.width) for each in page]
        assert sum(HEAD - 1 + len(each) for each in lines) <= room.lines


def test_short_comments_share_a_page_and_a_long_one_is_cut_behind_a_sentence() -> None:
    assert [len(page) for page in pages_of(comments(*["好"] * 4), STAGE)] == [3, 1]
    parts = split(SENTENCE * 20, STAGE)
    assert len(parts) > 1
    assert [part[-1] for part in parts] == ["。"] * len(parts)


def test_beside_the_stage_the_newest_stands_whole_and_an_earlier_one_only_where_it_fits() -> None:
    story = opened(small_plan(mode=Mode.COMMENTS)).steps(2)
    for at, text in enumerate([SENTENCE * 3, "好", SENTENCE * 9]):
        story.waits(1).does(comment(ANN, f"comment-{at}", text=text), c.ReleaseComment(f"comment-{at}", text))
        shown = sent("hall", Look(story.meeting, NOBODY))["hall-comments"]["pages"]
        newest = [each for page in shown for each in page if each["id"] == f"comment-{at}"]
        assert "".join(each["text"] for each in newest) == text
        assert shown[0][0]["id"] == f"comment-{at}"
        assert len(shown) == max(len(split(text, BESIDE)), 1)


@pytest.mark.parametrize(("text", "pages"), [("好", 1), (SENTENCE * 20, 3)])
def test_the_console_says_before_the_release_on_how_many_pages_a_comment_will_stand(text, pages, painter) -> None:
    story = opened(small_plan(mode=Mode.COMMENTS)).steps(2).does(comment(ANN, text=text))
    waiting = picture(VIEWS["moderator"], Look(story.meeting, NOBODY)).contexts["console-comments"]
    assert [each.pages for each in waiting.waiting] == [pages]
    html = painter.region("console-comments", waiting, Language.CHINESE)
    assert ("大屏一页放不下，分 3 页" in html) == (pages > 1)
    story.does(c.ReleaseComment("comment1", text), c.CueScene(SceneKind.COMMENTS))
    stage = sent("hall", Look(story.meeting, NOBODY))["hall-stage"]
    assert len(stage["pages"]) == pages


# --- sealed rules -----------------------------------------------------------------------------------------------------


@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_no_rule_is_lost_and_no_column_is_longer_than_a_display_of_either_format(rules):
    pages = pages_of_rules(rules)
    assert all(1 <= len(page) <= COLUMNS for page in pages)
    columns = [column for page in pages for column in page]
    assert bare("".join(text for column in columns for text in column)) == bare("".join(rules))
    for column in columns:
        assert all(sum(len(lines_of(text, room.width)) for text in column) <= room.lines for room in RULES)


def test_a_comment_more_is_measured_alone():
    """After each release the summing-up is packed anew; what was in it before has been measured."""
    texts = [f"{number}. {SENTENCE * 9}" for number in range(40)]
    before = measured.cache_info().misses
    for number in range(1, len(texts) + 1):
        packed(texts[:number], STAGE)
    assert measured.cache_info().misses - before == len(texts)
