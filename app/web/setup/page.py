"""What a set-up page is: a part of the plan, as a form and back again."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import msgspec

from app.meeting.plan import Plan
from app.web.setup.typed import Reader, Typed


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of rows on a page, and the fields of a row in the order in which they are read."""

    name: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetupPage:
    """One page. Its name is its address, its template and its place among the steps.

    ``part``: what of the plan it edits; saving is declined if somebody else has changed that meanwhile.
    ``typed``: the form as the plan fills it. ``take``: the plan with what the form says; complaints stay in the reader.
    ``act``: what a button other than “save” makes of the form (nothing is saved): form, action, its object.
    ``more``: what else the template shows, from the plan and the form as it stands.
    """

    name: str
    part: Callable[[Plan], Any]
    typed: Callable[[Plan], Typed]
    take: Callable[[Plan, Reader], Plan]
    act: Callable[[Plan, Typed, str, str], Typed]
    more: Callable[[Plan, Typed], dict[str, Any]]
    fields: tuple[str, ...] = ()
    rows: tuple[Rows, ...] = ()
    words: dict[str, str] = field(default_factory=dict)

    def version(self, plan: Plan) -> str:
        """A name for the part as it stands: forms carry it, so that nobody overwrites what they have not seen."""
        return hashlib.blake2b(msgspec.json.encode(self.part(plan)), digest_size=9).hexdigest()

    def label(self, name: str) -> str:
        """The key of the word for a field: ``units.water.office`` is called by ``field.units.office``."""
        rows, _, rest = name.partition(".")
        return f"field.{rows}.{rest.rpartition('.')[2]}" if rest else f"field.{self.name}.{name}"


def acts_on_rows(typed: Typed, action: str, target: str) -> Typed:
    """The buttons that every list has: ``up:units.water``, ``down:…``, ``remove:…``."""
    rows, _, key = target.partition(".")
    match action:
        case "up":
            return typed.with_row_moved(rows, key, -1)
        case "down":
            return typed.with_row_moved(rows, key, +1)
        case "remove":
            return typed.without_row(rows, key)
    return typed


def new_id(stem: str, taken: set[str]) -> str:
    """``stem-1``, or the next that is free."""
    return next(id for at in range(1, len(taken) + 2) if (id := f"{stem}-{at}") not in taken)
