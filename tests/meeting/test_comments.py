"""Comments: waiting, released, withdrawn, taken back. The original stays in the record."""

import pytest

from app.meeting import commands as c
from app.meeting.comments.state import Comment, CommentKind, CommentStanding
from app.meeting.plan import Mode
from tests.meetings import (
    ANN,
    BEN,
    EVE,
    WATER,
    Story,
    at_water,
    closed_over,
    comment,
    correction,
    noon,
    opened,
    refusal,
    small_plan,
)

EDIT, WITHDRAW = c.EditComment("comment1", "Argued"), c.WithdrawComment("comment1")
RELEASE, RELEASE_EDITED = c.ReleaseComment("comment1", "Well argued"), c.ReleaseComment("comment1", "Argued")
TAKE_BACK = c.TakeBackComment("comment1", ANN)
REVISE = c.ReviseComment("comment1", ANN, CommentKind.PROBLEM, "Badly argued")


def sent() -> Story:
    return at_water().does(comment())


def the_comment(story: Story) -> Comment:
    return story.meeting.comments["comment1"]


def test_a_comment_sent_is_private():
    said = Comment(
        "comment1", ANN, "water", CommentKind.HIGHLIGHT, "Well argued", "Well argued", CommentKind.HIGHLIGHT, noon(0)
    )
    assert the_comment(sent()) == said
    assert not said.is_released


@pytest.mark.parametrize("character", ["\0", "\x0b", "\x1b", "\x1f", "\ud83d", "\ufffe", "\uffff"])
def test_what_no_document_can_hold_is_refused_in_every_text(character):
    assert at_water().refusal(comment(text=f"a{character}b")) == "text.unwritable"
    for command in (c.EditComment("comment1", f"a{character}b"), c.TellSpeaker(f"a{character}b")):
        assert sent().refusal(command) == "text.unwritable"


@pytest.mark.parametrize("text", ["两行\n文字", "a\tb", "👍", "\u200d", "\x7f"])
def test_everything_else_is_written_down_as_it_is(text):
    assert the_comment(at_water().does(comment(text=f"a{text}b"))).text == f"a{text}b"


UNSEEN = ["\u200b", " \u2060\ufeff", "\u3164\u2800", "\u00a0\u200e\n", "\u202e\u200b"]


@pytest.mark.parametrize("text", UNSEEN)
def test_what_nobody_sees_says_nothing(text):
    """It would be an empty place on the projector, or a reason that is none."""
    assert at_water().refusal(comment(text=text)) == "text.missing"
    assert sent().refusal(c.EditComment("comment1", text)) == "text.missing"
    closed = closed_over({ANN: (1, 1)}).meeting
    assert refusal(closed, correction(closed, WATER, ANN, 2, 2, reason=text)) == "reason.missing"


def test_nothing_is_read_backwards():
    story = at_water().does(comment(text="\u202eWell\u202c argued"))
    assert the_comment(story).text == "Well argued"


def test_no_tower_of_marks_stands_upon_a_letter_and_covers_the_lines_above():
    story = at_water().does(comment(text=f"We{chr(0x301) * 99}ll, e{chr(0x20DD) * 99}nd"))
    assert the_comment(story).text == f"We{chr(0x301) * 6}ll, e{chr(0x20DD) * 6}nd"
    assert at_water().refusal(comment(text="a" * 2001 + chr(0x301) * 99)) == "text.too_long"


@pytest.mark.parametrize(
    "text", ["བསྒྲུབས་", "ệ̣̃", "שָׁ֖לוֹם", "ئەلى 95", "\u200fשלום", "م\u200cن", "\u2067ئەلى\u2069 95", "👍", "…"]
)
def test_other_scripts_and_their_marks_are_written_down_as_they_are(text):
    assert the_comment(at_water().does(comment(text=text))).text == text


def test_a_comment_can_be_on_any_unit_at_any_time():
    story = opened().does(comment(unit="school"))
    assert [each.id for each in story.meeting.comments_on("school")] == ["comment1"]
    assert story.meeting.comments_on("water") == []


def test_a_comment_needs_no_scoring():
    assert the_comment(at_water(small_plan(mode=Mode.COMMENTS)).does(comment())).text == "Well argued"


def test_a_comment_is_kept_without_the_blanks_around_it():
    assert the_comment(at_water().does(comment(text="\n Well argued "))).original == "Well argued"


def test_a_comment_says_something_and_not_too_much():
    story = at_water().does(comment(text="评" * 2000))
    assert story.refusal(comment(id="comment2", text=" \n ")) == "text.missing"
    assert story.refusal(comment(id="comment2", text="评" * 2001)) == "text.too_long"


def test_a_comment_is_sent_once():
    assert sent().refusal(comment()) == "comment.twice"


def test_a_recused_seat_does_not_comment_on_that_unit():
    story = at_water()
    assert story.refusal(comment(EVE, unit="court")) == "seat.recused"
    assert the_comment(story.does(comment(EVE))).seat == EVE


