"""The door of ballots: without scripts, from behind one address, refused in words; what was chosen is told late."""

import json
import re
from collections.abc import Iterator

import httpx
import pytest

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import Counts, CountsSeen, OwnChoice, PollsOpen, Voters
from app.web.phones import receipts
from tests.live.served import PATIENCE, Caller, Served, Sitting
from tests.meetings import small_plan
from tests.web.forms import sends

POLL = "water.1"
WIDE = {each: each + 0xFEE0 for each in range(ord("0"), ord("Z") + 1)}
"""As somebody types who has not left the Chinese keyboard."""


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return asked(served, Voters.PHONES)


def asked(
    served: Served,
    voters: Voters,
    own: tuple[OwnChoice, ...] = (),
    seen: CountsSeen = CountsSeen.NOBODY,
    **changes: object,
) -> Sitting:
    rules = Rules(polls=PollsOpen.BY_HAND, voters=voters, own_choices=own, counts_seen=seen)
    sitting = served.holds(small_plan(rules=rules, **changes))
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


def test_a_choice_of_the_organisers_own_is_voted_for_and_no_other(served):
    phone = Phone(asked(served, Voters.PHONES, (OwnChoice("Well done", Counts.FOR), OwnChoice("Not so well"))))
    assert "Not so well</button>" in phone.page
    assert "You chose: Not so well" in phone.votes("own_2").text
    for other in ("satisfied", "own_3"):
        assert phone.votes(other, accept="application/json").json()["refused"] == "ballot.no_choice"


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


def test_what_has_closed_is_read_once_however_often_its_receipts_are_asked_for(sitting, phone, monkeypatch):
    reads = []
    reads_receipts = receipts.receipts_of
    monkeypatch.setattr(receipts, "receipts_of", lambda *of: reads.append(of[-1]) or reads_receipts(*of))
    for poll, choice in ((POLL, "satisfied"), ("water.2", "fairly")):
        phone.http.post(f"{phone.at}/ballots", data={**phone.form(choice), "vote": f"{poll}:{choice}"})
        sitting.performs(c.ClosePoll(poll), c.OpenPoll("water", again=True))
        pages = [phone.http.get(f"{phone.at}/receipts").text for _ in range(3)]
        assert pages[0].count("1 ballot<") == int(poll[-1])
    assert reads == [POLL, "water.2"]


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


def test_a_ballot_whose_answer_was_lost_is_answered_once_more_also_after_the_end(sitting, phone):
    sent = {**phone.form("satisfied"), "press": "7"}
    as_script = {"accept": "application/json"}
    receipt = phone.http.post(f"{phone.at}/ballots", data=sent, headers=as_script).json()["receipt"]
    sitting.performs(c.ClosePoll(POLL))
    again = phone.http.post(f"{phone.at}/ballots", data=sent, headers=as_script)
    assert (again.status_code, again.json()) == (200, {"receipt": receipt})
    for other in ({"press": "8"}, {"vote": f"{POLL}:fairly"}, {"press": "0"}):
        late = phone.http.post(f"{phone.at}/ballots", data={**sent, **other}, headers=as_script)
        assert (late.status_code, late.json()["refused"]) == (409, "ballot.too_late")


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
    assert said["html"].count("<hx-partial") == 6
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
        assert phone.regions["phone-polls"]["told"][0]["voices"] == [
            {"voice": "phone", "ballots": 3, "of": None, "turnout": None, "choices": [], "adds_up": True}
        ]
        for path in ("", "/results", "/display", "/live/phone.json", "/moderator"):
            page = sitting.page(path, sitting.moderator)
            assert (page.status_code, "66.67%" in page.text) == (200, False)
        sitting.performs(c.ShowPoll(POLL))
        await phone.until(lambda: phone.regions["phone-polls"]["told"][0]["is_shown"])
        assert "66.67%" in sitting.page("").text


DOORS = ("", "/live/phone.json", "/ticket", "/receipts", "/ask", "/results", "/results/water", "/proof")
PUBLIC = ("/public", "/public/unit/water", "/public/public.json", "/public/feed.xml", "/public/public.log.jsonl")
NEW_EACH_TIME = re.compile(r'(?:value|data-now|nonce)="[^"]*"')


def behind_doors(sitting: Sitting) -> dict[str, tuple[str | None, str]]:
    """What a phone is answered: its mark, and all that is not made anew for each who asks."""
    pages = {path: sitting.page(path) for path in (*DOORS, *PUBLIC)}
    return {path: (page.headers.get("etag"), NEW_EACH_TIME.sub("", page.text)) for path, page in pages.items()}


