"""The links of the terminal: the same at every start, good until they are revoked, and in no copy of the database."""

import shutil
import stat
import sys
from contextlib import closing

import pytest

from app.server import prepare
from app.settings import Settings
from app.store import keys, plans
from app.store.database import Database
from app.store.discard import discard
from app.store.keys import Role
from app.store.tables import KeyRow, table_of
from app.web.terminal import Terminal, file_beside, terminal_of
from tests.meetings import shipped
from tests.records import rows_of


def shown(settings: Settings) -> list[str]:
    """The links that one start can show."""
    with closing(Database(settings.db)) as database:
        prepare(database)
        with database.preparing() as connection:
            terminal = terminal_of(settings)
            moderators = [terminal.moderators_link(connection, code) for code in plans.codes(connection)]
            return [terminal.organisers_link(connection), *moderators]


def opens(where: str, link: str) -> bool:
    with closing(Database(where)) as database, database.reading() as connection:
        return keys.find(connection, token_of(link)) is not None


def token_of(link: str) -> str:
    return link.rpartition("/")[2]


def number_of_keys(where: str) -> int:
    with closing(Database(where)) as database, database.reading() as connection:
        return len(rows_of(connection, table_of(KeyRow)))


def test_a_link_that_was_shown_is_good_at_the_next_start_and_shown_again(where):
    settings = Settings(db=where, secret="kept")
    evening = shown(settings)
    morning = shown(settings)
    assert morning == evening
    assert all(opens(where, link) for link in evening)


def test_starting_often_piles_up_no_keys(where):
    settings = Settings(db=where, secret="kept")
    shown(settings)
    after_one = number_of_keys(where)
    for _ in range(5):
        shown(settings)
    assert number_of_keys(where) == after_one


def test_after_a_link_was_revoked_another_is_shown_and_stays(tmp_path):
    settings = Settings(db=str(tmp_path / "kaimen.db"))
    shown(settings)
    old = next(link for link in shown(settings) if "/demo/moderator/" in link)
    with closing(Database(settings.db)) as database, database.writing() as connection:
        keys.revoke(connection, "demo", Role.MODERATOR)
    new = [next(link for link in shown(settings) if "/demo/moderator/" in link) for _ in range(2)]
    assert (opens(settings.db, old), opens(settings.db, new[0])) == (False, True)
    assert new[0] == new[1] != old


@pytest.mark.parametrize("is_revoked", [True, False])
def test_a_link_of_a_meeting_that_was_deleted_opens_no_other_of_its_code(where, is_revoked):
    settings = Settings(db=where, secret="kept")
    old = moderators_of_demo(settings)
    with closing(Database(where)) as database, database.writing() as connection:
        if is_revoked:
            keys.revoke(connection, "demo")
        discard(connection, "demo")
        assert keys.revoked(connection, [keys.hash_of(token_of(old))]) == set(), (
            "who watched is not told of a revocation"
        )
        plans.save(connection, shipped("demo"))
        assert keys.listed(connection, "demo") == []
    new = moderators_of_demo(settings)
    assert new == moderators_of_demo(settings) != old
    assert (opens(where, old), opens(where, new)) == (False, True)


def moderators_of_demo(settings: Settings) -> str:
    return next(link for link in shown(settings) if "/demo/moderator/" in link)


def test_what_the_links_are_made_of_lies_beside_the_database_for_its_owner_alone(tmp_path):
    settings = Settings(db=str(tmp_path / "kaimen.db"))
    shown(settings)
    beside = file_beside(settings.db)
    assert beside == tmp_path / "kaimen.links"
    if sys.platform != "win32":
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600


def test_a_copy_of_the_database_alone_tells_no_link_and_takes_none_away(tmp_path):
    settings = Settings(db=str(tmp_path / "kaimen.db"))
    links = shown(settings)
    content = (tmp_path / "kaimen.db").read_bytes() + file_beside(settings.db).read_bytes()
    assert not any(token_of(link).encode() in content for link in links)
    elsewhere = tmp_path / "elsewhere" / "kaimen.db"
    elsewhere.parent.mkdir()
    shutil.copy(tmp_path / "kaimen.db", elsewhere)
    assert set(shown(Settings(db=str(elsewhere)))).isdisjoint(links)
    assert all(opens(str(elsewhere), link) for link in links)


def test_two_databases_of_one_secret_have_links_of_their_own(tmp_path):
    first, second = (shown(Settings(db=str(tmp_path / f"{name}.db"), secret="kept")) for name in "ab")
    assert set(first).isdisjoint(second)


def test_where_no_file_can_be_kept_there_are_new_links_and_no_fault(tmp_path, monkeypatch):
    settings = Settings(db=str(tmp_path / "kaimen.db"))
    monkeypatch.setattr("app.web.terminal.file_beside", lambda _db: tmp_path / "nowhere" / "kaimen.links")
    first, second = shown(settings), shown(settings)
    assert all(opens(settings.db, link) for link in (*first, *second))


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.SEAT])
def test_a_token_is_as_hard_to_guess_as_any_other(role):
    made = Terminal("seed")._tokens("mark", keys.Key("demo", role, "expert-1" if role is Role.SEAT else ""))
    tokens = [next(made) for _ in range(3)]
    assert len(set(tokens)) == 3
    assert {len(token) for token in tokens} == {22}


@pytest.mark.parametrize(
    ("key", "token"),
    [
        (keys.Key("demo", Role.MODERATOR), "qR3EDJMKWnq8eP1DVJM1xg"),
        (keys.Key("demo", Role.SEAT, "expert-1"), "u5CFia_AJXZAhFnUzSJx6A"),
        (keys.Key("demo", Role.DISPLAY, "left"), "3xZ9lVdKJZTpxMM9d44MgQ"),
    ],
)
def test_the_links_that_an_earlier_kaimen_showed_are_shown_again(key, token):
    assert next(Terminal("seed")._tokens("mark", key)) == token