def test_a_comment_is_by_a_known_seat_on_a_known_unit():
    assert at_water().refusal(comment("nobody")) == "seat.unknown"
    assert at_water().refusal(comment(unit="moon")) == "unit.unknown"


def test_a_released_comment_is_on_the_screens():
    story = sent().waits(2).does(RELEASE)
    assert (the_comment(story).standing, the_comment(story).released_at) == (CommentStanding.RELEASED, noon(2))


def test_the_author_revises_kind_and_text():
    revised = the_comment(sent().does(REVISE))
    assert (revised.kind, revised.text, revised.original) == (CommentKind.PROBLEM, "Badly argued", "Badly argued")
    assert not revised.is_edited


def test_a_revision_that_changes_nothing_is_none():
    story = sent().does(c.ReviseComment("comment1", ANN, CommentKind.HIGHLIGHT, " Well argued "))
    assert "CommentRevised" not in story.kinds


def test_an_edited_comment_keeps_what_its_author_wrote():
    edited = the_comment(sent().does(EDIT))
    assert (edited.text, edited.original, edited.is_edited) == ("Argued", "Well argued", True)


def test_an_edit_that_changes_nothing_is_none():
    assert "CommentEdited" not in sent().does(c.EditComment("comment1", "Well argued")).kinds


def test_an_edit_may_change_the_kind_and_the_author_s_choice_stays_in_the_record():
    story = sent().does(c.EditComment("comment1", "Well argued", CommentKind.PROBLEM))
    edited = the_comment(story)
    assert (edited.kind, edited.original_kind, edited.is_edited) == (CommentKind.PROBLEM, CommentKind.HIGHLIGHT, True)
    assert story.events[-1].kind is CommentKind.PROBLEM
    assert not the_comment(story.does(c.EditComment("comment1", "Well argued", CommentKind.HIGHLIGHT))).is_edited


def test_an_edit_of_the_text_alone_leaves_the_kind():
    story = sent().does(c.EditComment("comment1", "Argued", CommentKind.HIGHLIGHT))
    assert (the_comment(story).kind, story.events[-1].kind) == (CommentKind.HIGHLIGHT, None)


def test_what_was_given_another_kind_meanwhile_is_not_released_unread():
    story = sent().does(c.EditComment("comment1", "Well argued", CommentKind.PROBLEM))
    release = c.ReleaseComment("comment1", "Well argued", CommentKind.HIGHLIGHT)
    assert story.refusal(release) == "comment.changed"
    assert the_comment(story.does(c.ReleaseComment("comment1", "Well argued", CommentKind.PROBLEM))).is_released


def test_a_revision_replaces_an_edit():
    assert not the_comment(sent().does(EDIT, REVISE)).is_edited


def test_a_comment_belongs_to_its_author():
    story = sent()
    assert story.refusal(c.TakeBackComment("comment1", BEN)) == "comment.not_yours"
    assert story.refusal(c.ReviseComment("comment1", BEN, CommentKind.PROBLEM, "Mine")) == "comment.not_yours"


ALL = (EDIT, REVISE, TAKE_BACK, RELEASE, WITHDRAW)


@pytest.mark.parametrize(
    ("before", "refusals"),
    [
        ((), {WITHDRAW: "comment.not_released"}),
        (
            (RELEASE,),
            dict.fromkeys((EDIT, REVISE, TAKE_BACK, RELEASE), "comment.released"),
        ),
        ((RELEASE, WITHDRAW), {WITHDRAW: "comment.not_released"}),
        (
            (TAKE_BACK,),
            dict.fromkeys((EDIT, REVISE, TAKE_BACK, RELEASE), "comment.taken_back")
            | {WITHDRAW: "comment.not_released"},
        ),
    ],
    ids=["waiting", "released", "withdrawn", "taken back"],
)
def test_from_every_standing_only_these_steps_are_refused(
    before: tuple[c.Command, ...], refusals: dict[c.Command, str]
):
    story = sent().does(*before)
    assert {command: story.refusal(command) for command in refusals} == refusals
    for command in set(ALL) - set(refusals):
        assert len(sent().does(*before, command).events) == len(story.events) + 1


def test_a_comment_revised_meanwhile_is_not_released_unread():
    assert sent().does(REVISE).refusal(RELEASE) == "comment.changed"


def test_a_withdrawn_comment_can_be_released_again():
    assert the_comment(sent().does(RELEASE, WITHDRAW, EDIT, RELEASE_EDITED)).is_released


def test_a_comment_that_is_not_there_cannot_be_touched():
    story = at_water()
    assert {story.refusal(command) for command in ALL} == {"comment.unknown"}


def test_after_the_finish_authors_rest_and_the_moderator_may_still_release():
    story = sent().goes_to("summary")
    story.does(c.CloseAllRounds(without=tuple(f"report-water/{seat.id}" for seat in story.meeting.plan.seats)))
    story.does(c.FinishMeeting())
    assert {story.refusal(command) for command in (REVISE, TAKE_BACK, comment(id="comment2"))} == {"meeting.finished"}
    assert the_comment(story.does(EDIT, RELEASE_EDITED)).is_released
