"""Contexts that several screens share."""

from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

from app.live.contexts import Context, PublicComment
from app.live.memory import once, public_account, result_of, sorted_comments
from app.meeting.agenda.state import Place
from app.meeting.comments.state import Comment
from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.plan import AgendaItem, Plan, TrimOf
from app.meeting.refusals import Said
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion
from app.meeting.scoring.result import Result
from app.meeting.sealing import said_of_rules
from app.meeting.telling import Account, told
from app.meeting.timing import ItemTimes, Projection, SegmentClock, clock_of, timetable

COMMENTS_A_PAGE = 100


class ClockShown(Context, frozen=True, kw_only=True):
    """A clock that runs down: spent so far, and since when it has been running again."""

    limit: int
    spent: int
    since: int | None


class Expected(Context, frozen=True, kw_only=True):
    """``after`` the end of what runs: ``due`` if time remains, else now; of a standing clock ``left`` from now."""

    due: int | None
    left: int
    after: int


class PlaceShown(Context, frozen=True, kw_only=True):
    """A place of the agenda in words: what, which number, which segment."""

    item: str
    segment: int
    kind: str
    title: str
    unit: str | None
    number: int | None
    segment_kind: str


class Tally(Context, frozen=True, kw_only=True):
    """How many sheets of an open round are in."""

    answered: int
    expected: int
    is_complete: bool


class PageOfList(Context, frozen=True, kw_only=True):
    """Where in a long list one is; ``start`` counts from 0, ``before`` and ``after`` are the pages beside it."""

    number: int
    page: int
    pages: int
    start: int
    before: int | None
    after: int | None


class Total(Context, frozen=True, kw_only=True):
    """The total of a sheet, and as what it was dropped: ``high``, ``low`` or empty."""

    total: str
    dropped: str


class LevelGiven(Context, frozen=True, kw_only=True):
    """A level of the scale, and how many sheets and what share of them, in per cent, give it."""

    name: str
    sheets: int
    share: str


class Counting(Context, frozen=True, kw_only=True):
    """``dropped_of``: ``sheet``, ``criterion``, or empty where nothing was dropped or it is not told; ``high`` and
    ``low`` are dropped of the whole panel, or in each criterion; ``kept`` is 0 unless the score is a plain mean."""

    dropped_of: str
    high: int
    low: int
    kept: int


class ResultShown(Context, frozen=True, kw_only=True):
    """A result as far as the hall has been shown it."""

    round: str
    unit: str
    is_complete: bool
    counted: int
    entitled: int
    counting: Counting | None
    full: str
    totals: list[Total]
    withholds_totals: bool
    levels: list[LevelGiven]
    score: str | None
    grade: str | None
    approval: str | None


def milliseconds(duration: timedelta) -> int:
    return round(duration / timedelta(milliseconds=1))


def minutes(duration: timedelta) -> int:
    """The nearest whole number of them."""
    return round(duration / timedelta(minutes=1))


def instant(at: datetime | None) -> int | None:
    return round(at.timestamp() * 1000) if at else None


def time_of_day(meeting: Meeting, at: datetime | None) -> str:
    """``09:05`` in the hall's own time; empty without an instant."""
    return _time_of_day(at, meeting.plan.starts_at.tzinfo) if at else ""


def instant_text(meeting: Meeting, at: datetime) -> str:
    """``2026-11-27 09:05`` in the hall's own time."""
    return f"{meeting.plan.in_the_hall(at):%Y-%m-%d %H:%M}"


def day_text(day: date | None) -> str:
    return day.isoformat() if day else ""


@lru_cache(4096)  # of each row of each table, at every step
def _time_of_day(at: datetime, zone: tzinfo | None) -> str:
    return at.astimezone(zone).strftime("%H:%M")


def offset_minutes(meeting: Meeting) -> int:
    """The hall's offset from UTC, for clocks that tell the time of day."""
    offset = meeting.plan.starts_at.utcoffset() or timedelta()
    return round(offset / timedelta(minutes=1))


def clock(clock: SegmentClock) -> ClockShown:
    return ClockShown(limit=milliseconds(clock.limit), spent=milliseconds(clock.spent), since=instant(clock.since))


def projection(projection: Projection | None) -> Expected | None:
    if projection is None:
        return None
    return Expected(
        due=instant(projection.due), left=milliseconds(projection.left), after=milliseconds(projection.after)
    )


def current_clock(meeting: Meeting) -> ClockShown | None:
    return clock(clock_of(meeting, meeting.agenda.place)) if meeting.agenda.place else None


def rules_said(plan: Plan) -> list[Said]:
    """What is sealed, rule by rule."""
    return list(said_of_rules(plan))


def size_text(size: int) -> str:
    """Bytes as people read them: ``812 KB``, ``3.4 MB``."""
    megabytes = size / 1024 / 1024
    return f"{megabytes:.1f} MB" if megabytes >= 1 else f"{max(1, round(size / 1024))} KB"


def is_shown_by_browsers(name: str) -> bool:
    """Whether a browser shows a file of this name by itself, and runs nothing that is in it."""
    return name.lower().endswith((".pdf", ".jpg", ".jpeg", ".png"))


def status(meeting: Meeting) -> str:
    if meeting.is_finished:
        return "finished"
    return "running" if meeting.is_open else "preparing"


def title_of(meeting: Meeting, item: AgendaItem) -> str:
    """What an item is called: a presentation by its unit."""
    return meeting.unit(item.unit).short_name if item.unit else item.title


def number_of(meeting: Meeting, item: AgendaItem) -> int | None:
    """The how-manieth presentation an item is, as papers have it: one left out keeps its own. None for other items."""
    return numbers(meeting).get(item.id)


