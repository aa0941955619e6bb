"""The fields of every context, as docs/wire.md lists them: ``python -m tests.web.fields`` writes them there anew."""

import dataclasses
import types
import typing
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec

from app.live.contexts import Context
from app.live.screens import VIEWS

PAGE = Path(__file__).parents[2] / "docs" / "wire.md"
BEGINS, ENDS = "<!-- made by tests/web/fields.py -->\n", "<!-- so far -->\n"
PLAIN = {str: "text", int: "number", bool: "yes or no", types.NoneType: "null"}

Kind: TypeAlias = type[Any]


def contexts() -> dict[str, tuple[type[Context], ...]]:
    """What a region's context can be, by region: mostly of one kind."""
    made = {
        region.name: typing.get_type_hints(region.context)["return"]
        for view in VIEWS.values()
        for region in view.regions
    }
    return {name: typing.get_args(kind) or (kind,) for name, kind in made.items()}


def parts() -> dict[str, Kind]:
    """What stands in contexts, by name."""
    found: dict[str, Kind] = {}
    todo = [kind for kinds in contexts().values() for kind in kinds]
    while todo:
        for kind in map(_inner, types_of(todo.pop()).values()):
            for each in kind:
                assert found.get(each.__name__, each) is each, f"two parts are called {each.__name__}"
                if each.__name__ not in found:
                    found[each.__name__] = each
                    todo.append(each)
    return dict(sorted(found.items()))


@lru_cache
def types_of(kind: Kind) -> dict[str, Any]:
    """The types of its fields, in their order on the wire."""
    fields = msgspec.structs.fields(kind) if issubclass(kind, msgspec.Struct) else dataclasses.fields(kind)
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields}


def section() -> str:
    rows = [f"| `{region}` | {_fields(kind)} |" for region, kinds in contexts().items() for kind in kinds]
    more = [f"| {name} | {_fields(kind)} |" for name, kind in parts().items()]
    return "\n".join(["| region | fields |", "|---|---|", *rows, "", "| part of it | fields |", "|---|---|", *more, ""])


def is_of(value: Any, kind: Any) -> bool:
    """Whether a value, however deep, is what its type says."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin is Literal:
        return value in inner
    if origin in (list, tuple):
        return isinstance(value, origin) and all(is_of(each, inner[0]) for each in value)
    if origin in (dict, Mapping):
        return isinstance(value, Mapping) and (_are_facts(kind) or all(is_of(each, str) for each in value.values()))
    if inner:
        return any(is_of(value, each) for each in inner)
    if kind in PLAIN:
        return isinstance(value, kind) and isinstance(value, bool) == (kind is bool)
    return type(value) is kind and all(is_of(getattr(value, name), each) for name, each in types_of(kind).items())


def _inner(kind: Any) -> Iterator[Kind]:
    """The parts that a type names."""
    if isinstance(kind, type) and (issubclass(kind, msgspec.Struct) or dataclasses.is_dataclass(kind)):
        yield kind
    elif not _are_facts(kind):
        for each in typing.get_args(kind):
            yield from _inner(each)


def _are_facts(kind: Any) -> bool:
    return typing.get_origin(kind) in (dict, Mapping) and typing.get_args(kind)[1] is not str


def _fields(kind: Kind) -> str:
    return ", ".join(f"`{name}` {_said(each)}" for name, each in types_of(kind).items())


def _said(kind: Any) -> str:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if kind in PLAIN:
        return PLAIN[kind]
    if origin is Literal:
        return f"`{inner[0]}`"
    if _are_facts(kind):
        return "facts by name"
    if origin in (dict, Mapping):
        return "texts by id"
    if origin in (list, tuple):
        return f"list of {_said(inner[0])}"
    return " or ".join(map(_said, inner)) if inner else kind.__name__


def written(page: str) -> str:
    """The page with the fields as they are."""
    before, _, rest = page.partition(BEGINS)
    return f"{before}{BEGINS}{section()}{ENDS}{rest.partition(ENDS)[2]}"


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8")), "utf-8")
