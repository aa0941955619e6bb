"""Rehearsals at the doors: made and thrown away from the console, marked on every page and in every feed."""

import asyncio
import re
from contextlib import AsyncExitStack

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from app.language import Language, say
from app.live.devices import DISPLAYS
from app.live.screens import VIEWS
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.plan import Rules
from app.meeting.questions.agreed import Questions
from app.meeting.refusals import Said
from app.rehearsal.panelist import Panelist
from app.rehearsal.standins import StandIns
from app.rehearsal.tempo import Tempo
from app.store import keys, plans
from app.store.keys import Hand, Key, Role
from app.web.routes import ROUTES
from tests.live.served import PAGES, Served, Sitting, bearer
from tests.meetings import ANN, BEN, WATER, small_plan

MARK = '<aside class="rehearsal-mark"'
QUICK = Tempo(speed=6_000)


def posts(served: Served, code: str, path: str, key: str) -> httpx.Response:
    """A form of a console, sent as a browser would."""
    served.http.cookies.clear()
    console = served.http.get(f"/{code}/moderator", headers=bearer(key))
    found = re.search(r'name="_csrf_token" value="([^"]+)"', console.text)
    token = found[1] if found else ""
    return served.http.post(f"/{code}{path}", headers=bearer(key), data={"_csrf_token": token})


def makes_rehearsal(sitting: Sitting) -> Sitting:
    """By the button on the console; the seats' keys are made beside it."""
    answer = posts(sitting.served, sitting.code, "/rehearsals", sitting.moderator)
    assert answer.status_code == 303
    code = answer.headers["location"].split("/")[1]
    moderator = answer.cookies[sitting.served.cookie_name(Role.MODERATOR, code)]
    with sitting.served.database.writing() as connection:
        plan = plans.load(connection, code)
        seats = {seat.id: keys.make(connection, Key(code, Role.SEAT, seat.id), "test") for seat in plan.seats}
    return Sitting(sitting.served, plan, moderator, seats)


def with_every_page(served: Served) -> Sitting:
    """A small meeting that takes questions."""
    return served.holds(small_plan(rules=Rules(questions=Questions.MODERATED)))


@pytest.fixture
def sitting(served) -> Sitting:
    return with_every_page(served)


@pytest.fixture
def rehearsal(sitting) -> Sitting:
    return makes_rehearsal(sitting)


def standins(served: Served) -> StandIns:
    bots: StandIns = served._server.config.loaded_app.state.bots
    bots.tempo = QUICK
    return bots


# --- making one -------------------------------------------------------------------------------------------------------


def test_who_makes_a_rehearsal_stands_on_its_console_with_a_key_of_its_own(sitting):
    rehearsal = makes_rehearsal(sitting)
    assert (rehearsal.code, rehearsal.plan.rehearsal_of) == (f"{sitting.code}-r1", sitting.code)
    assert rehearsal.page("/moderator", rehearsal.moderator).status_code == 200
    assert rehearsal.page("/moderator", sitting.moderator).status_code == 403
    assert sitting.page("/moderator", rehearsal.moderator).status_code == 403


def test_the_keys_to_a_rehearsal_say_who_made_them(sitting, rehearsal):
    posts(sitting.served, sitting.code, f"/rehearsals/{rehearsal.code}", sitting.moderator)
    with sitting.served.database.reading() as connection:
        made = [each for each in keys.listed(connection, rehearsal.code) if each.key.role is Role.MODERATOR]
    by = Hand("moderator", keys.hash_of(sitting.moderator)[:8])
    assert [(each.label, each.made_by) for each in made] == [("rehearsal", by)] * 2


def test_nothing_moves_from_a_rehearsal_to_the_meeting_or_back(sitting, rehearsal):
    rehearsal.performs(c.OpenMeeting(rehearsal.plan), c.JumpTo(Place(WATER)))
    meeting = sitting.served.waits_for(sitting.served.venue.meeting(sitting.code))
    assert meeting.opened_at is None
    sitting.performs(c.OpenMeeting(sitting.plan))
    copy = sitting.served.waits_for(sitting.served.venue.meeting(rehearsal.code))
    assert copy.agenda.place == Place(WATER)


def test_the_console_of_the_meeting_leads_into_its_rehearsals(sitting, rehearsal):
    assert f'action="/{sitting.code}/rehearsals/{rehearsal.code}"' in sitting.page("/moderator", sitting.moderator).text
    answer = posts(sitting.served, sitting.code, f"/rehearsals/{rehearsal.code}", sitting.moderator)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{rehearsal.code}/moderator")
    new = answer.cookies[sitting.served.cookie_name(Role.MODERATOR, rehearsal.code)]
    assert rehearsal.page("/moderator", new).status_code == 200


