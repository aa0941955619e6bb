"""What is to be said now: the moment that the hall sees, and the facts that its sentence may hold.

Nothing is in them that the hall has not been shown by then. ``Gap`` says what each fact is.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from app.meeting.comments.state import CommentKind
from app.meeting.comments.summing_up import Page, pages_shown
from app.meeting.composites.state import AnnouncedComposite
from app.meeting.displays.state import Scene, SceneKind
from app.meeting.findings.promised import promised
from app.meeting.groups import said_of_group
from app.meeting.meeting import Meeting
from app.meeting.moments import GAPS, Gap, Moment
from app.meeting.plan import AgendaItem, ItemKind, SegmentKind, TrimOf, Unit
from app.meeting.promises.agreed import Count, count_of
from app.meeting.refusals import Fact, Said
from app.meeting.rounds.state import Round
from app.meeting.scoring import reckoning
from app.meeting.scoring.result import Result
from app.meeting.script.state import StepKind
from app.meeting.telling import tells_numbers, told, told_to_everybody
from app.meeting.timing import clock_of
from app.meeting.titles import in_one_line

Facts = Mapping[Gap, Fact]
Reckon = Callable[[Meeting, Round], Result]

SEGMENTS = {
    SegmentKind.REPORT: Moment.REPORT,
    SegmentKind.COMMENTS: Moment.COMMENTS,
    SegmentKind.REPLY: Moment.REPLY,
    SegmentKind.SCORING: Moment.SCORING,
}

STEPS = (Moment.SPREAD, Moment.TRIMMED, Moment.SCORE, Moment.GRADE)
"""Of a reveal, called as its parts are; a log from elsewhere may hold another."""


def words_now(meeting: Meeting, result_of: Reckon = reckoning.result_of) -> Said:
    """The moment, as a code, with its facts by gap."""
    moment, facts = _now(meeting, result_of)
    known = _always(meeting) | dict(facts)
    return Said(moment, {str(gap): known[gap] for gap in GAPS[moment] if gap in known})


def units_now(meeting: Meeting) -> tuple[Unit, ...]:
    """The units that are spoken of now: that on the stage, and the next one."""
    return tuple(unit for unit in (meeting.current_unit, next_unit(meeting)) if unit)


def next_unit(meeting: Meeting) -> Unit | None:
    """The unit that reports after what is on now; None while the order of reporting is not there."""
    if meeting.is_finished or meeting.lacks_order:
        return None
    order, place = meeting.agenda.order, meeting.agenda.place
    coming = order[order.index(place.item) + 1 :] if place else order
    units = (meeting.item(id).unit for id in coming if not meeting.agenda.runs[id].skipped)
    return next((meeting.unit(unit) for unit in units if unit), None)


def _now(meeting: Meeting, result_of: Reckon) -> tuple[Moment, Facts]:
    scene = _scene(meeting)
    match scene.kind:
        case SceneKind.COMMENT if scene.comment in meeting.comments:
            return Moment.COMMENT, _of_comment(meeting, scene.comment or "")
        case SceneKind.SUMMING_UP if page := _page(meeting, scene):
            return Moment.SUMMING_UP, _of_summing_up(meeting, page.unit, [*CommentKind] if scene.unit else [page.kind])
        case SceneKind.RANKING | SceneKind.LANDSCAPE if announced := _announced(meeting, result_of):
            return announced
        case SceneKind.COMPOSITES if meeting.composites.are_announced:
            return Moment.COMPOSITES, {Gap.LIST: tuple(_composites(meeting))}
        case SceneKind.RESULT if (round := meeting.rounds.get(scene.round or "")) and round.is_being_revealed:
            return _of_result(meeting, round, result_of(meeting, round))
    return _at_the_place(meeting, scene)


def _at_the_place(meeting: Meeting, scene: Scene) -> tuple[Moment, Facts]:
    match scene.kind:
        case SceneKind.FINISHED:
            return Moment.FINISHED, {}
        case SceneKind.DRAW:
            return _of_draw(meeting)
        case SceneKind.WAITING:
            return Moment.WAITING, {Gap.STARTS: time_of_day(meeting, meeting.plan.starts_at)}
    item = meeting.current_item
    return (Moment.OPENED, {}) if item is None else _of_item(meeting, item)


def _scene(meeting: Meeting) -> Scene:
    """Where the script stands; a comment or a summing-up that was put up by hand is read out as well."""
    scene = meeting.scene
    by_hand = scene.kind in (SceneKind.COMMENT, SceneKind.SUMMING_UP) and not meeting.cue_is_outlived
    return scene if by_hand else meeting.followed_scene


# --- the agenda -------------------------------------------------------------------------------------------------------


def _always(meeting: Meeting) -> dict[Gap, Fact]:
    plan = meeting.plan
    return {Gap.MEETING: plan.name, Gap.VENUE: plan.place, Gap.UNITS: len(meeting.units_to_order)}


def _of_draw(meeting: Meeting) -> tuple[Moment, Facts]:
    if not meeting.reporting.has_new_order:
        return Moment.DRAWING, {}
    order = tuple(meeting.unit(id).short_name for id in meeting.units_to_order)
    return Moment.DRAWN, {Gap.LIST: order}


def _of_item(meeting: Meeting, item: AgendaItem) -> tuple[Moment, Facts]:
    segment = meeting.current_segment
    if item.unit is None or segment is None:
        return MOMENTS[item.kind], dict(_of_other(meeting, item))
    moment = SEGMENTS.get(segment.kind, Moment.REPORT)
    if _has_closed(meeting, item):
        return Moment.CLOSED, dict(_of_unit(meeting, item.unit))
    return moment, dict([*_of_unit(meeting, item.unit), *_lasting(segment.planned + _added(meeting))])


MOMENTS = {
    ItemKind.OPENING: Moment.OPENING,
    ItemKind.PRESENTATION: Moment.REPORT,
    ItemKind.BREAK: Moment.BREAK,
    ItemKind.DISCUSSION: Moment.DISCUSSION,
    ItemKind.ANNOUNCEMENT: Moment.ANNOUNCEMENT,
    ItemKind.SUMMARY: Moment.SUMMARY,
}


def _has_closed(meeting: Meeting, item: AgendaItem) -> bool:
    """Whether closing its round is the last thing that was done."""
    last, round = meeting.script.last, meeting.rounds.get(item.id)
    is_last = last is not None and last.step.kind is StepKind.CLOSE and last.step.round == item.id
    return is_last and round is not None and not round.is_open


def _of_other(meeting: Meeting, item: AgendaItem) -> Iterator[tuple[Gap, Fact]]:
    yield Gap.TITLE, in_one_line(item.title)
    yield from _lasting(item.planned + _added(meeting))
    yield from promises_said(promised(meeting.plan))
    if following := next_unit(meeting):
        yield Gap.NEXT, following.short_name
    due = clock_of(meeting, meeting.agenda.place).due if meeting.agenda.place else None
    if due is not None:
        yield Gap.RESUMES, time_of_day(meeting, due)


def _lasting(length: timedelta) -> Iterator[tuple[Gap, Fact]]:
    """Of what has no time planned none is said."""
    if length > timedelta():
        yield Gap.TIME, length_said(length)


def _added(meeting: Meeting) -> timedelta:
    place = meeting.agenda.place
    return meeting.agenda.runs[place.item].added[place.segment] if place else timedelta()


def _of_unit(meeting: Meeting, id: str) -> Iterator[tuple[Gap, Fact]]:
    unit = meeting.unit(id)
    yield Gap.UNIT, unit.name
    yield Gap.SHORT, unit.short_name
    yield Gap.OFFICE, unit.office
    yield from promises_said(count_of(unit.promises))
    if number := _number(meeting, id):
        yield Gap.NUMBER, number
    if following := next_unit(meeting):
        yield Gap.NEXT, following.short_name


def promises_said(count: Count) -> Iterator[tuple[Gap, Fact]]:
    """What was found at the meeting before and what has become of it, as the displays count it."""
    if count.promised:
        found = Said("found_one" if count.promised == 1 else "found_before", {"number": count.promised})
        became = {"struck_off": count.struck_off, "late": count.late, "reopened": count.reopened}
        told = (Said(f"{name}_before", {"number": number}) for name, number in became.items() if number)
        yield Gap.PROMISES, (found, *told)


def _number(meeting: Meeting, unit: str) -> int | None:
    """The how-manieth that reports, as papers have it."""
    numbered = [item.unit for item in meeting.numbered]
    return numbered.index(unit) + 1 if unit in numbered else None


# --- results ----------------------------------------------------------------------------------------------------------


def _of_result(meeting: Meeting, round: Round, result: Result) -> tuple[Moment, Facts]:
    """The step shown last; at the announcement the whole."""
    item = meeting.current_item
    shown = dict(_shown(meeting, round, result))
    if item is not None and item.kind is ItemKind.ANNOUNCEMENT and round.is_revealed:
        return Moment.ANNOUNCED, shown
    step = round.steps_shown[-1]
    return Moment(step) if step in STEPS else Moment.CLOSED, shown


def _announced(meeting: Meeting, result_of: Reckon) -> tuple[Moment, Facts] | None:
    """The result, or the grade, that was announced last."""
    last = meeting.script.last
    rounds = [meeting.rounds[id] for id in last.told if id in meeting.rounds] if last else []
    if last is None or not rounds:
        return None
    if last.step.kind is StepKind.ANNOUNCE:
        return Moment.ANNOUNCED, dict(_shown(meeting, rounds[0], result_of(meeting, rounds[0])))
    units = tuple(meeting.unit(round.unit).short_name for round in rounds)
    return Moment.ANNOUNCED_GRADE, {Gap.GRADE: last.step.grade, Gap.LIST: units}


def _composites(meeting: Meeting) -> Iterator[Said]:
    """As they stand on the displays, class by class; best first where ranks are told."""
    plan, announced = meeting.plan, meeting.composites.announced
    if plan.rules.ranks_told:
        announced = tuple(sorted(announced, key=lambda each: each.rank or len(announced) + 1))
    for name in plan.classes:
        yield from (_composite(meeting, each) for each in announced if meeting.unit(each.unit).of_class == name)


def _composite(meeting: Meeting, one: AnnouncedComposite) -> Said:
    score = str(one.score) if one.score is not None and tells_numbers(meeting.plan) else ""
    told = {"unit": meeting.unit(one.unit).short_name, "score": score, "grade": one.grade}
    what = "_and_".join(name for name in ("score", "grade") if told[name])
    return Said(f"composite_{what or 'none'}", told)


def _shown(meeting: Meeting, round: Round, result: Result) -> Iterator[tuple[Gap, Fact]]:
    """Of a result what its steps have shown, and no more."""
    steps = set(round.steps_shown)
    result = told(meeting.plan, result)
    yield from _of_unit(meeting, round.unit)
    yield Gap.COUNTED, result.turnout.counted
    yield Gap.ENTITLED, result.turnout.entitled
    if result.levels and "spread" in steps:
        given = [each for each in result.levels if each.sheets]
        yield Gap.LEVELS, tuple(Said("level_given", {"name": c.level.name, "sheets": c.sheets}) for c in given)
    if "trimmed" in steps and tells_numbers(meeting.plan):
        yield from _trim(meeting, result)
    if "score" in steps and result.score is not None:
        yield Gap.SCORE, str(result.score)
    if "grade" in steps:
        yield Gap.GRADE, result.grade
        if result.approval is not None:
            yield Gap.APPROVAL, str(result.approval)


def _trim(meeting: Meeting, result: Result) -> Iterator[tuple[Gap, Fact]]:
    """What was dropped, as far as it is told."""
    plan, account = meeting.plan, told_to_everybody(meeting.plan, result)
    if plan.rules.trim_of is TrimOf.CRITERION:
        if not plan.rules.group_weights:
            high, low = plan.rules.trim_high, plan.rules.trim_low
            which = "both" if high and low else "highest" if high else "lowest"
            yield Gap.DROPPED, (Said(f"dropped_of_criteria_{which}", {"high": high, "low": low}),)
        return
    dropped: list[Said] = []
    for gap, as_what in ((Gap.HIGHEST, "high"), (Gap.LOWEST, "low")):
        if totals := tuple(str(each.total) for each in account.totals if each.dropped == as_what):
            yield gap, totals
            dropped.append(dropped_said(gap, totals))
    if dropped:
        yield Gap.DROPPED, tuple(dropped)


def dropped_said(which: Gap, totals: tuple[str, ...]) -> Said:
    amount = {1: "one", 2: "two"}.get(len(totals), "some")
    return Said(f"dropped_{which}_{amount}", {"number": len(totals), "totals": totals})


# --- comments ---------------------------------------------------------------------------------------------------------


def _of_comment(meeting: Meeting, id: str) -> Facts:
    comment = meeting.comments[id]
    return {
        **dict(_of_unit(meeting, comment.unit)),
        Gap.GROUP: (said_of_group(meeting.plan, meeting.seat(comment.seat).group),),
        Gap.KIND: (Said(f"comment.{comment.kind}"),),
        Gap.COMMENT: comment.text,
    }


def _page(meeting: Meeting, scene: Scene) -> Page | None:
    """The page that the hall sees; None if it is gone, for a comment was withdrawn."""
    pages = pages_shown(meeting, scene.unit)
    return pages[min(scene.page, len(pages) - 1)] if pages else None


def _of_summing_up(meeting: Meeting, unit: str, kinds: list[CommentKind]) -> Facts:
    """Of the kinds that are summed up: of one unit all, at the announcement the problems."""
    released = Counter(each.kind for each in meeting.comments_on(unit) if each.is_released)
    tally = (_so_many(kind, released[kind]) for kind in kinds if released[kind])
    return {**dict(_of_unit(meeting, unit)), Gap.TALLY: tuple(tally)}


def _so_many(kind: CommentKind, number: int) -> Said:
    return Said(f"one_{kind}" if number == 1 else f"comments_{kind}", {"number": number})


# --- values -----------------------------------------------------------------------------------------------------------


def time_of_day(meeting: Meeting, at: datetime) -> str:
    return meeting.plan.in_the_hall(at).strftime("%H:%M")


def length_said(length: timedelta) -> tuple[Said, ...]:
    minutes, seconds = divmod(max(int(length.total_seconds()), 0), 60)
    if not seconds:
        return (Said("one_minute" if minutes == 1 else "minutes", {"minutes": minutes}),)
    if not minutes:
        return (Said("seconds", {"seconds": seconds}),)
    code = "one_minute_and_seconds" if minutes == 1 else "minutes_and_seconds"
    return (Said(code, {"minutes": minutes, "seconds": seconds}),)
