"""Keys: a token opens what it was made for until it is revoked, and the database does not hold it."""

import base64
import hashlib
import re
import secrets

import pytest
import sqlalchemy as sa

from app.store import codes, keys
from app.store.keys import NOBODY_SAID, Hand, Key, Role, Way
from app.store.tables import CodeRow, KeyHandsRow, KeyRow, KeyUseRow, table_of
from tests.meetings import small_plan
from tests.records import old_key, rows_of, save, token_of_code

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


def test_keys_that_were_made_for_something_are_forgotten_used_or_not(connection):
    made = [keys.make(connection, CHAIR, "rehearsal") for _ in range(2)]
    others = [keys.make(connection, CHAIR, "links"), keys.make(connection, ANNS, "rehearsal")]
    elsewhere = keys.make(connection, Key("other", Role.MODERATOR), "rehearsal")
    keys.mark_used(connection, made[0])
    keys.forget(connection, "small", Role.MODERATOR, "rehearsal")
    assert [keys.find(connection, token) for token in made] == [None, None]
    assert None not in [keys.find(connection, token) for token in (*others, elsewhere)]


def test_a_key_made_again_is_the_same_until_it_is_revoked(connection):
    def made() -> str:
        return keys.make_again(connection, CHAIR, "terminal", iter(["first", "second", "third"]))

    assert [made(), made()] == ["first", "first"]
    keys.revoke_one(connection, "small", keys.hash_of("first"))
    assert [made(), made()] == ["second", "second"]
    assert [each.label for each in keys.listed(connection, "small")] == ["terminal"] * 2


# --- short codes ------------------------------------------------------------------------------------------------------


def test_a_short_code_has_ten_characters_in_short_groups_without_look_alikes(connection):
    made = [keys.issue(connection, Key("small", Role.GUEST), "test").code for _ in range(10)]
    assert len(set(made)) == 10
    letter = "[2-9ACDEFGHJKMNPQRTVWXY]"
    assert all(re.fullmatch(f"{letter}{{4}}-{letter}{{3}}-{letter}{{3}}", code) for code in made)


def test_neither_code_nor_token_can_be_read_from_the_database(connection):
    issued = keys.issue(connection, Key("small", Role.SEAT, "ann"), "test")
    row = connection.execute(sa.select(table_of(KeyRow)).where(table_of(KeyRow).c.short.is_not(None))).one()
    for secret in (issued.token, issued.code, issued.code.replace("-", "")):
        assert secret not in [str(value) for value in row]


def test_a_copy_of_the_database_is_no_quick_way_from_a_code_to_its_token(connection, monkeypatch):
    """Whoever tries codes against it pays for each what scrypt costs: nothing quicker makes the token."""
    costs: list[tuple[int, int, int]] = []
    scrypt = hashlib.scrypt

    def counted(code, **how):
        costs.append((how["n"], how["r"], how["p"]))
        return scrypt(code, **how)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    issued = keys.issue(connection, ANNS, "test")
    (row,) = rows_of(connection, table_of(KeyRow))
    code = codes.typed_code(issued.code)
    plain = hashlib.sha256(f"{code}\n{row['short']}".encode()).digest()[:16]
    assert base64.urlsafe_b64encode(plain).decode().rstrip("=") != issued.token
    assert token_of_code(connection, code) == issued.token
    assert costs == [(2**14, 8, 1)] * 2


def test_a_wrong_code_is_not_tried_against_every_key(connection, monkeypatch):
    """Else a hundred cards would make every guess cost a hundred times as much."""
    places = iter(range(200))
    monkeypatch.setattr(codes, "place_of", lambda _code, _secret: next(places))
    issued = [keys.issue(connection, ANNS, "test", quick_cut()) for _ in range(100)]
    for at, each in enumerate(issued):
        monkeypatch.setattr(codes, "place_of", lambda _code, _secret, at=at: at)
        assert [near.id for near in codes.fitting(connection, codes.typed_code(each.code))] == [
            keys.hash_of(each.token)
        ]
    monkeypatch.setattr(codes, "place_of", lambda _code, _secret: 100)
    assert codes.fitting(connection, "2222222222") == []


def test_places_are_the_databases_own_and_spread(connection):
    many = [f"22222{at:05}".replace("0", "A").replace("1", "C") for at in range(4000)]
    found = [[codes.place_of(code, secret) for code in many] for secret in ("one", "two")]
    assert found[0] != found[1]
    assert 2200 < len(set(found[0])) < 2900, "of 4096 places, some 2560 are taken by 4000 codes"


def quick_cut() -> codes.Cut:
    """A code with a token that is not made of it: for tests that do not try it."""
    code = "".join(secrets.choice(codes.ALPHABET) for _ in range(codes.LENGTH_OF_CODE))
    return codes.Cut(code, secrets.token_urlsafe(16), secrets.token_urlsafe(16))


def test_a_card_of_an_earlier_kaimen_opens_for_ever(connection):
    tokens = {code: old_key(connection, ANNS, code) for code in ("K7M39QXD", "22223333")}
    keys.issue(connection, ANNS, "test")
    for code, token in tokens.items():
        assert token_of_code(connection, f"{code[:4]}-{code[4:]}") == token
        assert keys.find(connection, token) == ANNS
    assert token_of_code(connection, "K7M39QXE") is None


