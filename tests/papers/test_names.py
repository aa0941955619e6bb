"""What nobody sees is no part of a name, at whichever door it comes in."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.papers.plan.importing import read_file
from app.papers.plan.names import key, tidy_name
from app.papers.plan.template import WRITERS
from app.web.setup import panel, rubric, units
from app.web.setup.typed import Reader, Typed
from tests.meetings import small_plan
from tests.papers.books import errors, overwritten, read

IGNORABLE = [
    *"\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2060\u2066\u206f",
    *"\u3164\ufe0e\ufe0f\ufeff\uffa0\ufff9\U0001d173\U000e0001\U000e0020\U000e0100\u2800",
]
NAMES = [f"U+{ord(each):04X}" for each in IGNORABLE]


@pytest.mark.parametrize("mark", IGNORABLE, ids=NAMES)
def test_a_mark_that_nobody_sees_is_no_part_of_a_name(mark):
    assert tidy_name(f"市{mark}教委{mark}").replace(" ", "") == "市教委"
    assert key(f"{mark}市教{mark}委") == key("市教委")


def test_of_all_format_characters_only_those_with_a_look_stay():
    """The Arabic and Indic signs that stand before a number are drawn; Egyptian ones join what is drawn."""
    every = [each for at in range(0x110000) if unicodedata.category(each := chr(at)) == "Cf"]
    left = {each for each in every if tidy_name(f"a{each}b") != "ab"}
    assert {unicodedata.name(each).split()[0] for each in left} <= {"ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN"}


def test_a_rare_character_that_python_does_not_know_yet_stays():
    assert tidy_name("\U0002ebf0局\U00031350") == "\U0002ebf0局\U00031350"


@pytest.mark.parametrize("dot", "·•‧∙⋅・･")
def test_there_is_one_dot(dot):
    assert tidy_name(f"阿不都{dot}买买提") == "阿不都·买买提"
    assert key(f"阿不都{dot}买买提") == key("阿不都·买买提")


def test_a_dot_before_a_name_is_left_alone():
    assert tidy_name("• 市教委") == "• 市教委"


def test_a_name_broken_over_two_lines_is_one_name():
    assert tidy_name("市教育\n委员会") == "市教育委员会"
    assert tidy_name("Bureau\nof Justice") == "Bureau of Justice"


@given(st.text(max_size=20))
def test_a_tidy_name_stays_as_it_is(text):
    assert tidy_name(tidy_name(text)) == tidy_name(text)


@pytest.mark.parametrize("times", [1, 30, 300])
def test_a_long_text_is_compared_by_the_same_letters_to_its_end(times):
    assert key("（ＡＢ１２）：注，" * times) == "(ab12):注," * times


def test_two_names_that_look_alike_are_not_two_in_a_workbook():
    reading = read(overwritten({("单位", "A5"): "市教育\u200e委员会", ("单位", "B5"): "丙"}))
    assert errors(reading) == [("单位", 5, "A 单位名称", "name.twice")]


def test_names_come_out_of_a_workbook_without_what_nobody_sees():
    reading = read(overwritten({("单位", "A2"): "市•教育\ufe0f委\u3164员会", ("单位", "B2"): "市教\U000e0100委"}))
    assert [(unit.name, unit.short_name) for unit in reading.plan.units[:1]] == [("市·教育委员会", "市教委")]


def text_with(old: str, new: str) -> bytes:
    text = WRITERS[".toml"](None).decode()
    assert text.count(old) == 1
    return text.replace(old, new).encode()


def test_names_come_out_of_a_text_without_what_nobody_sees():
    reading = read_file("meeting.toml", text_with('name = "市教育委员会"', 'name = "\u3164市教育\ufe0f委员会\u200e"'))
    assert (errors(reading), reading.plan.units[0].name) == ([], "市教育委员会")


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('{ id = "civil", name = "市民政局"', '{ id = "civil", name = "市教育\u200b委员会"', "units[1].name"),
        ('short_name = "市民政局"', 'short_name = "市\u3000教委"', "units[1].short_name"),
        ('label = "专家2"', 'label = "专家１"', "seats[1].label"),
        ('name = "系统内学法用法"', 'name = "责任制机制\u2060建设"', "criteria[1].name"),
    ],
)
def test_two_names_that_look_alike_are_not_two_in_a_text(old, new, path):
    assert errors(read_file("meeting.toml", text_with(old, new))) == [("", None, path, "name.alike")]


def test_names_come_out_of_a_form_without_what_nobody_sees():
    reader = Reader(Typed({"a": "市教育\ufe0f委员会\u3164", "b": " A\u200e  B ", "c": "\u3164\u200b"}))
    assert (reader.line("a"), reader.line("b"), reader.line("c")) == ("市教育委员会", "A B", "")
    assert reader.needed_line("c") == ""
    assert reader.complaints["c"].code == "field.missing"


def test_a_text_needs_no_short_names():
    """As docs/importing.md says: empty means the full name."""
    text = WRITERS[".toml"](None).decode()
    for gap in ("", ', short_name = ""'):
        shorter = text.replace(', short_name = "市民政局"', gap)
        reading = read_file("meeting.toml", shorter.encode())
        assert errors(reading) == []
        assert [unit.short_name for unit in reading.plan.units] == ["市教委", "市民政局", "市市场监管局"]
        assert reading.plan.agenda[2].title == "市民政局"


@pytest.mark.parametrize(
    ("page", "rows", "field", "code"),
    [
        (
            "units",
            [{"name": "市教育委员会"}, {"name": "市教育\u200d委员会", "short_name": "乙"}],
            "name",
            "units.same_full_name",
        ),
        (
            "units",
            [{"name": "甲", "short_name": "A·B"}, {"name": "乙", "short_name": "a • b"}],
            "short_name",
            "units.same_name",
        ),
        (
            "panel",
            [{"label": "专家1", "group": "expert"}, {"label": "专家１", "group": "expert"}],
            "label",
            "panel.same_label",
        ),
        (
            "rubric",
            [{"name": "实效", "maximum": "9"}, {"name": "实 效\ufe0e", "maximum": "9"}],
            "name",
            "rubric.same_name",
        ),
    ],
)
def test_two_names_that_look_alike_are_not_two_in_a_form(page, rows, field, code):
    pages = {"units": (units.PAGE, "units"), "panel": (panel.PAGE, "seats"), "rubric": (rubric.PAGE, "criteria")}
    setup, named = pages[page]
    reader = Reader(Typed().with_rows(named, [(f"new-{at}", row) for at, row in enumerate(rows, start=1)]))
    setup.take(small_plan(), reader)
    assert {name: said.code for name, said in reader.complaints.items()} == {f"{named}.new-2.{field}": code}
