"""Signatures by finger: what is taken for one, and of which version of a sheet it is."""

import pytest

from app.meeting import commands as c
from app.meeting.plan import Rules, Signing
from app.meeting.refusals import Refused
from app.meeting.sealing import rule_seal
from app.meeting.sheets.signing import (
    HEIGHT,
    LEAST_INK,
    MOST_NUMBERS,
    MOST_STROKES,
    ON_PAPER,
    WIDTH,
    signed_version,
    the_drawing,
)
from tests.meetings import ANN, BEN, WATER, Story, at_water, closes, correction, salt, sheet, small_plan

NAME = [[100, 100, 300, 120, 250, 300], [400, 100, 420, 350]]
SIGNED = small_plan(rules=Rules(signing=Signing.DRAWN))


def why_not(what, *arguments) -> str:
    with pytest.raises(Refused) as refused:
        what(*arguments)
    return refused.value.code


def submitted() -> Story:
    story = at_water(SIGNED)
    return story.does(sheet(story.meeting, WATER, ANN, 50, 30))


# --- what is drawn ----------------------------------------------------------------------------------------------------


def test_strokes_are_a_drawing_and_none_at_all_mean_paper():
    assert the_drawing(NAME) == ((100, 100, 300, 120, 250, 300), (400, 100, 420, 350))
    assert the_drawing([]) == ON_PAPER


@pytest.mark.parametrize("strokes", [[[500, 200]], [[0, 0, LEAST_INK - 1, 0]], [[7, 7]] * MOST_STROKES])
def test_a_touch_by_mistake_is_no_signature(strokes):
    assert why_not(the_drawing, strokes) == "signature.too_little"


@pytest.mark.parametrize(
    "strokes",
    [
        [[]],
        [[1, 2, 3]],
        [[0, 0, WIDTH + 1, 0]],
        [[0, 0, 0, HEIGHT + 1]],
        [[0, -1, 999, 0]],
        [[0, 0, 999, 0]] * (MOST_STROKES + 1),
        [[0, 0] * (MOST_NUMBERS // 2 + 1)],
    ],
)
def test_what_is_no_drawing_is_not_kept(strokes):
    assert why_not(the_drawing, strokes) == "signature.malformed"


# --- of which sheet ---------------------------------------------------------------------------------------------------


def test_a_signature_is_of_the_sheet_that_came_with_its_salt():
    story = submitted()
    version = signed_version(story.meeting, WATER, ANN, salt(WATER, ANN))
    assert version == story.water.sheet(ANN).current
    assert why_not(signed_version, story.meeting, WATER, ANN, "x" * 16) == "signature.no_sheet"
    assert why_not(signed_version, story.meeting, WATER, BEN, salt(WATER, ANN)) == "signature.no_sheet"


def test_of_a_sheet_that_was_handed_in_again_each_version_has_its_own():
    story = submitted()
    again = sheet(story.meeting, WATER, ANN, 40, 30, salt="another-salt-for-it")
    story.does(again)
    found = [signed_version(story.meeting, WATER, ANN, each).receipt for each in (salt(WATER, ANN), again.salt)]
    assert found == [version.receipt for version in story.water.sheet(ANN).versions]
    assert found[0] != found[1]


def test_a_corrected_sheet_has_a_receipt_that_nobody_signed():
    story = closes(submitted(), WATER)
    before = story.water.sheet(ANN).current
    story.does(correction(story.meeting, WATER, ANN, 45, 30, salt="the-salt-of-the-clerk"))
    assert signed_version(story.meeting, WATER, ANN, salt(WATER, ANN)) == before
    assert story.water.sheet(ANN).current.receipt != before.receipt


def test_a_sheet_that_came_late_is_signed_as_it_came_and_stays_so_when_it_is_accepted():
    story = closes(at_water(SIGNED), WATER)
    story.does(sheet(story.meeting, WATER, ANN, 50, 30))
    late = signed_version(story.meeting, WATER, ANN, salt(WATER, ANN))
    story.does(c.AcceptLateSheet(WATER, ANN, "the Wi-Fi", "the clerk"))
    assert story.water.sheet(ANN).current.receipt == late.receipt


def test_where_sheets_are_signed_on_paper_no_drawing_is_taken():
    story = at_water()
    story.does(sheet(story.meeting, WATER, ANN, 50, 30))
    assert why_not(signed_version, story.meeting, WATER, ANN, salt(WATER, ANN)) == "signature.on_paper"


def test_the_rule_is_sealed_and_a_plan_without_it_keeps_its_seal():
    assert rule_seal(small_plan(rules=Rules(signing=Signing.PAPER))) == rule_seal(small_plan())
    assert rule_seal(SIGNED) != rule_seal(small_plan())
