"""No question without a trace: what somebody may not see cannot be asked out of a command either.

Two meetings that look alike to somebody on every screen, but differ in what is hidden from him, answer each of his
commands alike: with the same refusal, with nothing to do, or by an entry of the log in both. What leaves an entry may
tell something; a refusal, or a command that asks for what is already so, may not.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.live.views import NOBODY, Viewer
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.decide import decide
from app.meeting.displays.state import DisplayView, SceneKind
from app.meeting.draw.lots import commitment_of
from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Plan
from app.meeting.promises.state import PromiseMark
from app.meeting.refusals import Refused
from app.meeting.rounds.state import Round
from app.meeting.scoring.numbers import total_of
from app.meeting.script.steps import last_step, next_step
from app.store.keys import Role
from app.web.access import MAY
from tests.live.hidden import (
    ann_and_ben_exchanged,
    other_comments_of_everybody_but_cat,
    other_marks_in_open_rounds,
    other_marks_of_everybody_but_cat,
    picture_of,
    with_rounds,
)
from tests.live.sent import feed
from tests.live.viewers import STAFF, any_story, name, steps
from tests.meeting.any_asks import SEATS
from tests.meeting.stories import plans
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    NOON,
    SEED,
    WATER,
    at_water,
    closed_over,
    closes,
    give_score,
    salt,
    sheet,
    small_plan,
)
from tests.promised import NOT_KEPT, all_say, judged_plan, judges

WORD, NO_WORD, LONG = "a reason", " ", "x" * 3000
SALTS = (salt(WATER, ANN), "short", "no salt at all, with blanks")

# --- what somebody sees, and what is changed behind his back ----------------------------------------------------------

SEES: dict[Role, list[tuple[str, Viewer]]] = {
    Role.MODERATOR: [("moderator", NOBODY), ("results", STAFF), ("devices", NOBODY), ("hall", NOBODY)],
    Role.OPERATOR: [
        ("devices", NOBODY),
        ("hall", NOBODY),
        ("timer", NOBODY),
        ("lower", NOBODY),
        ("prompt", NOBODY),
        ("results", NOBODY),
    ],
    Role.SEAT: [("panel", Viewer(CAT, unit)) for unit in ("water", "court", "school", None)] + [("results", NOBODY)],
}


def sheets_of_ann_and_ben_exchanged(meeting: Meeting) -> Meeting:
    return replace(ann_and_ben_exchanged(meeting), comments=meeting.comments)


def in_closed_rounds_only(change: Callable[[Meeting], Meeting]) -> Callable[[Meeting], Meeting]:
    def changed(meeting: Meeting) -> Meeting:
        after = change(meeting)
        return with_rounds(meeting, lambda each: each if each.is_open else after.rounds[each.id])

    return changed


BEHIND: dict[Role, list[Callable[[Meeting], Meeting]]] = {
    Role.MODERATOR: [
        sheets_of_ann_and_ben_exchanged,
        in_closed_rounds_only(sheets_of_ann_and_ben_exchanged),
        other_marks_in_open_rounds,
    ],
    Role.OPERATOR: [sheets_of_ann_and_ben_exchanged, other_marks_in_open_rounds, other_comments_of_everybody_but_cat],
    Role.SEAT: [other_marks_of_everybody_but_cat, other_comments_of_everybody_but_cat],
}


def look_alike(role: Role, one: Meeting, other: Meeting) -> bool:
    pictures = ((picture_of(one, *each), picture_of(other, *each)) for each in SEES[role])
    return all(one.marks == other.marks or feed(one) == feed(other) for one, other in pictures)


# --- everything that can be asked -------------------------------------------------------------------------------------


def asks(role: Role, meetings: tuple[Meeting, ...]) -> Iterator[c.Command]:
    """Commands of a role with whatever could be guessed: every seat, round, comment, every set of marks there is."""
    mine = MAY[role]
    yield from (each for each in _asks(meetings) if type(each) in mine)


def _asks(meetings: tuple[Meeting, ...]) -> Iterator[c.Command]:
    """Of meetings by one plan: what does not depend on how far one is, is asked once."""
    plan = meetings[0].plan
    items = [item.id for item in plan.agenda]
    seats = [seat.id for seat in plan.seats]
    sets = sets_of_marks(meetings)
    for round in [*items, "nowhere"]:
        yield from _about_a_round(round, seats)
        for seat in seats:
            yield from _about_a_sheet(plan, sets, round, seat)
    for id in {each for meeting in meetings for each in meeting.comments} | {"nothing-"}:
        yield from _about_a_comment(meetings, id)
    for meeting in meetings:
        yield from _about_the_course(meeting, items)
    yield from _about_the_order(plan)
    yield from _about_the_displays(items)
    yield from _about_composites([unit.id for unit in plan.units])
    for unit in [*(unit.id for unit in plan.units), "nothing"]:
        yield from _about_polls(unit)
    for seat in [*seats, "nobody"]:
        yield from (c.CheckIn(seat), c.CheckOut(seat), c.TakeSeat(seat, "device-one"))


def _about_composites(units: list[str]) -> Iterator[c.Command]:
    for part in ("panel", "vote", "nothing"):
        yield c.EnterPart(part, dict.fromkeys(units, Decimal(80)), "the clerk")
        yield from (
            c.CorrectPart(part, unit, points, "the clerk", WORD) for unit in units for points in (None, Decimal(1))
        )
    yield from (c.AnnounceComposites(), c.AnnounceComposites(tuple(units)), c.WithdrawComposites(WORD))


def _about_polls(unit: str) -> Iterator[c.Command]:
    poll = f"{unit}.1"
    yield from (c.OpenPoll(unit), c.OpenPoll(unit, again=True), c.ClosePoll(poll), c.ShowPoll(poll))
    yield from (c.WithdrawPoll(poll, WORD), c.WithdrawPoll(poll, NO_WORD))


def _about_a_round(round: str, seats: list[str]) -> Iterator[c.Command]:
    yield from (c.OpenRound(round), c.CloseRound(round), c.CloseRound(round, tuple(seats)))
    yield from (c.ReopenRound(round, WORD), c.ReopenRound(round, NO_WORD), c.RevealResult(round))
    yield from (c.ShowResultStep(round, step) for step in ("spread", "trimmed", "score", "grade", "?"))
    yield from (c.WithdrawReveal(round, WORD), c.WithdrawReveal(round, NO_WORD))
    yield c.RuleOnTie((round, WATER), WORD, "the chair")


def _about_a_sheet(plan: Plan, sets: list[dict[str, Decimal]], round: str, seat: str) -> Iterator[c.Command]:
    unit = next((item.unit for item in plan.agenda if item.id == round and item.unit), "water")
    for marks in (*sets, {}):
        total = total_of(plan, marks)
        for salt_said in SALTS:
            for reason, author in ((WORD, "the clerk"), (NO_WORD, "the clerk"), (WORD, NO_WORD)):
                yield c.CorrectSheet(round, seat, marks, reason, author, salt_said)
            yield c.SubmitSheet(round, seat, unit, marks, total, salt_said)
    given = {mark: None for marks in sets for mark in marks.items()}
    yield from (c.GiveScore(round, seat, criterion, points) for criterion, points in given)
    yield from (c.EraseScore(round, seat, criterion) for criterion in {criterion: None for criterion, _ in given})
    yield from (c.VoidSheet(round, seat, WORD, "the clerk"), c.VoidSheet(round, seat, LONG, "the clerk"))
    yield from (c.AcceptLateSheet(round, seat, WORD, "the clerk"), c.AcceptLateSheet(round, seat, WORD, NO_WORD))
    yield from (c.Recuse(round, seat, WORD), c.Recuse(round, seat, NO_WORD), c.Abstain(round, seat))
    yield c.ReturnToSheet(round, seat)
    yield from (c.JudgePromise(round, seat, promise, mark) for promise in (1, 2, 9) for mark in PromiseMark)
    yield from (c.EraseJudgement(round, seat, promise) for promise in (1, 2, 9))


def sets_of_marks(meetings: tuple[Meeting, ...]) -> list[dict[str, Decimal]]:
    """Whatever anybody has given or submitted, and something else."""
    sheets = [sheet for meeting in meetings for round in meeting.rounds.values() for sheet in round.sheets.values()]
    found = [
        marks
        for sheet in sheets
        for marks in (sheet.marks, *(version.marks for version in (*sheet.versions, *filter(None, [sheet.late]))))
    ]
    found.append({criterion.id: criterion.maximum for criterion in meetings[0].plan.criteria})
    return [marks for at, marks in enumerate(found) if marks not in found[:at]]


def _about_a_comment(meetings: tuple[Meeting, ...], id: str) -> Iterator[c.Command]:
    texts = {text for each in meetings for text in texts_of(each, id)} | {"otherwise", NO_WORD}
    for text in sorted(texts):
        yield from (c.EditComment(id, text), c.ReleaseComment(id, text))
        yield from (c.ReviseComment(id, seat, CommentKind.PROBLEM, text) for seat in (ANN, BEN, CAT))
    yield c.WithdrawComment(id)
    yield from (c.TakeBackComment(id, seat) for seat in (ANN, BEN, CAT))
    # Not under the id of another's comment: it is random, and nobody guesses it.
    yield c.SendComment("brand-new", CAT, "water", CommentKind.PROBLEM, "A gap")


def texts_of(meeting: Meeting, id: str) -> list[str]:
    comment = meeting.comments.get(id)
    return [comment.text, comment.original] if comment else []


def _steps(meeting: Meeting) -> Iterator[c.Command]:
    step, last = next_step(meeting), last_step(meeting)
    yield from (c.Advance(step=each) for each in (step.id if step else "finish", f"close:{WATER}", f"check:{WATER}"))
    yield from (c.PassStep(each) for each in (step.id if step else "finish", f"close:{WATER}"))
    yield from (c.UndoStep(each) for each in (last.id if last else "1:open", "1:open"))


def _about_the_course(meeting: Meeting, items: list[str]) -> Iterator[c.Command]:
    yield from (c.OpenMeeting(meeting.plan), c.Pause(), c.Resume(), c.FinishMeeting(), c.ContinueMeeting())
    yield from (
        c.CloseAllRounds(),
        c.CloseAllRounds(tuple(f"{item}/{s.id}" for item in items for s in meeting.plan.seats)),
    )
    yield from _steps(meeting)
    yield from (c.Advance(meeting.agenda.place), c.Advance(None), c.GoBack(meeting.agenda.place or Place("opening")))
    for item in items:
        yield from (c.JumpTo(Place(item)), c.JumpTo(Place(item, 9)), c.AddTime(Place(item), 60))
        yield from (c.SkipItem(item, WORD), c.SkipItem(item, NO_WORD), c.RestoreItem(item), c.MoveItem(item, None))


def _about_the_order(plan: Plan) -> Iterator[c.Command]:
    yield from (c.PrepareDraw(commitment_of(SEED)), c.DrawNext(1, "seven", SEED), c.DrawAll("eight", SEED))
    yield from (c.CallOffDraw(WORD, SEED), c.TypeOrder({unit.id: "1" for unit in plan.units}))


def _about_the_displays(items: list[str]) -> Iterator[c.Command]:
    yield from (c.FollowAgenda(), c.HoldScene(), c.TellSpeaker(WORD), c.TellSpeaker(LONG))
    for kind in SceneKind:
        for round in items[:3]:
            yield c.CueScene(kind, round=round, unit="water", text=WORD)
            yield c.DirectDisplay("left", cue=str(kind), round=round, unit="water", text=WORD)
    yield c.DirectDisplay("left", view=DisplayView.TIMER)


# --- how it is answered -----------------------------------------------------------------------------------------------


def answered(meeting: Meeting, command: c.Command) -> tuple[Any, ...]:
    """All that whoever asks is told, if no entry of the log tells of it: that one is known to all who may read it."""
    try:
        events = decide(meeting, command, NOON)
    except Refused as refused:
        return ("refused", refused.code, dict(refused.facts), refused.again, refused.at)
    return ("written",) if events else ("nothing to do",)


def oracles(role: Role, meeting: Meeting) -> list[tuple[c.Command, Any, Any]]:
    """Commands that tell apart what looks alike."""
    found = []
    for change in BEHIND[role]:
        other = change(meeting)
        if other != meeting and look_alike(role, meeting, other):
            for command in asks(role, (meeting, other)):
                if is_of_another_seat(role, command):
                    continue
                answers = answered(meeting, command), answered(other, command)
                if answers[0] != answers[1]:
                    found.append((command, *answers))
    return found


def is_of_another_seat(role: Role, command: c.Command) -> bool:
    """Which the door declines before any rule is asked."""
    return role is Role.SEAT and getattr(command, "seat", CAT) != CAT


@pytest.mark.parametrize("role", BEHIND)
@pytest.mark.parametrize("plan", [small_plan(mode=mode) for mode in Mode], ids=name)
def test_no_command_tells_apart_what_looks_alike(role, plan):
    compared = 0
    for meeting in list(steps(plan))[::3]:
        compared += any(change(meeting) != meeting for change in BEHIND[role])
        assert oracles(role, meeting) == []
    assert compared or plan.mode is Mode.COMMENTS


def test_nor_does_one_that_says_a_word_on_a_promise():
    """Ann has said another word, or none."""
    story = at_water(judged_plan()).does(*all_say())
    said = story.meeting
    for other in (judges(ANN, 1, NOT_KEPT), c.EraseJudgement(WATER, ANN, 1)):
        meeting = story.does(other).meeting
        assert look_alike(Role.SEAT, said, meeting)
        commands = [each for each in asks(Role.SEAT, (said, meeting)) if not is_of_another_seat(Role.SEAT, each)]
        assert [each for each in commands if answered(said, each) != answered(meeting, each)] == []


# Without shrinking, which would take minutes.
@settings(max_examples=12, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(plans, st.lists(st.integers(0, 100_000), min_size=20, max_size=40))
def test_nor_in_any_story_at_all(plan, seeds):
    *_, meeting = any_story(plan, seeds)
    for role in BEHIND:
        assert oracles(role, meeting) == []


points = st.tuples(st.integers(0, 60), st.integers(0, 40))


@settings(max_examples=12, derandomize=True, deadline=None, database=None, phases=[Phase.generate])
@given(st.lists(points, min_size=5, max_size=5, unique_by=sum), st.sampled_from(["", "late", "reopened", "void"]))
def test_nor_between_the_closing_and_the_reveal(panel, incident):
    story = closed_over(dict(zip(SEATS, panel, strict=True)))
    match incident:
        case "late":
            story.does(*(sheet(story.meeting, WATER, seat, 1, 2) for seat in (ANN, BEN)))
        case "reopened":
            closes(story.does(c.ReopenRound(WATER, WORD), give_score(ANN, 1), give_score(BEN, 2)), WATER)
        case "void":
            story.does(c.VoidSheet(WATER, CAT, WORD, "the clerk"))
    other = sheets_of_ann_and_ben_exchanged(story.meeting)
    assert look_alike(Role.MODERATOR, story.meeting, other) or incident == "reopened"
    assert oracles(Role.MODERATOR, story.meeting) == []


def test_the_sheets_of_a_panel_cannot_be_tried_out_one_by_one():
    """Nine by nine questions named the whole panel once, and nobody saw them being asked."""
    meeting = closed_over({ANN: ("51", "31"), BEN: ("47", "29"), CAT: ("53", "33")}).meeting
    other = sheets_of_ann_and_ben_exchanged(meeting)
    assert other != meeting
    assert look_alike(Role.MODERATOR, meeting, other)
    guess = c.CorrectSheet(WATER, ANN, {"clarity": Decimal(51), "effect": Decimal(31)}, WORD, "the clerk", "short")
    assert [answered(each, guess)[1] for each in (meeting, other)] == ["salt.missing", "salt.missing"]
    well_formed = replace(guess, salt=salt(WATER, ANN))
    assert [answered(each, well_formed) for each in (meeting, other)] == [("written",), ("written",)]


@pytest.mark.parametrize("role", BEHIND)
def test_every_command_of_a_role_is_asked(role):
    meeting = closed_over({ANN: ("51", "31")}).meeting
    assert {type(each) for each in asks(role, (meeting,))} == MAY[role]


def test_what_is_hidden_is_changed():
    """The changes show to those who may see them; a round that differs is among those compared."""
    meeting = closed_over({ANN: ("51", "31"), BEN: ("47", "29")}).meeting
    for role, changes in BEHIND.items():
        changed = [change(meeting) for change in changes]
        assert any(each != meeting and look_alike(role, meeting, each) for each in changed), role
    assert isinstance(meeting.rounds[WATER], Round)
