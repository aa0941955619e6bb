"""The short code of a card, typed: it opens that card's screen, and cannot be found by guessing."""

import asyncio
import threading

import pytest

from app.language import Language, say
from app.meeting.refusals import Refused, Said
from app.store import codes, keys, secret
from app.store.keys import Issued, Key, Role
from app.web.gate.guesses import LONGEST_WAIT, PATIENCE, WITH_OLD_CODES, Guesses
from app.web.locksmith import MOST_OF_ONE_CALLER, Locksmith
from tests.live.served import Served, Sitting, pair_of
from tests.meetings import ANN, BEN
from tests.records import old_key
from tests.web.forms import types

NEW, OLD = "2222222222", "22222222"
WRONG, WRONG_OLD = "2222-222-222", "2222-2222"
HERE, THERE = "192.0.2.1", "192.0.2.2"
PATIENCE_OF_TEST = 10


def issued(sitting: Sitting, key: Key | None = None) -> Issued:
    with sitting.served.database.writing() as connection:
        return keys.issue(connection, key or Key(sitting.code, Role.SEAT, ANN), "test")


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
        (lambda code: Key(code, Role.DISPLAY, "left"), "/{code}/display?name=left"),
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


def test_a_device_that_came_in_is_known_to_this_door_only_and_by_no_token(sitting):
    made = issued(sitting)
    cookies = types(sitting.served, made.code).headers.get_list("set-cookie")
    name = known_cookie(sitting.served)
    [known] = [each for each in cookies if each.startswith(f"{name}=")]
    assert "path=/join" in known.lower()
    assert made.token not in known
    guests = types(sitting.served, issued(sitting, Key(sitting.code, Role.GUEST)).code).headers.get_list("set-cookie")
    assert not any(each.startswith(name) for each in guests)


def known_cookie(served: Served) -> str:
    """Its name, which tells the database: of two servers on one host neither takes the other's."""
    with served.database.reading() as connection:
        found = secret.find(connection)
    assert found is not None
    return f"kaimen-{found.mark}-known"


# --- guessing ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def while_no_time_passes(monkeypatch):
    """For whoever guesses: the first wait is a second, which a busy machine takes for a few requests."""
    monkeypatch.setattr("app.main.Guesses", lambda: Guesses(lambda: 1000.0))


@pytest.fixture
def guessed(tmp_path, while_no_time_passes):
    """A server of one's own, where somebody has guessed codes of both kinds: those who come after are not to wait."""
    with Served(tmp_path) as served:
        said_of = {WRONG: guess_until_told(served, WRONG), WRONG_OLD: guess_until_told(served, WRONG_OLD)}
        yield served, said_of


def guess_until_told(served: Served, code: str) -> list[int]:
    headers = pair_of(served.page("/join"))
    statuses: list[int] = []
    while 429 not in statuses:
        statuses.append(served.http.post("/join", data={"code": code}, headers=headers).status_code)
    return statuses


def test_guessing_keeps_nobody_out_who_has_a_right_code(guessed):
    served, statuses = guessed
    assert statuses == {WRONG: [422] * (PATIENCE.free + 1) + [429], WRONG_OLD: [422] * (PATIENCE.free + 1) + [429]}
    own = served.holds()
    made = [issued(own) for _ in range(3)]
    assert [types(served, each.code).status_code for each in made] == [303] * 3


def test_whoever_guesses_on_is_told_to_ask_the_staff_and_what_was_typed_stays(guessed):
    served, _ = guessed
    answer = types(served, WRONG)
    assert (answer.status_code, "retry-after" in answer.headers) == (429, True)
    assert said("join.too_often", seconds=int(answer.headers["retry-after"])) in answer.text
    assert f'value="{WRONG}"' in answer.text


def test_a_card_of_the_first_kind_waits_behind_the_guesser_but_not_on_a_known_device(guessed):
    served, _ = guessed
    own = served.holds()
    with served.database.writing() as connection:
        old = old_key(connection, Key(own.code, Role.SEAT, ANN), "K7M39QXD")
    assert types(served, "K7M3-9QXD").status_code == 429
    known = {known_cookie(served): keys.hash_of(own.seats[BEN])}
    invented = {known_cookie(served): "f" * 64}
    assert types(served, "K7M3-9QXD", **invented).status_code == 429
    answer = types(served, "K7M3-9QXD", **known)
    assert (answer.status_code, old in answer.headers["set-cookie"]) == (303, True)


@pytest.mark.usefixtures("while_no_time_passes")
def test_behind_a_proxy_that_is_trusted_each_caller_counts_alone(tmp_path):
    with Served(tmp_path, trusted_proxies="127.0.0.1") as served:
        headers = pair_of(served.page("/join"))

        def guess(caller: str) -> int:
            form, forwarded = {"code": WRONG_OLD}, {"x-forwarded-for": caller}
            return served.http.post("/join", data=form, headers=headers | forwarded).status_code

        while guess(HERE) != 429:
            pass
        assert (guess(HERE), guess(f"::ffff:{HERE}"), guess(THERE)) == (429, 429, 422)


