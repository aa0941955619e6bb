"""Forms as text: rows in the order of the page, and values that are read as people type them, or complained about."""

from datetime import timedelta
from decimal import Decimal

import pytest

from app.meeting.refusals import Said
from app.web.setup.typed import MOST_ROWS, Reader, Typed, minutes_of, minutes_text, of_form

UNITS = Typed({"version": "v", "units.b.name": "B", "units.a.name": "A", "units.b.office": "O", "unitsx.c.name": "?"})


def test_rows_stand_in_the_order_of_the_page():
    assert UNITS.keys("units") == ["b", "a"]
    assert UNITS.row("units", "b") == {"name": "B", "office": "O"}


def test_a_key_may_hold_dots():
    typed = Typed({"units.no.1.name": "N"})
    assert (typed.keys("units"), typed.row("units", "no.1")) == (["no.1"], {"name": "N"})


@pytest.mark.parametrize(
    ("key", "step", "order"),
    [("a", -1, ["a", "b"]), ("b", +1, ["a", "b"]), ("b", -1, ["b", "a"]), ("a", +1, ["b", "a"]), ("?", 1, ["b", "a"])],
)
def test_a_row_moves_one_place_and_stays_at_the_end_of_the_list(key, step, order):
    moved = UNITS.with_row_moved("units", key, step)
    assert moved.keys("units") == order
    assert dict(moved.texts) == dict(UNITS.texts)


def test_rows_come_and_go_and_the_rest_of_the_form_stays():
    added = UNITS.with_row("units", {"name": "C"}, before="a")
    assert added.keys("units") == ["b", "new-1", "a"]
    assert added.without_row("units", "b").keys("units") == ["new-1", "a"]
    assert (added.text("version"), added.text("unitsx.c.name")) == ("v", "?")


def test_a_list_does_not_grow_for_ever():
    full = Typed().with_rows("units", [(str(at), {"name": ""}) for at in range(MOST_ROWS)])
    assert full.with_row("units", {"name": ""}) == full


def test_of_a_sent_form_the_token_is_left_out():
    assert of_form([("_csrf_token", "t"), ("a", "1"), ("a", "2"), ("file", object())]).texts == {"a": "2"}


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("8", timedelta(minutes=8)),
        ("1.5", timedelta(seconds=90)),
        ("1:30", timedelta(seconds=90)),
        ("90:00", timedelta(minutes=90)),
        ("0", timedelta()),
        ("1:60", None),
        ("0.001", None),
        ("1e3", None),
        ("nan", None),
        ("-", None),
    ],
)
def test_a_time_is_minutes_or_minutes_and_seconds(text, time):
    assert minutes_of(text) == time


@pytest.mark.parametrize("seconds", [0, 30, 60, 90, 480, 5400])
def test_a_time_is_written_as_it_is_read(seconds):
    time = timedelta(seconds=seconds)
    assert minutes_of(minutes_text(time)) == time


@pytest.mark.parametrize(
    ("text", "number", "complaint"),
    [
        ("5", "5", None),
        (" ０．５ ", "0.5", None),
        ("", "1", None),
        ("1e2", "0", Said("field.no_number", {"text": "1e2"})),
        ("Infinity", "0", Said("field.no_number", {"text": "Infinity"})),
        ("11", "0", Said("field.out_of_range", {"least": "0", "most": "10"})),
        ("-1", "0", Said("field.out_of_range", {"least": "0", "most": "10"})),
        ("9" * 30, "0", Said("field.no_number", {"text": "9" * 20})),
    ],
)
def test_a_number_is_read_exactly_or_complained_about(text, number, complaint):
    reader = Reader(Typed({"n": text}))
    assert reader.number("n", 0, 10, empty=Decimal(1)) == Decimal(number)
    assert reader.complaints.get("n") == complaint


def test_the_first_complaint_about_a_field_stands():
    reader = Reader(Typed())
    reader.needed_line("a")
    reader.complain("a", "rubric.no_weight")
    assert reader.complaints == {"a": Said("field.missing", {})}


def test_a_line_is_one_line_and_not_too_long():
    reader = Reader(Typed({"a": "  one \r\n two\t", "b": "x" * 201, "c": "\0"}))
    assert reader.line("a") == "one two"
    reader.line("b")
    reader.line("c")
    assert {name: said.code for name, said in reader.complaints.items()} == {
        "b": "text.too_long",
        "c": "text.unwritable",
    }
