"""What stands in a form, as text, and the values in it, with a complaint at the field for what cannot be one.

Values are read as the workbook's cells are (``app.papers.plan.cells``): what people type means the same at both doors.

Fields go by name. Those of a row carry the row's place: ``units.water.office`` is the field ``office`` of the row
``water`` of ``units``. Rows stand in the order in which their fields were sent, which is the order of the page.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from app.meeting.decimals import plain
from app.meeting.refusals import Fact, Said
from app.meeting.shortcomings import fault_of_number
from app.meeting.texts import LONGEST_DESCRIPTION, LONGEST_TITLE, is_writable
from app.papers.plan.cells import count_of, is_blank, number_of
from app.papers.plan.choices import CHOICES
from app.papers.plan.columns import Column
from app.papers.plan.contents import YES_OR_NO, Content, one_of
from app.papers.plan.mistakes import Misread
from app.papers.plan.names import tidy, tidy_name
from app.papers.plan.times import length_of

MOST_ROWS = 200
LONGEST_LIST = 20_000
"""Characters of a list that is pasted: a browser cuts what is longer without a word."""
LONGEST_SEGMENT = timedelta(hours=8)

_Enum = TypeVar("_Enum", bound=StrEnum)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of a form by name, in their order."""

    texts: dict[str, str] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.texts.get(name, "")

    def is_filled(self, name: str) -> bool:
        """Whether there is anything to see in a field."""
        return not is_blank(self.text(name))

    def keys(self, rows: str) -> list[str]:
        """The rows of a list, first to last."""
        return list(dict.fromkeys(key for name in self.texts if (key := _key(rows, name)) is not None))

    def row(self, rows: str, key: str) -> dict[str, str]:
        start = f"{rows}.{key}."
        return {name.removeprefix(start): text for name, text in self.texts.items() if _key(rows, name) == key}

    def with_texts(self, texts: Mapping[str, str]) -> "Typed":
        return Typed({**self.texts, **texts})

    def with_rows(self, rows: str, contents: Iterable[tuple[str, Mapping[str, str]]]) -> "Typed":
        """The same form with these rows in place of the list's own."""
        kept = {name: text for name, text in self.texts.items() if _key(rows, name) is None}
        return Typed(kept | _named(rows, contents))

    def with_row(self, rows: str, contents: Mapping[str, str], before: str = "") -> "Typed":
        """One more row: at the end, or before another one. See ``new_key`` for the key it gets."""
        if len(self.keys(rows)) >= MOST_ROWS:
            return self
        key = self.new_key(rows)
        listed = [(each, self.row(rows, each)) for each in self.keys(rows)]
        at = next((at for at, (each, _) in enumerate(listed) if each == before), len(listed))
        return self.with_rows(rows, [*listed[:at], (key, dict(contents)), *listed[at:]])

    def new_key(self, rows: str) -> str:
        """A key that no row has; ``new-`` tells that the row is not part of the plan yet."""
        taken = set(self.keys(rows))
        return next(key for at in range(1, len(taken) + 2) if (key := f"new-{at}") not in taken)

    def without_row(self, rows: str, key: str) -> "Typed":
        return self.with_rows(rows, [(each, self.row(rows, each)) for each in self.keys(rows) if each != key])

    def with_row_moved(self, rows: str, key: str, step: int) -> "Typed":
        """A row one place up (-1) or down (+1); at the end of the list it stays where it is."""
        keys = self.keys(rows)
        if key not in keys:
            return self
        at = keys.index(key)
        to = min(max(at + step, 0), len(keys) - 1)
        keys.insert(to, keys.pop(at))
        return self.with_rows(rows, [(each, self.row(rows, each)) for each in keys])


def of_form(pairs: Iterable[tuple[str, object]]) -> Typed:
    """The fields that a browser sent, without the token; of fields of one name the last. Lines end as typed, in \\n."""
    texts = {name: text for name, text in pairs if isinstance(text, str) and name != "_csrf_token"}
    return Typed({name: text.replace("\r\n", "\n") for name, text in texts.items()})


def _key(rows: str, name: str) -> str | None:
    if not name.startswith(f"{rows}."):
        return None
    return name[len(rows) + 1 :].rpartition(".")[0] or None


def _named(rows: str, contents: Iterable[tuple[str, Mapping[str, str]]]) -> dict[str, str]:
    return {f"{rows}.{key}.{name}": text for key, row in contents for name, text in row.items()}


