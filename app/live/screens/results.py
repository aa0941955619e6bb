"""The results with their working: all of them for staff, the revealed ones for everybody."""

from msgspec.structs import asdict

from app.live.memory import public_account, result_of
from app.live.screens import parts, pictures
from app.live.screens.analysis import agreement_told, one_seat_less
from app.live.screens.results_contexts import (
    AllComments,
    Board,
    Counted,
    CriterionMean,
    GroupMean,
    MarkTold,
    Ranked,
    ResultOfUnit,
    Spread,
    Turnout,
)
from app.live.views import Look, Region, View
from app.meeting.decimals import plain
from app.meeting.meeting import Meeting
from app.meeting.results.checking import digest_of_round
from app.meeting.rounds.state import Round
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.result import Result
from app.meeting.script.steps import waits_for_check
from app.meeting.telling import Account, SheetTold, told, told_to_staff

MOST_COMMENTS = 50
"""Of one unit, as they stand on a page that is painted anew with each of them; the record holds all."""


def board(look: Look) -> Board:
    meeting, is_staff = look.meeting, look.viewer.is_staff
    rounds = [meeting.rounds[id] for id in meeting.agenda.order if id in meeting.rounds]
    shown = [round for round in rounds if round.is_revealed or (is_staff and not round.is_open)]
    return Board(
        title=meeting.plan.name,
        is_rehearsal=meeting.plan.is_rehearsal,
        code=meeting.plan.code,
        status=parts.status(meeting),
        mode=meeting.plan.mode,
        seal=meeting.seal,
        rules=parts.rules_said(meeting.plan) if meeting.seal else [],
        is_staff=is_staff,
        receipts=meeting.plan.rules.receipts_told,
        full=str(meeting.plan.full_score),
        agreement=agreement_told(meeting) if is_staff else None,
        ranking=_ranking(meeting, shown) if is_staff or meeting.plan.rules.ranks_told else [],
        results=[_result(meeting, round, is_staff) for round in shown],
    )


def all_comments(meeting: Meeting, asked: str) -> AllComments | None:
    """A page of all released comments, newest first."""
    page = parts.page_of(asked, parts.number_released(meeting))
    if page is None:
        return None
    shown = parts.released_comments(meeting, parts.COMMENTS_A_PAGE, start=page.start)
    return AllComments(**asdict(page), comments=shown)


def _ranking(meeting: Meeting, rounds: list[Round]) -> list[Ranked]:
    ranked = ranking(meeting, [result_of(meeting, round) for round in rounds])
    return [
        Ranked(
            rank=each.rank,
            unit=meeting.unit(each.result.unit).short_name,
            score=str(each.result.score) if each.result.score is not None else None,
            grade=each.result.grade,
            broken_by=each.broken_by,
        )
        for each in ranked
    ]


def _result(meeting: Meeting, round: Round, is_staff: bool) -> ResultOfUnit:
    result = result_of(meeting, round)
    account = told_to_staff(result) if is_staff else public_account(meeting, round)
    result = result if is_staff else told(meeting.plan, result)
    return ResultOfUnit(
        round=round.id,
        unit=meeting.unit(round.unit).name,
        short_name=meeting.unit(round.unit).short_name,
        is_revealed=round.is_revealed,
        check=digest_of_round(round) if is_staff and waits_for_check(meeting, round) else "",
        less=one_seat_less(meeting, round) if is_staff and result.is_scored else None,
        outcome=result.outcome,
        score=str(result.score) if result.score is not None else None,
        grade=result.grade,
        approval=str(result.approval) if result.approval is not None else None,
        turnout=_turnout(result),
        criteria=_criteria(meeting, account),
        groups=_groups(meeting, account),
        spread=_spread(account),
        levels=parts.levels_given(result),
        totals=parts.totals(account, with_trim=True),
        picture=pictures.spread(meeting.plan, parts.totals(account, with_trim=True)),
        sheets=[_sheet(meeting, each) for each in account.sheets],
        withheld=sorted(account.withheld),
        working=account.working,
        comments=parts.released_comments(meeting, MOST_COMMENTS, round.unit),
        more_comments=max(parts.number_released(meeting, round.unit) - MOST_COMMENTS, 0),
    )


def _turnout(result: Result) -> Turnout:
    names = Turnout.__struct_fields__
    return Turnout(**{name: getattr(result.turnout, name) for name in names})


def _groups(meeting: Meeting, account: Account) -> list[GroupMean]:
    groups = [(meeting.plan.group(each.group), each) for each in account.groups]
    return [
        GroupMean(group=group.id, group_name=group.name, sheets=each.sheets, mean=str(each.shown))
        for group, each in groups
    ]


def _criteria(meeting: Meeting, account: Account) -> list[CriterionMean]:
    return [
        CriterionMean(
            name=criterion.name,
            mean=str(each.shown),
            maximum=str(plain(criterion.maximum)),
            out_of=parts.out_of(criterion),
            share=pictures.bar(each.shown, criterion.minimum, criterion.maximum),
        )
        for each in account.criteria
        for criterion in [meeting.criterion(each.criterion)]
    ]


def _spread(account: Account) -> Spread | None:
    if account.spread is None:
        return None
    return Spread(**{name: str(getattr(account.spread, name)) for name in Spread.__struct_fields__})


def _sheet(meeting: Meeting, sheet: SheetTold) -> Counted:
    return Counted(
        receipt=sheet.receipt,
        shown=_level_of(meeting, sheet) or ("" if sheet.total is None else str(sheet.total)),
        dropped=sheet.dropped,
        marks=[
            MarkTold(points=str(sheet.marks[c.id]), dropped=sheet.dropped_marks.get(c.id, ""))
            for c in meeting.plan.criteria
            if c.id in sheet.marks
        ],
    )


def _level_of(meeting: Meeting, sheet: SheetTold) -> str:
    """The name of the level given; empty where points are given, or where it is not told."""
    scale = meeting.plan.criteria[0]
    return next((level.name for level in scale.levels if level.points == sheet.marks.get(scale.id)), "")


RESULTS = View("results", (Region("results-board", board),), pause=0.25)
