"""Files that are made to do harm: read or refused in words, in bounded time and memory."""

import tomllib

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.papers.plan import importing
from app.papers.plan.bounds import DEEPEST, MOST_DOTS, MOST_LINES, too_much_in
from app.papers.plan.example import EXAMPLE_TEXT
from app.papers.plan.importing import MOST_SAID, preview, read_file
from app.papers.plan.textfile import MOST_IN_A_LIST, SHIPPED

UNIT = '[[units]]\nid = "u%d"\nname = "单位%d"\nshort_name = "单位%d"\n'
HOSTILE = {
    "a key of many parts": "a" + ".a" * 100_000 + " = 1",
    "the same quoted": '"a"' + '."a"' * 100_000 + " = 1",
    "the same with spaces": "a" + " . a" * 100_000 + " = 1",
    "a table of many parts": "[a" + ".a" * 100_000 + "]",
    "a table of tables of many parts": "[[a" + ".a" * 100_000 + "]]",
    "parts inside brackets": "x = {a" + ".a" * 100_000 + " = 1}",
    "parts behind a string that ends with four quotation marks": 'x = [""" """", {a'
    + ".a" * 100_000
    + '=1}, """ """"]',
    "parts behind one that ends with five": "x = [''' ''''', {a" + ".a" * 100_000 + "=1}, ''' ''''']",
    "eight dots, very often": "".join(f"[a.b.c.d.e.f.g.h.i{n}]\n" for n in range(18_000)),
    "brackets": "x = " + "[" * 400_000,
    "brackets that close": "x = "
    + "[" * 15
    + "]" * 15
    + "\n"
    + "".join(f"y{n} = [[[[[[]]]]]]\n" for n in range(18_000)),
    "tables inside tables": "x = " + "{a = " * 100_000,
    "a list of lists": "x = [" + "[]," * 300_000 + "]",
    "a list of tables": "units = [" + "{}," * 300_000 + "]",
    "a long number": "x = " + "9" * 900_000,
    "a long number of another kind": "x = 0x" + "f" * 900_000,
    "a number with an exponent": "minutes = 1e" + "9" * 60,
    "a number with an exponent in its place": EXAMPLE_TEXT.replace("report = ", "report = 1e999999999 # "),
    "a long fraction": "x = 0." + "1" * 900_000,
    "an exponent of four hundred thousand digits": "x = 1e" + "9" * 400_000,
    "many empty tables": "[[units]]\n" * 19_000,
    "many units": "".join(UNIT % (n, n, n) for n in range(4_500)),
    "many wrong fields": "".join(f"field{n} = 1\n" for n in range(19_000)),
    "many wrong fields of a unit": "[[units]]\n" + "".join(f"field{n} = 1\n" for n in range(19_000)),
    "many lines": "\n" * 900_000,
    "one long text": 'title = "' + "很" * 300_000 + '"',
    "one long text of escapes": 'title = "' + "\\u5f88" * 150_000 + '"',
    "many quotation marks": '"' * 900_000,
    "a comment": "#" * 900_000,
    "spaces": " " * 900_000,
    "too large": "x" * 3_000_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_a_hostile_text_is_refused_in_words_and_costs_little(reader, text):
    said = reader.reads("meeting.toml", text.encode())
    assert said["said"] < 200_000
    codes = said["codes"]
    assert 1 <= len(codes) <= MOST_SAID + 1
    assert "file.more_mistakes" in codes or len(codes) <= MOST_SAID


SIGNS = (".", " . ", "=", " = ", "\n", ",", "[", "]", "[[", "]]", "{", "}", "\t")
QUOTES = ('"""', "'''", '"', "'", '""', "\\", "#")
WORDS = ("a", '"a"', "'a'", "1", "1.5", "1e9", "0x1f", "true", "1979-05-27", "nan", "a.a.a", "{a=1}", "[1]", "é")
PIECES = st.tuples(st.sampled_from((*SIGNS, *QUOTES, *WORDS)), st.integers(1, 12))
TEXTS = st.lists(PIECES, max_size=30).map(lambda pieces: "".join(piece * times for piece, times in pieces))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
@example('x = [""" """", {a.a.a.a.a.a.a.a.a.a.a=1}, """ """"]')
def test_what_the_parser_takes_has_no_more_dots_and_brackets_than_were_let_through(text):
    """The outlines are seen as the parser sees them: nothing can be hidden from the one and shown to the other."""
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return
    if too_much_in(text) is None:
        assert deepest(table) <= 2 * (MOST_DOTS + 1) * (DEEPEST + 1)
    assert read_file("meeting.toml", text.encode()).mistakes


@given(
    st.integers(MOST_DOTS + 1, 40),
    st.sampled_from(["[{}]", "[[{}]]", "{} = 1", "x = {{{} = 1}}", "x = [1, {{{} = 1}}]"]),
)
def test_no_name_of_more_dots_comes_to_the_parser(dots, form):
    for before in ("", 'y = """ """"\n', "y = ''''a'''''\n", "# '\n", 'y = "\\""\n', "y = '\\'\n"):
        mistake = too_much_in(before + form.format(".".join("a" * (dots + 1))))
        assert mistake
        assert mistake.said.code == "toml.too_many_dots"


def deepest(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(deepest, inner), default=0)


def test_what_meetings_need_is_far_below_the_bounds():
    for text in (EXAMPLE_TEXT, *(path.read_text("utf-8") for path in SHIPPED.glob("*.toml"))):
        assert too_much_in(text) is None
        assert len(text.splitlines()) * 20 < MOST_LINES


def test_a_list_that_is_too_long_is_named():
    content = "".join(UNIT % (n, n, n) for n in range(MOST_IN_A_LIST + 1))
    (mistake,) = read_file("meeting.toml", content.encode()).mistakes
    assert (mistake.said.code, mistake.column) == ("toml.list_too_long", "units")


def test_of_very_many_mistakes_the_first_are_said_and_the_number_of_all():
    content = "".join(f"field{n} = 1\n" for n in range(5_000))
    reading = read_file("meeting.toml", content.encode())
    assert len(reading.mistakes) == MOST_SAID + 1
    said = reading.mistakes[-1].said
    assert (said.code, said.facts["said"]) == ("file.more_mistakes", MOST_SAID)
    assert int(str(said.facts["all"])) > 5_000
    assert not preview(None, reading).can_be_taken


@pytest.mark.parametrize("error", [MemoryError, RecursionError, OverflowError, KeyError, AssertionError])
@pytest.mark.parametrize("name", ["meeting.toml", "meeting.xlsx"])
def test_reading_never_raises(monkeypatch, caplog, error, name):
    def breaks(_content: bytes) -> None:
        raise error("in the reader")

    monkeypatch.setattr(importing, "READERS", {".toml": breaks, ".xlsx": breaks})
    (mistake,) = read_file(name, b"x").mistakes
    assert mistake.said.code == "file.broken"
    assert "in the reader" in caplog.text
