"""The short code of a card, typed: it opens that card's screen, and cannot be found by guessing."""

import httpx
import pytest

from app.language import Language, say
from app.meeting.refusals import Said
from app.store import keys
from app.store.keys import Issued, Key, Role
from app.web.guesses import LONGEST_WAIT, OF_ALL, OF_AN_ADDRESS, Guesses
from tests.live.served import Served, Sitting, pair_of
from tests.meetings import ANN

WRONG = "2222-2222"
HERE, THERE = "192.0.2.1", "192.0.2.2"


def issued(sitting: Sitting, key: Key | None = None) -> Issued:
    with sitting.served.database.writing() as connection:
        return keys.issue(connection, key or Key(sitting.code, Role.SEAT, ANN), "test")


def types(served: Served, code: str, language: str = "zh-CN") -> httpx.Response:
    headers = pair_of(served.page("/join"), **{"kaimen-lang": language})
    served.http.cookies.clear()
    form = {"code": code, "_csrf_token": headers.pop("x-csrftoken")}
    return served.http.post("/join", data=form, headers=headers)


def said(code: str, **facts) -> str:
    return say(Said(code, facts), Language.CHINESE)


# --- coming in --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        lambda code: code,
        str.lower,
        lambda code: code.replace("-", ""),
        lambda code: f"  {code[:2]} {code[2:].replace('-', ' — ')} ",
        lambda code: "".join(chr(ord(each) + 0xFEE0) for each in code),
    ],
    ids=["as printed", "small", "without dash", "with spaces and a long dash", "full width"],
)
def test_a_typed_code_becomes_the_cookie_and_the_screen_of_its_key(sitting, typed):
    made = issued(sitting)
    answer = types(sitting.served, typed(made.code))
    assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, f"/{sitting.code}/panel")
    name = sitting.served.cookie_name(Role.SEAT, sitting.code)
    assert f"{name}={made.token};" in answer.headers["set-cookie"]
    assert sitting.page("/panel", cookie=f"kaimen-seat-{sitting.code}={made.token}").status_code == 200


@pytest.mark.parametrize(
    ("key", "leads_to"),
    [
        (lambda code: Key(code, Role.MODERATOR), "/{code}/moderator"),
        (lambda code: Key(code, Role.GUEST), "/{code}"),
        (lambda code: Key(code, Role.DISPLAY, name="left"), "/{code}/display?name=left"),
    ],
)
def test_a_code_leads_every_role_to_its_own_screen(sitting, key, leads_to):
    answer = types(sitting.served, issued(sitting, key(sitting.code)).code)
    assert answer.headers["location"] == leads_to.format(code=sitting.code)


def test_a_slip_is_said_where_it_happened_and_what_was_typed_stays(sitting):
    answer = types(sitting.served, "K7M3-9Q0")
    assert answer.status_code == 422
    assert said("join.no_code") in answer.text
    assert 'value="K7M3-9Q0"' in answer.text


def test_a_revoked_code_opens_nothing(sitting):
    made = issued(sitting)
    with sitting.served.database.writing() as connection:
        keys.revoke(connection, sitting.code)
    answer = types(sitting.served, made.code)
    assert (answer.status_code, said("join.wrong") in answer.text) == (422, True)
    assert "kaimen-seat" not in answer.headers.get("set-cookie", "")


def test_a_code_is_no_token(sitting):
    """Else it could be guessed at a door that does not count."""
    made = issued(sitting)
    code = made.code.replace("-", "")
    for token in (made.code, code):
        assert sitting.page(f"/seat/{token}").status_code == 403
        assert sitting.page("/panel", token).status_code == 403


def test_guessing_is_slowed_down_in_words(tmp_path):
    """On a server of its own: those who come after are not to wait."""
    with Served(tmp_path) as served:
        own = served.holds()
        made = issued(own)
        headers = pair_of(served.page("/join"))
        statuses = []
        while 429 not in statuses:
            statuses.append(served.http.post("/join", data={"code": WRONG}, headers=headers).status_code)
        assert statuses == [422] * (OF_AN_ADDRESS.free + 1) + [429]
        answer = types(served, made.code)
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    assert said("join.too_often", seconds=1) in answer.text
    assert f'value="{made.code}"' in answer.text


# --- counting ---------------------------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def guesses_wrong(guesses: Guesses, number: int, address: str = HERE) -> list[int]:
    return [guesses.begin(address) for _ in range(number)]


def test_a_hall_behind_one_address_may_mistype():
    guesses = Guesses(Clock())
    for _ in range(600):
        assert guesses.begin(HERE) == 0
        guesses.was_right(HERE)
    assert guesses_wrong(guesses, OF_AN_ADDRESS.free) == [0] * OF_AN_ADDRESS.free


def test_whoever_goes_on_waits_each_time_twice_as_long():
    clock = Clock()
    guesses = Guesses(clock)
    guesses_wrong(guesses, OF_AN_ADDRESS.free)
    waits = []
    for _ in range(3):
        assert guesses.begin(HERE) == 0
        waits.append(guesses.begin(HERE))
        clock.now += waits[-1]
    assert waits == [1, 2, 4]


def test_one_waits_before_a_right_code_too_and_not_in_vain():
    clock = Clock()
    guesses = Guesses(clock)
    guesses_wrong(guesses, OF_AN_ADDRESS.free + 1)
    assert guesses.begin(HERE) == 1
    clock.now += 1
    assert guesses.begin(HERE) == 0
    guesses.was_right(HERE)
    assert guesses.begin(HERE) == 0


def test_other_addresses_are_not_kept_waiting():
    guesses = Guesses(Clock())
    guesses_wrong(guesses, OF_AN_ADDRESS.free + 1)
    assert (guesses.begin(HERE), guesses.begin(THERE)) == (1, 0)


def test_many_addresses_together_are_slowed_down_as_well():
    guesses = Guesses(Clock())
    for number in range(OF_ALL.free):
        assert guesses.begin(f"192.0.2.{number}") == 0
    assert guesses.begin("198.51.100.1") == 0
    assert guesses.begin("198.51.100.2") == 1


def test_the_addresses_of_one_ipv6_network_are_one():
    guesses = Guesses(Clock())
    for number in range(OF_AN_ADDRESS.free + 1):
        assert guesses.begin(f"2001:db8::{number:x}") == 0
    assert guesses.begin("2001:db8::ffff") == 1
    assert guesses.begin("2001:db8:0:1::1") == 0


def test_a_thousand_at_once_are_not_let_through():
    guesses = Guesses(Clock())
    assert guesses_wrong(guesses, 1000).count(0) == OF_AN_ADDRESS.free + 1


def test_a_day_of_guessing_comes_to_ten_thousand_and_is_then_forgotten():
    clock = Clock()
    guesses = Guesses(clock)
    day, made, longest = clock.now + 24 * 3600, 0, 0
    while clock.now < day:
        wait = guesses.begin(HERE)
        made += wait == 0
        longest = max(longest, wait)
        clock.now += wait or 0.01
    assert 5_000 < made < 12_000
    assert longest <= LONGEST_WAIT
    clock.now += OF_AN_ADDRESS.free * OF_AN_ADDRESS.pardon * 2
    assert guesses_wrong(guesses, OF_AN_ADDRESS.free) == [0] * OF_AN_ADDRESS.free