@once
def numbers(meeting: Meeting) -> dict[str, int]:
    """The numbers of all presentations, by item."""
    return {item.id: number for number, item in enumerate(meeting.numbered, start=1)}


@once
def times(meeting: Meeting) -> list[ItemTimes]:
    """When each item began, begins and ends: one table for console and phones."""
    return list(timetable(meeting))


def count_of_presentations(meeting: Meeting) -> int:
    return len(meeting.numbered)


def place(meeting: Meeting, place: Place | None) -> PlaceShown | None:
    if place is None:
        return None
    item = meeting.item(place.item)
    return PlaceShown(
        item=item.id,
        segment=place.segment,
        kind=item.kind,
        title=title_of(meeting, item),
        unit=item.unit,
        number=number_of(meeting, item),
        segment_kind=item.segments[place.segment].kind,
    )


def points_of(criterion: Criterion) -> str:
    """What a criterion gives: ``20``; where it can take away, from where to where: ``-10 … 0``."""
    most = f"{plain(criterion.maximum):f}"
    return most if criterion.minimum >= 0 else f"{plain(criterion.minimum):f} … {most}"


def out_of(criterion: Criterion) -> str:
    """The same behind a mark: ``/ 20``, ``(-10 … 0)``."""
    return f"/ {points_of(criterion)}" if criterion.minimum >= 0 else f"({points_of(criterion)})"


def tally(meeting: Meeting, round: Round | None) -> Tally | None:
    """How many sheets of an open round are in. Numbers only: nobody in the hall learns whose."""
    if round is None or not round.is_open:
        return None
    entitled = meeting.entitled(round.unit)
    answered = len(entitled) - len(meeting.missing(round))
    return Tally(answered=answered, expected=len(entitled), is_complete=answered == len(entitled))


def released_comments(meeting: Meeting, most: int, unit: str | None = None, start: int = 0) -> list[PublicComment]:
    """The newest comments on the screens, newest first, of one unit or of all."""
    return [public_comment(meeting, each) for each in _released(meeting, unit)[start : start + most]]


def page_of(asked: str, number: int) -> PageOfList | None:
    """The page of so many comments that an address asks for, the nearest there is; None if it asks for none."""
    if not (asked.isascii() and asked.isdigit() and len(asked) < 7):
        return None
    pages = max(-(-number // COMMENTS_A_PAGE), 1)
    page = min(max(int(asked), 1), pages)
    return PageOfList(
        number=number,
        page=page,
        pages=pages,
        start=(page - 1) * COMMENTS_A_PAGE,
        before=page - 1 if page > 1 else None,
        after=page + 1 if page < pages else None,
    )


def number_released(meeting: Meeting, unit: str | None = None) -> int:
    return len(_released(meeting, unit))


def released_comment(meeting: Meeting, id: str) -> PublicComment | None:
    """One comment, if it is on the screens."""
    comment = meeting.comments.get(id)
    return public_comment(meeting, comment) if comment and comment.is_released else None


def _released(meeting: Meeting, unit: str | None) -> list[Comment]:
    comments = sorted_comments(meeting)
    return comments.released if unit is None else comments.released_on.get(unit, [])


def public_comment(meeting: Meeting, comment: Comment) -> PublicComment:
    group = meeting.plan.group(meeting.seat(comment.seat).group)
    return PublicComment(
        id=comment.id,
        unit=meeting.unit(comment.unit).short_name,
        kind=comment.kind,
        group=group.id,
        group_name=group.name,
        text=comment.text,
    )


def shown_result(meeting: Meeting, round: Round) -> ResultShown | None:
    """A result as far as the hall has been shown it: what no step has shown is not in here at all."""
    if not round.is_being_revealed:
        return None
    result = told(meeting.plan, result_of(meeting, round))
    shown, account = set(round.steps_shown), public_account(meeting, round)
    return ResultShown(
        round=round.id,
        unit=meeting.unit(round.unit).short_name,
        is_complete=round.is_revealed,
        counted=result.turnout.counted,
        entitled=result.turnout.entitled,
        counting=counting(meeting.plan, result, account) if "trimmed" in shown else None,
        full=str(meeting.plan.full_score),
        totals=totals(account, with_trim="trimmed" in shown),
        withholds_totals="totals" in account.withheld,
        levels=levels_given(result),
        score=str(result.score) if "score" in shown and result.score is not None else None,
        grade=result.grade if "grade" in shown else None,
        approval=str(result.approval) if "grade" in shown and result.approval is not None else None,
    )


def levels_given(result: Result) -> list[LevelGiven]:
    return [LevelGiven(name=c.level.name, sheets=c.sheets, share=str(c.share)) for c in result.levels]


def counting(plan: Plan, result: Result, account: Account) -> Counting:
    """How many sheets came in, and how many of them the score is the mean of, as far as that is told."""
    is_told = result.is_trimmed and not account.withheld & {"totals", "scores"}
    sheets = [each.dropped for each in result.sheets]
    if not is_told:
        return Counting(dropped_of="", high=0, low=0, kept=0)
    if plan.rules.trim_of is TrimOf.CRITERION:
        is_plain = not plan.rules.group_weights
        high, low = (plan.rules.trim_high, plan.rules.trim_low) if is_plain else (0, 0)
        return Counting(dropped_of=TrimOf.CRITERION if is_plain else "", high=high, low=low, kept=0)
    kept = 0 if plan.rules.group_weights else result.kept
    return Counting(dropped_of=TrimOf.SHEET, high=sheets.count("high"), low=sheets.count("low"), kept=kept)


def totals(account: Account, with_trim: bool) -> list[Total]:
    """The sheet totals, highest first, without a word about whose they are; level sheets have none."""
    return [Total(total=str(each.total), dropped=each.dropped if with_trim else "") for each in account.totals]
