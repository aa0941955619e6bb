"""A replay: what every screen showed behind every entry, for those named and no one else; and nothing is written."""

import re
from html import unescape

import pytest

from app.live.replay import REPLAYED
from app.live.screens import VIEWS
from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.displays.state import DisplayView
from app.store import keys
from app.store.keys import Key, Role
from app.store.tables import BrowserRow, KeyRow, KeyUseRow, PulseRow, table_of
from tests.live.served import Sitting
from tests.meetings import ANN, BEN, CAT, DAN, WATER, at_water, comment, sheet
from tests.records import rows_of

PUBLIC = ("hall", "timer", "lower", "prompt", "phone", "results")
MARK = "回放 · 不是现场"
OF_VISITS = {table_of(each).name for each in (KeyRow, KeyUseRow, BrowserRow, PulseRow)}
"""Tables in which any page notes that a key was used, and any server that it lives."""


def key_of(sitting: Sitting, role: Role) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(None if role is Role.ORGANISER else sitting.code, role), "test")


def begins(sitting: Sitting):
    """Command by command: opened, at the first unit, a sheet, two comments of which one is shown, a display apart."""
    water = at_water().meeting
    yield c.OpenMeeting(sitting.plan)
    yield c.JumpTo(Place(WATER))
    yield sheet(water, WATER, ANN, "51.5", "23.5")
    yield comment(ANN, id="comment-1", text="Otters swim in the canal")
    yield c.ReleaseComment("comment-1", "Otters swim in the canal")
    yield c.DirectDisplay("left", view=DisplayView.TIMER)


def ends(sitting: Sitting) -> None:
    sitting.performs(c.CloseRound(WATER, without=(BEN, CAT, DAN, "eve")), c.FinishMeeting())


def test_every_screen_is_played_back_as_it_stood_live_behind_every_entry(sitting):
    supervisor = key_of(sitting, Role.SUPERVISOR)
    stood = []
    for command in begins(sitting):
        sitting.performs(command)
        head = sitting.served.venue.heads.newest(sitting.code)
        stood += [(head.seq, view, sitting.fingerprint(view)) for view in PUBLIC]
    ends(sitting)
    assert len({have for _, _, have in stood}) > 2 * len(PUBLIC)
    for seq, view, have in stood:
        said = sitting.page(f"/replay/{view}/regions?entry={seq}", supervisor).json()
        assert (said["entry"], said["have"]) == (seq, have), view
        assert set(said["regions"]) == {region.name for region in VIEWS[view].regions}
    for seq, view, have in stood[-len(PUBLIC) :]:
        assert sitting.page(f"/replay/{view}/regions?entry={seq}&have={have}", supervisor).json()["regions"] == {}
        assert f'data-have="{have}"' in sitting.page(f"/replay/{view}?entry={seq}", supervisor).text


SAID_TO_WHO_IS_THERE = {"console-warnings", "console-displays", "hall-told", "lower-told", "prompt-told", "timer-told"}
"""What is about the room of now, or said aloud, is no part of what is played back."""


@pytest.mark.parametrize("view", REPLAYED)
def test_a_replay_has_a_place_for_every_region_of_its_screen(sitting, view):
    sitting.performs(*begins(sitting))
    ends(sitting)
    page = sitting.page(f"/replay/{view}?entry=3&seat={ANN}", key_of(sitting, Role.SUPERVISOR)).text
    missing = {region.name for region in VIEWS[view].regions if f'id="{region.name}"' not in page}
    assert missing <= SAID_TO_WHO_IS_THERE


def test_every_picture_says_that_it_is_not_live_and_can_send_nothing(sitting):
    sitting.performs(*begins(sitting))
    ends(sitting)
    supervisor = key_of(sitting, Role.SUPERVISOR)
    for view in REPLAYED:
        page = sitting.page(f"/replay/{view}?entry=3&seat={ANN}", supervisor)
        assert page.status_code == 200
        assert MARK in page.text
        assert "Replay · not live" in page.text
        policy = page.headers["content-security-policy"].split("; ")
        assert "sandbox allow-scripts allow-same-origin" in policy  # and no forms, no pages of its own, no way out
        assert "form-action 'none'" in policy
        assert not [each for each in policy if each.startswith("connect-src")]  # so the default, which is none
        assert "default-src 'none'" in policy
        assert not re.search(r"data-address=|action=|wire\.js|follow\.js|outbox", page.text)


def test_the_tablet_is_the_one_that_led_its_seat_with_the_sheet_of_the_unit_that_was_on(sitting):
    sitting.performs(*begins(sitting))
    ends(sitting)
    supervisor = key_of(sitting, Role.SUPERVISOR)
    at = {"before": 2, "after": 4}
    shown = {
        name: sitting.page(f"/replay/panel?entry={entry}&seat={ANN}", supervisor).text for name, entry in at.items()
    }
    assert "51.5" in unescape(shown["after"])
    assert "51.5" not in shown["before"]
    assert 'data-unit="water"' in shown["before"]


