"""Who may do and see what: every route, every feed and every command of the program, tried with every key there is."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import get_args

import pytest
from litestar import WebSocket, get, post, websocket
from litestar.params import FromPath
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from app.live.screens import VIEWS
from app.meeting import commands as c
from app.store import keys
from app.store.keys import Key, Role
from app.web.access import ACTS, AT_DESK, MAY, PAGES, WATCHES, Roles
from app.web.gate.light import LIGHT
from app.web.routes import FEED, ROUTES
from app.web.sockets.frames import COMMANDS, spoken_name
from tests.live.served import Served, Sitting, bearer, pair_of
from tests.meetings import ANN, small_plan
from tests.web import protocol
from tests.web.routes import ROUTES_THERE_ARE, SOCKETS_THERE_ARE, address

NOBODY, STRANGER = "nobody", "stranger"
"""Without a key, and with one of another meeting."""
EVERY_ONE = [*(role.value for role in Role), NOBODY, STRANGER]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of their own: every one looks at its lobby, and that lists the meetings of all tests."""
    with Served(tmp_path_factory.mktemp("roles")) as served:
        yield served


@dataclass(frozen=True)
class Crowd:
    """One meeting, and a token of every one."""

    sitting: Sitting
    tokens: dict[str, str]

    def may(self, one: str, roles: Roles | None) -> bool:
        """What the table says of a door to these roles; where all may pass, the invited hold a key of this meeting."""
        if roles is None:
            return not self.sitting.plan.invited_only or one not in (NOBODY, STRANGER, Role.ORGANISER)
        return one in roles


def gathered(served, is_for_invited: bool = False) -> Crowd:
    sitting = served.holds(replace(small_plan(), invited_only=is_for_invited))
    with served.database.writing() as connection:
        tokens = {role.value: keys.make(connection, key_for(role, sitting.code), "roles") for role in Role}
    return Crowd(sitting, {**tokens, NOBODY: "", STRANGER: stranger(served)})


@cache
def looking(served, is_for_invited: bool) -> Crowd:
    """One crowd for all pages: whoever asks for one changes nothing."""
    return gathered(served, is_for_invited)


@cache
def stranger(served) -> str:
    return served.holds().moderator


def key_for(role: Role, code: str) -> Key:
    of = {Role.SEAT: ANN, Role.DISPLAY: "main", Role.UNIT: "water"}
    return Key(None if role is Role.ORGANISER else code, role, of.get(role, ""))


# --- routes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "path"), ROUTES_THERE_ARE)
def test_the_table_knows_every_route(method, path):
    """Who adds a route says in ``routes.ROUTES`` whose it is."""
    assert ROUTES[f"{method} {path}"] in {None, *PAGES}


def test_the_table_knows_no_route_that_is_not_there():
    assert set(ROUTES) == {f"{method} {path}" for method, path in ROUTES_THERE_ARE}


def test_sockets_have_one_address():
    assert SOCKETS_THERE_ARE == [FEED]


def is_open_to_all(method: str, path: str) -> bool:
    page = ROUTES[f"{method} {path}"]
    return page is not None and PAGES[page] is None


TRIED = [(*route, False) for route in ROUTES_THERE_ARE] + [
    (*route, True) for route in ROUTES_THERE_ARE if is_open_to_all(*route)
]


@pytest.mark.parametrize(("method", "path", "is_for_invited"), TRIED)
def test_a_route_takes_those_the_table_names_and_no_one_else(served, method, path, is_for_invited):
    crowd = (looking if method == "GET" else gathered)(served, is_for_invited)
    page = ROUTES[f"{method} {path}"]
    may = set(EVERY_ONE) if page is None else {one for one in EVERY_ONE if crowd.may(one, PAGES[page])}
    # Those who may come last: what they ask for may change something.
    for one in sorted(EVERY_ONE, key=lambda one: one in may):
        form = {} if method == "GET" else form_token(served)
        answer = served.page(address(path, crowd.sitting.code), crowd.tokens[one], method, **form)
        said = f"{one} at {method} {path}: {answer.status_code}"
        assert answer.status_code < 500, said
        if page is not None:
            assert (answer.status_code != 403) == (one in may), said


@pytest.mark.parametrize("one", EVERY_ONE)
def test_what_has_no_row_answers_nobody(forgetful, one):
    """Somebody adds a route and forgets the table: it is shut, to every role and in every form."""
    crowd, answered = forgetful
    for method, path in (("GET", "kept"), ("POST", "kept"), ("GET", "setup/kept")):
        headers = {**bearer(crowd.tokens[one]), **form_token(crowd.sitting.served)}
        crowd.sitting.served.http.cookies.clear()
        said = crowd.sitting.served.http.request(method, f"/{crowd.sitting.code}/{path}", headers=headers)
        assert said.status_code == 404
    assert answered == []


