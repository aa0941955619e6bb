"""After the meeting a seat reads what became of its own comments, and of all else no more than everybody."""

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from tests.live.served import Sitting
from tests.meetings import ANN, BEN, CAT
from tests.web.unit import handed, made

OWN, OTHERS = "没有人知道规定在哪里", "培训签到表是补的"


def test_a_seat_sees_its_own_words_beside_what_was_made_of_them_and_no_others(sitting: Sitting):
    sitting.performs(
        c.OpenMeeting(sitting.plan),
        c.SendComment("comment-ann", ANN, "water", CommentKind.PROBLEM, OWN),
        c.SendComment("comment-ben", BEN, "water", CommentKind.PROBLEM, OTHERS),
        made("finding-one", "规定的公开程度不够", sources=("comment-ann", "comment-ben")),
        made("finding-draft", "尚未交办的草稿"),
        made("finding-two", "法院的问题", "court"),
    )
    assert "/panel/findings" not in sitting.page("/panel", sitting.seats[ANN]).text
    sitting.performs(handed("finding-one", "finding-two"))
    assert f"/{sitting.code}/panel/findings" in sitting.page("/panel", sitting.seats[ANN]).text
    shown = {seat: sitting.page("/panel/findings", sitting.seats[seat]).text for seat in (ANN, BEN, CAT)}
    found = {seat: [each in text for each in (OWN, OTHERS)] for seat, text in shown.items()}
    assert found == {ANN: [True, False], BEN: [False, True], CAT: [False, False]}
    for text in shown.values():
        assert all(each in text for each in ("规定的公开程度不够", "法院的问题"))
        assert "尚未交办的草稿" not in text
