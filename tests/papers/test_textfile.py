"""A meeting as text: what is told about a file that is not quite one, and where."""

import pytest

from app.language import Language, say
from app.papers.plan.example import EXAMPLE, EXAMPLE_TEXT
from app.papers.plan.importing import preview, read_file
from app.papers.plan.textfile import write_text
from tests.meetings import minutes, small_plan

SMALL = write_text(small_plan())


def told(text: str) -> list[tuple[int | None, str, str]]:
    """Line, path and code of everything that is told of a text."""
    mistakes = read_file("meeting.toml", text.encode()).mistakes
    return [(each.row, each.column, each.said.code) for each in mistakes]


def edited(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new, 1)


def test_the_example_is_the_meeting_it_says():
    assert read_file("meeting.toml", EXAMPLE_TEXT.encode()).plan == EXAMPLE
    assert sum((item.planned for item in EXAMPLE.agenda), minutes(0)) == minutes(75)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("code = ", "code ", [(1, "6", "toml.syntax")]),
        ("code = ", "code ＝ ", [(1, "6", "toml.foreign_sign")]),
        ("code = ", "code\u00a0= ", [(1, "5", "toml.unseen_sign")]),
        ("code = ", "\u200bcode = ", [(1, "1", "toml.unseen_sign")]),
        ('code = "', "code = “", [(1, "8", "toml.foreign_sign")]),
        ('code = "small"', "code = ３", [(1, "8", "toml.foreign_sign")]),
        ("code = ", "【code】 = ", [(1, "1", "toml.foreign_sign")]),
        ("grades = []", "grades = [", [(None, "", "toml.ends_too_early")]),
        ('title = "A small review"\n', "", [(None, "title", "toml.missing")]),
        ('title = "A small review"', "title = 3", [(None, "title", "toml.wrong_kind")]),
        ('title = "A small review"', 'title = " "', [(None, "title", "title.missing")]),
        ("+08:00", "", [(None, "starts_at", "start.without_offset")]),
        ('mode = "points"', 'mode = "stars"', [(None, "mode", "cell.not_a_choice")]),
        ('code = "small"', 'code = "small plan"', [(None, "code", "code.malformed")]),
        ("place", "plaice", [(None, "plaice", "toml.unknown")]),
        ('name = "The High Court of the City", ', "", [(None, "units[1].name", "toml.missing")]),
        ('short_name = "Court"', "short_name = 7", [(None, "units[1].short_name", "toml.wrong_kind")]),
        ('short_name = "Court"', 'short_name = "Court", motto = ""', [(None, "units[1].motto", "toml.unknown")]),
        ('group = "cppcc"', 'group = "king"', [(None, "seats[4].group", "cell.not_a_choice")]),
        ('recusals = ["court"]', 'recusals = ["moon"]', [(None, "seats[4].recusals[0]", "recusal.unknown_unit")]),
        ('recusals = ["court"]', 'recusals = ["court", "court"]', [(None, "seats[4].recusals", "name.twice_here")]),
        ('id = "ben"', 'id = "ann"', [(None, "seats[1].id", "seat.twice")]),
        ("minutes = 5", "minutes = 0", [(None, "agenda[0].minutes", "segment.without_time")]),
        ("minutes = 5", "minutes = inf", [(None, "agenda[0].minutes", "cell.not_minutes")]),
        ("report = 8", "report = 1e30", [(None, "agenda[1].report", "cell.not_minutes")]),
        ('unit = "court"', 'unit = "water", title = "x"', [(None, "agenda[2].unit", "unit.reports_twice")]),
        ("step = 0.5", "step = 7", [(None, "criteria[0].step", "criterion.step_does_not_fit")]),
        ("step = 0.5", "step = 0.5, levels = [{ points = 99, name = 'a' }]",
         [(None, "criteria[0].levels[0].points", "level.out_of_range")]),
        ("step = 0.5", "step = 0.5, levels = [{ points = 9, nom = 'a' }]",
         [(None, "criteria[0].levels[0].nom", "toml.unknown"), (None, "criteria[0].levels[0].name", "toml.missing")]),
        ('id = "ben"', 'id = "b n"', [(None, "seats[1].id", "id.unusable")]),
        ('id = "ben"', 'id = ""', [(None, "seats[1].id", "id.unusable")]),
        ('place = ""', 'place = "\\u0000"', [(None, "place", "text.unwritable")]),
        ('place = ""', f'place = "{"x" * 1001}"', [(None, "place", "text.too_long")]),
        ("maximum = 60", 'maximum = "many"', [(None, "criteria[0].maximum", "toml.wrong_kind")]),
        ("maximum = 60", "maximum = nan", [(None, "criteria[0].maximum", "cell.number_out_of_bounds")]),
        ("maximum = 60", "maximum = 1e400", [(None, "criteria[0].maximum", "cell.number_out_of_bounds")]),
        ("quorum = 0.5", "quorum = 1e-99", [(None, "rules.quorum", "cell.number_out_of_bounds")]),
        ("trim_from = 5", "trim_from = 2", [(None, "rules.trim_from", "trim.leaves_nothing")]),
        ('trim_of = "sheet"', 'trim_of = "cake"', [(None, "rules.trim_of", "cell.not_a_choice")]),
        ("tie_ladder = []", 'tie_ladder = ["dice"]', [(None, "rules.tie_ladder[0]", "cell.not_a_choice")]),
        ("group_weights = {}", "group_weights = { expert = 1, deputy = 1 }",
         [(None, "rules.group_weights.cppcc", "group.without_weight")]),
        ("seats = [", "seats = [ 3,", [(None, "seats[0]", "toml.wrong_kind")]),
    ],
)  # fmt: skip
def test_mistakes_are_told_by_line_or_path(old, new, expected):
    assert told(edited(old, new)) == expected


def test_several_mistakes_are_told_at_once():
    text = edited('mode = "points"', 'mode = "stars"').replace("minutes = 5", 'minutes = "long"')
    assert [path for _, path, _ in told(text)] == ["mode", "agenda[0].minutes"]


def test_what_may_still_be_completed_is_a_warning():
    text = write_text(small_plan(seats=(), agenda=(), criteria=()))
    reading = read_file("meeting.toml", text.encode())
    assert [path for _, path, _ in told(text)] == ["agenda", "seats", "criteria"]
    assert preview(None, reading).can_be_taken


def test_a_mark_of_byte_order_and_foreign_line_ends_do_no_harm():
    content = b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()
    assert read_file("meeting.toml", content).plan == small_plan()
    assert read_file("meeting.toml", SMALL.replace("\n", "\r").encode()).plan == small_plan()


def test_a_value_of_another_kind_is_told_in_plain_words():
    [mistake] = read_file("meeting.toml", edited('title = "A small review"', "title = 3").encode()).mistakes
    assert say(mistake.said, Language.ENGLISH) == "This should be a text in quotation marks, not a whole number."
    assert say(mistake.said, Language.CHINESE) == "此处应填引号内的文字，而不是整数。"
