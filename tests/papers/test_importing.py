"""Taking a file: what a preview shows, what is written, and what is refused."""

from contextlib import closing
from dataclasses import replace

import pytest

from app.meeting.plan import Attachment, Preset, Seat
from app.meeting.refusals import Refused
from app.papers.plan.importing import preview, preview_of, read_file, take
from app.papers.plan.template import WRITERS
from app.papers.plan.workbook import write_workbook
from app.store import contents, keys, plans
from app.store.database import Database
from app.store.keys import Key, Role
from tests.meetings import at_water, small_plan
from tests.papers.books import TEMPLATE, changed, overwritten, read
from tests.promised import judged_plan
from tests.records import record, save


@pytest.fixture
def house(tmp_path):
    with closing(Database(str(tmp_path / "kaimen.db"))) as database:
        database.create()
        yield database


def changes(before, content):
    shown = preview(before, read(content))
    assert shown.can_be_taken
    return [(each.kind, each.sheet, each.row, each.what) for each in shown.changes if each.kind != "same"]


def taken(house, content, name="meeting.xlsx", code=None):
    with house.reading() as connection:
        shown = preview_of(connection, read_file(name, content), code)
    with house.writing() as connection:
        return take(connection, shown)


def loaded(house, code):
    with house.reading() as connection:
        return plans.load(connection, code)


def codes(house):
    with house.reading() as connection:
        return plans.codes(connection)


# --- a preview --------------------------------------------------------------------------------------------------------


def test_a_file_of_the_meeting_as_it_is_changes_nothing():
    assert changes(small_plan(), write_workbook(small_plan())) == []


def test_a_preview_tells_line_by_line_what_is_new_changed_and_gone():
    def edit(book):
        book["单位"]["B2"] = "The Waterworks"
        book["议程"]["B3"] = "The Waterworks"
        book["评议团"].delete_rows(3)
        book["评议团"]["A6"], book["评议团"]["B6"] = "Lawyer 1", "律师"
        book["规则"]["B6"] = 1

    shown = preview(small_plan(), read(changed(edit, small_plan())))
    assert [
        (each.kind, each.sheet, each.row, each.what, each.before, each.after)
        for each in shown.changes
        if each.kind != "same"
    ] == [
        ("changed", "单位", 2, "The Waterworks", "简称：Water", "简称：The Waterworks"),
        (
            "changed",
            "议程",
            3,
            "The Waterworks",
            "单位：Water；标题：Water",
            "单位：The Waterworks；标题：The Waterworks",
        ),
        ("new", "评议团", 6, "Lawyer 1", "", "席位：Lawyer 1；类别：律师"),
        ("gone", "评议团", None, "Expert 2", "席位：Expert 2；类别：专家", ""),
        ("changed", "规则", 6, "小数位数", "内容：2", "内容：1"),
    ]


def test_only_what_was_moved_is_told_as_moved():
    plan = small_plan()
    opening, water, court, *others = plan.agenda
    moved = replace(plan, agenda=(opening, court, water, *others))
    (change,) = changes(plan, write_workbook(moved))
    assert change[:2] == ("changed", "议程")


def test_a_file_with_mistakes_shows_no_changes():
    shown = preview(small_plan(), read(overwritten({("会议", "B3"): None})))
    assert (shown.can_be_taken, shown.plan, shown.changes) == (False, None, ())


# --- knowing parts again ----------------------------------------------------------------------------------------------


def without_ids(book):
    for name in ("单位", "议程", "评议团", "评分细则"):
        sheet = book[name]
        sheet.delete_cols(sheet.max_column)


def test_parts_without_an_id_are_known_again_by_their_names():
    plan = small_plan()
    reading = read(changed(without_ids, plan))
    assert reading.plan != plan
    assert preview(plan, reading).plan == plan


def test_a_line_put_in_between_takes_nobodys_place():
    plan = small_plan()

    def insert(book):
        without_ids(book)
        book["评议团"].insert_rows(3)
        book["评议团"]["A3"], book["评议团"]["B3"] = "Lawyer 1", "律师"

    seats = preview(plan, read(changed(insert, plan))).plan.seats
    assert seats == (plan.seats[0], Seat("seat-2", "Lawyer 1", Preset.LAWYER), *plan.seats[1:])


