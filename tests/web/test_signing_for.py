"""A unit signs for what it was given by finger, where the rules ask for drawings: on a tablet, in the hall."""

import json

import pytest

from app.meeting import commands as c
from app.meeting.findings.state import Stand
from app.meeting.plan import Rules, Signing
from app.store import erasing, signatures
from app.store.keys import Role
from tests.live.served import Served, Sitting
from tests.meetings import small_plan
from tests.web.unit import handed, key_of, made, sends

NAME = [[111, 112, 313, 114, 215, 316]]
PATH = 'd="M111,112 313,114 215,316"'
DRAWN = {"author.sign": "李四", "strokes": json.dumps(NAME)}


@pytest.fixture
def handing(served: Served) -> Sitting:
    sitting = served.holds(small_plan(rules=Rules(signing=Signing.DRAWN)))
    sitting.performs(
        c.OpenMeeting(sitting.plan), *(made(each, f"原文 {each}") for each in ("finding-one", "finding-two"))
    )
    sitting.performs(handed("finding-one", "finding-two"))
    return sitting


def sheet_of(sitting: Sitting) -> str:
    return sitting.page("/print/hand-over?unit=water&lang=en", sitting.key(Role.ORGANISER)).text.partition("<main>")[2]


def stands(sitting: Sitting, finding: str = "finding-one") -> Stand:
    return sitting.served.venue.rooms.meeting(sitting.code).findings.by_id[finding].standing


def test_what_was_drawn_stands_on_the_sheet_that_was_handed_over_with_the_name_and_the_day(handing):
    key = key_of(handing)
    assert 'name="strokes"' in handing.page("/unit", key).text
    undrawn = sends(handing, "", key, finding=["finding-one", "finding-two"], **{"author.sign": "李四"})
    assert (undrawn.status_code, 'value="李四"' in undrawn.text, stands(handing)) == (422, True, Stand.HANDED_OVER)
    assert sends(handing, "", key, finding=["finding-one"], **DRAWN).status_code == 303
    half = sheet_of(handing)
    assert (half.count(PATH), "李四" in half, "by the head of the unit" in half) == (1, True, True)

    signed = sends(handing, "/findings/finding-two", key, do="sign", **DRAWN)
    assert signed.status_code == 303
    assert (sheet_of(handing).count(PATH), "by the head of the unit" in sheet_of(handing)) == (1, False)


def test_whoever_signs_on_paper_finds_a_line_for_it(handing):
    on_paper = {"author.sign": "李四", "strokes": "[]", "paper": "on"}
    assert sends(handing, "", key_of(handing), finding=["finding-one", "finding-two"], **on_paper).status_code == 303
    assert ("<path" in sheet_of(handing), "by the head of the unit" in sheet_of(handing)) == (False, True)


def test_a_unit_goes_on_signing_once_the_drawings_of_a_meeting_were_erased(handing):
    with handing.served.database.writing() as connection:
        erasing.erase(connection, handing.code)
    assert sends(handing, "", key_of(handing), finding=["finding-one"], **DRAWN).status_code == 303
    with handing.served.database.reading() as connection:
        assert signatures.signatures_of(connection, handing.code).known == {}
    assert (stands(handing), "<path" in sheet_of(handing), "李四" in sheet_of(handing)) == (
        Stand.SIGNED_FOR,
        False,
        True,
    )


def test_where_sheets_are_signed_on_paper_a_unit_signs_by_name_alone(served):
    sitting = served.holds(small_plan())
    sitting.performs(c.OpenMeeting(sitting.plan), made("finding-one", "x"), handed("finding-one"))
    key = key_of(sitting)
    assert 'name="strokes"' not in sitting.page("/unit", key).text
    assert sends(sitting, "", key, finding=["finding-one"], **{"author.sign": "李四"}).status_code == 303
