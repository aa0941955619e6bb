"""Drafts: what was last typed is there, for the seat and the unit, until nothing is left of it."""

import pytest

from app.store import drafts
from app.store.drafts import Draft
from tests.meetings import ANN, BEN, small_plan
from tests.records import save

HALF = Draft("small", ANN, "water", "problem", "Half a sen")


@pytest.fixture
def connection(database):
    save(database, small_plan(), small_plan(code="other"))
    with database.writing() as connection:
        yield connection


def test_a_draft_is_kept_as_it_was_typed(connection):
    typed = Draft("small", ANN, "water", "suggestion", " 两行\n“话” 😀 ")
    drafts.save(connection, typed)
    assert drafts.find(connection, "small", ANN, "water") == typed


def test_a_newer_draft_takes_the_place_of_the_older(connection):
    newer = Draft("small", ANN, "water", "highlight", "Half a sentence, and")
    for draft in (HALF, newer):
        drafts.save(connection, draft)
    assert drafts.find(connection, "small", ANN, "water") == newer


def test_each_seat_has_a_draft_for_each_unit_of_each_meeting(connection):
    others = [
        Draft("small", BEN, "water", "problem", "Ben's"),
        Draft("small", ANN, "court", "problem", "on the court"),
        Draft("other", ANN, "water", "problem", "elsewhere"),
    ]
    for draft in (*others, HALF):
        drafts.save(connection, draft)
    drafts.save(connection, Draft("small", ANN, "water", "problem", ""))
    assert [drafts.find(connection, each.meeting, each.seat, each.unit) for each in others] == others


def test_an_empty_text_forgets_the_draft(connection):
    drafts.save(connection, HALF)
    drafts.save(connection, Draft("small", ANN, "water", "problem", ""))
    assert drafts.find(connection, "small", ANN, "water") is None
