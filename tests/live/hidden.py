"""What is hidden in a meeting: unmistakable values put into one, and changes that nobody may see who is not told."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import msgspec
from markupsafe import escape

from app.language import Language
from app.language.sealed import say_rule
from app.live.screens import VIEWS, parts
from app.live.views import NOBODY, Look, Picture, Viewer, picture
from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.meeting import Meeting
from app.meeting.plan import GradeLine, Plan, Preset, Rules, Seat
from app.meeting.promises.state import PromiseMark
from app.meeting.rounds.state import Round
from app.meeting.scoring.reckoning import result_of
from app.meeting.sheets.state import Correction, Sheet, SheetVersion
from tests.live.painting import painted
from tests.live.sent import feed, sent
from tests.live.viewers import LEFT, STAFF
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    CLARITY,
    DAN,
    EFFECT,
    EVE,
    WATER,
    Story,
    closes,
    opened,
    sheet,
    small_plan,
)

HALL, TIMER, PHONE, PUBLIC = (("hall", NOBODY), ("timer", NOBODY), ("phone", NOBODY), ("results", NOBODY))
ALL_STAFF = [("moderator", NOBODY), ("results", STAFF)]
BOARD, NAMED = ("devices", NOBODY), ("hall", Viewer(display=LEFT))
LOWER, PROMPT = ("lower", NOBODY), ("prompt", NOBODY)
TABLETS_OF_CAT = [("panel", Viewer(CAT, unit)) for unit in ("water", "court", None)]
"""Who looks, as a view and a viewer."""

FAY, GUS = "fay", "gus"

HERON, OTTER = "comment-heron", "comment-otter"

MARKS = {
    ANN: ("51.237", "31.419"),
    BEN: ("47.853", "29.761"),
    CAT: ("53.671", "33.127"),
    DAN: ("49.349", "27.583"),
    EVE: ("45.917", "35.239"),
}

EVERYTHING_OF_A_RESULT = {
    *(f"{seat}'s receipt" for seat in MARKS),
    *("totals", "trim", "score", "grade", "means"),
}
"""What everybody is told: who was counted, and apart from it what was given; of no single sheet its marks."""

ALL_THE_STAFF_SEES = EVERYTHING_OF_A_RESULT | {f"{seat}'s marks" for seat in MARKS}

UNSUBMITTED = "11.773"

COMMENT, ORIGINAL, OTHER_COMMENT, DRAFT = "A heronry", "Herons nested here", "Otters swim", "Kingfishers dive"

RECUSAL = "a brother-in-law"

GRADE = "Laudable"

PLAN = small_plan(
    seats=(*small_plan().seats, Seat(FAY, "Member 2", Preset.CPPCC), Seat(GUS, "Lawyer 1", Preset.LAWYER)),
    criteria=(replace(CLARITY, step=Decimal("0.001")), replace(EFFECT, step=Decimal("0.001"))),
    rules=Rules(places=3, grades=(GradeLine(Decimal(60), GRADE), GradeLine(Decimal(0), "Wanting"))),
)

VIEWERS: dict[str, tuple[str, Viewer]] = {
    "hall": ("hall", NOBODY),
    "timer": ("timer", NOBODY),
    "phone": ("phone", NOBODY),
    "results": ("results", NOBODY),
    "lower": ("lower", NOBODY),
    "prompt": ("prompt", NOBODY),
    "left": ("hall", Viewer(display=LEFT)),
    "operator": ("devices", NOBODY),
    "ben": ("panel", Viewer(BEN, "water")),
    "cat": ("panel", Viewer(CAT, "water")),
    "moderator": ("moderator", NOBODY),
    "staff": ("results", STAFF),
}


def other_marks_in_rounds_not_revealed(meeting: Meeting) -> Meeting:
    changed = with_rounds(meeting, lambda each: each if each.is_being_revealed else with_sheets(each, otherwise))
    return with_other_words(changed, lambda each: not each.is_revealed)


def other_marks_in_rounds_not_revealed_whole(meeting: Meeting) -> Meeting:
    changed = with_rounds(meeting, lambda each: each if each.is_revealed else with_sheets(each, otherwise))
    return with_other_words(changed, lambda each: not each.is_revealed)


def other_marks_in_open_rounds(meeting: Meeting) -> Meeting:
    changed = with_rounds(meeting, lambda each: with_sheets(each, otherwise) if each.is_open else each)
    return with_other_words(changed, lambda each: each.is_open)


def other_marks_of_everybody_but_cat(meeting: Meeting) -> Meeting:
    def changed(sheet: Sheet) -> Sheet:
        return sheet if sheet.seat == CAT else otherwise(sheet)

    other = with_rounds(meeting, lambda each: with_sheets(each, changed))
    return with_other_words(other, lambda each: not each.is_revealed, but=CAT)


def other_comments_of_everybody_but_cat(meeting: Meeting) -> Meeting:
    comments = {
        each.id: replace(each, original="otherwise", text=each.text if each.is_released else "otherwise")
        for each in meeting.comments.values()
        if each.seat != CAT
    }
    return replace(meeting, comments=meeting.comments | comments)


def another_kind_of_hidden_comment(meeting: Meeting) -> Meeting:
    comments = {
        each.id: replace(each, kind=CommentKind.SUGGESTION)
        for each in meeting.comments.values()
        if not each.is_released
    }
    return replace(meeting, comments=meeting.comments | comments)


def ann_and_ben_exchanged(meeting: Meeting) -> Meeting:
    """Who of one group did what: marks, abstentions, recusals, absences, comments."""
    other = {ANN: BEN, BEN: ANN}

    def exchanged(round: Round) -> Round:
        sheets = {seat: replace(round.sheets[other[seat]], seat=seat) for seat in other if other[seat] in round.sheets}
        rest = {seat: sheet for seat, sheet in round.sheets.items() if seat not in other}
        return replace(round, sheets={**sheets, **rest})

    comments = {id: replace(each, seat=other.get(each.seat, each.seat)) for id, each in meeting.comments.items()}
    words = {
        id: replace(each, marks={other.get(seat, seat): marks for seat, marks in each.marks.items()})
        for id, each in meeting.judgements.items()
    }
    return with_rounds(replace(meeting, comments=comments, judgements=words), exchanged)


def other_reasons(meeting: Meeting) -> Meeting:
    changed = with_rounds(
        meeting,
        lambda each: replace(
            with_sheets(each, lambda sheet: replace(sheet, reason="otherwise") if sheet.seat != CAT else sheet),
            reopenings=("otherwise",) * len(each.reopenings),
        ),
    )
    rulings = tuple(replace(each, reason="otherwise", author="another") for each in meeting.rulings)
    runs = {id: replace(run, skip_reason="otherwise") for id, run in meeting.agenda.runs.items()}
    return replace(changed, rulings=rulings, agenda=replace(changed.agenda, runs=runs))


def with_rounds(meeting: Meeting, change: Callable[[Round], Round]) -> Meeting:
    return replace(meeting, rounds={id: change(round) for id, round in meeting.rounds.items()})


def with_other_words(meeting: Meeting, is_hidden: Callable[[Round], bool], but: str = "") -> Meeting:
    """What seats have said of last year's promises in these rounds, otherwise: as many words, and none the same."""
    other = dict(zip(PromiseMark, [*PromiseMark][1:] + [*PromiseMark][:1], strict=True))
    words = {
        id: replace(
            each,
            marks={
                seat: marks if seat == but else {number: other[mark] for number, mark in marks.items()}
                for seat, marks in each.marks.items()
            },
        )
        if (is_hidden(meeting.rounds[id]) if id in meeting.rounds else not meeting.is_finished)
        else each
        for id, each in meeting.judgements.items()
    }
    return replace(meeting, judgements=words)


