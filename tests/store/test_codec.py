"""Every kind of event survives the log: what is read is what was written, to the digit and the second."""

from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.meeting.events import KINDS
from app.store import log
from tests.meetings import shipped, whole_meeting

EVERY_KIND = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())

OFFSETS = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.integers(0, 2**52).map(
    lambda microseconds: datetime.fromtimestamp(0, UTC) + timedelta(0, 0, microseconds)
)
LEAVES: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    int: st.integers(-(2**31), 2**31),
    bool: st.booleans(),
    type(None): st.none(),
    Decimal: st.decimals(allow_nan=False, allow_infinity=False, places=4) | st.sampled_from([Decimal("1E+3")]),
    date: st.dates(),
    datetime: INSTANTS | st.builds(datetime.astimezone, INSTANTS, OFFSETS),
    timedelta: st.timedeltas(timedelta(days=-9), timedelta(days=9)),
}


def anything(kind: Any) -> st.SearchStrategy[Any]:
    """Any value that a field of this type may hold, defaults included."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return st.builds(kind, **{name: anything(hint) for name, hint in get_type_hints(kind).items()})
    if origin in (Union, UnionType):
        return st.one_of(*map(anything, inner))
    if origin is tuple:
        return st.lists(anything(inner[0]), max_size=3).map(tuple)
    if origin is dict:
        return st.dictionaries(anything(inner[0]), anything(inner[1]), max_size=3)
    return st.sampled_from(kind) if issubclass(kind, Enum) else LEAVES[kind]


@EVERY_KIND
@settings(max_examples=10)
@given(data=st.data())
def test_every_kind_of_event_is_read_as_it_was_written(kind, data):
    event = data.draw(anything(kind))
    read = decoded(kind, line_of(event).data)
    assert read == event
    assert log._encode(read) == log._encode(event)  # an offset from UTC and the digits of a decimal count too


@pytest.mark.parametrize("code", ["demo", "levels", "comments"])
def test_a_whole_meeting_is_read_as_it_was_written(code):
    events = whole_meeting(shipped(code)).events
    assert [decoded(type(event), line_of(event).data) for event in events] == events


@EVERY_KIND
@settings(max_examples=5)
@given(data=st.data())
def test_an_entry_older_than_a_field_still_reads(kind, data):
    """Fields are added with defaults; an entry from before, at every depth, is one with the defaults."""
    event = data.draw(anything(kind))
    assert decoded(kind, log._encode(written_of_old(event))) == read_of_old(event)


def test_a_field_that_only_a_newer_program_knows_is_passed_over():
    told = decoded(KINDS["SpeakerTold"], b'{"text":"Time","colour":"red","at":"2023-11-17T04:00:00Z"}')
    assert told == KINDS["SpeakerTold"]("Time", datetime(2023, 11, 17, 4, tzinfo=UTC))


# --- into the log and out of it ---------------------------------------------------------------------------------------


def line_of(event: Any) -> log.EntryLine:
    entry = next(log.entries_after(log.beginning("m"), "m", "seat:ann", "id", [event]))
    return log._decode_line(entry.line)


def decoded(kind: Any, data: Any) -> Any:
    return log._decoders[kind.__name__].decode(data)


def written_of_old(value: Any) -> Any:
    """What an old program wrote: only the fields there have always been."""
    if is_dataclass(value):
        return {each.name: written_of_old(getattr(value, each.name)) for each in fields(value) if is_old(each)}
    return inside(value, written_of_old)


def read_of_old(value: Any) -> Any:
    if is_dataclass(value):
        old = {each.name: read_of_old(getattr(value, each.name)) for each in fields(value) if is_old(each)}
        return type(value)(**old)
    return inside(value, read_of_old)


def inside(value: Any, change: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(change, value))
    return {key: change(each) for key, each in value.items()} if isinstance(value, dict) else value


def is_old(field: "Field[Any]") -> bool:
    return field.default is MISSING and field.default_factory is MISSING
