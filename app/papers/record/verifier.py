"""``verify.html``: one file that checks what was exported, in any browser, from a stick, without a network.

It reckons by itself what Kaimen has reckoned: its scripts (``static/verify/``) share no code with ours, only the test
vectors (``docs/record-vectors.json``). Here they are put into one page, with the sentences of both languages.
"""

import base64
import hashlib
import json
import re
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.language import Language, catalogue
from app.language.sentences import record, verifier
from app.live.painter import TEMPLATES
from app.meeting.composites.agreed import NO_COMPOSITE
from app.meeting.plan import PRESETS, Rules
from app.meeting.sealing import CAME_LATER
from app.papers.folder.paper import HTML, Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.record.exports import plainly

PARTS = TEMPLATES.parent / "static" / "verify"
SCRIPTS = (
    *("sha256", "exact", "plan", "chain", "draws", "reckon", "ranks", "polls", "promises", "composites"),
    *("looked", "slips", "replay", "published", "examine", "page"),
)
"""Each behind those of which it imports something."""

FAULTS = {code: sentence for code, sentence in record.SENTENCES.items() if code.startswith("fault.")}
SENTENCES = {**FAULTS, **verifier.SENTENCES}

_IMPORT = re.compile(r'^import \{(?P<names>[^}]*)\} from "\./(?P<script>\w+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const) (?P<name>\w+))", re.MULTILINE)


def verifier_of(_record: Proceedings) -> list[Paper]:
    return [Paper("verify.html", HTML, verify_page().encode(), for_public=True, says="paper.verifier")]


@cache
def verify_page() -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    script, style = _script(), (PARTS / "verify.css").read_text("utf-8")
    words = json.dumps({str(each): _sentences(each) for each in Language}, ensure_ascii=False, sort_keys=True)
    return environment.get_template("verifier/page.html").render(
        policy=policy(),
        style=_as_it_is(style),
        script=_as_it_is(script),
        words=_as_it_is(words.replace("<", "\\u003c")),
        unsaid=_as_it_is(json.dumps(_unsaid(), ensure_ascii=False)),
        limits=[code for code in verifier.SENTENCES if code.startswith("verifier.limit_")],
    )


@cache
def policy() -> str:
    """Its own script and style, by their digests, and nothing else: not even an address to send anything to."""
    style = _in_base64((PARTS / "verify.css").read_text("utf-8"))
    return (
        f"default-src 'none'; script-src 'sha256-{_in_base64(_script())}'; style-src 'sha256-{style}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _unsaid() -> dict[str, Any]:
    """What older plans do not say: it is part of the file format, as ``rule_seal`` is."""
    rules = plainly(Rules())
    return {
        "rules": {name: rules[name] for name in sorted(CAME_LATER)},
        "groups": plainly(PRESETS),
        "composite": plainly(NO_COMPOSITE),
    }


def _sentences(language: Language) -> dict[str, str]:
    return {code: catalogue(language).gettext(sentence) for code, sentence in SENTENCES.items()}


@cache
def _script() -> str:
    """All scripts in one, each in a function of its own."""
    return "".join(_in_a_function(name, (PARTS / f"{name}.js").read_text("utf-8")) for name in SCRIPTS)


def _in_a_function(name: str, script: str) -> str:
    given = ", ".join(each["name"] for each in _EXPORT.finditer(script))
    body = _IMPORT.sub(lambda found: f"const {{{found['names']}}} = ${found['script']};\n", _EXPORT.sub("", script))
    return f'const ${name} = (() => {{\n"use strict";\n{body}return {{ {given} }};\n}})();\n'


def _as_it_is(ours: str) -> Markup:
    """Text of our own files that holds nothing anybody typed."""
    return Markup(ours)  # noqa: S704


def _in_base64(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
