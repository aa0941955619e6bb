"""The door of ballots: without scripts, from behind one address, refused in words; what was chosen is told late."""

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen, Voters
from tests.live.served import PATIENCE, Served, Sitting
from tests.meetings import small_plan

POLL = "water.1"


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return asked(served, Voters.PHONES)


def asked(served: Served, voters: Voters, **changes: object) -> Sitting:
    sitting = served.holds(small_plan(rules=Rules(polls=PollsOpen.BY_HAND, voters=voters), **changes))
    sitting.performs(c.OpenMeeting(sitting.plan), c.OpenPoll("water"))
    return sitting


class Phone:
    """A browser without scripts; ``votes`` presses one of the buttons on the page."""

    def __init__(self, sitting: Sitting) -> None:
        self.at = f"/{sitting.code}"
        self.http = httpx.Client(base_url=f"http://{sitting.served.host}", timeout=PATIENCE, trust_env=False)
        self.http.cookies.set("kaimen-lang", "en")
        self.page = self.http.get(self.at).text

    def votes(self, choice: str, **headers: str) -> httpx.Response:
        return self.http.post(f"{self.at}/ballots", data=self.form(choice), headers=headers)

    def form(self, choice: str) -> dict[str, str]:
        hidden = re.findall(r'<input type="hidden" name="(\w+)" value="(\w*)"', self.page)
        return {**dict(hidden), "vote": f"{POLL}:{choice}"}


@pytest.fixture
def phone(sitting: Sitting) -> Iterator[Phone]:
    phone = Phone(sitting)
    yield phone
    phone.http.close()


def tally(sitting: Sitting) -> dict[str, dict[str, int]]:
    sitting.performs(c.ClosePoll(POLL), c.ShowPoll(POLL))
    meeting = sitting.served.venue.rooms.meeting(sitting.code)
    return meeting.polls[POLL].tally


def test_a_phone_without_scripts_votes_and_chooses_anew(sitting, phone):
    assert 'value="water.1:satisfied"' in phone.page
    answer = phone.votes("satisfied")
    assert (answer.status_code, "Your vote on Water is counted" in answer.text) == (200, True)
    phone.votes("dissatisfied")
    assert tally(sitting) == {"phone": {"dissatisfied": 1}}


def test_phones_behind_one_address_vote_each_for_itself(sitting):
    for choice in ("satisfied", "satisfied", "fairly"):
        assert Phone(sitting).votes(choice, accept="application/json").json()["receipt"]
    assert tally(sitting) == {"phone": {"fairly": 1, "satisfied": 2}}


def test_a_receipt_is_listed_once_the_poll_has_closed_and_the_choice_is_not(sitting, phone):
    receipt = phone.votes("satisfied", accept="application/json").json()["receipt"]
    shown = f"{receipt[:4]} {receipt[4:]}"
    assert shown not in phone.http.get(f"{phone.at}/receipts").text
    sitting.performs(c.ClosePoll(POLL))
    page = phone.http.get(f"{phone.at}/receipts").text
    assert shown in page
    assert "atisfied" not in page


@pytest.mark.parametrize(
    ("voters", "choice", "code"),
    [
        (Voters.PHONES, "perfect", "ballot.no_choice"),
        (Voters.TICKETS, "satisfied", "ballot.needs_ticket"),
    ],
)
def test_what_is_not_taken_is_refused_in_words(served, voters, choice, code):
    answer = Phone(asked(served, voters)).votes(choice, accept="application/json")
    assert (answer.status_code, answer.json()["refused"]) == (409, code)
    assert answer.json()["sentence"].endswith(".")


def test_a_vote_after_the_end_is_refused_in_words(sitting, phone):
    sitting.performs(c.ClosePoll(POLL))
    answer = phone.votes("satisfied")
    assert answer.status_code == 409
    assert "came after it and was not counted" in answer.text


def test_who_has_cleared_the_cookies_since_the_page_was_loaded_votes_no_second_time(sitting, phone):
    phone.votes("satisfied")
    phone.http.cookies.clear()
    assert phone.votes("satisfied").status_code == 403
    assert tally(sitting) == {"phone": {"satisfied": 1}}


def test_the_snapshot_is_what_the_socket_brings_and_is_asked_for_in_vain_while_nothing_changes(sitting):
    first = sitting.page("/live/phone.json?lang=en")
    assert first.headers["cache-control"].startswith("public, max-age=1")
    said = json.loads(first.text)
    assert first.headers["etag"] == f'"{said["have"]}"' == f'"{sitting.fingerprint("phone")}"'
    assert said["html"].count("<hx-partial") == 5
    again = sitting.page("/live/phone.json?lang=en", **{"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.text) == (304, "")
    sitting.performs(c.ClosePoll(POLL))
    assert sitting.page("/live/phone.json?lang=en", **{"if-none-match": first.headers["etag"]}).status_code == 200


async def test_nobody_is_told_what_was_chosen_before_it_is_shown(sitting):
    """The moderator is told how many, by the socket and by the page; so is everybody once it has closed."""
    for choice in ("unknown", "unknown", "dissatisfied"):
        Phone(sitting).votes(choice)
    async with sitting.presides() as moderator, sitting.watches("phone", speaks_json=True) as phone:
        await moderator.until(lambda: told(moderator) == [("phone", 3, [])])
        sitting.performs(c.ClosePoll(POLL))
        await phone.until(lambda: bool(phone.regions["phone-polls"]["told"]))
        assert phone.regions["phone-polls"]["told"][0]["voices"] == [{"voice": "phone", "ballots": 3, "choices": []}]
        for path in ("", "/results", "/display", "/live/phone.json", "/moderator"):
            page = sitting.page(path, sitting.moderator)
            assert (page.status_code, "67%" in page.text) == (200, False)
        sitting.performs(c.ShowPoll(POLL))
        await phone.until(lambda: phone.regions["phone-polls"]["told"][0]["is_shown"])
        assert "67%" in sitting.page("").text


def told(caller) -> list[tuple[str, int, list[object]]]:
    polls = caller.regions.get("console-rounds", {}).get("polls", {}).get("polls", [])
    return [(each["voice"], each["ballots"], each["choices"]) for poll in polls for each in poll["ballots"]]