def with_sheets(round: Round, change: Callable[[Sheet], Sheet]) -> Round:
    return replace(round, sheets={seat: change(sheet) for seat, sheet in round.sheets.items()})


def otherwise(sheet: Sheet) -> Sheet:
    """The sheet with other marks, receipts and versions, of the same standing and as far filled in."""
    return replace(
        sheet,
        marks={criterion: other_points(points) for criterion, points in sheet.marks.items()},
        versions=tuple(another(version) for version in sheet.versions),
        late=another(sheet.late) if sheet.late else None,
    )


def another(version: SheetVersion) -> SheetVersion:
    marks = {criterion: other_points(points) for criterion, points in version.marks.items()}
    correction = version.correction and Correction("another", "otherwise")
    return replace(version, marks=marks, receipt=version.receipt[::-1], correction=correction)


def other_points(points: Decimal) -> Decimal:
    return Decimal(2) if points == 1 else Decimal(1)


def sight(meeting: Meeting, view: str, viewer: Viewer) -> dict:
    return sent(view, Look(meeting, viewer))


def picture_of(meeting: Meeting, view: str, viewer: Viewer) -> Picture:
    return picture(VIEWS[view], Look(meeting, viewer))


def judging(plan: Plan = PLAN) -> Story:
    """The water office is judged: five sheets in, one of them being changed; one seat recused, one still missing."""
    story = opened(plan).steps(2).does(c.Recuse(WATER, FAY, RECUSAL))
    story.does(*(sheet(story.meeting, WATER, seat, *marks) for seat, marks in MARKS.items()))
    story.does(c.GiveScore(WATER, ANN, "clarity", Decimal(UNSUBMITTED)))
    story.does(c.SendComment(HERON, ANN, "water", CommentKind.PROBLEM, ORIGINAL))
    return story.does(c.SendComment(OTTER, DAN, "water", CommentKind.HIGHLIGHT, OTHER_COMMENT))


