"""A meeting as one text file (.toml): read it into a plan. ``writing_text`` is the way back."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from app.language.gaps import fault_of
from app.language.sentences import sentence_of
from app.meeting.composites.agreed import NO_COMPOSITE, Composite
from app.meeting.hints import rule_hints
from app.meeting.moments import Moment, Words
from app.meeting.plan import PRESETS, AgendaItem, Group, Mode, Order, Plan, Rules, Seat, Segment, Unit
from app.meeting.refusals import Fact
from app.meeting.rubric import Criterion
from app.meeting.shortcomings import field_of, shortcomings
from app.meeting.texts import LONGEST_DESCRIPTION, is_writable
from app.papers.plan.bounds import must_be_small, too_much_in
from app.papers.plan.cells import code_of, id_of, is_sensible
from app.papers.plan.foreign_signs import foreign_sign_in
from app.papers.plan.groups import alike, named, written
from app.papers.plan.kinds import must_be_a_text
from app.papers.plan.mistakes import Misread, Mistake, Reading, Unreadable, Where, mistake_at, warning_at
from app.papers.plan.names import as_seen, key
from app.papers.plan.own_choices import changed_in_a_line
from app.papers.plan.paths import path_of
from app.papers.plan.placing import STILL_MISSING
from app.papers.plan.quorums import quorum_of
from app.papers.plan.segments import IN_COLUMNS
from app.papers.plan.sheets import AGENDA
from app.papers.plan.spoken_words import words_in
from app.papers.plan.text_tables import INSIDE, KNOWN, ItemTable, SegmentTable, choices_at, kind_in_words
from app.papers.plan.writing_text import write_text

SHIPPED = Path(__file__).parent / "shipped"
LONGEST_SECONDS = 10**8
MOST_IN_A_LIST = 500
"""Units, seats, lines of an agenda; a meeting of a day has a dozen of each."""

T = TypeVar("T")

__all__ = ["read_plan", "read_text", "shipped_plans", "write_text"]


def read_text(content: bytes) -> Reading:
    """What a .toml file says. Raises Unreadable if it is no text."""
    must_be_a_text(content)
    must_be_small(content)
    try:
        text = content.decode("utf-8").lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        raise Unreadable("file.not_utf8") from error
    if too_much := too_much_in(text):
        return Reading(None, (too_much,))
    try:
        table = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        return Reading(None, (foreign_sign_in(text, error) or _syntax(error),))
    except (ValueError, ArithmeticError, RecursionError) as error:  # no number that there is, brackets without end
        raise Unreadable("file.broken") from error
    return _Reader(as_seen(table)).reading()


def read_plan(text: str) -> Plan:
    """The plan in a .toml text that comes with Kaimen. Raises ValueError if there is any mistake in it."""
    reading = read_text(text.encode())
    if reading.plan is None or reading.mistakes:
        raise ValueError("; ".join(f"{each.column}: {sentence_of(each.said)}" for each in reading.mistakes))
    return reading.plan


def shipped_plans() -> list[Plan]:
    """The meetings that come with Kaimen."""
    return [read_plan(path.read_text("utf-8")) for path in sorted(SHIPPED.glob("*.toml"), key=_demo_first)]


def _demo_first(path: Path) -> tuple[bool, str]:
    return path.stem != "demo", path.stem


def _syntax(error: tomllib.TOMLDecodeError) -> Mistake:
    found = re.search(r"^(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error), re.DOTALL)
    detail, line, column = found.groups() if found else (str(error), None, None)
    if line is None:
        return mistake_at(Where(), "toml.ends_too_early", detail=detail)
    return mistake_at(Where("", int(line), str(column)), "toml.syntax", detail=detail)


@dataclass(slots=True)
class _Reader:
    """Goes through the tables of a file; what cannot be understood is complained about at its path."""

    table: Mapping[str, Any]
    mistakes: list[Mistake] = field(default_factory=list)
    made: set[tuple[str, str]] = field(default_factory=set)

    def reading(self) -> Reading:
        self._must_be_short(self.table, "")
        if self.mistakes:
            return Reading(None, tuple(self.mistakes))
        plan = self._plan()
        is_readable = not self.mistakes
        if is_readable:
            self._judge(plan)
        return Reading(plan if is_readable else None, tuple(self.mistakes), {}, frozenset(self.made))

    def _plan(self) -> Plan:
        self._must_be_known(self.table, Plan, "")
        self._must_be_writable(self.table, "")
        units = self._units()
        groups = self._groups()
        return Plan(
            code=self._code(),
            title=self._value("title", str, ""),
            starts_at=self._value("starts_at", datetime, datetime(2000, 1, 1, tzinfo=UTC)),
            mode=self._value("mode", Mode, Mode.COMMENTS),
            units=units,
            groups=groups,
            seats=self._seats(groups),
            agenda=self._agenda({unit.id: unit.short_name for unit in units}),
            criteria=tuple(self._criterion(each, path) for path, each in self._tables("criteria")),
            rules=self._rules(groups),
            place=self._value("place", str, "", ""),
            organisers=self._value("organisers", tuple[str, ...], (), ()),
            order=self._value("order", Order, Order.FIXED, Order.FIXED),
            invited_only=self._value("invited_only", bool, False, False),
            rehearsal_of=self._value("rehearsal_of", str, "", ""),
            words=self._words(),
            composite=self._composite(),
        )

    def _composite(self) -> Composite:
        table = self._value("composite", dict[str, Any], {}, {})
        composite = self._part(table, Composite, "composite") or NO_COMPOSITE
        for at, part in enumerate(composite.parts):
            self._must_be_an_id(part.id, f"composite.parts[{at}].id")
        return composite

    def _words(self) -> tuple[Words, ...]:
        """The words to say, by moment."""
        said = self._value("words", dict[str, str], {}, {})
        known = {name: text for name, text in said.items() if name in [*Moment]}
        for name in said.keys() - known.keys():
            self._complain(f"words.{name}", "toml.unknown", known=tuple(Moment))
        for name, text in known.items():
            if fault := fault_of(text, Moment(name)):
                self._complain(f"words.{name}", fault.code, **fault.facts)
        return words_in(known)

    def _code(self) -> str:
        code: str = self._value("code", str, "")
        try:
            return code_of(code) if code else code
        except Misread as misread:
            self._complain("code", misread.said.code, **misread.said.facts)
            return code

    def _parts(self, name: str, kind: type[T]) -> tuple[T, ...]:
        found = (self._part(table, kind, path) for path, table in self._tables(name))
        return tuple(part for part in found if part is not None)

    def _units(self) -> tuple[Unit, ...]:
        """Who reports; a unit without a short name is called by its full one."""
        found = (self._part(_with_short_name(table), Unit, path) for path, table in self._tables("units"))
        return tuple(unit for unit in found if unit is not None)

    def _groups(self) -> tuple[Group, ...]:
        return tuple(named(group.id, group.name) for group in self._parts("groups", Group)) or PRESETS

    def _seats(self, groups: Sequence[Group]) -> tuple[Seat, ...]:
        seats = self._parts("seats", Seat)
        for at, seat in enumerate(seats):
            self._must_be_a_group(seat.group, groups, f"seats[{at}].group")
        return seats

    def _must_be_a_group(self, id: str, groups: Sequence[Group], path: str) -> None:
        known = tuple(group.id for group in groups)
        if id not in known and not self._is_wrong("groups"):
            self._complain(path, "cell.not_a_choice", value=id, choices=known)

    def _criterion(self, table: dict[str, Any], path: str) -> Criterion:
        return self._part(table, Criterion, path) or Criterion("", "", Decimal(0))

    def _rules(self, groups: Sequence[Group]) -> Rules:
        table = self._value("rules", dict[str, Any], {}, {})
        said = table.get("quorum") if isinstance(table, dict) else None
        without = {name: each for name, each in table.items() if name != "quorum"} if isinstance(said, str) else table
        rules = self._part(without, Rules, "rules") or Rules()
        for group in rules.group_weights:
            self._must_be_a_group(group, groups, f"rules.group_weights.{group}")
        for each in changed_in_a_line(rules.own_choices):
            path = f"rules.own_choices[{rules.own_choices.index(each)}].name"
            self._complain(path, "choices.changed_in_a_line", name=each.name)
        return self._with_quorum(rules, said, "quorum_by" in table) if isinstance(said, str) else rules

    def _with_quorum(self, rules: Rules, text: str, is_by_said: bool) -> Rules:
        """A quorum in words, or as a fraction; what it says itself must not be said otherwise beside it."""
        try:
            said = quorum_of(text)
        except Misread as misread:
            self._complain("rules.quorum", misread.said.code, **misread.said.facts)
            return rules
        if is_by_said and said.by and said.by is not rules.quorum_by:
            self._complain("rules.quorum_by", "quorum.said_twice", value=text)
        return replace(rules, quorum=said.share, quorum_parts=said.parts, quorum_by=said.by or rules.quorum_by)

    def _agenda(self, names: Mapping[str, str]) -> tuple[AgendaItem, ...]:
        items = []
        for at, (path, table) in enumerate(self._tables("agenda"), start=1):
            line = self._part(table, ItemTable, path)
            if line is not None:
                items.append(self._item(line, at, path, names))
        return tuple(items)

    def _item(self, line: ItemTable, at: int, path: str, names: Mapping[str, str]) -> AgendaItem:
        id = line.id or (f"report-{line.unit}" if line.unit else f"item-{at}")
        if not line.id:
            self.made.add((AGENDA, id))
        title = names.get(line.unit or "", "") if line.title is None else line.title
        return AgendaItem(id, line.kind, title, tuple(self._segments(line, path)), line.unit)

    def _segments(self, line: ItemTable, path: str) -> Iterator[Segment]:
        for kind in IN_COLUMNS:
            number: Decimal | None = getattr(line, field_of(kind))
            if number is not None:
                yield Segment(kind, self._seconds(number * 60, f"{path}.{field_of(kind)}"))
        for at, table in enumerate(line.segments):
            segment = self._part(table, SegmentTable, f"{path}.segments[{at}]")
            if segment is not None:
                yield Segment(segment.kind, self._seconds(segment.seconds, f"{path}.segments[{at}].seconds"))

    def _seconds(self, seconds: Decimal | int, path: str) -> timedelta:
        exact = Decimal(seconds)
        if not exact.is_finite() or not -LONGEST_SECONDS < exact < LONGEST_SECONDS:
            self._complain(path, "cell.not_minutes", value=f"{exact / 60:g}")
            return timedelta()
        return timedelta(seconds=int(exact))

    # --- tables and values --------------------------------------------------------------------------------------------

    def _tables(self, name: str) -> list[tuple[str, dict[str, Any]]]:
        tables = self._value(name, tuple[Any, ...], (), ())
        return [(f"{name}[{at}]", table) for at, table in enumerate(tables) if self._is_table(table, f"{name}[{at}]")]

    def _is_table(self, value: Any, path: str) -> bool:
        if not isinstance(value, dict):
            self._wrong_kind(path, "object", type(value).__name__)
        return isinstance(value, dict)

    def _part(self, table: dict[str, Any], kind: type[T], path: str) -> T | None:
        if not self._is_table(table, path):
            return None
        self._must_be_known(table, kind, path)
        for name, inside in INSIDE.get(kind, {}).items():
            self._must_be_known_in(table, name, inside, path)
        part: T | None = self._converted(table, kind, path)
        if isinstance(part, Unit | Group | Seat | Criterion) or (isinstance(part, ItemTable) and part.id):
            self._must_be_an_id(part.id, f"{path}.id")
        if isinstance(part, Criterion | Rules | Composite):
            self._must_be_sensible(asdict(part), path)
        return part

    def _value(self, name: str, kind: Any, stand_in: Any, otherwise: Any = None) -> Any:
        """A value of the file itself; with ``otherwise`` it may be left out."""
        if name not in self.table:
            if otherwise is None:
                self._complain(name, "toml.missing")
            return stand_in if otherwise is None else otherwise
        value = self._converted(self.table[name], kind, name)
        return stand_in if value is None else value

    def _converted(self, value: Any, kind: Any, path: str) -> Any:
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            self._explain(str(error), path)
            return None

    def _must_be_known(self, table: Mapping[str, Any], kind: type, path: str) -> None:
        for name in table:
            if name not in KNOWN[kind]:
                self._complain(f"{path}.{name}" if path else name, "toml.unknown", known=tuple(sorted(KNOWN[kind])))

    def _must_be_known_in(self, table: Any, name: str, kind: type, path: str) -> None:
        inner = table.get(name, ())
        for at, each in enumerate(inner if isinstance(inner, list) else ()):
            if isinstance(each, dict):
                self._must_be_known(each, kind, f"{path}.{name}[{at}]")

    def _must_be_an_id(self, id: str, path: str) -> None:
        try:
            id_of(id)
        except Misread as misread:
            self._complain(path, misread.said.code, **misread.said.facts)

    def _must_be_writable(self, value: Any, path: str) -> None:
        """Texts anywhere in the file must not be too long, nor hold what a database cannot keep."""
        if isinstance(value, dict):
            for name, each in value.items():
                self._must_be_writable(each, f"{path}.{name}" if path else name)
        elif isinstance(value, list):
            for at, each in enumerate(value):
                self._must_be_writable(each, f"{path}[{at}]")
        elif isinstance(value, str) and not is_writable(value):
            self._complain(path, "text.unwritable")
        elif isinstance(value, str) and len(value) > LONGEST_DESCRIPTION:
            self._complain(path, "text.too_long", most=LONGEST_DESCRIPTION, length=len(value))

    def _must_be_short(self, value: Any, path: str) -> None:
        if isinstance(value, list) and len(value) > MOST_IN_A_LIST:
            self._complain(path, "toml.list_too_long", most=MOST_IN_A_LIST, length=len(value))
        elif isinstance(value, dict | list):
            for name, each in value.items() if isinstance(value, dict) else enumerate(value):
                inner = f"{path}[{name}]" if isinstance(name, int) else f"{path}.{name}" if path else name
                self._must_be_short(each, inner)

    def _must_be_sensible(self, value: Any, path: str) -> None:
        if isinstance(value, dict):
            for name, each in value.items():
                self._must_be_sensible(each, f"{path}.{name}")
        elif isinstance(value, tuple):
            for at, each in enumerate(value):
                self._must_be_sensible(each, f"{path}[{at}]")
        elif isinstance(value, Decimal | int) and not is_sensible(Decimal(value)):
            self._complain(path, "cell.number_out_of_bounds", value=f"{Decimal(value):g}")

    def _explain(self, message: str, path: str) -> None:
        """A message of msgspec at its path, in our words."""
        what, _, where = message.partition(" - at ")
        path += re.sub(r"^.*\$|`$", "", where)
        if found := re.fullmatch(r"Object missing required field `(.*)`", what):
            self._complain(f"{path}.{found[1]}", "toml.missing")
        elif found := re.fullmatch(r"Invalid enum value '?(.*?)'?", what):
            choices = tuple(str(each) for each in choices_at(path))
            self._complain(path, "cell.not_a_choice", value=found[1], choices=choices)
        elif found := re.fullmatch(r"Expected `(.*)`, got `(.*)`", what):
            self._wrong_kind(path, found[1], found[2])
        elif what == "Invalid decimal string":
            self._wrong_kind(path, "decimal", "str")
        else:
            self._complain(path, "toml.not_understood", detail=what)

    def _wrong_kind(self, path: str, wanted: str, found: str) -> None:
        self._complain(path, "toml.wrong_kind", wanted=kind_in_words(wanted), found=kind_in_words(found))

    def _complain(self, path: str, code: str, /, **facts: Fact) -> None:
        self.mistakes.append(mistake_at(Where("", None, path), code, **facts))

    def _must_differ(self, parts: str, field: str, names: Sequence[str]) -> None:
        """Two names that look alike would be one to everybody in the hall."""
        seen: set[str] = set()
        for at, name in enumerate(names):
            if key(name) and key(name) in seen and not self._is_wrong(f"{parts}[{at}]"):
                self._complain(f"{parts}[{at}].{field}", "name.alike", name=name)
            seen.add(key(name))

    def _is_wrong(self, path: str) -> bool:
        return any(each.column.startswith(path) for each in self.mistakes)

    # --- the whole ----------------------------------------------------------------------------------------------------

    def _judge(self, plan: Plan) -> None:
        for at, seat in enumerate(plan.seats):
            if len(set(seat.recusals)) < len(seat.recusals):
                self._complain(f"seats[{at}].recusals", "name.twice_here")
        self._must_differ("units", "name", [unit.name for unit in plan.units])
        self._must_differ("units", "short_name", [unit.short_name for unit in plan.units])
        for at, _ in alike(plan.groups):
            self._complain(f"groups[{at}].name", "name.alike", name=written(plan.groups[at]))
        self._must_differ("seats", "label", [seat.label for seat in plan.seats])
        self._must_differ("criteria", "name", [criterion.name for criterion in plan.criteria])
        self._must_differ("composite.parts", "name", [part.name for part in plan.composite.parts])
        for each in shortcomings(plan):
            place = Where("", None, path_of(each))
            make = warning_at if each.code in STILL_MISSING else mistake_at
            self.mistakes.append(make(place, each.code, where=each.where))
        is_sound = all(each.is_warning for each in self.mistakes)
        for hint in rule_hints(plan) if is_sound else ():
            self.mistakes.append(warning_at(Where("", None, path_of(hint)), hint.said.code, **hint.said.facts))


def _with_short_name(table: dict[str, Any]) -> dict[str, Any]:
    return table if table.get("short_name", "") != "" or "name" not in table else {**table, "short_name": table["name"]}
