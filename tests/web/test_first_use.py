"""When a key counts as used: somebody has come in by it, not that something has looked at its link."""

import httpx
import pytest

from app.store import keys
from app.store.keys import Key, Role
from tests.live.served import PATIENCE, Sitting, bearer
from tests.records import is_used_key


@pytest.fixture
def fresh(sitting) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(sitting.code, Role.MODERATOR), "fresh")


def is_used(sitting: Sitting, token: str) -> bool:
    with sitting.served.database.reading() as connection:
        return is_used_key(connection, token)


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_robot_that_looks_at_a_link_has_not_used_it(sitting, fresh, method):
    """Chats fetch the links that are sent in them; they keep no cookie."""
    assert sitting.page(f"/moderator/{fresh}", method=method).status_code == 303
    assert sitting.page("/moderator").status_code == 403
    assert not is_used(sitting, fresh)


def test_who_arrives_at_the_screen_by_a_link_has_used_it(sitting, fresh):
    with httpx.Client(base_url=f"http://{sitting.served.host}", timeout=PATIENCE, trust_env=False) as browser:
        page = browser.get(f"/{sitting.code}/moderator/{fresh}", follow_redirects=True)
    assert page.status_code == 200
    assert is_used(sitting, fresh)


async def test_a_program_uses_a_key_by_showing_it_at_a_page_or_a_socket(sitting, fresh):
    with sitting.served.database.writing() as connection:
        other = keys.make(connection, Key(sitting.code, Role.MODERATOR), "fresh")
    assert sitting.served.http.get(f"/{sitting.code}/moderator", headers=bearer(fresh)).status_code == 200
    async with sitting.watches("moderator", other):
        assert (is_used(sitting, fresh), is_used(sitting, other)) == (True, True)


def test_the_first_use_is_the_one_that_is_kept(sitting, fresh):
    def used_at() -> object:
        with sitting.served.database.reading() as connection:
            listed = keys.listed(connection, sitting.code)
        return next(each.used_at for each in listed if each.label == "fresh")

    sitting.page("/moderator", fresh)
    first = used_at()
    sitting.page("/moderator", fresh)
    assert first is not None
    assert used_at() == first
