"""The public pages, in a language, with the addresses of wherever they lie: the live ones and those on a stick."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from typing import Any

from jinja2 import Environment

from app.language import Language, catalogue
from app.language.words import WORDS
from app.live.painter import environment_of
from app.meeting.findings.state import Stand
from app.papers.site.links import Links
from app.papers.site.shown import Change, MeetingShown, StepShown, UnitShown
from app.workdays import published_until


def first_page(shown: MeetingShown, language: Language, at: Links, other_page: str) -> str:
    on_notice = list(_on_notice(shown))
    unpublished = published_until(until for _, until, _, _ in on_notice)
    has_composites = any(unit.joined for unit in shown.units)
    return _page(
        "meeting",
        shown,
        language,
        at,
        other_page,
        on_notice=on_notice,
        has_composites=has_composites,
        unpublished=unpublished,
    )


def agenda_page(shown: MeetingShown, language: Language, at: Links, other_page: str) -> str:
    return _page("agenda", shown, language, at, other_page)


def page_of_unit(shown: MeetingShown, unit: UnitShown, language: Language, at: Links, other_page: str) -> str:
    return _page("unit", shown, language, at, other_page, unit=unit)


def _on_notice(shown: MeetingShown) -> Iterator[tuple[UnitShown, date, int, int]]:
    """Of each unit, until when which finding is the first, and how many there are."""
    for unit in shown.units:
        noticed = [(each.notice_until, each.number) for each in unit.findings if each.standing is Stand.NOTICE]
        for until in sorted({until for until, _ in noticed if until}):
            numbers = [number for each, number in noticed if each == until]
            yield unit, until, min(numbers), len(numbers)


def step_told(language: Language) -> Callable[[StepShown | Change], str]:
    """What a step is called, by its event and by what came of it."""
    text = catalogue(language).gettext
    endings = {True: ".yes", False: ".no", None: ""}
    return lambda step: text(WORDS[f"told.{step.what}{endings[step.outcome]}"])


def _page(name: str, shown: MeetingShown, language: Language, at: Links, other_page: str, **context: Any) -> str:
    page = _environment(language).get_template(f"site/{name}.html")
    return page.render(shown=shown, at=at, other_page=other_page, other_language=other_than(language), **context)


def other_than(language: Language) -> Language:
    return Language.ENGLISH if language is Language.CHINESE else Language.CHINESE


@cache
def _environment(language: Language) -> Environment:
    environment = environment_of(language, {}, "", {}, {})
    environment.globals.update(step_told=step_told(language))
    return environment
