"""Templates into html: one Jinja environment per language, everything escaped, nothing undefined passed over."""

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app import clock
from app.language import Language, catalogue, colon_of, comma_of, say
from app.language.groups import called, group_name
from app.language.sealed import say_rule
from app.language.sentences import SENTENCES
from app.language.words import WORDS
from app.language.working import say_working
from app.live.compiled import Compiled
from app.live.contexts import Context
from app.live.paging import pages_of_rules
from app.meeting import texts, titles
from app.meeting.codes import LONGEST_CODE, LONGEST_NAME_OF_DISPLAY
from app.meeting.comments.state import CommentKind
from app.meeting.groups import LONGEST_NAME_OF_GROUP
from app.meeting.refusals import Said
from app.meeting.sheets import signing

LONGEST = {
    "comment": texts.LONGEST_COMMENT,
    "reason": texts.LONGEST_REASON,
    "name": texts.LONGEST_NAME,
    "message": texts.LONGEST_MESSAGE,
    "code": LONGEST_CODE,
    "display": LONGEST_NAME_OF_DISPLAY,
    "title": texts.LONGEST_TITLE,
    "short_name": texts.LONGEST_SHORT_NAME,
    "group": LONGEST_NAME_OF_GROUP,
    "description": texts.LONGEST_DESCRIPTION,
    "typed": texts.LONGEST_ENTRY,
    "number": texts.LONGEST_NUMBER,
}
"""What a field takes, as the rules do."""

DRAWING = {
    "width": signing.WIDTH,
    "height": signing.HEIGHT,
    "strokes": signing.MOST_STROKES,
    "numbers": signing.MOST_NUMBERS,
    "ink": signing.LEAST_INK,
}
"""What a field to sign in takes, and from what on it is signed."""

MOST_ROWS = 2000
"""Rows that are remembered of each language."""

TEMPLATES = Path(__file__).parents[2] / "templates"
COMPILED = Compiled(TEMPLATES / "__pycache__")
"""The languages differ in what templates are filled with, not in what is made of them."""


class Painter:
    """Renders regions and pages.

    ``static`` maps the name of a static file to the address it is served under, ``modules`` that of a script to the
    addresses of all that it imports, ``inside`` that of a file to the text that is written into its page.
    """

    def __init__(
        self, static: dict[str, str], build: str, modules: dict[str, list[str]], inside: Mapping[str, str]
    ) -> None:
        self.build = build
        self._environments = {each: environment_of(each, static, build, modules, inside) for each in Language}

    def region(self, name: str, context: Context, language: Language) -> str:
        """One region; its template's root element carries the region's name as id."""
        return self._environments[language].get_template(f"regions/{name}.html").render(msgspec.structs.asdict(context))

    def page(self, name: str, language: Language, **context: Any) -> str:
        return self._environments[language].get_template(f"pages/{name}.html").render(context)

    def placed(self, regions: dict[str, str]) -> dict[str, Markup]:
        """Rendered regions, for a page to place."""
        return {name: Markup(html) for name, html in regions.items()}  # noqa: S704  the painter escaped them


class KeptRows:
    """Rows of a region (``templates/rows/``): one that is given what it was given before is not rendered again.

    Of a long table one step changes two rows, and a tap on a tablet none.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._kept: OrderedDict[tuple[str, bytes], Markup] = OrderedDict()

    def __call__(self, name: str, **context: Any) -> Markup:
        key = (name, msgspec.json.encode(context))
        if key not in self._kept:
            html = self._environment.get_template(f"rows/{name}.html").render(context)
            self._kept[key] = Markup(html)  # noqa: S704  the environment escaped it
            if len(self._kept) > MOST_ROWS:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        return self._kept[key]


def environment_of(
    language: Language,
    static: dict[str, str],
    build: str,
    modules: dict[str, list[str]],
    inside: Mapping[str, str],
) -> Environment:
    """What templates are rendered in: in a language, with the words and sentences of the house."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,  # or each region asks the disk whether its template is still the same
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        bytecode_cache=COMPILED,
    )
    translations = catalogue(language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(_filters(language))
    environment.globals.update(
        milliseconds=lambda at: round((at or clock.now()).timestamp() * 1000),
        build=build,
        longest=LONGEST,
        drawing=DRAWING,
        kinds_of_comments=tuple(CommentKind),
        row=KeptRows(environment),
        static=static.__getitem__,
        modules=modules.__getitem__,
        inside=lambda name: Markup(inside[name]),  # noqa: S704  a file of ours
        **_sayings(language, translations.gettext),
    )
    return environment


def _sayings(language: Language, translate: Callable[[str], str]) -> dict[str, Any]:
    """How a template says a word, a sentence, a rule, a step of the working or a group."""
    return {
        "language": language,
        "comma": comma_of(language),
        "colon": colon_of(language),
        "word": lambda key: translate(WORDS[key]) if WORDS[key] else "",
        "sentence": lambda code, **facts: say(_said(code, facts), language),
        "said": lambda said: say(said, language),
        "unsaid": lambda code: translate(SENTENCES[code]),  # for a script, which fills in the facts
        "rule": lambda said: say_rule(said, language),
        "rules_on_pages": lambda rules: pages_of_rules([say_rule(each, language) for each in rules]),
        "working": lambda step: say_working(step, language),
        "called": lambda group, name: called(group, name, language),
        "group_name": lambda plan, group: group_name(plan, group, language),
    }


def _filters(language: Language) -> dict[str, Any]:
    return {
        "json": lambda value: json.dumps(value, ensure_ascii=False, default=msgspec.to_builtins),
        "long_date": lambda text: _long_date(text, language.replace("-", "_")),
        "lines_of_title": lambda text: [titles.phrases_of(line) for line in titles.lines_of(text)],
        "size_of_title": titles.size_of,
        "in_lines": lambda text: Markup("<br>").join(titles.lines_of(text)),
        "minutes_and_seconds": lambda milliseconds: divmod(milliseconds // 1000, 60),
        "with_numbers_whole": _with_numbers_whole,
        "ends_at_slashes": _ends_at_slashes,
        "in_fours": lambda text: " ".join(text[at : at + 4] for at in range(0, len(text), 4)),
    }


@lru_cache(4096)  # of each step of each finding; Babel looks for the locale's name each time
def _long_date(text: str, locale: str) -> str:
    return format_date(date.fromisoformat(text), "long", locale=locale)


_SLASH = re.compile(r"(?<=[^/:])(?=/[^/])")


def _ends_at_slashes(address: str) -> Markup:
    """An address that is too long for a line goes on in the next before a slash, not in the middle of a name."""
    return Markup("<wbr>").join(_SLASH.split(address))


_NUMBER = re.compile(r"(\d[\d.:]*\s?(?:分钟|小时|[秒分家份位席条号个名项点%]|minutes?\b|points?\b|seconds?\b))")


def _with_numbers_whole(text: str) -> Markup:
    """A line does not end between a number and what it is of."""
    pieces = _NUMBER.split(text)
    return Markup("").join(
        Markup('<span class="number">{}</span>').format(piece) if at % 2 else escape(piece)
        for at, piece in enumerate(pieces)
    )


def _said(code: str, facts: dict[str, Any]) -> Said:
    """What a context says; where a fact is a list, it may be of sentences again."""
    return Said(code, {name: _fact(fact) for name, fact in facts.items()})


def _fact(fact: Any) -> Any:
    return tuple(_said(**each) if isinstance(each, dict) else each for each in fact) if isinstance(fact, list) else fact
