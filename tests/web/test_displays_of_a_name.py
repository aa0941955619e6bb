"""Displays of a name at the doors: each is told alone what to show, needs its key, and is counted."""

import asyncio
import json
from urllib.parse import quote

import pytest
from websockets.asyncio.client import connect

from app.live.devices import MOST_NAMELESS
from app.store import keys
from app.store.keys import Role
from tests.live.served import Sitting, bearer
from tests.meetings import ANN
from tests.web.seated import TABLET, key_of_display, meeting_of, rows

# --- displays of a name -----------------------------------------------------------------------------------------------


async def test_a_display_is_told_alone_what_to_show_and_a_reload_shows_the_same(judging, operator):
    key = key_of_display(judging, "left")
    async with (
        judging.watches("hall", key, name="left") as left,
        judging.watches("hall") as other,
        judging.watches("devices", operator) as board,
    ):
        await board.does("direct_display", display="left", cue="message", text="请入座")
        await left.until(lambda: left.regions["hall-stage"]["scene"] == "message")
        await other.listens()
        assert other.regions["hall-stage"]["scene"] == "item"
        await left.catches_up_with(judging.fingerprint("hall", key, name="left"))
    assert "请入座" in judging.page("/display?name=left", key).text
    assert "请入座" not in judging.page("/display").text


async def test_a_display_told_to_be_something_else_finds_it_at_its_own_address(judging, operator):
    key = key_of_display(judging, "left")
    async with judging.watches("hall", key, name="left") as left, judging.watches("devices", operator) as board:
        await board.does("direct_display", display="left", view="timer", language="en")
        await left.until(lambda: left.regions["hall-told"]["view"] == "timer")
    page = judging.page("/display?name=left&view=hall&lang=zh-CN", key).text
    assert ('data-view="timer"' in page, '<html lang="en"' in page, "name=left" in page) == (True, True, True)
    assert 'class="display hall"' in judging.page("/display?view=hall").text


async def test_what_displays_were_told_is_in_the_log(judging, operator):
    async with judging.watches("devices", operator) as board:
        await board.does("direct_display", display="left", cue="blank")
    with judging.served.database.reading() as connection:
        query = f"SELECT kind, \"by\" FROM log WHERE meeting = '{judging.code}' ORDER BY seq DESC LIMIT 1"
        assert connection.exec_driver_sql(query).one() == ("DisplayDirected", "operator")


async def test_a_display_is_identified_and_no_other(sitting, operator):
    async with (
        sitting.watches("hall", key_of_display(sitting, "左屏"), name="左屏") as left,
        sitting.watches("timer", key_of_display(sitting, "right"), name="right") as right,
        sitting.watches("devices", operator) as board,
    ):
        assert "ack" in await board.does("identify_display", display="左屏")
        assert await left.answer(lambda _: True) == {"identify": "左屏"}
        await right.listens()
        assert not any("identify" in text for text in right.texts)
    assert meeting_of(sitting).displays.directions == {}


async def test_a_display_that_is_not_there_is_not_identified(sitting, operator):
    async with sitting.watches("devices", operator, lang="en") as board, sitting.watches("hall") as nameless:
        answer = await board.does("identify_display", display="left")
        assert (await board.does("identify_display", display=""))["code"] == "display.not_there"
        await nameless.listens()
        assert not any("identify" in text for text in nameless.texts)
    assert answer["sentence"] == "No display “left” is connected."


@pytest.mark.parametrize("who", ["seat", "nobody"])
async def test_only_the_staff_identifies_displays(sitting, who):
    view, key = ("panel", sitting.seats[ANN]) if who == "seat" else ("hall", "")
    named = key_of_display(sitting, "left")
    async with sitting.watches("hall", named, name="left") as left, sitting.watches(view, key) as caller:
        assert (await caller.does("identify_display", display="left"))["code"] == "command.not_allowed"
        await left.listens()
        assert not any("identify" in text for text in left.texts)


@pytest.mark.parametrize("name", ["a b", "x" * 25, "<b>"])
async def test_a_name_that_is_none_opens_no_display(sitting, name):
    assert sitting.page(f"/display?name={name}").status_code == 404
    async with connect(
        sitting.address("hall", name=name), subprotocols=["kaimen.json"], additional_headers=bearer(""), proxy=None
    ) as connection:
        assert json.loads(await connection.recv())["regions"]["hall-told"]["name"] == ""


