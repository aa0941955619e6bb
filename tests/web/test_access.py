"""Who may come in by which door, and what may be done from there."""

import re

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from app.language import Language, say
from app.meeting.refusals import Said
from app.store import keys, plans
from app.store.keys import Key, Role
from app.web.sockets.frames import COMMANDS
from tests.live.served import PATIENCE, Served, Sitting, bearer, pair_of
from tests.meetings import ANN, BEN, small_plan
from tests.web import protocol

VIEWS_FOR_ALL = ["hall", "timer", "phone", "results"]
NEEDED = {"/moderator": "key.moderator_needed", "/panel": "key.seat_needed"}

# --- commands ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["moderator", "seat", "nobody"])
async def test_each_role_may_give_the_commands_it_is_told_and_no_other(sitting, role):
    doors = {
        "moderator": sitting.presides,
        "seat": lambda: sitting.sits(ANN),
        "nobody": lambda: sitting.watches("hall"),
    }
    async with doors[role]() as caller:
        answers = {name: await caller.does(name, **fields) for name, fields in protocol.EXAMPLES.items()}
    declined = {name for name, answer in answers.items() if answer.get("code") == "command.not_allowed"}
    assert declined == {name for name in COMMANDS if role not in protocol.WHO[name]}
    assert {answers[name]["sentence"] for name in declined} == {sentence("command.not_allowed")}


@pytest.mark.parametrize("view", VIEWS_FOR_ALL)
async def test_a_key_gives_no_command_through_a_door_that_is_open_to_all(sitting, view):
    async with sitting.watches(view, sitting.moderator) as caller:
        assert (await caller.does("open_meeting"))["code"] == "command.not_allowed"


async def test_a_command_is_recorded_under_the_name_of_its_door(sitting):
    async with sitting.presides() as moderator:
        await moderator.does("open_meeting")
        await moderator.does("jump_to", place=protocol.PLACE)
    async with sitting.sits(ANN) as ann:
        await ann.does("give_score", **protocol.EXAMPLES["give_score"])
    with sitting.served.database.reading() as connection:
        query = f"SELECT \"by\" FROM log WHERE meeting = '{sitting.code}' ORDER BY seq"
        by = list(connection.exec_driver_sql(query).scalars())
    assert (by[0], by[-1]) == ("moderator", f"seat:{ANN}")


@pytest.mark.parametrize("name", [name for name, roles in protocol.WHO.items() if "seat" in roles])
async def test_a_seat_acts_for_no_other_seat(sitting, name):
    async with sitting.presides() as moderator:
        await moderator.does("open_meeting")
        await moderator.does("jump_to", place=protocol.PLACE)
    async with sitting.sits(BEN, lang="en") as ben:
        answer = await ben.does(name, **protocol.EXAMPLES[name])
    assert (answer["code"], answer["facts"]) == ("command.other_seat", {"seat": "Expert 1", "own": "Expert 2"})
    assert answer["sentence"] == (
        "This belongs to seat Expert 1, but the tablet is now used by Expert 2. It was not sent."
    )
    meeting = sitting.served.venue.rooms.meeting(sitting.code)
    assert (meeting.rounds["report-water"].sheets, meeting.comments) == ({}, {})


async def test_a_moderator_recuses_a_seat(sitting):
    async with sitting.presides() as moderator:
        await moderator.does("open_meeting")
        await moderator.does("jump_to", place=protocol.PLACE)
        assert "ack" in await moderator.does("recuse", **protocol.EXAMPLES["recuse"])


# --- doors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", VIEWS_FOR_ALL)
@pytest.mark.parametrize("who", ["nobody", "seat", "moderator"])
async def test_displays_phones_and_results_are_open_to_all(sitting, view, who):
    key = {"nobody": "", "seat": sitting.seats[ANN], "moderator": sitting.moderator}[who]
    async with sitting.watches(view, key) as caller:
        await caller.listens()
        assert list(caller.regions) == protocol.VIEWS[view]


async def test_the_console_takes_a_moderators_key_and_a_tablet_a_seats(sitting):
    keys_of = {"nobody": "", "seat": sitting.seats[ANN], "moderator": sitting.moderator, "invented": "x" * 22}
    statuses = {
        (view, who): await status(sitting, view, key) for view in ("moderator", "panel") for who, key in keys_of.items()
    }
    assert {each for each, status in statuses.items() if status == 101} == {
        ("moderator", "moderator"),
        ("panel", "seat"),
    }
    assert set(statuses.values()) == {101, 403}
    for path, needed in NEEDED.items():
        opens = {who for who, key in keys_of.items() if sitting.page(path, key).status_code == 200}
        assert opens == {"moderator" if path == "/moderator" else "seat"}
        assert sentence(needed) in sitting.page(path).text