def test_a_code_leads_to_its_own_token_until_the_key_is_revoked(connection):
    first, second = (keys.issue(connection, Key("small", Role.GUEST), "test") for _ in range(2))
    found = [token_of_code(connection, each.code) for each in (first, second)]
    assert found == [first.token, second.token]
    keys.revoke_one(connection, "small", keys.hash_of(first.token))
    found = [token_of_code(connection, each.code) for each in (first, second)]
    assert found == [None, second.token]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("K7M3-9QXD", "K7M39QXD"),
        (" k7m3 9qxd ", "K7M39QXD"),
        ("Ｋ７Ｍ３－９ＱＸＤ", "K7M39QXD"),
        ("K7M3—9QX8", "K7M39QX8"),
        ("K7M3-9QXB", "K7M39QX8"),
        ("K7M3-9QX-D2P", "K7M39QXD2P"),
        ("k7m39 qxd2p", "K7M39QXD2P"),
        ("K7M3-9QX", None),
        ("K7M3-9QXDD", None),
        ("K7M3-9QX-D2PP", None),
        ("K7M3-9Q0D", None),
        ("K7M3-9Q1D", None),
        ("", None),
        ("二七三四五六七八", None),
    ],
)
def test_what_is_typed_for_a_code(typed, code):
    assert codes.typed_code(typed) == code


# --- revoking ---------------------------------------------------------------------------------------------------------


def test_the_keys_of_one_role_or_seat_can_be_revoked(connection):
    ann, ben, moderator = (
        keys.make(connection, key, "test")
        for key in (Key("small", Role.SEAT, "ann"), Key("small", Role.SEAT, "ben"), Key("small", Role.MODERATOR))
    )
    assert keys.revoke(connection, "small", Role.SEAT, "ann") == {keys.hash_of(ann)}
    assert keys.revoke(connection, "small", Role.SEAT) == {keys.hash_of(ben)}
    assert [keys.find(connection, token) for token in (ann, ben, moderator)] == [
        None,
        None,
        Key("small", Role.MODERATOR),
    ]


def test_of_the_keys_in_use_those_are_told_that_were_revoked(connection):
    tokens = [keys.make(connection, Key("small", Role.GUEST), "test") for _ in range(3)]
    first, second, third = map(keys.hash_of, tokens)
    keys.revoke_one(connection, "small", second)
    assert keys.revoked(connection, [first, second, third, "f" * 64]) == {second}


def test_a_list_tells_all_about_a_key_but_what_opens(connection):
    issued = keys.issue(connection, Key("small", Role.DISPLAY, "left"), "the left one")
    keys.mark_used(connection, issued.token)
    plain = keys.make(connection, Key("small", Role.GUEST), "")
    keys.revoke_one(connection, "small", keys.hash_of(plain))
    left, guest = keys.listed(connection, "small")
    assert (left.key, left.key.id, left.label, left.has_code) == (
        Key("small", Role.DISPLAY, "left"),
        keys.hash_of(issued.token),
        "the left one",
        True,
    )
    assert (left.used_at is None, left.revoked_at is None) == (False, True)
    assert (guest.has_code, guest.used_at is None, guest.revoked_at is None) == (False, True, False)


# --- traces -----------------------------------------------------------------------------------------------------------

CHAIRS_HAND = Hand("moderator", "1a2b3c4d")


def traces(connection) -> list[tuple[Hand, Hand, list[Way]]]:
    return [
        (each.made_by, each.revoked_by, [use.way for use in each.uses]) for each in keys.listed(connection, "small")
    ]


def test_who_made_and_revoked_a_key_and_how_it_was_used_is_kept(connection):
    token = keys.make(connection, ANNS, "spare", CHAIRS_HAND)
    card = keys.issue(connection, ANNS, "cards", quick_cut(), CHAIRS_HAND)
    for way in (Way.PROGRAM, Way.BROWSER, Way.PROGRAM):
        keys.mark_used(connection, token, way)
    keys.mark_used(connection, "nobody's token", Way.PROGRAM)
    keys.revoke_one(connection, "small", keys.hash_of(card.token), Hand("operator", "5e6f7a8b"))
    assert traces(connection) == [
        (CHAIRS_HAND, NOBODY_SAID, [Way.PROGRAM, Way.BROWSER]),
        (CHAIRS_HAND, Hand("operator", "5e6f7a8b"), []),
    ]
    [first, _], _ = (each.uses for each in keys.listed(connection, "small"))
    assert first.first_at < first.last_at


def test_of_a_key_that_an_earlier_kaimen_made_it_is_kept_who_revoked_it(connection):
    old_key(connection, ANNS, "K7M39QXD")
    keys.revoke(connection, "small", by=CHAIRS_HAND)
    assert traces(connection) == [(NOBODY_SAID, CHAIRS_HAND, [])]


def test_of_a_key_that_is_forgotten_nothing_is_left(connection):
    bots, other = (keys.make(connection, ANNS, label) for label in ("stand-in", "cards"))
    for token in (bots, other):
        keys.mark_used(connection, token)
    keys.issue(connection, ANNS, "stand-in", quick_cut())
    keys.forget(connection, "small", Role.SEAT, "stand-in")
    tables = [table_of(each) for each in (KeyHandsRow, KeyUseRow, KeyRow, CodeRow)]
    assert [len(rows_of(connection, each)) for each in tables] == [1, 1, 1, 0]
    assert keys.find(connection, other) == ANNS
