"""What comes next, of any meeting: always one step, until it is finished."""

import hashlib
from collections.abc import Iterator

from app.meeting.agenda.state import Place
from app.meeting.comments.state import Comment, CommentStanding
from app.meeting.comments.summing_up import pages_shown
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem, ItemKind, ResultsShown, SegmentKind
from app.meeting.polls.steps import polls_to_close, steps_of_poll
from app.meeting.results.checking import needs_check
from app.meeting.rounds.state import Round
from app.meeting.scoring.ranking import headline, ranking
from app.meeting.scoring.reckoning import result_of, reveal_steps
from app.meeting.scoring.result import Result
from app.meeting.script.state import PASSABLE, Step, StepKind, Taken

MUST_CLOSE = (StepKind.CLOSE, StepKind.CLOSE_POLL)
AT_THE_ANNOUNCEMENT = (ResultsShown.IN_ORDER, ResultsShown.FROM_LOWEST, ResultsShown.BY_GRADE)


def next_step(meeting: Meeting) -> Step | None:
    """The one step forward there is; None once the meeting is finished."""
    if meeting.is_finished:
        return None
    if meeting.opened_at is None:
        return Step(StepKind.OPEN)
    draw = meeting.reporting.draw
    if draw is not None and not draw.has_ended:
        return Step(StepKind.DRAW, number=len(draw.drawn) + 1)
    passed = _passed(meeting)
    return next((each for each in _here(meeting) if each.passed_with not in passed), None) or _onward(meeting)


def can_be_passed(meeting: Meeting, step: Step) -> bool:
    """Whether the meeting can go on without a step. No round or poll stays open behind the last item."""
    return step.kind in PASSABLE and (step.kind not in MUST_CLOSE or meeting.agenda.next_place is not None)


def _passed(meeting: Meeting) -> frozenset[str]:
    """What has been passed over where the agenda stands."""
    return meeting.script.passed_at(meeting.agenda.place.item) if meeting.agenda.place else frozenset()


def last_step(meeting: Meeting) -> Taken | None:
    """The step that ← takes back."""
    return next(steps_back(meeting), None)


def steps_back(meeting: Meeting) -> Iterator[Taken]:
    """The steps taken of which something is left, the latest first: not a grade whose results have all been withdrawn,
    nor a lot of a draw that was called off."""
    draw = meeting.reporting.draw
    lots = len(draw.drawn) if draw else 0
    for taken in reversed(meeting.script.taken):
        if taken.step.kind is StepKind.DRAW:
            lots -= 1
            if lots < 0:
                continue
        if taken.step.kind is not StepKind.ANNOUNCE_GRADE or any(tells_more(meeting, taken)):
            yield taken


def tells_more(meeting: Meeting, taken: Taken) -> Iterator[str]:
    """The rounds of a step of which the hall still sees more than before it."""
    rounds = ((meeting.rounds.get(id), parts) for id, parts in taken.told.items())
    return (round.id for round, parts in rounds if round and len(round.steps_shown) > len(parts))


def _here(meeting: Meeting) -> Iterator[Step]:
    """What is still to be done where the agenda stands."""
    item, place = meeting.current_item, meeting.agenda.place
    if item is None or place is None:
        return
    if item.kind is ItemKind.PRESENTATION and item.unit:
        yield from _scoring(meeting, item, place) if meeting.plan.is_scored else _commenting(meeting, item, place)
    elif item.kind is ItemKind.ANNOUNCEMENT and is_last_of(item, place):
        yield from _announcing(meeting)


def _onward(meeting: Meeting) -> Step:
    place = meeting.agenda.next_place
    if place is not None:
        return Step(StepKind.ENTER, place=place)
    passed = _passed(meeting)
    rest = (each for each in _before_the_end(meeting) if each.kind in MUST_CLOSE or each.passed_with not in passed)
    return next(rest, Step(StepKind.FINISH))


def _before_the_end(meeting: Meeting) -> Iterator[Step]:
    yield from _closing(meeting)
    yield from polls_to_close(meeting)
    rule = meeting.plan.rules.results_shown
    is_due = rule in AT_THE_ANNOUNCEMENT or (rule is ResultsShown.AFTER_EACH and meeting.plan.is_scored)
    if is_due and not _has_an_announcement(meeting):
        yield from _announcing(meeting)


def is_last_of(item: AgendaItem, place: Place) -> bool:
    return place.segment == len(item.segments) - 1


def _has_an_announcement(meeting: Meeting) -> bool:
    return any(
        each.kind is ItemKind.ANNOUNCEMENT and not meeting.agenda.runs[each.id].skipped for each in meeting.items
    )


# --- scoring ----------------------------------------------------------------------------------------------------------


def _scoring(meeting: Meeting, item: AgendaItem, place: Place) -> Iterator[Step]:
    round = meeting.rounds.get(item.id)
    if round is None:
        if place.segment >= _scoring_begins(item):
            yield Step(StepKind.BEGIN_SCORING, round=item.id)
        return
    if not is_last_of(item, place):
        return
    if round.is_open:
        yield Step(StepKind.CLOSE, round=round.id)
    yield from steps_of_poll(meeting, round.unit)
    if not round.is_open and meeting.plan.rules.results_shown is ResultsShown.AFTER_EACH:
        yield from _showing(meeting, round)