async def test_the_staffs_results_are_for_the_staff(sitting):
    async with (
        sitting.watches("results", sitting.moderator) as staff,
        sitting.watches("results", sitting.seats[ANN]) as ann,
    ):
        await staff.listens()
        await ann.listens()
        assert [each.regions["results-board"]["is_staff"] for each in (staff, ann)] == [True, False]


async def test_a_key_of_another_meeting_opens_nothing(sitting, served):
    other = served.holds()
    assert await status(sitting, "moderator", other.moderator) == 403
    assert await status(sitting, "panel", other.seats[ANN]) == 403
    assert sitting.page("/moderator", other.moderator).status_code == 403
    assert sitting.page(f"/moderator/{other.moderator}").status_code == 403
    assert sitting.page(f"/seat/{other.seats[ANN]}").status_code == 403
    async with sitting.watches("results", other.moderator) as caller:
        await caller.listens()
        assert caller.regions["results-board"]["is_staff"] is False


async def test_a_revoked_key_opens_nothing(sitting):
    with sitting.served.database.writing() as connection:
        keys.revoke(connection, sitting.code)
    assert [
        await status(sitting, "moderator", sitting.moderator),
        await status(sitting, "panel", sitting.seats[ANN]),
    ] == [403, 403]
    assert sitting.page("/moderator", sitting.moderator).status_code == 403
    for path in (f"/moderator/{sitting.moderator}", f"/seat/{sitting.seats[ANN]}"):
        page = sitting.page(path)
        assert page.status_code == 403
        assert sentence("key.unknown") in page.text
        assert cookie(page, sitting.served.cookie_name(Role.SEAT, sitting.code)) == {}


# --- links ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("role", "leads_to"), [("seat", "panel?opened=1"), ("moderator", "moderator")])
def test_a_link_becomes_a_cookie_and_no_later_address_holds_its_token(sitting, role, leads_to):
    token = sitting.seats[ANN] if role == "seat" else sitting.moderator
    answer = sitting.page(f"/{role}/{token}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{sitting.code}/{leads_to}")
    name = sitting.served.cookie_name(Role(role), sitting.code)
    assert cookie(answer, name) == {
        name: token,
        "Path": f"/{sitting.code}",
        "HttpOnly": "",
        "SameSite": "lax",
        "Max-Age": str(7 * 24 * 3600),
    }
    page = sitting.served.page(answer.headers["location"], cookie=f"{name}={token}")
    assert page.status_code == 200
    assert token not in page.text
    assert token not in str(page.headers)


@pytest.mark.parametrize("wrong", ["x" * 22, "x", "%00", "' OR 1=1"])
def test_a_wrong_link_is_told_so_in_a_sentence_and_gets_no_cookie(sitting, wrong):
    for path in (f"/seat/{wrong}", f"/moderator/{wrong}"):
        page = sitting.page(path)
        assert page.status_code in (403, 404)
        assert cookie(page, sitting.served.cookie_name(Role.SEAT, sitting.code)) == {}
        assert sentence("key.unknown" if page.status_code == 403 else "page.unknown") in page.text


def test_a_link_of_one_role_is_no_link_of_the_other(sitting):
    assert sitting.page(f"/seat/{sitting.moderator}").status_code == 403
    assert sitting.page(f"/moderator/{sitting.seats[ANN]}").status_code == 403


def test_a_link_can_be_followed_again_on_a_spare_tablet(sitting):
    statuses = [sitting.page(f"/seat/{sitting.seats[ANN]}").status_code for _ in range(2)]
    assert statuses == [303, 303]


async def test_one_device_may_hold_a_moderators_and_a_seats_key(sitting):
    code = sitting.code
    cookies = f"kaimen-moderator-{code}={sitting.moderator}; kaimen-seat-{code}={sitting.seats[ANN]}"
    for path in ("/moderator", "/panel"):
        assert sitting.page(path, cookie=cookies).status_code == 200
    for view, regions in (("moderator", "console-step"), ("panel", "panel-head")):
        async with connect(sitting.address(view), additional_headers={"cookie": cookies}, proxy=None) as socket:
            assert f'id="{regions}"' in str(await socket.recv())