class Reader:
    """Values out of a form. What cannot be read is complained about, and a harmless value stands in for it."""

    def __init__(self, typed: Typed) -> None:
        self.typed = typed
        self.complaints: dict[str, Said] = {}

    def complain(self, name: str, code: str, /, **facts: Fact) -> None:
        self.complaints.setdefault(name, Said(code, facts))

    def line(self, name: str, most: int = LONGEST_TITLE) -> str:
        """One line, as it is seen: without spaces at its ends and marks without a look; may be empty."""
        return tidy_name(self.paragraph(name, most))

    def needed_line(self, name: str, most: int = LONGEST_TITLE) -> str:
        line = self.line(name, most)
        if not line:
            self.complain(name, "field.missing")
        return line

    def paragraph(self, name: str, most: int = LONGEST_DESCRIPTION) -> str:
        typed = self.typed.text(name)
        text = tidy(typed)
        if len(text) > most:
            self.complain(name, "text.too_long", most=most, length=len(text))
        if not is_writable(typed):
            self.complain(name, "text.unwritable")
        return text

    def read(self, name: str, parse: Callable[[str], T], otherwise: T) -> T:
        """What a field means, read as a cell of the workbook is; an empty one is missing."""
        if not self.typed.is_filled(name):
            self.complain(name, "field.missing")
            return otherwise
        try:
            return parse(self.typed.text(name))
        except Misread as misread:
            self.complain(name, misread.said.code, **misread.said.facts)
            return otherwise

    def choice(self, name: str, kind: type[_Enum]) -> _Enum:
        chosen: _Enum = self.chosen(name, one_of(CHOICES[kind]))
        return chosen

    def chosen(self, name: str, content: Content) -> Any:
        """What is chosen from the list of a column, by its code or its word."""
        try:
            return content.read(self.typed.text(name))
        except Misread:
            self.complain(name, "field.no_choice")
            return next(iter(content.kind or ()))

    def flag(self, name: str) -> bool:
        return self.typed.text(name) == "on"

    def number(
        self,
        name: str,
        least: Decimal | int,
        most: Decimal | int,
        empty: Decimal | None = None,
        parse: Callable[[str], Decimal] = number_of,
    ) -> Decimal:
        """A decimal between two others, inclusive. ``empty`` is what an empty field means; without, it is missing."""
        if empty is not None and not self.typed.is_filled(name):
            return empty
        number = self.read(name, parse, None)
        if number is None:
            pass
        elif not least <= number <= most:
            self.complain(name, "field.out_of_range", least=str(least), most=str(most))
        elif fault := fault_of_number(number):
            self.complain(name, fault, where=str(plain(number)))
        else:
            return number
        return min(max(Decimal(least), Decimal(0)), Decimal(most))

    def whole(self, name: str, least: int, most: int) -> int:
        return int(self.number(name, least, most, parse=lambda text: Decimal(count_of(text))))

    def entry(self, column: Column) -> Any:
        """The value of a plain entry of the plan, by its column: one of a list, yes or no, a line, or a count."""
        if column.content.kind:
            return self.chosen(column.field, column.content)
        if column.content is YES_OR_NO:
            return self.flag(column.field)
        if column.content.is_line:
            return self.written(column)
        return self.whole(column.field, *column.bounds)

    def written(self, column: Column) -> Any:
        """What a cell would say; nothing is what an empty cell says."""
        try:
            return column.content.read(self.typed.text(column.field))
        except Misread as misread:
            self.complain(column.field, misread.said.code, **misread.said.facts)
            return column.content.read("")

    def minutes(self, name: str) -> timedelta | None:
        """How long something takes: ``8``, ``1:30``, ``8分30秒``. None if the field is empty."""
        if not self.typed.is_filled(name):
            return None
        time = self.read(name, length_of, timedelta())
        if time > LONGEST_SEGMENT:
            self.complain(name, "field.too_long_a_time", most=LONGEST_SEGMENT // timedelta(minutes=1))
        return time


def typed_text(value: Any) -> str:
    """A plain value as a form holds it."""
    return ("on" if value else "") if isinstance(value, bool) else str(value)


def minutes_text(time: timedelta) -> str:
    """A duration as people type it: ``8``, or ``1:30``."""
    minutes, seconds = divmod(int(time.total_seconds()), 60)
    return f"{minutes}:{seconds:02}" if seconds else str(minutes)
