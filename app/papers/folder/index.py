"""The index of a folder, its cover: whose it is, what lies in it, and what cannot be reckoned from it."""

from functools import cache
from itertools import groupby
from typing import Any
from urllib.parse import quote

from babel.dates import format_date
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.language import Language, catalogue, say
from app.language.sentences import SENTENCES
from app.live.painter import TEMPLATES
from app.papers.folder.digests import content_digest_of, digest_of
from app.papers.folder.left_out import left_out
from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings

INDEX = "index.html"


def index_page(record: Proceedings, papers: list[Paper], is_public: bool) -> bytes:
    """A page that opens from a stick, in both languages one below the other."""
    kinds = _kinds(papers)
    covers = {str(each): Markup(_cover(record, kinds, is_public, each)) for each in Language}  # noqa: S704  escaped there
    page = _environment(Language.CHINESE).get_template("folder/index.html")
    digests = [_digests(each) for each in papers]
    return page.render(covers=covers, title=record.meeting.plan.name, digests=digests).encode()


def _kinds(papers: list[Paper]) -> list[dict[str, Any]]:
    """What stands beside one another and is the same is said once: three files of a table, the letters to all units."""
    return [
        {"says": says, "papers": [{"name": each.name, "address": quote(each.name)} for each in alike]}
        for says, alike in groupby(papers, key=lambda paper: paper.says)
    ]


def _cover(record: Proceedings, kinds: list[dict[str, Any]], is_public: bool, language: Language) -> str:
    plan = record.meeting.plan
    return (
        _environment(language)
        .get_template("folder/cover.html")
        .render(
            plan=plan,
            record=record,
            date=format_date(record.meeting.day, "long", locale=language.replace("-", "_")),
            is_public=is_public,
            is_finished=record.meeting.is_finished,
            kinds=kinds,
            left_out=[say(each, language) for each in left_out(record)] if is_public else [],
        )
    )


def _digests(paper: Paper) -> dict[str, str]:
    digest, content = digest_of(paper.content), content_digest_of(paper)
    return {"name": paper.name, "digest": digest, "content": "" if content == digest else content}


@cache
def _environment(language: Language) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    translations = catalogue(language)
    environment.install_gettext_translations(translations, newstyle=True)  # type: ignore[attr-defined]
    environment.globals.update(sentence=lambda code: translations.gettext(SENTENCES[code]))
    return environment
