"""The results as a workbook: its formulas, reckoned again, are our results to the last digit, whatever the meeting."""

import io
from dataclasses import replace
from datetime import UTC, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.meeting import commands as c
from app.meeting.composites.agreed import Composite, CompositeGrade, Part, Source
from app.meeting.composites.state import Composites, Entered
from app.meeting.meeting import Meeting
from app.meeting.plan import (
    GradeLine,
    Group,
    LevelRule,
    Mode,
    Plan,
    Preset,
    QuorumBy,
    RoundAt,
    Rules,
    Seat,
    TieBreak,
    TrimOf,
)
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.results.state import TieRuling
from app.meeting.rounds.state import Round
from app.meeting.rubric import Criterion
from app.meeting.scoring.composite import composites_of
from app.meeting.scoring.ranking import ranking
from app.meeting.scoring.reckoning import result_of
from app.meeting.sheets.state import Sheet, SheetVersion, Standing
from app.papers.folder.proceedings import Proceedings
from app.papers.results.joined import TITLE as JOINED
from app.papers.results.overview import FIRST, GRADE, NOTE, RANK, SCORE, TITLE
from app.papers.results.page import sheet_name
from app.papers.results.points import FIRST as FIRST_MARK
from app.papers.results.points import WEIGHTS
from app.papers.results.workbook import results_workbook
from tests.meetings import COURT, NOON, OVERALL, WATER, Points, closed_over, opened, panel, small_plan
from tests.papers.spreadsheet import Spreadsheet, cells_of, values_in
from tests.polled import voted
from tests.records import proceedings_of_story

GROUPS = (Group("firms", "企业代表"), Group(Preset.EXPERT), Group(Preset.DEPUTY, "市人大代表"))
IDS = [group.id for group in GROUPS]

steps = st.sampled_from(["1", "0.5", "0.1", "0.25"]).map(Decimal)
weights = st.sampled_from(["1", "1", "0.5", "0.15", "1.25"]).map(Decimal)
trims = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 3)).map(
    lambda each: {"trim_high": each[0], "trim_low": each[1], "trim_from": sum(each) + 1}
)
shares = st.fixed_dictionaries({id: st.sampled_from(["1", "0.4", "30", "2.5"]).map(Decimal) for id in IDS})
grades = st.lists(st.integers(-50, 1000).map(lambda each: Decimal(each) / 8), max_size=3, unique=True)
rules = st.builds(
    lambda trim, lines, **more: Rules(**trim, grades=tuple(GradeLine(at, f"等次“{at}”") for at in lines), **more),
    trims,
    grades,
    trim_of=st.sampled_from(TrimOf),
    round_at=st.sampled_from(RoundAt),
    places=st.integers(0, 3),
    group_weights=st.just({}) | shares,
    tie_ladder=st.permutations(list(TieBreak)).map(tuple) | st.just(()),
    quorum=st.sampled_from([Decimal(0), Decimal("0.5"), Decimal(1)]),
    quorum_by=st.sampled_from(QuorumBy),
    quorum_parts=st.integers(1, 3),
    level_rule=st.sampled_from(LevelRule),
)


@st.composite
def joined_parts(draw: Any) -> Composite:
    """The panel's part first, as in most rules; with 50/40/10 and halves of marks every tenth sum lies on a half."""
    panel_of = Part("panel", "评议团", draw(st.sampled_from(["40", "50", "33.5"]).map(Decimal)), Source.SCORED)
    others = [
        Part("vote", "满意度", Decimal(40)),
        Part("daily", "日常", Decimal(10), Source.IMPORTED, draw(st.sampled_from([None, Decimal(20), Decimal("7.5")]))),
    ]
    lines = (
        CompositeGrade(
            "先进", Decimal(draw(st.integers(0, 60))), draw(st.sampled_from([None, Decimal(50), Decimal("33.4")]))
        ),
        CompositeGrade("达标", Decimal(20)),
    )
    parts = (panel_of, *others[: draw(st.integers(0, 2))])
    return Composite(parts, lines[: draw(st.integers(0, 2))], rounds_parts=draw(st.booleans()))


def entered(draw: Any, plan: Plan) -> Composites:
    """Of some units not every part is there."""
    points = st.none() | st.sampled_from(["0", "17.5", "88.25", "88.5", "100"]).map(Decimal)
    entries = {
        part.id: {unit.id: (Entered(draw(points), "the clerk", NOON),) for unit in plan.units}
        for part in plan.composite.parts
        if part.source is not Source.SCORED
    }
    return Composites(entries)


