"""Browsers that are made up: none has a cookie of ours, and a poll is filled no faster than a hall or a town votes."""

import secrets
from dataclasses import replace

import httpx
import pytest

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen, Voice, Voters
from app.meeting.refusals import Refused
from app.store.ballots import Ballot
from app.web.phones.inflow import A_SECOND, AT_ONCE, MOST_NETWORKS, MOST_OF_VOICE, MOST_POLLS, Inflow
from tests.live.served import PATIENCE, Served, Sitting
from tests.meetings import small_plan

POLL = "water.1"
ELSEWHERE = "203.0.113.9"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def new_ballot(voice: Voice = Voice.WEB) -> Ballot:
    """Of somebody who has not voted yet."""
    return Ballot("small", POLL, secrets.token_hex(8), voice, "satisfied")


def taken(inflow: Inflow, number: int, voice: Voice = Voice.WEB, network: str = ELSEWHERE, there: int = 0) -> int:
    """How many of so many are not refused."""
    for at in range(number):
        try:
            inflow.must_have_room(new_ballot(voice), network, there)
        except Refused:
            return at
    return number


def test_a_network_elsewhere_fills_a_poll_no_faster_than_a_town_votes():
    clock = Clock()
    inflow, free = Inflow(clock), AT_ONCE[Voice.WEB]
    assert taken(inflow, 2 * free) == free
    assert taken(inflow, 5, network="198.51.100.7") == 5
    clock.now += 10
    assert taken(inflow, free) == 10 * A_SECOND[Voice.WEB]


def test_a_hall_behind_one_address_votes_at_once_and_again_in_the_next_poll():
    inflow = Inflow(Clock())
    assert taken(inflow, 9000, Voice.PHONE) == 9000
    assert taken(inflow, MOST_OF_VOICE, Voice.TICKET, there=MOST_OF_VOICE) == MOST_OF_VOICE


def test_who_presses_without_end_keeps_out_nobody_behind_the_same_address():
    inflow, busy = Inflow(Clock()), new_ballot()
    for there in (0, MOST_OF_VOICE) * AT_ONCE[Voice.WEB]:
        inflow.must_have_room(busy, ELSEWHERE, there)
    assert taken(inflow, AT_ONCE[Voice.WEB]) == AT_ONCE[Voice.WEB] - 1


def test_it_is_known_of_the_latest_polls_who_has_a_place_in_them():
    inflow, mine = Inflow(Clock()), new_ballot()
    for at in range(MOST_POLLS + 1):
        inflow.must_have_room(replace(mine, poll=f"water.{at}"), ELSEWHERE, 0)
    assert [poll for _, poll in inflow._placed] == [f"water.{at}" for at in range(1, MOST_POLLS + 1)]


def test_a_poll_without_tickets_is_full_some_time():
    assert taken(Inflow(), 1, Voice.PHONE, there=MOST_OF_VOICE - 1) == 1
    assert taken(Inflow(), 1, Voice.PHONE, there=MOST_OF_VOICE) == 0


def test_networks_that_have_been_silent_are_forgotten():
    clock = Clock()
    inflow = Inflow(clock)
    for at in range(MOST_NETWORKS):
        inflow.must_have_room(new_ballot(), str(at), 0)
    clock.now += 1
    inflow.must_have_room(new_ballot(), "one more", 0)
    assert len(inflow._buckets) == 1


@pytest.fixture
def sitting(served: Served) -> Sitting:
    sitting = served.holds(small_plan(rules=Rules(polls=PollsOpen.BY_HAND, voters=Voters.EVERYBODY)))
    sitting.performs(c.OpenMeeting(sitting.plan), c.OpenPoll("water"))
    return sitting


def votes(sitting: Sitting, cookies: dict[str, str]) -> httpx.Response:
    token = next(value for name, value in cookies.items() if "csrf" in name)
    form = {"_csrf_token": token, "vote": f"{POLL}:satisfied", "press": "1"}
    shown = "; ".join(f"{name}={value}" for name, value in cookies.items())
    headers = {"accept": "application/json", "cookie": shown}
    address = f"http://{sitting.served.host}/{sitting.code}/ballots"
    return httpx.post(address, data=form, headers=headers, timeout=PATIENCE, trust_env=False)


def test_a_cookie_that_was_made_up_casts_no_ballot_and_that_is_counted(sitting):
    cookies = dict(sitting.page().cookies)
    name = next(each for each in cookies if each.endswith("-voter"))
    device, _, mark = cookies[name].partition(".")
    for made_up in (secrets.token_hex(16), f"{secrets.token_hex(16)}.{mark}", f"{device}.{mark[::-1]}", device):
        answer = votes(sitting, {**cookies, name: made_up})
        assert (answer.status_code, answer.json()["refused"]) == (409, "ballot.no_device")
    assert votes(sitting, cookies).status_code == 200
    page = sitting.page("/tickets?lang=en", sitting.moderator).text
    assert "× 4" in page
    sitting.performs(c.ClosePoll(POLL))
    counted = sitting.served.venue.rooms.meeting(sitting.code).polls[POLL].count
    assert (counted.ballots, counted.refused) == ({"phone": 1}, {"phone": {"ballot.no_device": 4}})


def test_what_has_to_wait_is_told_so_and_sent_again_by_itself(sitting, monkeypatch):
    monkeypatch.setitem(AT_ONCE, Voice.PHONE, 1)
    monkeypatch.setitem(A_SECOND, Voice.PHONE, 0.001)
    address = f"http://{sitting.served.host}/{sitting.code}"
    first, second = (dict(httpx.get(address, timeout=PATIENCE, trust_env=False).cookies) for _ in range(2))
    assert votes(sitting, first).status_code == 200
    answer = votes(sitting, second)
    assert (answer.status_code, answer.json()["refused"]) == (503, "ballot.wait")