def test_it_leads_into_no_other_meeting(sitting, served):
    for other in (served.holds().code, "nothing", sitting.code):
        assert posts(served, sitting.code, f"/rehearsals/{other}", sitting.moderator).status_code == 404


@pytest.mark.parametrize("path", ["/rehearsals", "/rehearsals/{code}", "/bots", "/bots/stop", "/throw-away"])
def test_only_who_presides_does_any_of_it(rehearsal, path):
    path = path.format(code=rehearsal.code)
    assert posts(rehearsal.served, rehearsal.code, path, rehearsal.seats[ANN]).status_code == 403
    without_form = rehearsal.page(path, rehearsal.moderator, method="POST")
    assert without_form.status_code == 403
    assert rehearsal.page().status_code == 200


def test_what_cannot_be_is_said_on_the_console(sitting, rehearsal):
    said = {
        "rehearsal.of_rehearsal": posts(rehearsal.served, rehearsal.code, "/rehearsals", rehearsal.moderator),
        "meeting.not_a_rehearsal": posts(sitting.served, sitting.code, "/throw-away", sitting.moderator),
        "bots.not_in_real_meeting": posts(sitting.served, sitting.code, "/bots", sitting.moderator),
    }
    for code, answer in said.items():
        assert answer.status_code == 409
        assert f'<p class="problem" role="alert">{say(Said(code), Language.CHINESE)}</p>' in answer.text
        assert 'id="console-step"' in answer.text
    assert standins(sitting.served).seats(sitting.code) == ()


# --- the mark ---------------------------------------------------------------------------------------------------------

NO_PAGE = {
    "GET /{code}/proof",
    "GET /{code}/public/public.log.jsonl",
    "GET /{code}/public/results.json",
    "GET /{code}/public/ballots.json",
    "GET /{code}/unit/report.docx",
}
"""What there is once a meeting has ended: asked for by a display, files to check, a paper on what was put right."""

ALL = [
    *(
        path.removeprefix("GET ")
        for path in ROUTES
        if path.startswith("GET /{code}") and path.count("{") == 1 and path not in NO_PAGE
    ),
    *(f"/{{code}}/display?view={view}" for view in DISPLAYS),
    *("/setup/{code}", "/setup/{code}/units", "/setup/{code}/attachments", "/setup/{code}/delete"),
]
"""Every page there is of a meeting."""


@pytest.fixture(scope="module")
def looked_at(served) -> list[tuple[Sitting, list[str], int]]:
    """A rehearsal and its meeting for whoever asks for pages, which changes nothing: with keys, and with how many
    marks there are on a page."""
    meeting = with_every_page(served)
    return [(each, keys_to(each), marks) for each, marks in ((makes_rehearsal(meeting), 1), (meeting, 0))]


def keys_to(sitting: Sitting) -> list[str]:
    """Of everybody, none first."""
    staff = [sitting.key(role) for role in (Role.OPERATOR, Role.SUPERVISOR)]
    return [
        "",
        sitting.moderator,
        *staff,
        sitting.seats[ANN],
        sitting.key(Role.ORGANISER),
        sitting.key(Role.UNIT, "water"),
    ]


@pytest.mark.parametrize("path", ALL)
@pytest.mark.parametrize("language", Language)
def test_every_page_of_a_rehearsal_is_marked_in_both_languages_and_none_of_the_meeting(looked_at, path, language):
    for each, tried, marks in looked_at:
        page = shown_to_whom_it_concerns(each, tried, path.format(code=each.code), language)
        assert page.status_code == 200
        if "<body" not in page.text:
            return  # a file to keep, or a part of a page
        assert page.text.count(MARK) == marks
        assert ("彩排" in page.text.partition(MARK)[2]) == ("Rehearsal" in page.text.partition(MARK)[2]) == bool(marks)


def test_the_lobby_tells_a_rehearsal_from_its_meeting(sitting, rehearsal):
    articles = {
        code: article
        for article in sitting.served.page("/").text.split("<article")
        for code in (sitting.code, rehearsal.code)
        if f'href="/{code}/moderator"' in article
    }
    assert ("彩排 Rehearsal" in articles[rehearsal.code], sitting.code in articles[rehearsal.code]) == (True, True)
    assert "彩排" not in articles[sitting.code]


def test_a_page_in_the_place_of_one_is_marked_too(sitting, rehearsal):
    assert MARK in rehearsal.page("/panel").text
    assert MARK not in sitting.page("/panel").text


