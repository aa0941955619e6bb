"""Forms as text: rows in the order of the page, and values that are read as people type them, or complained about."""

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from app.meeting.plan import Mode
from app.meeting.refusals import Said
from app.papers.plan.times import date_of, length_of, time_of
from app.web.setup.typed import MOST_ROWS, Reader, Typed, minutes_text, of_form

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


@pytest.mark.parametrize("seconds", [0, 30, 60, 90, 480, 5400])
def test_a_time_is_written_as_it_is_read(seconds):
    time = timedelta(seconds=seconds)
    assert length_of(minutes_text(time)) == time


@pytest.mark.parametrize(
    ("read", "text", "value"),
    [
        (lambda reader: reader.minutes("n"), "8分钟", timedelta(minutes=8)),
        (lambda reader: reader.minutes("n"), "1：30", timedelta(seconds=90)),
        (lambda reader: reader.minutes("n"), "８分３０秒", timedelta(seconds=510)),
        (lambda reader: reader.minutes("n"), "90:00", timedelta(minutes=90)),
        (lambda reader: reader.minutes("n"), " ", None),
        (lambda reader: reader.number("n", 0, 100), "２０分", Decimal(20)),
        (lambda reader: reader.number("n", 0, 10, empty=Decimal(1)), "", Decimal(1)),
        (lambda reader: reader.whole("n", 0, 20), "２个", 2),
        (lambda reader: reader.choice("n", Mode), "等次制", Mode.LEVELS),
        (lambda reader: reader.read("n", date_of, None), "2026年11月17日", date(2026, 11, 17)),
        (lambda reader: reader.read("n", time_of, None), "下午2:30", time(14, 30)),
    ],
)
def test_what_is_typed_is_read_as_in_the_workbook(read, text, value):
    reader = Reader(Typed({"n": text}))
    assert (read(reader), reader.complaints) == (value, {})


@pytest.mark.parametrize(
    ("read", "text", "complaint"),
    [
        (lambda reader: reader.number("n", 0, 10), "1e400", Said("cell.number_out_of_bounds", {"value": "1e400"})),
        (lambda reader: reader.number("n", 0, 10), "many", Said("cell.not_a_number", {"value": "many"})),
        (lambda reader: reader.number("n", 0, 10), "5 6", Said("cell.several_numbers", {"value": "5 6"})),
        (lambda reader: reader.number("n", 0, 10), "11", Said("field.out_of_range", {"least": "0", "most": "10"})),
        (lambda reader: reader.number("n", 0, 10), "-1", Said("field.out_of_range", {"least": "0", "most": "10"})),
        (lambda reader: reader.number("n", 0, 10), "\u200b", Said("field.missing", {})),
        (lambda reader: reader.whole("n", 0, 10), "1.5", Said("cell.not_a_count", {"value": "1.5"})),
        (lambda reader: reader.minutes("n"), "1:60", Said("cell.not_minutes", {"value": "1:60"})),
        (lambda reader: reader.minutes("n"), "一会儿", Said("cell.not_minutes", {"value": "一会儿"})),
        (lambda reader: reader.minutes("n"), "9小时", Said("field.too_long_a_time", {"most": 480})),
        (lambda reader: reader.choice("n", Mode), "dice", Said("field.no_choice", {})),
        (lambda reader: reader.read("n", date_of, None), "soon", Said("cell.not_a_date", {"value": "soon"})),
        (lambda reader: reader.read("n", date_of, None), "", Said("field.missing", {})),
    ],
)
def test_what_cannot_be_read_is_complained_about_at_its_field(read, text, complaint):
    reader = Reader(Typed({"n": text}))
    read(reader)
    assert reader.complaints == {"n": complaint}


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