async def test_a_stack_of_cards_holds_up_neither_the_hall_nor_who_types():
    """Codes are cut one after the other, off the event loop, and whoever comes in between has the next turn."""
    locksmith, order = Locksmith(NoVenue()), []
    cards = asyncio.create_task(locksmith.cut(6))
    await asyncio.sleep(0)
    async with locksmith._turn(HERE):
        order.append(cards.done())
    assert (order, len(await cards)) == ([False], 6)


class NoVenue:
    async def read(self, _work):
        return [codes.Fitting("id", "salt", codes.SCRYPT)]


async def test_a_flood_of_one_network_leaves_room_for_others(monkeypatch):
    gate = threading.Event()
    monkeypatch.setattr(codes, "token_among", lambda *_: gate.wait(PATIENCE_OF_TEST) and "token")
    locksmith = Locksmith(NoVenue())
    flood = [asyncio.create_task(locksmith.token_of("2222222222", HERE)) for _ in range(MOST_OF_ONE_CALLER)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    with pytest.raises(Refused) as refused:
        await locksmith.token_of("2222222222", HERE)
    other = asyncio.create_task(locksmith.token_of("2222222222", THERE))
    gate.set()
    assert (refused.value.code, await other, len(await asyncio.gather(*flood))) == ("join.busy", "token", 25)
    assert locksmith._waiting == {}


# --- counting ---------------------------------------------------------------------------------------------------------


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


both = pytest.mark.parametrize(("code", "patience"), [(NEW, PATIENCE), (OLD, WITH_OLD_CODES)], ids=["new", "old"])


def guesses_wrong(guesses: Guesses, code: str, number: int, caller: str = HERE) -> list[int]:
    return [guesses.begin(caller, code) for _ in range(number)]


@both
def test_a_hall_behind_one_address_may_mistype(code, patience):
    guesses = Guesses(Clock())
    for _ in range(600):
        assert guesses.begin(HERE, code) == 0
        guesses.was_right(HERE, code)
    assert guesses_wrong(guesses, code, patience.free) == [0] * patience.free


@both
def test_whoever_goes_on_waits_each_time_twice_as_long(code, patience):
    clock = Clock()
    guesses = Guesses(clock)
    guesses_wrong(guesses, code, patience.free)
    waits = []
    for _ in range(3):
        assert guesses.begin(HERE, code) == 0
        waits.append(guesses.begin(HERE, code))
        clock.now += waits[-1]
    assert waits == [1, 2, 4]


def test_own_right_codes_shorten_no_wait_for_guessing():
    clock = Clock()
    guesses = Guesses(clock)
    guesses_wrong(guesses, OLD, WITH_OLD_CODES.free)
    waits = []
    for _ in range(3):
        guesses.begin(HERE, OLD)
        waits.append(guesses.begin(HERE, OLD))
        clock.now += waits[-1]
        assert guesses.begin(HERE, OLD) == 0
        guesses.was_right(HERE, OLD)
    assert waits == [1, 2, 4]


def test_others_are_not_kept_waiting_and_no_kind_of_code_by_guesses_of_the_other():
    guesses = Guesses(Clock())
    guesses_wrong(guesses, OLD, WITH_OLD_CODES.free + 1)
    assert (guesses.begin(HERE, OLD), guesses.begin(THERE, OLD), guesses.begin(HERE, NEW)) == (1, 0, 0)


def test_however_many_guess_from_however_many_networks_nobody_else_waits():
    guesses = Guesses(Clock())
    for number in range(300):
        guesses_wrong(guesses, OLD, 40, f"192.0.2.{number}")
    assert guesses.begin("198.51.100.1", OLD) == 0


@both
def test_a_thousand_at_once_are_not_let_through(code, patience):
    guesses = Guesses(Clock())
    assert guesses_wrong(guesses, code, 1000).count(0) == patience.free + 1


def test_a_day_of_guessing_old_codes_comes_to_fifteen_hundred_and_is_then_forgotten():
    clock = Clock()
    guesses = Guesses(clock)
    day, made, longest = clock.now + 24 * 3600, 0, 0
    while clock.now < day:
        wait = guesses.begin(HERE, OLD)
        made += wait == 0
        longest = max(longest, wait)
        clock.now += wait or 0.01
    assert 1_000 < made < 1_600
    assert longest <= LONGEST_WAIT
    clock.now += WITH_OLD_CODES.free * WITH_OLD_CODES.pardon * 2
    assert guesses_wrong(guesses, OLD, WITH_OLD_CODES.free) == [0] * WITH_OLD_CODES.free
