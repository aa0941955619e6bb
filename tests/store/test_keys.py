"""Keys: a token opens what it was made for until it is revoked, and the database does not hold it."""

import re

import pytest

from app.store import keys
from app.store.keys import Key, Role
from app.store.tables import KeyRow, table_of
from tests.meetings import small_plan
from tests.records import rows_of, save

CHAIR = Key("small", Role.MODERATOR)
ANNS = Key("small", Role.SEAT, "ann")


@pytest.fixture
def connection(database):
    save(database, small_plan(), small_plan(code="other"))
    with database.writing() as connection:
        yield connection


def test_a_token_opens_what_it_was_made_for(connection):
    tokens = [keys.make(connection, key, "links") for key in (CHAIR, ANNS)]
    assert [keys.find(connection, token) for token in tokens] == [CHAIR, ANNS]


def test_a_token_is_long_and_fits_into_an_address(connection):
    assert re.fullmatch(r"[A-Za-z0-9_-]{22}", keys.make(connection, CHAIR, "links"))


def test_two_keys_of_the_same_seat_both_open_it(connection):
    first, second = (keys.make(connection, ANNS, "links") for _ in range(2))
    assert first != second
    assert keys.find(connection, first) == keys.find(connection, second) == ANNS


def test_what_is_no_token_opens_nothing(connection):
    token = keys.make(connection, CHAIR, "links")
    stored = rows_of(connection, table_of(KeyRow))[0]["hash"]
    assert [keys.find(connection, wrong) for wrong in ("", token[:-1], token.swapcase(), stored)] == [None] * 4


def test_only_the_hash_of_a_token_is_kept(connection):
    token = keys.make(connection, ANNS, "links")
    (row,) = rows_of(connection, table_of(KeyRow))
    assert row["hash"] == keys.hash_of(token)
    assert token not in repr(row)


def test_revoking_a_meeting_closes_all_its_doors_and_no_others(connection):
    closed = [keys.make(connection, key, "links") for key in (CHAIR, ANNS)]
    open = keys.make(connection, Key("other", Role.MODERATOR), "links")
    keys.revoke(connection, "small")
    assert [keys.find(connection, token) for token in (*closed, open)] == [None, None, Key("other", Role.MODERATOR)]


def test_a_key_made_after_revoking_opens(connection):
    keys.revoke(connection, "small")
    assert keys.find(connection, keys.make(connection, CHAIR, "links")) == CHAIR


def test_a_key_remembers_when_it_was_first_used(connection):
    token = keys.make(connection, CHAIR, "links")
    used = []
    for _ in range(2):
        keys.mark_used(connection, token)
        used += [row["used_at"] for row in rows_of(connection, table_of(KeyRow))]
    assert used[0] is not None
    assert used[0] == used[1]


def test_a_link_of_an_earlier_start_is_forgotten_if_nobody_used_it(connection):
    unused, used = (keys.make(connection, CHAIR, "terminal") for _ in range(2))
    others = [keys.make(connection, CHAIR, "links"), keys.make(connection, ANNS, "terminal")]
    elsewhere = keys.make(connection, Key("other", Role.MODERATOR), "terminal")
    keys.mark_used(connection, used)
    keys.forget_unused(connection, "small", Role.MODERATOR, "terminal")
    assert keys.find(connection, unused) is None
    assert None not in [keys.find(connection, token) for token in (used, *others, elsewhere)]