def test_each_role_plays_back_what_it_may_see(sitting):
    sitting.performs(*begins(sitting))
    may = {
        Role.ORGANISER: set(PUBLIC),
        Role.MODERATOR: {*PUBLIC, "moderator"},
        Role.SUPERVISOR: {*PUBLIC, "moderator"},
        Role.OPERATOR: set(),
        Role.GUEST: set(),
    }
    tokens = {role: key_of(sitting, role) for role in may}

    def seen(role):
        answers = {view: sitting.page(f"/replay/{view}?seat={ANN}", tokens[role]).status_code for view in REPLAYED}
        assert set(answers.values()) <= {200, 403}
        return {view for view, status in answers.items() if status == 200}

    assert {role: seen(role) for role in may} == may
    ends(sitting)  # from here on nothing is marked any more
    assert seen(Role.SUPERVISOR) == set(REPLAYED)
    assert "panel" not in seen(Role.MODERATOR) | seen(Role.ORGANISER)


def test_what_an_entry_says_is_told_to_the_supervisor_and_to_others_only_what_the_hall_saw(sitting):
    sitting.performs(*begins(sitting))
    ann = next(seat.label for seat in sitting.plan.seats if seat.id == ANN)
    last = sitting.served.venue.heads.newest(sitting.code).seq

    def told(role):
        key = key_of(sitting, role)
        said = [sitting.page(f"/replay/timer/regions?entry={n}", key).json() for n in range(1, last + 1)]
        return " ".join(each["by"] + each["said"] for each in said)

    for role in (Role.MODERATOR, Role.ORGANISER):
        assert not [word for word in (ann, "Otters", "51.5") if word in told(role)]
        assert "只有监督员可以查看" in told(role)
    supervisor = told(Role.SUPERVISOR)
    assert [word in supervisor for word in (ann, "Otters", "51.5")] == [True, True, False]  # the round is open


def test_nothing_is_written_whatever_is_played(sitting):
    sitting.performs(*begins(sitting))
    ends(sitting)
    supervisor = key_of(sitting, Role.SUPERVISOR)

    def record():
        with sitting.served.database.reading() as connection:
            tables = [each for each in table_of(KeyRow).metadata.sorted_tables if each.name not in OF_VISITS]
            return {each.name: rows_of(connection, each) for each in tables}

    before, live = record(), sitting.fingerprint("hall")
    for view in REPLAYED:
        for path in (f"/replay?view={view}&entry=1", f"/replay/{view}?at=0", f"/replay/{view}/regions?change=next"):
            assert sitting.page(path, supervisor).status_code == 200
    assert sitting.page("/replay/hall", supervisor, "POST").status_code in (403, 405)
    assert record() == before
    assert sitting.fingerprint("hall") == live


def test_one_goes_from_change_to_change_of_a_screen_past_what_it_does_not_show(sitting):
    sitting.performs(*begins(sitting))
    supervisor = key_of(sitting, Role.SUPERVISOR)

    def goes(view, entry, change, **query):
        path = f"/replay/{view}/regions?entry={entry}&change={change}"
        said = sitting.page(path + "".join(f"&{name}={value}" for name, value in query.items()), supervisor).json()
        return None if said["is_at_the_end"] else said["entry"]

    seen, entry = [], 0
    while (found := goes("phone", entry, "next")) is not None:
        seen.append(found)
        entry = found
    haves = [sitting.page(f"/replay/phone/regions?entry={n}", supervisor).json()["have"] for n in range(seen[-1] + 1)]
    assert seen == [n for n in range(1, len(haves)) if haves[n] != haves[n - 1]]
    back = []
    while (found := goes("phone", entry, "previous")) is not None:
        back.append(found + 1)
        entry = found
    assert back == seen[::-1]


def test_a_display_of_a_name_is_what_it_had_been_told_to_be(sitting):
    sitting.performs(*begins(sitting))
    supervisor = key_of(sitting, Role.SUPERVISOR)
    last = sitting.served.venue.heads.newest(sitting.code).seq
    views = [sitting.page(f"/replay/hall/regions?entry={n}&display=left", supervisor).json()["view"] for n in (1, last)]
    assert views == ["hall", "timer"]


@pytest.mark.parametrize(
    "query",
    [
        "entry=x",
        "entry=-1",
        "at=²",
        "time=25:00",
        "time=soon",
        "time=2026-11-27 9:05",
        "change=up&entry=1",
        "seat=nobody&view=panel",
        "entry=" + "9" * 40,
    ],
)
def test_what_no_link_says_is_declined(sitting, query):
    supervisor = key_of(sitting, Role.SUPERVISOR)
    sitting.performs(c.OpenMeeting(sitting.plan), c.FinishMeeting())
    assert sitting.page(f"/replay?{query}", supervisor).status_code == 400


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        *(("9:05", "09:05:00"), ("09:05:07", "09:05:07"), ("９：０５", "09:05:00")),
        *(("9:05:07", "09:05:07"), ("9点05", "09:05:00"), ("下午2:30", "14:30:00")),
    ],
)
def test_a_time_of_the_day_is_read_as_people_write_it(sitting, typed, time):
    said = sitting.page(f"/replay/hall/regions?time={typed}", key_of(sitting, Role.SUPERVISOR))
    assert said.status_code == 200
    assert time in said.json()["time"]


def test_midnight_is_the_end_of_the_day(sitting):
    supervisor = key_of(sitting, Role.SUPERVISOR)
    first, last = (
        sitting.page(f"/replay/hall/regions?time={typed}", supervisor).json()["at"] for typed in ("0:00", "24:00")
    )
    assert last - first == 24 * 60 * 60 * 1000


def test_a_replay_of_a_meeting_that_has_not_begun_shows_it_waiting(sitting):
    page = sitting.page("/replay", key_of(sitting, Role.ORGANISER))
    assert page.status_code == 200
    assert "第一条记录之前" in page.text