@st.composite
def meetings(draw: Any, modes: tuple[Mode, ...] = (Mode.POINTS, Mode.POINTS, Mode.POINTS, Mode.LEVELS)) -> Meeting:
    """Three units and up to seven seats, with marks of so few kinds that many are alike."""
    mode = draw(st.sampled_from(modes))
    seats = panel(*draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=7)))
    criteria = tuple(draw(st.lists(st.builds(criterion, steps, weights, st.booleans()), min_size=1, max_size=3)))
    criteria = tuple(replace(each, id=f"c{at}", name=f"指标{at}") for at, each in enumerate(criteria))
    rubric = (OVERALL,) if mode is Mode.LEVELS else criteria
    units = tuple(replace(unit, of_class=draw(st.sampled_from(["", "甲组"]))) for unit in small_plan().units)
    joins = draw(st.just(Composite()) | joined_parts())
    plan = small_plan(
        mode=mode, units=units, seats=seats, groups=GROUPS, criteria=rubric, rules=draw(rules), composite=joins
    )
    meeting = replace(Meeting.planned(plan), reckoning=draw(st.sampled_from([1, 2])), composites=entered(draw, plan))
    rounds = {f"report-{unit.id}": round_of(draw, plan, unit.id) for unit in plan.units}
    order = tuple(draw(st.permutations(list(rounds))))
    ruling = TieRuling(order, "by lot", "the chair")
    return replace(meeting, rounds=rounds, rulings=(ruling,) if draw(st.booleans()) else ())


def criterion(step: Decimal, weight: Decimal, takes_away: bool) -> Criterion:
    minimum = Decimal(-5) if takes_away else Decimal(0)
    return Criterion("c", "C", maximum=Decimal(40), minimum=minimum, step=step, weight=weight)


def round_of(draw: Any, plan: Plan, unit: str) -> Round:
    def marks() -> dict[str, Decimal]:
        return {c.id: mark_of(draw, c) for c in plan.criteria}

    standings = {seat.id: draw(st.sampled_from([Standing.SUBMITTED] * 4 + [Standing.ABSTAINED])) for seat in plan.seats}
    sheets = {
        seat: Sheet(seat, standing, versions=(SheetVersion(1, marks(), NOON, f"ABCD-{seat}"),))
        for seat, standing in standings.items()
    }
    return Round(f"report-{unit}", unit, NOON, NOON + timedelta(minutes=1), sheets=sheets)


def mark_of(draw: Any, criterion: Criterion) -> Decimal:
    if criterion.levels:
        return draw(st.sampled_from(criterion.levels)).points
    return criterion.minimum + criterion.step * draw(st.integers(0, 7) | st.integers(60, 63))


def with_rounds(plan: Plan, rounds: dict[str, list[dict[str, Decimal]]]) -> Meeting:
    """Closed rounds of these marks, by seats in their order."""
    made = {
        round: Round(round, round.removeprefix("report-"), NOON, NOON, sheets=dict(map(submitted, plan.seats, marks)))
        for round, marks in rounds.items()
    }
    return replace(Meeting.planned(plan), rounds=made)


def submitted(seat: Seat, marks: dict[str, Decimal]) -> tuple[str, Sheet]:
    return seat.id, Sheet(seat.id, Standing.SUBMITTED, versions=(SheetVersion(1, marks, NOON, "ABCD-2345"),))


def record_of(meeting: Meeting) -> Proceedings:
    return Proceedings(meeting, ())


def holds(meeting: Meeting) -> None:
    """Every formula comes to what its cell says, exactly and in binary fractions, and the overview is our results."""
    content = results_workbook(record_of(meeting))
    cells, said = cells_of(content), values_in(content)
    for kind in (Fraction, float):
        book = Spreadsheet(cells, kind)
        wrong = {key: text for key, text in book.formulas.items() if not same(book.at(key), said.get(key))}
        assert wrong == {}
    assert overview(said, len(meeting.rounds)) == expected(meeting)


def same(reckoned: Any, said: Any) -> bool:
    if isinstance(reckoned, str) or reckoned is None:
        return (reckoned or "") == (said or "")
    return float(reckoned) == said


def overview(said: dict[tuple[str, int, int], Any], units: int) -> list[tuple[Any, ...]]:
    rows = range(FIRST + 1, FIRST + 1 + units)
    return [tuple(plainly(said.get((TITLE, row, column + 1))) for column in (SCORE, GRADE, RANK)) for row in rows]


def plainly(value: Any) -> Any:
    return (value if isinstance(value, str) else float(value)) if value else None


def expected(meeting: Meeting) -> list[tuple[Any, ...]]:
    results = [result_of(meeting, meeting.rounds[id]) for id in meeting.agenda.order if id in meeting.rounds]
    ranks = {each.result.round: each.rank for each in ranking(meeting, results)}
    return [
        (
            float(each.score if each.score is not None else each.approval or 0) or None,
            each.grade or None,
            ranks[each.round],
        )
        if each.is_scored
        else (None, None, None)
        for each in results
    ]