def released(comment: str, text: str) -> c.ReleaseComment:
    return c.ReleaseComment(comment, text)


def closed(plan: Plan = PLAN) -> Story:
    return closes(judging(plan), WATER)


def secrets_of(meeting: Meeting) -> dict[str, list[str]]:
    """What could leak, by name: any of these texts found is a leak."""
    found = result_of(meeting, meeting.rounds[WATER])
    assert found.score is not None
    assert found.spread is not None
    sheets = {each.seat: each for each in found.sheets}
    return {
        **{f"{seat}'s marks": [*marks] for seat, marks in MARKS.items()},
        **{f"{seat}'s receipt": [sheets[seat].receipt] for seat in MARKS},
        "ann's unsubmitted mark": [UNSUBMITTED],
        "totals": [str(sheet.total) for sheet in found.sheets],
        "trim": ['class="dropped"', '"dropped": "high"'],
        "score": [str(found.score)],
        "grade": [GRADE],
        "means": [*(str(each.shown) for each in found.criteria), str(found.spread.deviation)],
        "comment": [COMMENT],
        "original": [ORIGINAL],
        "other comment": [OTHER_COMMENT],
        "draft": [DRAFT],
        "reason": [RECUSAL],
        "who": [seat.label for seat in PLAN.seats],
    }


def seen(painter, story: Story) -> dict[str, set[str]]:
    """What each viewer sees of the secrets, in both languages and in the feed; who sees nothing is not named."""
    secrets = secrets_of(story.meeting)
    found = {who: leaked(secrets, text_of(painter, story.meeting, who)) for who in VIEWERS}
    return {who: names for who, names in found.items() if names}


def text_of(painter, meeting: Meeting, who: str) -> str:
    view, viewer = VIEWERS[who]
    seen = picture(VIEWS[view], Look(meeting, viewer))
    html = [text for each in Language for text in painted(painter, seen, each).values()]
    shown = "\n".join([*html, json.dumps(feed(seen), ensure_ascii=False)])
    return without_what_is_sealed(meeting.plan, shown)


def without_what_is_sealed(plan: Plan, text: str) -> str:
    """The sealed rules name grades and groups, and are shown to all before the first unit: they tell of no result."""
    for rule in parts.rules_said(plan):
        sentences = [str(escape(say_rule(rule, language))) for language in Language]
        for said in (*sentences, json.dumps(msgspec.to_builtins(rule), ensure_ascii=False)):
            text = text.replace(said, "")
    return text


def leaked(secrets: dict[str, list[str]], text: str) -> set[str]:
    return {name for name, values in secrets.items() if any(stands_in(text, value) for value in values)}


def stands_in(text: str, value: str) -> bool:
    """Whether a text holds a value. The tail of a longer number is none: instants end in whatever the clock says."""
    before = r"(?<![0-9])" if value[0].isdigit() else ""
    return re.search(before + re.escape(value), text) is not None