async def test_no_phone_is_told_how_a_vote_stands_that_the_hall_may_see(served):
    """Everybody chooses anew: as many ballots for something else, which the display shows and no other door tells."""
    sitting = asked(served, Voters.PHONES, seen=CountsSeen.HALL)
    phones = [Phone(sitting) for _ in range(3)]
    async with sitting.watches("hall") as hall, sitting.watches("phone") as phone:
        found = []
        for choice in ("satisfied", "dissatisfied"):
            told = [each.votes(choice) for each in phones]
            assert {each.status_code for each in told} <= {200, 303}
            await hall.until(lambda choice=choice: (choice, 3) in chosen_on(hall))
            await phone.listens()
            found.append((behind_doors(sitting), phone.regions, phone.have))
        assert found[0] == found[1]
        sitting.performs(c.ClosePoll(POLL))
        await phone.until(lambda: bool(phone.regions["phone-polls"]["told"]))
        assert not [text for text in phone.texts if '"choices": [{' in text or '"choices":[{' in text]
    for each in phones:
        each.http.close()


def chosen_on(hall: Caller) -> list[tuple[str, int]]:
    told = hall.regions["hall-stage"].get("turnouts", [])
    return [(each["choice"], each["ballots"]) for voice in told for each in voice["choices"]]


# --- tickets ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def with_tickets(served: Served) -> Sitting:
    return asked(served, Voters.HALL)


def printed(sitting: Sitting, sheets: str = "1", **form: str) -> list[str]:
    """The codes on the sheets, as somebody reads them there."""
    page = sends(sitting, "/tickets", sitting.moderator, sheets=sheets, do="issue", **form)
    return [each.replace(" ", "") for each in re.findall(r'<p class="code">([A-Z0-9 ]+)</p>', page.text)]


def takes(phone: Phone, code: str) -> httpx.Response:
    page = phone.http.get(f"{phone.at}/ticket/{code}")
    token = re.findall(r'name="_csrf_token" value="(\w*)"', page.text)[0]
    return phone.http.post(f"{phone.at}/ticket", data={"_csrf_token": token, "ticket": code})


def balance(sitting: Sitting) -> list[int]:
    page = sitting.page("/tickets?lang=en", sitting.moderator).text
    return [int(each) for each in re.findall(r'<th scope="row">\w+</th><td>(\d+)</td>', page)]


def test_a_sheet_has_24_tickets_of_letters_that_nobody_takes_for_others(with_tickets):
    codes = printed(with_tickets, "２")
    assert len(set(codes)) == 48
    assert all(len(each) == 8 and not set(each) & set("0O1I") for each in codes)
    assert balance(with_tickets) == [48, 0, 0, 48]
    with with_tickets.served.database.reading() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM ticket").all())
    assert not any(each in rows for each in codes)


def test_a_ticket_gives_one_ballot_on_one_phone_beside_those_of_phones(with_tickets):
    first, second, *_ = printed(with_tickets)
    holder, other, third = Phone(with_tickets), Phone(with_tickets), Phone(with_tickets)
    assert takes(holder, f"{first[:4].lower()} {first[4:]}").status_code == 303
    assert takes(holder, f"{first[:4]}－{first[4:]}".translate(WIDE)).status_code == 303
    holder.votes("satisfied")
    refused = takes(other, first)
    assert (refused.status_code, "already been used on another phone" in refused.text) == (409, True)
    other.votes("fairly")
    assert takes(holder, first).status_code == 303
    holder.votes("dissatisfied")
    takes(third, second)
    third.votes("satisfied")
    assert balance(with_tickets) == [24, 2, 0, 22]
    assert tally(with_tickets) == {"phone": {"fairly": 1}, "ticket": {"dissatisfied": 1, "satisfied": 1}}


def test_what_a_phone_was_told_before_it_took_a_ticket_is_told_of_no_ballot_with_it(with_tickets):
    """By this its script keeps the two apart."""
    first, second, *_ = printed(with_tickets)
    phone = Phone(with_tickets)
    told = [phone.page]
    for code in (first, second):
        takes(phone, code)
        told.append(phone.http.get(phone.at).text)
    found = [re.findall(r'data-ticket="([0-9a-f]{8})"', page) for page in told]
    assert [len(each) for each in found] == [0, 1, 1]
    assert found[1] != found[2]


def test_who_clears_the_cookies_does_not_vote_again_with_the_same_ticket(served):
    sitting = asked(served, Voters.TICKETS)
    code, *_ = printed(sitting)
    phone = Phone(sitting)
    takes(phone, code)
    phone.votes("satisfied")
    again = Phone(sitting)
    assert takes(again, code).status_code == 409
    assert again.votes("satisfied").status_code == 409
    assert tally(sitting) == {"ticket": {"satisfied": 1}}


@pytest.mark.parametrize("typed", ["ABCDEFGH", "short", "0O1I0O1I", ""])
def test_a_foreign_ticket_is_refused_in_words(served, with_tickets, typed):
    foreign, *_ = printed(asked(served, Voters.HALL))
    for each in (typed, foreign):
        answer = takes(Phone(with_tickets), each or "-")
        assert (answer.status_code, 'role="alert"' in answer.text) == (409, True)
    assert balance(with_tickets) == [0, 0, 0, 0]