@given(meetings())
def test_formulas_come_to_our_results(meeting):
    holds(meeting)


WEIGHED = Rules(
    trim_from=3,
    group_weights={"firms": Decimal("0.4"), Preset.EXPERT: Decimal("0.4"), Preset.DEPUTY: Decimal("0.2")},
    grades=(GradeLine(Decimal(70), "good"), GradeLine(Decimal(0), "fair")),
    tie_ladder=(TieBreak.UNTRIMMED_MEAN,),
)
SHEETS = {"seat-1": (51, 31), "seat-2": (47, 29), "seat-3": (53, 33), "seat-4": (51, 31), "seat-5": (20, 11)}


def played(rules: Rules, **changes: tuple[Points, ...]) -> Meeting:
    plan = small_plan(seats=panel("firms", "firms", "firms", "expert", "deputy"), groups=GROUPS, rules=rules)
    other = {**SHEETS, "seat-5": (21, 11)}
    return closed_over({**SHEETS, **changes}, other, SHEETS, plan=plan).meeting


@pytest.mark.parametrize(
    "rules", [WEIGHED, Rules(trim_from=3), Rules(trim_of=TrimOf.CRITERION)], ids=["groups", "sheets", "marks"]
)
def test_the_formulas_live(rules):
    """A mark is changed in the workbook, as somebody would who tries it out: all that follows from it follows."""
    cells = cells_of(results_workbook(record_of(played(rules))))
    [name] = {sheet for sheet, *_ in cells if sheet.startswith("1 ")}
    mark = (name, WEIGHTS + 2, FIRST_MARK + 1)
    assert cells[mark] == 51
    changed = played(rules, **{"seat-1": (12, 31)})
    book = Spreadsheet({**cells, mark: 12})
    reckoned = {key: book.at(key) for key in book.formulas}
    assert overview({**cells, **reckoned}, 3) == expected(changed)
    assert overview({**cells, **reckoned}, 3) != expected(played(rules))


def test_a_composite_is_joined_and_placed_by_formulas():
    """A part that is missing is said, and is no zero; entered in the workbook, it moves all places."""
    parts = (Part("panel", "评议团", Decimal(50), Source.SCORED), Part("vote", "满意度", Decimal(40)))
    grades = (CompositeGrade("先进", Decimal(75), Decimal(50)), CompositeGrade("达标", Decimal(60)))
    plan = small_plan(composite=Composite(parts, grades))
    votes = {unit: (Entered(Decimal(points), "the clerk", NOON),) for unit, points in VOTES.items()}
    marks = [{"clarity": Decimal(50), "effect": Decimal(33)}] * 5
    meeting = replace(with_rounds(plan, dict.fromkeys(ROUNDS, marks)), composites=Composites({"vote": votes}))
    content = results_workbook(record_of(meeting))
    cells, said = cells_of(content), values_in(content)
    rows = [[said.get((JOINED, row, column)) for column in range(4, 9)] for row in (7, 8, 9)]
    assert rows == [[83, 90, 77.5, "先进", 1], [83, 60, 65.5, "达标", 2], [83, "缺", None, None, None]]
    tried = Spreadsheet({**cells, (JOINED, 7, 5): 41, (JOINED, 9, 5): 90})
    reckoned = [[tried.at((JOINED, row, column)) for column in (6, 7, 8)] for row in (7, 8, 9)]
    assert reckoned == [[Fraction("57.9"), "", 3], [Fraction("65.5"), "达标", 2], [Fraction("77.5"), "先进", 1]]


def test_points_of_votes_are_formulas_over_the_ballots():
    """A ballot that is moved in the workbook moves the composite."""
    parts = (
        Part("vote", "满意度", Decimal(40), Source.TICKETS),
        Part("web", "网络", Decimal(20), Source.WEB, Decimal(20)),
    )
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.EVERYBODY)
    plan = small_plan(mode=Mode.COMMENTS, rules=rules, composite=Composite(parts))
    tally = {
        "ticket": {"satisfied": 5, "fairly": 2, "dissatisfied": 1, "unknown": 90},
        "web": {"satisfied": 2, "dissatisfied": 1},
    }
    story = voted(opened(plan).does(c.OpenPoll("water")), "water.1", tally)
    content = results_workbook(proceedings_of_story(story))
    cells, said = cells_of(content), values_in(content)
    assert [said[JOINED, 7, column] for column in (4, 5, 6)] == [87.5, 13.33, 48.33]
    assert [cells[JOINED, row, column] for row in (12, 14) for column in (4, 5)] == [7, 8, 2, 3]
    tried = Spreadsheet({**cells, (JOINED, 12, 4): 6})
    assert [tried.at((JOINED, 7, column)) for column in (4, 5, 6)] == [75, Fraction("13.33"), Fraction("43.33")]