def _scoring_begins(item: AgendaItem) -> int:
    """The segment for scoring, or the last one."""
    kinds = [segment.kind for segment in item.segments]
    return kinds.index(SegmentKind.SCORING) if SegmentKind.SCORING in kinds else len(kinds) - 1


def _showing(meeting: Meeting, round: Round) -> Iterator[Step]:
    """Without a result there is nothing to show, and the meeting goes on."""
    result = result_of(meeting, round)
    if round.is_revealed or not result.is_scored:
        return
    if needs_check(meeting, round):
        yield Step(StepKind.CHECK, round=round.id)
    yield from (
        Step(StepKind.SHOW, round=round.id, part=part) for part in reveal_steps(result)[len(round.steps_shown) :]
    )


def waits_for_check(meeting: Meeting, round: Round) -> bool:
    """Whether there is a result that could be shown, but for the supervisor."""
    return needs_check(meeting, round) and not round.is_open and result_of(meeting, round).is_scored


def _closing(meeting: Meeting) -> Iterator[Step]:
    rounds = (meeting.rounds.get(id) for id in meeting.agenda.order)
    yield from (Step(StepKind.CLOSE, round=each.id) for each in rounds if each and each.is_open)


# --- the announcement -------------------------------------------------------------------------------------------------


def _announcing(meeting: Meeting) -> Iterator[Step]:
    """Whatever has a result that has not been shown; in a meeting of comments the problems of all units."""
    rule = meeting.plan.rules.results_shown
    if not meeting.plan.is_scored:
        yield from _summing_up(meeting, "")
    elif rule is not ResultsShown.BY_HAND:
        yield from _closing(meeting)
        results = _untold(meeting)
        yield from (Step(StepKind.CHECK, round=id) for id in map(_round_of, results) if _is_unchecked(meeting, id))
        if rule is ResultsShown.BY_GRADE:
            yield from _by_grade(results)
        else:
            yield from (Step(StepKind.ANNOUNCE, round=each.round) for each in results)


def _untold(meeting: Meeting) -> list[Result]:
    """Results that the hall has not seen whole, in the order in which it will."""
    results = [result_of(meeting, each) for each in meeting.closed_rounds if not each.is_revealed]
    passed = _passed(meeting)
    scored = [each for each in results if each.is_scored and f"result:{each.round}" not in passed]
    if meeting.plan.rules.results_shown is not ResultsShown.FROM_LOWEST:
        return scored
    return [each.result for each in reversed(ranking(meeting, scored))]


def _round_of(result: Result) -> str:
    return result.round


def _is_unchecked(meeting: Meeting, round: str) -> bool:
    return needs_check(meeting, meeting.rounds[round])


def _by_grade(results: list[Result]) -> Iterator[Step]:
    """The best grade first, as official notices have it: nobody is called up for being last."""
    grades = dict.fromkeys(each.grade for each in sorted(results, key=headline, reverse=True))
    for grade in grades:
        rounds = [each.round for each in results if each.grade == grade]
        yield Step(StepKind.ANNOUNCE_GRADE, grade=grade, digest=digest_of(*rounds))


def rounds_of_grade(meeting: Meeting, grade: str) -> tuple[str, ...]:
    """The rounds that are announced with a grade, in the order of the agenda."""
    return tuple(each.round for each in _untold(meeting) if each.grade == grade)


# --- comments ---------------------------------------------------------------------------------------------------------


def _commenting(meeting: Meeting, item: AgendaItem, place: Place) -> Iterator[Step]:
    """What a hand has released comes first: so whoever leaves one out shows the others before it."""
    if not item.unit or not is_last_of(item, place):
        return
    comments = sorted(meeting.comments_on(item.unit), key=lambda each: (each.sent_at, each.id))
    for comment in sorted(comments, key=_released):
        if comment.is_released and not meeting.script.has_quoted(comment.id):
            yield Step(StepKind.QUOTE, comment=comment.id)
    for comment in comments:
        if comment.standing is CommentStanding.WAITING:
            yield Step(StepKind.RELEASE, comment=comment.id, digest=digest_of(comment.kind, comment.text))
    yield from steps_of_poll(meeting, item.unit)
    yield from _summing_up(meeting, item.unit)


def _released(comment: Comment) -> tuple[bool, str, str]:
    return (comment.released_at is None, str(comment.released_at), comment.id)


def _summing_up(meeting: Meeting, unit: str) -> Iterator[Step]:
    """The pages that say what has not been summed up yet; a comment that came late turns its page up once more."""
    told = meeting.script.summed_up(unit)
    for at, page in enumerate(pages_shown(meeting, unit)):
        if not page.said <= told:
            yield Step(StepKind.SUM_UP, unit=unit, page=at)


def digest_of(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:8]
