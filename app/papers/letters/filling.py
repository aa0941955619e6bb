"""A form is filled in, with nothing but names: what an office has written between the braces is never a program.

The text of a form is taken apart before it is run: what is not a name of its letter, a condition or a loop over what
there are several of is refused. How often loops may turn is bounded, and how long a letter may become. The sandbox of
Jinja is the second lock on the same door.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from jinja2 import Template, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from app.meeting.refusals import Refused
from app.papers.letters.bounds import must_hold_no_programs
from app.papers.letters.names import names_of

MOST_TEXT = 40_000_000
"""Characters of a letter that has been filled in."""
MOST_TURNS = 200_000
"""Of all loops of a letter together: its rows, seats and cells."""
_ALLOWED = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.For, nodes.If, nodes.Name, nodes.Getattr, nodes.Const),
    *(nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand),
)
_WRITTEN = {
    "Filter": "|",
    "Call": "( )",
    "Getitem": "[ ]",
    "Add": "+",
    "Sub": "-",
    "Mul": "*",
    "Div": "/",
    "Concat": "~",
}
_OF_LOOPS = dict.fromkeys(("first", "last", "index", "length"))
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")

Names = dict[str, Any]
"""What may be named: for each name None (a text), the names inside it, or a list of what there are several of."""


def filled(form: bytes, letter: Any, file: str, title: str, at: str) -> bytes:
    """A letter as a file. ``letter`` is one of ``names``. Raises Refused: a form may come from anywhere."""
    from docxtpl import DocxTemplate  # seldom needed, and a start should not wait for it

    from app.papers.letters.finishing import finished

    template = DocxTemplate(io.BytesIO(form))
    environment = _Environment(type(letter), file)
    context = {each.name: environment.getattr(letter, each.name) for each in fields(letter)}
    made = io.BytesIO()
    try:
        template.render(context, environment, autoescape=True)
        template.save(made)
        content: bytes = finished(made.getvalue(), title, at)
    except Refused:
        raise
    except TemplateError as error:
        raise Refused("form.not_filled", file=file, cause=str(error.message or error)) from error
    except Exception as error:  # whatever a word processor has written: XML that does not hold together any more
        raise Refused("form.not_filled", file=file, cause=str(error)) from error
    must_hold_no_programs(content, file)
    return content


class _Bounded(Template):
    """Stops where no letter can be that long."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        pieces, length = [], 0
        for piece in self.generate(*args, **kwargs):
            length += len(piece)
            if length > MOST_TEXT:
                raise TemplateError(f"> {MOST_TEXT}")
            pieces.append(piece)
        return "".join(pieces)


class _Turned(list[Any]):
    """A list that is not gone through more often than any letter needs."""

    def __init__(self, items: list[Any], left: "_Left") -> None:
        super().__init__(items)
        self._left = left

    def __iter__(self) -> Iterator[Any]:
        for item in super().__iter__():
            self._left.turns -= 1
            if self._left.turns < 0:
                raise TemplateError(f"> {MOST_TURNS}")
            yield item


@dataclass(slots=True)
class _Left:
    turns: int = MOST_TURNS


class _Environment(SandboxedEnvironment):
    """Looks through whatever it is given, before it is made a program."""

    template_class = _Bounded

    def __init__(self, letter: type[Any], file: str) -> None:
        super().__init__(finalize=_as_text)
        self.globals.clear()
        self.filters.clear()
        self.tests.clear()
        self._names, self._file, self._left = _names_in(letter), file, _Left()

    def getattr(self, obj: Any, attribute: str) -> Any:
        found = super().getattr(obj, attribute)
        return _Turned(found, self._left) if isinstance(found, list) else found

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:
        must_be_names(self.parse(source), self._names, self._file)
        return super().from_string(source, *args, **kwargs)


def _as_text(value: Any) -> Any:
    """Without what XML or a line of a letter may not hold: what breaks a page in a form breaks none in a text."""
    return _NOT_IN_XML.sub("", value.replace("\t", " ")) if isinstance(value, str) else value


def _names_in(letter: type[Any]) -> Names:
    return {each.name: _kind(each.inside) for each in names_of(letter)}


def _kind(inside: type[Any] | None) -> Any:
    if inside is None:
        return None
    return [None if inside is str else _names_in(inside)]


def must_be_names(text: nodes.Template, known: Names, file: str) -> None:
    """Raises Refused with every name that is not known."""
    strange = next((each for each in _all_of(text) if not isinstance(each, _ALLOWED)), None)
    if strange is not None:
        kind = type(strange).__name__
        raise Refused("form.only_names", file=file, what=_WRITTEN.get(kind, kind))
    unknown = list(dict.fromkeys(_unknown(text.body, known, file)))
    if unknown:
        raise Refused("form.unknown_names", file=file, names=tuple(unknown))


def _all_of(node: nodes.Node) -> Iterator[nodes.Node]:
    for child in node.iter_child_nodes():
        yield child
        yield from _all_of(child)


def _unknown(body: list[nodes.Node], known: Names, file: str) -> Iterator[str]:
    for node in body:
        if isinstance(node, nodes.For):
            yield from _unknown_in_loop(node, known, file)
        elif isinstance(node, nodes.If):
            yield from _unknown([node.test, *node.body, *node.elif_, *node.else_], known, file)
        elif isinstance(node, nodes.Name | nodes.Getattr):
            yield from [] if _found(node, known) is not _NOWHERE else [_written(node)]
        else:
            yield from _unknown(list(node.iter_child_nodes()), known, file)


def _unknown_in_loop(loop: nodes.For, known: Names, file: str) -> Iterator[str]:
    found = _found(loop.iter, known)
    if not isinstance(loop.target, nodes.Name) or loop.test or loop.recursive or loop.else_:
        raise Refused("form.only_names", file=file, what="for")
    if not isinstance(found, list):
        yield _written(loop.iter)
        return
    yield from _unknown(loop.body, {**known, loop.target.name: found[0], "loop": _OF_LOOPS}, file)


_NOWHERE = object()


def _found(node: nodes.Node, known: Names) -> Any:
    if isinstance(node, nodes.Name):
        return known.get(node.name, _NOWHERE)
    if isinstance(node, nodes.Getattr):
        inside = _found(node.node, known)
        return inside.get(node.attr, _NOWHERE) if isinstance(inside, dict) else _NOWHERE
    return _NOWHERE


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return str(node.name) if isinstance(node, nodes.Name) else "…"