def test_the_cookie_of_a_ticket_that_there_is_no_more_gives_no_ballot(with_tickets):
    """It outlives a meeting that was set up once more under the same code."""
    code, other, *_ = printed(with_tickets)
    phone, stays = Phone(with_tickets), Phone(with_tickets)
    takes(phone, code)
    takes(stays, other)
    taken = next(value for name, value in phone.http.cookies.items() if "-ticket-" in name).partition(".")[0]
    with with_tickets.served.database.writing() as connection:
        connection.exec_driver_sql(f"DELETE FROM ticket WHERE hash = '{taken}'")
    answer = phone.votes("satisfied", accept="application/json")
    assert (answer.status_code, answer.json()["refused"]) == (409, "ticket.unknown")
    assert stays.votes("fairly", accept="application/json").status_code == 200
    assert tally(with_tickets) == {"ticket": {"fairly": 1}}


def test_a_spoiled_ticket_is_good_no_more_and_a_used_one_is_not_spoiled(with_tickets):
    used, spoiled, *_ = printed(with_tickets)
    takes(Phone(with_tickets), used)
    assert sends(with_tickets, "/tickets", with_tickets.moderator, ticket=spoiled, do="spoil").status_code == 303
    assert takes(Phone(with_tickets), spoiled).status_code == 409
    assert sends(with_tickets, "/tickets", with_tickets.moderator, ticket=used, do="spoil").status_code == 409
    assert balance(with_tickets) == [24, 1, 1, 22]


def test_a_form_that_is_sent_again_makes_the_same_tickets_until_one_of_them_is_used(with_tickets):
    id = "a-form-of-the-page-of-tickets"
    first = printed(with_tickets, id=id)
    assert printed(with_tickets, id=id) == first
    assert not set(printed(with_tickets)) & set(first)
    assert balance(with_tickets) == [48, 0, 0, 48]
    takes(Phone(with_tickets), first[0])
    answer = sends(with_tickets, "/tickets", with_tickets.moderator, sheets="1", do="issue", id=id)
    assert (answer.status_code, balance(with_tickets)) == (409, [48, 1, 0, 47])


def test_a_lost_sheet_is_spoiled_whole_and_what_had_been_used_of_it_stays(with_tickets):
    used, lost, *_ = printed(with_tickets)
    other, *_ = printed(with_tickets)
    phone = Phone(with_tickets)
    takes(phone, used)
    gone = sends(with_tickets, "/tickets", with_tickets.moderator, sheet="1", do="spoil_sheet")
    assert (gone.status_code, gone.headers["location"]) == (303, f"{phone.at}/tickets?sheet=1")
    page = with_tickets.page("/tickets?sheet=1&lang=en", with_tickets.moderator).text
    assert "Sheet 1: 23 spoiled, 1 had been used before, 0 unused." in page
    assert "declared spoiled" in takes(Phone(with_tickets), lost).text
    assert takes(Phone(with_tickets), other).status_code == 303
    assert balance(with_tickets) == [48, 2, 23, 23]
    assert sends(with_tickets, "/tickets", with_tickets.moderator, sheet="3", do="spoil_sheet").status_code == 409
    phone.votes("satisfied")
    assert tally(with_tickets) == {"ticket": {"satisfied": 1}}


def test_signs_of_stuffing_are_counts_before_the_staff(with_tickets):
    first, second, *_ = printed(with_tickets)
    phone = Phone(with_tickets)
    for code in (first, second, "ABCDEFGH", "ABCDEFGJ"):
        takes(phone, code)
    page = with_tickets.page("/tickets?lang=en", with_tickets.moderator).text
    assert "1 phone has taken more than one ticket. The most that one has taken: 2." in page
    assert re.search(r"There is no such ticket in this meeting[^<]*<strong>× 2</strong>", page)


def test_what_was_refused_until_the_end_stands_in_the_log_by_voice_and_reason_and_beside_the_votes(with_tickets):
    first, *_ = printed(with_tickets)
    takes(Phone(with_tickets), first)
    for code in (first, "ABCDEFGH", "ABCDEFGJ"):
        takes(Phone(with_tickets), code)
    Phone(with_tickets).votes("perfect")
    with_tickets.page("/tickets", with_tickets.moderator)
    tally(with_tickets)
    count = with_tickets.served.venue.rooms.meeting(with_tickets.code).polls[POLL].count
    assert count.refused == {"phone": {"ballot.no_choice": 1}, "ticket": {"ticket.unknown": 2, "ticket.used": 1}}
    assert count.tickets == 24
    page = with_tickets.page("/results?lang=en").text
    assert "4 ballots or tickets were refused" in page
    assert re.search(r"Tickets: There is no such ticket[^<]*<strong>× 2</strong>", page)


def test_looking_at_a_ticket_takes_nothing(with_tickets):
    code, *_ = printed(with_tickets)
    assert Phone(with_tickets).http.get(f"/{with_tickets.code}/ticket/{code}").status_code == 200
    assert balance(with_tickets) == [24, 0, 0, 24]


def told(caller) -> list[tuple[str, int, list[object]]]:
    polls = caller.regions.get("console-rounds", {}).get("polls", {}).get("polls", [])
    return [(each["voice"], each["ballots"], each["choices"]) for poll in polls for each in poll["ballots"]]