def test_the_mark_is_in_no_region_so_that_no_push_can_take_it_away(rehearsal):
    for view, path in PAGES.items():
        key = {"panel": rehearsal.seats[ANN]}.get(view, rehearsal.moderator)
        text = rehearsal.page(path, key).text
        before = text.partition(MARK)[0]
        for region in VIEWS[view].regions:
            assert f'id="{region.name}"' in before
        assert "</body>" in text.partition(MARK)[2]


def shown_to_whom_it_concerns(sitting: Sitting, tried: list[str], path: str, language: Language) -> httpx.Response:
    """A page as the first key opens it that does so at all."""
    for key in tried:
        page = sitting.served.page(path, key, cookie=f"kaimen-lang={language}")
        if page.status_code == 200:
            break
    return page


@pytest.mark.parametrize("view", VIEWS)
async def test_every_feed_says_whether_it_is_a_rehearsal(sitting, rehearsal, view):
    for each, expected in ((rehearsal, True), (sitting, False)):
        key = {"panel": each.seats[ANN]}.get(view, each.moderator)
        async with each.watches(view, key) as caller:
            assert caller.regions[VIEWS[view].regions[0].name]["is_rehearsal"] is expected


async def test_the_feed_still_says_so_once_the_log_has_taken_over_from_the_plan(rehearsal):
    rehearsal.performs(c.OpenMeeting(rehearsal.plan))
    async with rehearsal.watches("hall") as display:
        assert display.regions["hall-head"]["status"] == "running"
        assert display.regions["hall-head"]["is_rehearsal"] is True


# --- throwing it away -------------------------------------------------------------------------------------------------


async def test_what_is_thrown_away_is_gone_and_every_screen_is_told(sitting, rehearsal):
    served = rehearsal.served
    rehearsal.performs(c.OpenMeeting(rehearsal.plan))
    async with AsyncExitStack() as stack:
        screens = [
            await stack.enter_async_context(rehearsal.watches("hall")),
            await stack.enter_async_context(rehearsal.presides(speaks_json=False)),
            await stack.enter_async_context(rehearsal.sits(ANN)),
        ]
        others = await stack.enter_async_context(sitting.watches("hall"))
        answer = await asyncio.to_thread(posts, served, rehearsal.code, "/throw-away", rehearsal.moderator)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{sitting.code}/moderator")
        for screen in screens:
            with pytest.raises(ConnectionClosed):
                await screen.answer(lambda _: False)
            assert screen.texts[-1] == f'{{"reload": "{served.venue.painter.build}"}}'
        await others.listens()
    assert rehearsal.page().status_code == 404
    assert rehearsal.page("/moderator", rehearsal.moderator).status_code == 404
    assert served.call(lambda: served.venue.rooms.meeting(rehearsal.code)) is None
    assert rehearsal.code not in served.page("/").text
    assert f"{sitting.code}" in served.page("/").text


def test_after_it_the_next_rehearsal_has_another_code(sitting, rehearsal):
    posts(rehearsal.served, rehearsal.code, "/throw-away", rehearsal.moderator)
    assert makes_rehearsal(sitting).code == f"{sitting.code}-r2"


async def test_nobody_comes_back_to_it(rehearsal):
    await asyncio.to_thread(posts, rehearsal.served, rehearsal.code, "/throw-away", rehearsal.moderator)
    with pytest.raises(Exception, match="404"):
        await connect(rehearsal.address("hall"), proxy=None)


# --- bots on the empty seats ------------------------------------------------------------------------------------------


async def test_bots_fill_the_seats_that_nobody_has_opened_and_score_like_a_panel(rehearsal):
    served, bots = rehearsal.served, standins(rehearsal.served)
    async with rehearsal.sits(ANN) as ann:
        answer = await asyncio.to_thread(posts, served, rehearsal.code, "/bots", rehearsal.moderator)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/{rehearsal.code}/moderator")
        assert set(bots.seats(rehearsal.code)) == set(rehearsal.seats) - {ANN}
        await served.until(lambda: len(served.venue.rooms.presence(rehearsal.code).seats) == len(rehearsal.seats))
        rehearsal.performs(c.OpenMeeting(rehearsal.plan), c.JumpTo(Place(WATER, 2)))
        await served.until(lambda: len(answered(rehearsal)) == len(rehearsal.seats) - 1)
        assert ANN not in answered(rehearsal)
        await ann.listens()
    page = rehearsal.page("/moderator", rehearsal.moderator).text
    assert f'action="/{rehearsal.code}/bots/stop"' in page
    await asyncio.to_thread(posts, served, rehearsal.code, "/bots/stop", rehearsal.moderator)
    assert bots.seats(rehearsal.code) == ()
    await served.until(lambda: not served.venue.rooms.presence(rehearsal.code).seats)


