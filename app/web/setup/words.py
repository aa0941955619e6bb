"""The page of the words to say: for each moment of this meeting the usual sentence, or one of the organiser's own."""

from dataclasses import replace
from typing import Any

from app.language import Language, catalogue
from app.language.gaps import LONGEST_WORDS, fault_of
from app.language.saying import said_in
from app.language.spoken import gap_name, own_words, usual
from app.language.words import WORDS
from app.meeting.moments import GAPS, MAY_LACK, Gap, Moment
from app.meeting.plan import ItemKind, Mode, Order, Plan, ResultsShown, SegmentKind
from app.meeting.script.words import MOMENTS, SEGMENTS
from app.meeting.telling import tells_numbers
from app.papers.plan.spoken_words import text_at
from app.web.setup.page import SetupPage
from app.web.setup.sample import sample_of
from app.web.setup.typed import Reader, Typed

KINDS = {moment: kind for kind, moment in MOMENTS.items() if kind is not ItemKind.PRESENTATION}
KINDS_OF_SEGMENTS = {moment: kind for kind, moment in SEGMENTS.items()}


class WordsPage(SetupPage):
    name = "words"
    fields = tuple(map(str, Moment))

    def part(self, plan: Plan) -> Any:
        return plan.words

    def typed(self, plan: Plan) -> Typed:
        return Typed({str(moment): text_at(moment, plan) for moment in Moment})

    def take(self, plan: Plan, reader: Reader) -> Plan:
        """A moment that is not on the page keeps what it had."""
        texts = {moment: text_at(moment, plan) for moment in Moment}
        for moment in Moment:
            if str(moment) in reader.typed.texts:
                texts[moment] = _text(reader, moment)
        return replace(plan, words=own_words(texts))

    def more(self, plan: Plan, typed: Typed) -> dict[str, Any]:
        shown = [moment for moment in Moment if _comes(plan, moment) or typed.text(moment)]
        return {"moments": [_row(plan, typed, moment) for moment in shown]}

    def _called(self, _plan: Plan, name: str, language: Language) -> str:
        return catalogue(language).gettext(WORDS[f"moment.{name}"])


def _text(reader: Reader, moment: Moment) -> str:
    text = reader.paragraph(moment, LONGEST_WORDS)
    fault = fault_of(text, moment)
    if fault is not None:
        reader.complain(moment, fault.code, **fault.facts)
    return text


def _comes(plan: Plan, moment: Moment) -> bool:
    """Whether there is such a moment in this meeting, as it is planned."""
    kinds = {item.kind for item in plan.agenda}
    match moment:
        case Moment.DRAWING:
            return plan.order is Order.DRAWN
        case Moment.DRAWN:
            return plan.order is not Order.FIXED
        case Moment.CLOSED | Moment.SPREAD:
            return plan.is_scored
        case Moment.GRADE:
            return plan.mode is Mode.LEVELS or (plan.mode is Mode.POINTS and bool(plan.rules.grades))
        case Moment.TRIMMED:
            has_trim = bool(plan.rules.trim_high or plan.rules.trim_low)
            return plan.mode is Mode.POINTS and has_trim and tells_numbers(plan)
        case Moment.SCORE:
            return plan.mode is Mode.POINTS and tells_numbers(plan)
        case Moment.ANNOUNCED | Moment.ANNOUNCED_GRADE | Moment.COMPOSITES:
            return _is_announced_so(plan, moment)
    if moment in KINDS:
        return KINDS[moment] in kinds
    return moment not in KINDS_OF_SEGMENTS or KINDS_OF_SEGMENTS[moment] in _segments(plan)


def _is_announced_so(plan: Plan, moment: Moment) -> bool:
    if moment is Moment.COMPOSITES:
        return plan.has_composites
    by_grade = plan.rules.results_shown is ResultsShown.BY_GRADE
    if moment is Moment.ANNOUNCED_GRADE:
        return by_grade
    return plan.is_scored and not by_grade and any(item.kind is ItemKind.ANNOUNCEMENT for item in plan.agenda)


def _segments(plan: Plan) -> set[SegmentKind]:
    return {segment.kind for item in plan.agenda for segment in item.segments}


def _row(plan: Plan, typed: Typed, moment: Moment) -> dict[str, Any]:
    """A moment as the page shows it; texts by language, for this page has none."""
    text = typed.text(moment)
    said = sample_of(plan, moment)
    return {
        "moment": str(moment),
        "usual": {language: usual(moment, language) for language in Language},
        "gaps": {language: [_gap(gap, language) for gap in GAPS[moment]] for language in Language},
        "sounds": {language: said_in(text or usual(moment, language), said, language) for language in Language},
    }


def _gap(gap: Gap, language: Language) -> dict[str, str]:
    name = gap_name(gap, language)
    return {"name": name, "written": f"[{{{name}}}]" if gap in MAY_LACK else f"{{{name}}}"}


PAGE = WordsPage()