def test_another_unit_in_the_same_line_gets_neither_id_nor_papers():
    report = Attachment("paper-1", "report.pdf", 1000, "f" * 64)
    template = read(TEMPLATE).plan
    first, *others = template.units
    plan = replace(template, units=(replace(first, attachments=(report,)), *others))
    renamed = {("单位", "A2"): "市水利局", ("单位", "B2"): "水利", ("议程", "B3"): "水利", ("回避", "B2"): "水利"}
    units = preview(plan, read(overwritten(renamed))).plan.units
    assert [(unit.id, unit.attachments) for unit in units] == [("unit-4", ()), ("unit-2", ()), ("unit-3", ())]


# --- taking -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_a_new_meeting_is_taken_whole(house, kind):
    plan = taken(house, WRITERS[kind](small_plan()), f"meeting{kind}")
    assert plan == small_plan() == loaded(house, "small")


def test_a_file_may_be_taken_under_another_code(house):
    save(house, small_plan())
    taken(house, write_workbook(small_plan(title="A copy")), code="copy")
    assert codes(house) == ["small", "copy"]
    assert loaded(house, "small") == small_plan()
    assert loaded(house, "copy") == small_plan(title="A copy", code="copy")


def test_a_code_that_cannot_be_is_a_mistake(house):
    with house.reading() as connection:
        shown = preview_of(connection, read(write_workbook(small_plan())), "setup")
    assert ([each.said.code for each in shown.mistakes], shown.can_be_taken) == (["code.reserved"], False)


def test_an_open_meeting_is_left_alone(house):
    record(house, at_water())
    with pytest.raises(Refused) as refused:
        taken(house, write_workbook(small_plan(title="Another title")))
    assert refused.value.code == "import.already_open"
    assert loaded(house, "small") == small_plan()


def test_a_preview_that_is_out_of_date_is_refused(house):
    save(house, small_plan())
    shown = preview(small_plan(), read(write_workbook(small_plan(place="Hall 2"))))
    save(house, small_plan(place="Hall 3"))
    with house.writing() as connection, pytest.raises(Refused) as refused:
        take(connection, shown)
    assert refused.value.code == "import.changed_meanwhile"
    assert loaded(house, "small").place == "Hall 3"


def test_a_real_meeting_does_not_become_a_rehearsal(house):
    save(house, small_plan())
    taken(house, write_workbook(small_plan(rehearsal_of="other", place="Hall 2")))
    assert loaded(house, "small") == small_plan(place="Hall 2")


def test_the_key_of_a_seat_that_is_gone_opens_nothing(house):
    save(house, small_plan())
    with house.writing() as connection:
        stays, goes = (keys.make(connection, Key("small", Role.SEAT, seat), "test") for seat in ("ann", "ben"))
    taken(house, write_workbook(small_plan(seats=(small_plan().seats[0], *small_plan().seats[2:]))))
    with house.reading() as connection:
        found = [keys.find(connection, token) for token in (stays, goes)]
        by = [each.revoked_by for each in keys.listed(connection, "small")]
    assert found == [Key("small", Role.SEAT, "ann"), None]
    assert by == [keys.NOBODY_SAID, keys.IMPORT]


def test_papers_go_with_their_unit(house):
    first, *others = small_plan().units
    with house.writing() as connection:
        sha256 = contents.keep(connection, b"%PDF")
        kept = small_plan(units=(replace(first, attachments=(Attachment("p", "a.pdf", 4, sha256),)), *others))
        plans.save(connection, kept)
    assert taken(house, write_workbook(small_plan(place="Hall 2"))).units == kept.units

    def drop_water(book):
        book["单位"].delete_rows(2)
        book["议程"].delete_rows(3)

    taken(house, changed(drop_water, small_plan()))
    with house.reading() as connection:
        assert contents.load(connection, sha256) is None


@pytest.mark.parametrize("kind", sorted(WRITERS))
def test_that_nothing_was_promised_is_not_said_of_a_meeting_that_has_promises(kind):
    """No file holds them: by itself it would be right."""
    judged = judged_plan()
    file = read_file(f"meeting{kind}", WRITERS[kind](judged))
    promised_nothing = replace(judged, units=tuple(replace(unit, promises=()) for unit in judged.units))
    said = [[each.said.code for each in preview(before, file).mistakes] for before in (judged, promised_nothing, None)]
    assert said == [[], ["look.no_promises"], ["look.no_promises"]]


def test_the_rule_about_promises_is_known_by_what_offices_call_it():
    def calls_it(book):
        heading = next(each for each in book["规则"]["A"] if each.value == "评议上次整改承诺")
        heading.value = "整改承诺评议"

    assert preview(judged_plan(), read(changed(calls_it, judged_plan()))).plan == judged_plan()