@pytest.mark.parametrize("one", EVERY_ONE)
async def test_a_socket_at_another_address_answers_nobody(forgetful, one):
    crowd, answered = forgetful
    at = crowd.sitting.address("hall").replace("/live/hall", "/more")
    with pytest.raises(InvalidStatus) as refused:
        async with connect(at, additional_headers=bearer(crowd.tokens[one]), proxy=None):
            pass
    assert refused.value.response.status_code == 403
    assert answered == []


@pytest.fixture(scope="module")
def forgetful(served) -> tuple[Crowd, list[str]]:
    """A server with routes of which the table says nothing, and who was answered by them."""
    answered: list[str] = []

    @get(["/{code:str}/kept", "/{code:str}/setup/kept"])
    async def shown(code: FromPath[str]) -> str:
        answered.append(code)
        return code

    @post("/{code:str}/kept")
    async def taken(code: FromPath[str]) -> str:
        answered.append(code)
        return code

    @websocket("/{code:str}/more")
    async def watched(socket: WebSocket, code: FromPath[str]) -> None:
        answered.append(code)
        await socket.accept()

    for each in (shown, taken, watched):
        served.call(lambda each=each: served.app.register(each))
    return gathered(served), answered


@cache
def form_token(served) -> dict[str, str]:
    """The headers by which a form shows that it is ours; they are good for every form of this browser."""
    return pair_of(served.page("/join"))


def test_a_request_looks_its_key_up_once_and_for_what_all_phones_ask_not_at_all(served, monkeypatch):
    crowd, find = gathered(served), keys.find
    seen: list[str] = []
    monkeypatch.setattr(keys, "find", lambda connection, token: seen.append(token) or find(connection, token))
    for method, path in ROUTES_THERE_ARE:
        seen.clear()
        served.page(address(path, crowd.sitting.code), crowd.tokens["moderator"], method, **form_token(served))
        if path.endswith(LIGHT["GET"]):
            assert seen == []
        elif ROUTES[f"{method} {path}"]:
            assert seen == [crowd.tokens["moderator"]], f"{method} {path}"


# --- feeds ------------------------------------------------------------------------------------------------------------


def test_every_feed_is_in_the_table():
    assert set(WATCHES) == set(VIEWS)


@pytest.mark.parametrize("is_for_invited", [False, True])
@pytest.mark.parametrize("view", WATCHES)
async def test_a_feed_takes_those_the_table_names_and_no_one_else(served, view, is_for_invited):
    crowd = gathered(served, is_for_invited)
    let_in = {one for one in EVERY_ONE if await status(crowd.sitting, view, crowd.tokens[one]) == 101}
    assert let_in == {one for one in EVERY_ONE if crowd.may(one, WATCHES[view])}


async def status(sitting: Sitting, view: str, key: str) -> int:
    try:
        async with connect(sitting.address(view), additional_headers=bearer(key), proxy=None):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


@pytest.mark.parametrize("one", EVERY_ONE)
async def test_the_results_of_closed_rounds_are_seen_by_the_staff_alone_before_the_reveal(served, one):
    crowd = gathered(served)
    async with crowd.sitting.watches("results", crowd.tokens[one]) as caller:
        assert caller.regions["results-board"]["is_staff"] is (one in ("moderator", "supervisor"))


# --- commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_each_role_may_give_the_commands_it_is_told(role):
    told = {name for name, roles in protocol.WHO.items() if role in roles}
    assert {spoken_name(command) for command in MAY[role]} == told


def test_who_does_not_preside_neither_scores_nor_reveals():
    about_results = {
        c.GiveScore,
        c.SubmitSheet,
        c.CorrectSheet,
        c.OpenRound,
        c.CloseRound,
        c.ShowResultStep,
        c.RevealResult,
    }
    for role in set(Role) - {Role.MODERATOR, Role.SEAT}:
        assert MAY[role].isdisjoint(about_results)


@pytest.mark.parametrize("view", WATCHES)
@pytest.mark.parametrize("one", EVERY_ONE)
async def test_a_command_is_taken_from_those_the_table_names_and_from_no_one_else(served, one, view):
    crowd = gathered(served)
    if not crowd.may(one, WATCHES[view]):
        return  # the door itself is shut, see above
    acts = WATCHES[view] or ACTS.get(view, frozenset())
    allowed = {spoken_name(each) for each in MAY[Role(one)]} if one in acts else set()
    async with crowd.sitting.watches(view, crowd.tokens[one]) as caller:
        answers = {name: await caller.does(name, **protocol.EXAMPLES[name]) for name in COMMANDS}
    declined = {name for name, answer in answers.items() if answer.get("code") == "command.not_allowed"}
    assert declined == set(COMMANDS) - allowed


def test_every_command_of_desks_has_somebody_who_may_give_it_and_none_is_heard_on_a_socket():
    given = {each for commands in AT_DESK.values() for each in commands}
    assert given == set(get_args(c.AtDesk))
    assert given.isdisjoint(each for commands in MAY.values() for each in commands)
    assert given.isdisjoint(COMMANDS.values())
    assert all(c.VerifyFinding not in AT_DESK[role] for role in AT_DESK if role is not Role.SUPERVISOR)