@pytest.mark.parametrize("is_there", [True, False])
def test_where_there_are_no_classes_or_grades_no_empty_column_is_printed(is_there):
    units = tuple(replace(unit, of_class="Offices" if is_there else "") for unit in small_plan().units)
    joined = Composite(
        (Part("vote", "满意度", Decimal(100)),), (CompositeGrade("达标", Decimal(60)),) if is_there else ()
    )
    rules = Rules(grades=(GradeLine(Decimal(0), "达标"),) if is_there else ())
    plan = small_plan(units=units, composite=joined, rules=rules)
    book = load_workbook(io.BytesIO(results_workbook(record_of(Meeting.planned(plan)))))
    for sheet, columns in (("评分汇总表", {"等次": "F"}), (JOINED, {"分类": "C", "等次": "F"})):
        assert {heading: book[sheet][f"{at}4"].value for heading, at in columns.items()} == {
            each: each for each in columns
        }
        hidden = {name for name, each in book[sheet].column_dimensions.items() if each.hidden}
        assert hidden == (set() if is_there else set(columns.values()))


@pytest.mark.parametrize("rounds_parts", [True, False])
def test_a_score_below_zero_is_joined_as_the_rules_round_it(rounds_parts):
    """Half up is away from zero: -2.505 is -2.51."""
    parts = (Part("panel", "评议团", Decimal("33.4"), Source.SCORED),)
    taken_away = (Criterion("c", "C", maximum=Decimal(60), minimum=Decimal(-5)),)
    plan = small_plan(criteria=taken_away, composite=Composite(parts, rounds_parts=rounds_parts))
    meeting = with_rounds(plan, {WATER: [{"c": Decimal("-4.5")}] * 4, COURT: [{"c": Decimal(3)}] * 4})
    assert [str(each.score) for each in composites_of(meeting)[:2]] == ["-2.51", "1.67"]
    holds(meeting)


VOTES = {"water": 90, "court": 60}
ROUNDS = (WATER, COURT, "report-school")


def test_numbers_of_more_digits_than_a_spreadsheet_reckons_with_stand_in_words():
    """Logs from before there was a bound may hold them."""
    plan = small_plan(criteria=(Criterion("c", "C", maximum=Decimal(100)),))
    long = [{"c": Decimal(f"8{at}.{'3' * 16}")} for at in range(5)]
    meeting = with_rounds(plan, {WATER: long, COURT: [{"c": Decimal(50)}] * 4})
    content = results_workbook(record_of(meeting))
    said = values_in(content)
    texts = {value for (sheet, *_), value in said.items() if sheet == "1 Water"}
    assert {"82.3333333333333333", "四舍五入保留 2 位小数：82.33。"} <= texts
    assert overview(said, 2) == [(82.33, None, 1), (50.0, None, 2)]
    assert {sheet for sheet, *_ in Spreadsheet(cells_of(content)).formulas} == {TITLE, "2 Court"}


def test_a_note_may_be_written_and_nothing_else_be_changed():
    book = load_workbook(io.BytesIO(results_workbook(record_of(played(WEIGHED)))))
    assert [sheet.title for sheet in book if not sheet.protection.sheet] == []
    free = {(sheet.title, cell.column) for sheet in book for row in sheet for cell in row if not cell.protection.locked}
    assert free == {(TITLE, NOTE + 1), *((name, 10) for name in book.sheetnames if name[0].isdigit())}
    assert {sheet.page_setup.paperSize for sheet in book} == {9}


def test_it_says_of_which_record_it_is():
    record = proceedings_of_story(closed_over(SHEETS, plan=small_plan(seats=panel(*["expert"] * 5))))
    book = load_workbook(io.BytesIO(results_workbook(record)))
    for sheet in book:
        assert record.seal in sheet["A3"].value
        assert f"日志共 {record.number} 条" in sheet["A3"].value
    assert book.properties.created == record.at.astimezone(UTC).replace(tzinfo=None, microsecond=0)


def test_what_a_seat_is_called_is_text_whatever_it_begins_with():
    ann, *seats = panel(*["expert"] * 5)
    plan = small_plan(seats=(replace(ann, label="=1+1"), *seats))
    record = proceedings_of_story(closed_over({seat.id: (50, 30) for seat in seats}, plan=plan))
    book = load_workbook(io.BytesIO(results_workbook(record)))
    [cell] = [cell for sheet in book for row in sheet for cell in row if str(cell.value).startswith("=1+1")]
    assert cell.data_type == "s"


def test_a_sheet_has_a_name_that_excel_takes():
    """It counts a rare character as two, and takes a file for broken that has a longer name."""
    name = sheet_name("1 " + "𠮷" * 31, [])
    other = sheet_name("1 " + "𠮷" * 31, [name])
    assert name != other
    assert [len(each.encode("utf-16-le")) // 2 for each in (name, other)] == [30, 30]