async def test_a_name_needs_the_key_of_that_display(sitting, operator):
    """A stranger's socket is like any other: not the projector “main”, not on the console, in no room of its own."""
    ours = key_of_display(sitting, "main")
    elsewhere = key_of_display(sitting.served.holds(), "main")
    other = key_of_display(sitting, "left")
    async with sitting.presides() as moderator:
        async with sitting.watches("hall", ours, name="main"):
            await moderator.until(lambda: names_of(moderator) == {"main": True})
        await moderator.until(lambda: names_of(moderator) == {})
        for key in ("", operator, sitting.moderator, sitting.seats[ANN], other, elsewhere):
            async with sitting.watches("hall", key, name="main") as stranger, sitting.watches("hall") as nameless:
                await moderator.listens()
                assert (names_of(moderator), stranger.regions["hall-told"]["name"]) == ({}, "")
                assert (stranger.have, rooms_of_displays(sitting)) == (nameless.have, 1)


def names_of(moderator) -> dict[str, bool]:
    return {each["name"]: each["is_connected"] for each in moderator.regions["console-displays"]["displays"]}


def rooms_of_displays(sitting: Sitting) -> int:
    rooms = sitting.served.venue.rooms._houses[sitting.code].rooms
    return sitting.served.call(lambda: sum(each.view == "hall" for each in rooms))


@pytest.mark.parametrize("view", ["hall", "timer"])
async def test_a_page_of_a_name_without_its_key_shows_what_all_show_and_says_why(judging, operator, view):
    async with judging.watches("devices", operator) as board:
        await board.does("direct_display", display="left", cue="message", text="请入座")
    page = judging.page(f"/display?view={view}&name=left&lang=en")
    assert (page.status_code, "请入座" in page.text, "name=left&" in page.text) == (200, False, False)
    assert "This display was opened without the key of “left”" in page.text
    for key, path in {"": "/display?lang=en", key_of_display(judging, "left"): "/display?name=left&lang=en"}.items():
        assert "without the key" not in judging.page(path, key).text


async def test_the_browser_of_two_projectors_is_both_of_them(sitting):
    cookies = [
        sitting.page(f"/screen/{key_of_display(sitting, name)}").headers["set-cookie"].partition(";")[0]
        for name in ("left", "右屏")
    ]
    for name in ("left", "右屏"):
        page = sitting.page(f"/display?name={name}&lang=en", cookie="; ".join(cookies))
        assert f"name={quote(name)}" in page.text
    assert "name=" not in sitting.page("/display?name=middle", cookie="; ".join(cookies)).text.split('id="socket"')[1]


async def test_a_display_that_came_in_before_names_were_in_cookies_is_still_let_in(sitting):
    cookie = f"kaimen-display-{sitting.code}={key_of_display(sitting, 'left')}"
    assert "name=left" in sitting.page("/display?name=left", cookie=cookie).text.split('id="socket"')[1]


async def test_the_staff_looks_at_a_display_of_a_name_in_miniature_and_it_is_not_there_for_that(judging, operator):
    async with judging.watches("devices", operator) as board:
        await board.does("direct_display", display="left", cue="message", text="请入座")
        for key, sees in {operator: True, judging.moderator: True, judging.seats[ANN]: False, "": False}.items():
            assert ("请入座" in judging.page("/display?name=left&miniature=1", key).text) is sees
            async with judging.watches("hall", key, name="left", miniature="1") as miniature:
                assert (miniature.regions["hall-stage"]["scene"] == "message") is sees
                assert (await board.does("identify_display", display="left"))["code"] == "display.not_there"


async def test_a_display_whose_key_is_revoked_is_shown_out(sitting):
    key = key_of_display(sitting, "left")
    async with sitting.watches("hall", key, name="left") as left:
        with sitting.served.database.writing() as connection:
            keys.revoke(connection, sitting.code, Role.DISPLAY)
        assert "revoked" in await left.answer(lambda _: True)


async def test_however_many_displays_come_a_few_are_listed_and_the_others_counted(sitting, operator):
    """And the tablets, and the displays of a name, are on the board whoever was there before."""
    left = key_of_display(sitting, "left")
    sitting.page("/display")
    async with asyncio.TaskGroup() as group:
        stay = asyncio.Event()
        for number in range(40):
            group.create_task(_watch_until(sitting, f"display-{number}", stay))
        await sitting.served.until(lambda: sitting.served.venue.rooms.presence(sitting.code).displays == 40)
        async with (
            sitting.sits(ANN, device=TABLET),
            sitting.watches("hall", left, name="left"),
            sitting.watches("devices", operator) as board,
        ):
            await board.until(lambda: rows(board)["Expert 1"] == [])
            shown = board.regions["devices-board"]
            names = [each["name"] for each in shown["rows"] if each["role"] == "display"]
            assert (sorted(names), shown["more_displays"]) == ([""] * MOST_NAMELESS + ["left"], 40 - MOST_NAMELESS)
        stay.set()


async def _watch_until(sitting: Sitting, device: str, over: asyncio.Event) -> None:
    async with sitting.watches("hall", name=device, device=device):
        await over.wait()