def test_a_newer_cookie_goes_before_one_of_the_older_name(sitting):
    """Until a link is followed anew, a device shows the name without the mark of the database; after it, both."""
    older, newer = f"kaimen-seat-{sitting.code}", sitting.served.cookie_name(Role.SEAT, sitting.code)
    for shown in (
        f"{older}={sitting.seats[ANN]}; {newer}={sitting.seats[BEN]}",
        f"{newer}={sitting.seats[BEN]}; {older}={sitting.seats[ANN]}",
    ):
        assert "Expert 2" in sitting.page("/panel", cookie=shown).text


def test_two_servers_of_one_host_keep_their_cookies_apart(sitting, tmp_path):
    """A browser sends a host's cookies to all of its ports; the meetings have the same code."""
    with Served(tmp_path) as second:
        with second.database.writing() as connection:
            plans.save(connection, sitting.plan)
            key = keys.make(connection, Key(sitting.code, Role.SEAT, BEN), "test")
        with httpx.Client(trust_env=False, timeout=PATIENCE, follow_redirects=True) as browser:
            for host, token in ((sitting.served.host, sitting.seats[ANN]), (second.host, key)):
                assert browser.get(f"http://{host}/{sitting.code}/seat/{token}").status_code == 200
            assert "Expert 1" in browser.get(f"http://{sitting.served.host}/{sitting.code}/panel").text
            assert "Expert 2" in browser.get(f"http://{second.host}/{sitting.code}/panel").text
            for host in (sitting.served.host, second.host):
                page = browser.get(f"http://{host}/{sitting.code}/panel").text
                token = re.search(r'name="_csrf_token" value="([^"]+)"', page)
                assert token
                left = browser.post(f"http://{host}/{sitting.code}/leave/seat", data={"_csrf_token": token[1]})
                assert left.status_code == 200


async def test_the_seat_of_a_tablet_is_the_one_of_its_last_link(sitting):
    """A tablet handed on: the newer link takes the place of the older one."""
    name = sitting.served.cookie_name(Role.SEAT, sitting.code)
    first, second = (cookie(sitting.page(f"/seat/{sitting.seats[seat]}"), name) for seat in (ANN, BEN))
    assert {**first, **second} == second
    assert "Expert 2" in sitting.page("/panel", cookie=f"{name}={second[name]}").text


# --- giving a key back, and forms ---------------------------------------------------------------------------------


def test_a_form_without_its_token_is_refused_in_a_sentence(sitting):
    answer = sitting.page("/leave/seat", method="POST", cookie="kaimen-csrf=forged")
    assert answer.status_code == 403
    assert sentence("page.forbidden") in answer.text
    assert cookie(answer, sitting.served.cookie_name(Role.SEAT, sitting.code)) == {}


def test_a_key_can_be_given_back(sitting):
    answer = sitting.page("/leave/seat", method="POST", **pair_of(sitting.page()))
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    for name in (sitting.served.cookie_name(Role.SEAT, sitting.code), f"kaimen-seat-{sitting.code}"):
        given_back = cookie(answer, name)
        assert (given_back[name], given_back["Max-Age"], given_back["Path"]) == ('""', "0", f"/{sitting.code}")


def test_a_seat_of_the_plan_has_one_key_for_each_link_made(served):
    """The links of a second print-out do not shut out the first."""
    sitting = served.holds(small_plan())
    with served.database.writing() as connection:
        second = keys.make(connection, Key(sitting.code, Role.SEAT, ANN), "second")
    assert [sitting.page("/panel", key).status_code for key in (sitting.seats[ANN], second)] == [200, 200]


async def status(sitting: Sitting, view: str, key: str) -> int:
    """The HTTP status of a handshake: 101 is in."""
    try:
        async with connect(sitting.address(view), additional_headers=bearer(key), proxy=None):
            return 101
    except InvalidStatus as refused:
        return refused.response.status_code


def cookie(answer: httpx.Response, name: str) -> dict[str, str]:
    """A cookie that an answer sets: its name and value, and its attributes; empty if it is not set."""
    for header in answer.headers.get_list("set-cookie"):
        if header.startswith(f"{name}="):
            return {key: value for key, _, value in (part.strip().partition("=") for part in header.split(";"))}
    return {}


def sentence(code: str) -> str:
    return say(Said(code), Language.CHINESE)