def answered(rehearsal: Sitting) -> set[str]:
    """The seats that have submitted, abstained or recused themselves."""
    rounds = rehearsal.served.venue.rooms.meeting(rehearsal.code).rounds
    return {seat for seat, sheet in rounds[WATER].sheets.items() if sheet.standing != "draft"} if rounds else set()


async def test_a_bot_gives_way_to_whoever_sits_down(rehearsal):
    served, bots = rehearsal.served, standins(rehearsal.served)
    await asyncio.to_thread(posts, served, rehearsal.code, "/bots", rehearsal.moderator)
    assert BEN in bots.seats(rehearsal.code)
    async with rehearsal.sits(BEN):
        await served.until(lambda: BEN not in bots.seats(rehearsal.code))
        assert len(bots.seats(rehearsal.code)) == len(rehearsal.seats) - 1
    served.waits_for(bots.stop(rehearsal.code))


async def test_a_bot_takes_a_seat_that_was_led_from_a_tablet_which_has_gone(rehearsal):
    rehearsal.performs(c.TakeSeat(ANN, "tablet-0001"), c.OpenMeeting(rehearsal.plan), c.JumpTo(Place(WATER)))
    served, bots = rehearsal.served, standins(rehearsal.served)
    await asyncio.to_thread(posts, served, rehearsal.code, "/bots", rehearsal.moderator)
    await served.until(lambda: bool(served.venue.rooms.meeting(rehearsal.code).rounds[WATER].sheet(ANN).marks))
    served.waits_for(bots.stop(rehearsal.code))


async def test_bots_rest_while_the_meeting_is_paused(rehearsal, monkeypatch):
    served, bots, resting = rehearsal.served, standins(rehearsal.served), {}
    wait = Panelist._wait_out_a_pause
    monkeypatch.setattr(Panelist, "_wait_out_a_pause", lambda bot: resting.setdefault(bot._seat, bot) and wait(bot))
    rehearsal.performs(c.OpenMeeting(rehearsal.plan), c.JumpTo(Place(WATER, 0)), c.Pause())
    await asyncio.to_thread(posts, served, rehearsal.code, "/bots", rehearsal.moderator)
    await served.until(lambda: len(served.venue.rooms.presence(rehearsal.code).seats) == len(rehearsal.seats))
    await served.until(lambda: len(resting) == len(rehearsal.seats))  # each has thought of its first mark

    def seen() -> list[object]:
        return [bot.speaker.regions["panel-now"] for bot in resting.values()]

    before = served.call(seen)
    rehearsal.performs(c.AddTime(Place(WATER, 0), 60))
    await served.until(lambda: all(now != then for now, then in zip(seen(), before, strict=True)))
    assert served.venue.rooms.meeting(rehearsal.code).rounds[WATER].sheets == {}
    rehearsal.performs(c.Resume(), c.JumpTo(Place(WATER, 2)))
    await served.until(lambda: len(answered(rehearsal)) == len(rehearsal.seats))
    served.waits_for(bots.stop(rehearsal.code))


async def test_a_full_panel_has_no_place_for_bots(rehearsal):
    async with AsyncExitStack() as stack:
        for seat in rehearsal.seats:
            await stack.enter_async_context(rehearsal.sits(seat))
        answer = await asyncio.to_thread(posts, rehearsal.served, rehearsal.code, "/bots", rehearsal.moderator)
    assert answer.status_code == 409
    assert say(Said("bots.no_empty_seat"), Language.CHINESE) in answer.text


async def test_bots_leave_no_key_behind_and_go_with_their_rehearsal(rehearsal):
    served, bots = rehearsal.served, standins(rehearsal.served)
    await asyncio.to_thread(posts, served, rehearsal.code, "/bots", rehearsal.moderator)
    served.waits_for(bots.stop(rehearsal.code))
    with served.database.reading() as connection:
        query = f"SELECT count(*) FROM key WHERE label = 'stand-in' AND meeting = '{rehearsal.code}'"
        assert connection.exec_driver_sql(query).scalar() == 0
    await asyncio.to_thread(posts, served, rehearsal.code, "/bots", rehearsal.moderator)
    await asyncio.to_thread(posts, served, rehearsal.code, "/throw-away", rehearsal.moderator)
    assert bots.seats(rehearsal.code) == ()
    assert rehearsal.page().status_code == 404
