"""The quick door answers as the way that all forms go: the same status, the same words, the same headers."""

import socket
from contextlib import suppress

import pytest

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen, Voice, Voters
from app.meeting.refusals import Refused
from app.store.ballot_box import tell
from app.store.keys import Role
from app.web import access, routes
from app.web.gate import gate
from app.web.gate.threshold import MOST_PIPELINED
from app.web.phones import quick
from tests.live.served import PATIENCE, Served, Sitting
from tests.meetings import small_plan

POLL = "water.1"
JSON = {"accept": "application/json", "content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def hall(served: Served) -> Sitting:
    """One meeting for all whose ballots are compared."""
    return asked(served)


@pytest.fixture
def way(monkeypatch) -> "Way":
    return Way(monkeypatch)


class Way:
    """Which way requests go: how many went the long one, and whether all must."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.long = 0
        self._monkeypatch = monkeypatch
        lets_in = gate.let_in

        async def counted(request):
            self.long += 1
            await lets_in(request)

        monkeypatch.setattr(gate, "let_in", counted)

    def is_long_for_all(self) -> None:
        self._monkeypatch.setattr(quick, "_is_plain", lambda *_: False)
        self._monkeypatch.setattr(quick, "_LANGUAGES", {})


def asked(served: Served, voters: Voters = Voters.PHONES, invited_only: bool = False) -> Sitting:
    rules = Rules(polls=PollsOpen.BY_HAND, voters=voters)
    sitting = served.holds(small_plan(rules=rules, invited_only=invited_only))
    sitting.performs(c.OpenMeeting(sitting.plan), c.OpenPoll("water"))
    return sitting


class Browser:
    """One that has been to the page: its cookies, and the token of the form."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        page = sitting.page()
        self.cookies = {name: value for name, value in page.cookies.items() if name.startswith("kaimen-")}
        self.token = next(value for name, value in self.cookies.items() if "csrf" in name)

    def sends(self, fields: str = "", drop: str = "none", **headers: str):
        body = fields or f"vote={POLL}%3Asatisfied&press=1"
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items() if drop not in name)
        headers = {**JSON, "cookie": f"{cookies}; kaimen-lang=en", **headers}
        self.sitting.served.http.cookies.clear()
        address = f"/{self.sitting.code}/ballots"
        return self.sitting.served.http.post(address, content=f"_csrf_token={self.token}&{body}", headers=headers)

    def writes(self) -> tuple[str, str]:
        """The same request as it stands on the line."""
        body = f"_csrf_token={self.token}&vote={POLL}%3Asatisfied&press=1"
        said = {**JSON, "cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        first = f"POST /{self.sitting.code}/ballots HTTP/1.1"
        lines = [first, f"host: {self.sitting.served.host}", f"content-length: {len(body)}"]
        return "\r\n".join([*lines, *(f"{name}: {value}" for name, value in said.items())]) + "\r\n\r\n", body


def line_to(sitting: Sitting) -> socket.socket:
    host, _, port = sitting.served.host.partition(":")
    return socket.create_connection((host, int(port)), PATIENCE)


def compared(answer) -> tuple[object, ...]:
    said = {name: value for name, value in answer.headers.items() if name not in ("date", "set-cookie")}
    text = answer.text if "json" in answer.headers.get("content-type", "") else ""  # a page holds tokens of its own
    if not text:
        said.pop("content-length", None)
    return answer.status_code, text, said


QUICK = {
    "is counted": {},
    "counts no press": {"fields": f"vote={POLL}%3Asatisfied&press=first"},
    "has no such choice": {"fields": f"vote={POLL}%3Aperfect"},
    "has no poll": {"fields": "vote=earth.1%3Asatisfied"},
    "is empty": {"fields": "nothing=at+all"},
    "has no device": {"drop": "voter"},
    "is from here": {"sec-fetch-site": "same-origin"},
}
LONG = {
    "is from another site": {"sec-fetch-site": "cross-site"},
    "is from another page": {"origin": "http://elsewhere.example"},
    "shows no cookie": {"drop": "csrf"},
    "has a foreign token": {"fields": f"vote={POLL}%3Asatisfied&_csrf_token={'0' * 32}"},
    "comes twice": {"fields": f"vote={POLL}%3Asatisfied&vote={POLL}%3Aunknown"},
    "has what nobody types": {"fields": f"vote={POLL}%3Asatis%00fied"},
    "is long": {"fields": f"vote={POLL}%3Asatisfied&more={'x' * 3000}"},
    "is too long": {"fields": f"vote={POLL}%3Asatisfied&more={'x' * 20_000}"},
    "is another form": {"content-type": "multipart/form-data; boundary=none"},
    "wants a page": {"accept": "text/html"},
    "has its token in a header": {"x-csrftoken": "0" * 32},
}


@pytest.mark.parametrize("case", [*QUICK, *LONG])
def test_a_ballot_is_answered_as_all_forms_are(hall, way, case):
    sent = (QUICK | LONG)[case]
    browser = Browser(hall)
    way.long = 0
    quick_answer = browser.sends(**sent)
    assert way.long == (case in LONG)
    way.is_long_for_all()
    assert compared(quick_answer) == compared(browser.sends(**sent))
    assert way.long == (2 if case in LONG else 1)


@pytest.mark.parametrize(("voters", "code"), [(Voters.TICKETS, "ballot.needs_ticket"), (Voters.PHONES, "")])
def test_what_the_rules_refuse_is_refused_in_the_same_words(served, way, monkeypatch, voters, code):
    noted = []
    monkeypatch.setattr(served.venue.signs, "refused", lambda *said: noted.append(said))
    browser = Browser(asked(served, voters))
    if not code:
        browser.sitting.performs(c.ClosePoll(POLL))
    answer = browser.sends()
    assert (answer.status_code, answer.json()["refused"]) == (409, code or "ballot.too_late")
    way.is_long_for_all()
    assert compared(answer) == compared(browser.sends())
    assert noted == [(browser.sitting.code, POLL, Voice.PHONE, code or "ballot.too_late")] * 2


@pytest.mark.parametrize("code", ["record.unavailable", "ballot.unsure", "ballot.too_late"])
def test_what_the_box_refuses_is_passed_on_in_the_same_words(hall, way, monkeypatch, code):
    def refuses(_ballot, _answer):
        raise Refused(code)

    browser = Browser(hall)
    monkeypatch.setattr(hall.served.venue, "cast", refuses)
    answer = browser.sends()
    assert answer.status_code == (409 if code == "ballot.too_late" else 503)
    way.is_long_for_all()
    assert compared(answer) == compared(browser.sends())


def test_a_ballot_counts_once_whichever_way_it_came(served, way):
    browser = Browser(asked(served))
    first = browser.sends()
    way.is_long_for_all()
    assert browser.sends(f"vote={POLL}%3Aunknown&press=2").json() == first.json()
    browser.sitting.performs(c.ClosePoll(POLL), c.ShowPoll(POLL))
    assert served.venue.rooms.meeting(browser.sitting.code).polls[POLL].tally == {"phone": {"unknown": 1}}


def test_a_ballot_whose_body_comes_later_waits_for_it_and_is_light_all_the_same(hall, way):
    head, body = Browser(hall).writes()
    way.long = 0
    with line_to(hall) as line:
        for piece in (head, body[:20]):
            line.sendall(piece.encode())
            hall.served.call(lambda: None)
        line.sendall(f"{body[20:]}{head}{body}".encode())
        answers = b""
        while answers.count(b'{"receipt"') < 2:
            answers += line.recv(4096)
    assert answers.count(b"HTTP/1.1 200 OK") == 2, "and the next one behind it"
    assert way.long == 0


def test_who_sends_too_much_ahead_and_is_cut_keeps_no_answer_from_others(hall, monkeypatch):
    """Of all requests on a line uvicorn tells only the last that it was cut; the first is still to be answered."""
    held = []
    monkeypatch.setattr(hall.served.venue, "cast", lambda _ballot, answer: held.append(answer))
    with line_to(hall) as line, suppress(ConnectionResetError):
        line.sendall("".join(Browser(hall).writes() * (MOST_PIPELINED + 2)).encode())
        assert line.recv(4096) == b""
    hall.served.call(lambda: held[0](None))


def test_who_cannot_be_told_keeps_no_answer_from_others(caplog):
    told = []
    tell([(lambda _: {}["nobody"], None), (told.append, None)])
    assert told == [None]
    assert "Somebody could not be told" in caplog.text


def test_a_fault_of_the_quick_door_sends_everybody_the_long_way(hall, way, monkeypatch, caplog):
    monkeypatch.setattr(quick, "fields_in", lambda _body: {}["no such thing"])
    way.long = 0
    assert Browser(hall).sends().status_code == 200
    assert way.long == 2, "the page as well"
    assert "The quick door failed" in caplog.text


def test_where_guests_are_invited_every_ballot_goes_the_long_way(served, hall, way):
    browser = Browser(hall)
    browser.sitting = asked(served, invited_only=True)
    way.long = 0
    assert (browser.sends().status_code, way.long) == (403, 1)


@pytest.mark.parametrize("route", ["POST /{code}/ballots", "GET /{code}/live/phone.json"])
def test_without_its_row_in_the_table_of_roles_the_quick_door_is_shut(hall, way, monkeypatch, route):
    browser = Browser(hall)
    monkeypatch.delitem(routes.ROUTES, route)
    way.long = 0
    answer = browser.sends() if "ballots" in route else hall.page("/live/phone.json")
    assert (answer.status_code, way.long) == (404, 1)


def test_a_page_that_is_not_open_to_everybody_is_not_for_the_quick_door(hall, way, monkeypatch):
    browser = Browser(hall)
    monkeypatch.setitem(access.PAGES, "phone", frozenset({Role.MODERATOR}))
    way.long = 0
    assert (browser.sends().status_code, hall.page("/live/phone.json").status_code, way.long) == (403, 403, 2)


@pytest.mark.parametrize("query", ["", "?lang=en", "?lang=zh-CN"])
@pytest.mark.parametrize("accepts", ["gzip", "identity"])
@pytest.mark.parametrize("is_known", [True, False])
def test_the_picture_is_the_same_by_both_ways(hall, way, query, accepts, is_known):
    headers = {"accept-encoding": accepts}
    before = hall.page(f"/live/phone.json{query}")
    if is_known:
        headers["if-none-match"] = before.headers["etag"]
    way.long = 0
    quick_answer = hall.page(f"/live/phone.json{query}", **headers)
    assert way.long == 0
    way.is_long_for_all()
    long_answer = hall.page(f"/live/phone.json{query}", **headers)
    assert (quick_answer.status_code, quick_answer.text) == (long_answer.status_code, long_answer.text)
    for each in (quick_answer, long_answer):
        each.headers.pop("content-length", None)  # of what is packed
        each.headers.pop("date", None)
    assert dict(quick_answer.headers) == dict(long_answer.headers)
