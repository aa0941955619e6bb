"""The phones of the audience: follow the agenda, read released comments and revealed results."""

from app.live.contexts import Context, PublicComment
from app.live.screens import composites, parts, polls, questions
from app.live.screens.composites import PageOnStage
from app.live.screens.parts import ClockShown, Expected, PlaceShown, ResultShown
from app.live.screens.promised import Promised, PromisesCounted, counted_of, counted_of_all, listed
from app.live.views import Look, Region, View
from app.meeting.agenda.state import Place
from app.meeting.meeting import Meeting
from app.meeting.promises.counting import revealed_counts
from app.meeting.scoring.composite import day_to_come

LATEST_COMMENTS = 50


class Now(Context, frozen=True, kw_only=True):
    """Where the meeting is; ``count`` is of the units that report. ``promises``: of the one that is on, at the meeting
    before; ``promised`` counts them, or those of all units until one is on."""

    title: str
    is_rehearsal: bool
    status: str
    starts_at: str
    date: str
    place: PlaceShown | None
    count: int
    clock: ClockShown | None
    is_paused: bool
    next: PlaceShown | None
    promised: PromisesCounted | None
    promises: list[Promised]


class ItemOnPhone(Context, frozen=True, kw_only=True):
    kind: str
    title: str
    number: int | None
    began: str
    projected: Expected | None
    planned: str
    is_current: bool
    is_over: bool
    is_skipped: bool


class Agenda(Context, frozen=True, kw_only=True):
    """When each item began; of those to come, when they are expected, as the console says it; of others, the plan."""

    offset: int
    items: list[ItemOnPhone]


class Comments(Context, frozen=True, kw_only=True):
    """The latest that were released, and how many more there are."""

    code: str
    comments: list[PublicComment]
    more: int


class PromisesJudged(Context, frozen=True, kw_only=True):
    """Of one unit, once its result is revealed."""

    unit: str
    promises: list[Promised]


class Results(Context, frozen=True, kw_only=True):
    """What has been revealed whole, newest first; nothing is where comments alone are given (``is_scored``).

    ``composites``: those that were announced, class by class. ``due``: the day on which they are to be. ``promises``:
    what the panel says of those of the meeting before, unit by unit.
    """

    code: str
    is_scored: bool
    results: list[ResultShown]
    composites: list[PageOnStage]
    due: str
    promises: list[PromisesJudged]


def now(look: Look) -> Now:
    meeting, unit = look.meeting, look.meeting.current_unit
    return Now(
        title=meeting.plan.name,
        is_rehearsal=meeting.plan.is_rehearsal,
        status=parts.status(meeting),
        starts_at=parts.time_of_day(meeting, meeting.plan.starts_at),
        date=meeting.plan.starts_at.date().isoformat(),
        place=parts.place(meeting, meeting.agenda.place),
        count=parts.count_of_presentations(meeting),
        clock=parts.current_clock(meeting),
        is_paused=meeting.is_paused,
        next=parts.place(meeting, _next_item(meeting)),
        promised=counted_of(meeting, unit) if unit else counted_of_all(meeting),
        promises=listed(meeting, unit) if unit else [],
    )


def agenda(look: Look) -> Agenda:
    meeting = look.meeting
    at = meeting.agenda.order.index(meeting.agenda.place.item) if meeting.agenda.place else -1
    numbers = parts.numbers(meeting)
    rows = []
    for position, times in enumerate(parts.times(meeting)):
        item, run = meeting.item(times.item), meeting.agenda.runs[times.item]
        is_current = position == at and not meeting.is_finished
        rows.append(
            ItemOnPhone(
                kind=item.kind,
                title=parts.title_of(meeting, item),
                number=numbers.get(item.id),
                began=parts.time_of_day(meeting, times.began_at),
                projected=parts.projection(times.projected_start),
                planned="" if run.skipped or meeting.is_finished else parts.time_of_day(meeting, times.planned_start),
                is_current=is_current,
                is_over=run.left_at is not None and not is_current,
                is_skipped=run.skipped,
            )
        )
    return Agenda(offset=parts.offset_minutes(meeting), items=rows)


def comments(look: Look) -> Comments:
    shown = parts.released_comments(look.meeting, LATEST_COMMENTS)
    more = parts.number_released(look.meeting) - len(shown)
    return Comments(code=look.meeting.plan.code, comments=shown, more=more)


def results(look: Look) -> Results:
    revealed = [round for round in look.meeting.rounds.values() if round.is_revealed]
    revealed.sort(key=lambda each: (each.revealed_at, each.id), reverse=True)
    shown = [parts.shown_result(look.meeting, each) for each in revealed]
    plan = look.meeting.plan
    due = day_to_come(look.meeting)
    return Results(
        code=plan.code,
        is_scored=plan.is_scored or plan.has_composites,
        results=[each for each in shown if each],
        composites=composites.announced(look.meeting),
        due=due.isoformat() if due else "",
        promises=[
            PromisesJudged(unit=unit.short_name, promises=listed(look.meeting, unit))
            for unit in plan.units
            if revealed_counts(look.meeting, unit.id)
        ],
    )


def _next_item(meeting: Meeting) -> Place | None:
    here = meeting.agenda.place.item if meeting.agenda.place else None
    places = list(meeting.agenda.places())
    later = places[places.index(meeting.agenda.place) + 1 :] if meeting.agenda.place in places else places
    return next((place for place in later if place.item != here), None)


PHONE = View(
    "phone",
    (
        Region("phone-now", now),
        Region("phone-polls", polls.vote),
        Region("phone-questions", questions.on_phone),
        Region("phone-results", results),
        Region("phone-comments", comments),
        Region("phone-agenda", agenda),
    ),
    pause=0.25,
)
