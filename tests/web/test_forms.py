"""What stands before every form: where it was sent from, whose it is, how large it is, whether it is one of ours."""

import re
import socket
from concurrent.futures import ThreadPoolExecutor, wait
from html.parser import HTMLParser

import httpx
import pytest

from app.language import Language, say
from app.meeting.refusals import Said
from app.store import keys
from app.store.keys import Key, Role
from app.web.access import EVERYBODY, PAGES
from app.web.gate.forms import LARGEST_FORM, LARGEST_WITHOUT_KEY, MOST_FIELDS
from app.web.routes import ROUTES
from tests.live.served import PATIENCE, Served, Sitting, bearer, pair_of
from tests.meetings import ANN
from tests.web.routes import ROUTES_THERE_ARE, address

FORM = "application/x-www-form-urlencoded"
POSTS = [path for method, path in ROUTES_THERE_ARE if method == "POST"]
PAGES_OF_POSTS = {path: ROUTES[f"POST {path}"] for path in POSTS}
WITHOUT_KEY = [path for path, page in PAGES_OF_POSTS.items() if page is None or PAGES[page] is EVERYBODY]
WITH_NOTHING_BUT_A_FORM = [path for path, page in PAGES_OF_POSTS.items() if page is None]
"""Of no meeting's: what is open to everybody there may be over, or may not have begun."""
WITH_KEY = [path for path in POSTS if path not in WITHOUT_KEY]


def said(code: str, language: Language = Language.CHINESE, **facts: str) -> str:
    return say(Said(code, facts), language)


def makes(served: Served, key: Key) -> str:
    with served.database.writing() as connection:
        return keys.make(connection, key, "test")


def begins(served: Served, path: str, length: int, kind: str = FORM, **headers: str) -> socket.socket:
    """A POST of which the head alone is sent."""
    host, port = served.host.split(":")
    lines = [f"POST {path} HTTP/1.1", f"Host: {served.host}", f"Content-Length: {length}", f"Content-Type: {kind}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    line = socket.create_connection((host, int(port)), PATIENCE)
    line.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
    return line


def status_of(line: socket.socket) -> int:
    return int(line.recv(64).split()[1])


# --- the key before the body ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", WITH_KEY)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x", "text/plain", "application/json"])
def test_who_holds_no_key_is_answered_before_any_of_the_body_is_there(sitting, path, kind):
    """The body never comes: whoever waits for it would wait for ever."""
    with begins(sitting.served, address(path, sitting.code), 60_000_000, kind) as line:
        assert status_of(line) == 403


def test_who_goes_on_sending_is_heard_out_and_has_the_answer(sitting):
    """A connection closed meanwhile would be reset, and take the answer with it."""
    body = b"a" * 8_000_000
    with begins(sitting.served, "/setup/upload", len(body), Connection="close") as line:
        line.sendall(body)
        assert status_of(line) == 403


@pytest.mark.parametrize("path", WITHOUT_KEY)
@pytest.mark.parametrize("kind", [FORM, "multipart/form-data; boundary=x"])
def test_where_no_key_is_needed_a_body_is_small(sitting, path, kind):
    with begins(sitting.served, address(path, sitting.code), LARGEST_WITHOUT_KEY + 1, kind) as line:
        assert status_of(line) == 413


# --- how much ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def organiser(served):
    return {**bearer(makes(served, Key(None, Role.ORGANISER))), **pair_of(served.page("/join"))}


def sends(served: Served, path: str, content, kind: str = FORM, **headers: str) -> httpx.Response:
    served.http.cookies.clear()
    return served.http.post(path, content=content, headers={"content-type": kind, **headers})


@pytest.mark.parametrize("path", ["/setup/new", "/setup/upload", "/setup/demo/attachments/edu"])
@pytest.mark.parametrize("language", [Language.CHINESE, Language.ENGLISH])
def test_many_fields_are_refused_by_their_number_in_the_language_of_the_visitor(served, organiser, path, language):
    body = b"a&" * MOST_FIELDS
    answer = sends(served, path, body, **{**organiser, "cookie": f"{organiser['cookie']}; kaimen-lang={language}"})
    assert answer.status_code == 413
    assert said("page.too_many_fields", language, most=str(MOST_FIELDS)) in answer.text


@pytest.mark.parametrize("path", ["/setup/new", "/setup/upload", "/setup/demo/attachments/edu"])
def test_a_large_body_is_taken_as_files_alone(served, organiser, path):
    with begins(served, path, LARGEST_FORM + 1, **organiser) as line:
        assert status_of(line) == 413


def test_a_body_of_unknown_length_is_counted_as_it_comes(served, organiser):
    answer = sends(served, "/setup/new", iter([b"title=", *([b"x" * 100_000] * 11)]), **organiser)
    assert answer.status_code == 413
    assert said("page.too_large") in answer.text


def test_a_form_of_the_largest_size_is_read(served, organiser):
    body = b"code=&title=" + b"%41" * ((LARGEST_FORM - 20) // 3)
    assert sends(served, "/setup/new", body, **organiser).status_code == 422


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"a=1"),
        ("multipart/form-data; boundary=x", b"a=1"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=a\r\nContent-Type: a/b; charset=none\r\n\r\nhi\r\n--x--\r\n",
        ),
    ],
)
def test_a_body_that_cannot_be_read_is_told_so_without_a_word_in_the_log(served, organiser, caplog, kind, body):
    answer = sends(served, "/setup/new", body, kind, **organiser)
    assert answer.status_code == 400
    assert said("page.bad_request") in answer.text
    assert caplog.records == []


async def test_a_body_that_is_cut_off_leaves_no_word_in_the_log(served, organiser, caplog):
    with begins(served, "/setup/new", 100, **organiser) as line:
        line.sendall(b"code=")
    await served.until(lambda: not served._server.server_state.tasks)
    assert caplog.records == []


def test_what_nobody_types_is_left_out(served, organiser):
    answer = sends(served, "/setup/new", b"code=%00&title=a%00b", **organiser)
    assert answer.status_code == 422
    assert 'value="ab"' in answer.text


def test_others_are_answered_while_the_largest_form_is_read(served, organiser):
    body = b"title=" + b"%41" * ((LARGEST_FORM - 10) // 3)
    with (
        ThreadPoolExecutor(1) as pool,
        httpx.Client(base_url=f"http://{served.host}", trust_env=False, timeout=PATIENCE) as other,
    ):
        sent = [pool.submit(sends, served, "/setup/new", body, **organiser) for _ in range(2)]
        answered = 0
        while not all(each.done() for each in sent):
            assert other.get("/healthz").status_code == 200
            answered += 1
            wait(sent, 0.01)  # or whoever asks without a pause keeps the others from their work
    assert [each.result().text for each in sent if each.result().status_code != 422] == []
    assert answered > 2


# --- from here, and one of ours ---------------------------------------------------------------------------------------


class Browser:
    """Keeps its cookies, and sends a form as its page has it."""

    def __init__(self, served: Served, *links: str) -> None:
        self.http = httpx.Client(base_url=f"http://{served.host}", timeout=PATIENCE, trust_env=False)
        for link in links:
            assert self.http.get(link).status_code == 303

    def form(self, path: str) -> dict[str, str]:
        return fields_of(self.http.get(path).text)

    def posts(self, path: str, fields: dict[str, str], **headers: str) -> httpx.Response:
        return self.http.post(path, data=fields, headers=headers)


def fields_of(text: str) -> dict[str, str]:
    """The hidden fields and the text fields of a page."""
    found: dict[str, str] = {}

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attributes):
            known = dict(attributes)
            if tag == "input" and "name" in known:
                found[known["name"]] = known.get("value") or ""

    Reader().feed(text)
    return found


@pytest.fixture
def moderator(sitting) -> Browser:
    return Browser(sitting.served, f"/{sitting.code}/moderator/{sitting.moderator}")


def new_key(moderator: Browser, sitting: Sitting, **headers: str) -> httpx.Response:
    token = moderator.form(f"/{sitting.code}/keys")["_csrf_token"]
    return moderator.posts(f"/{sitting.code}/keys", {"who": "guest", "label": "", "_csrf_token": token}, **headers)


def test_a_form_of_ours_is_taken(moderator, sitting):
    host = sitting.served.host
    for said_by_browsers in (
        {},
        {"origin": f"http://{host}"},
        {"origin": f"http://{host}", "sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
    ):
        assert new_key(moderator, sitting, **said_by_browsers).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "file://HOST"},
        {"origin": "://HOST"},
        {"origin": "chrome-extension://HOST"},
        {"origin": "http://HOST.evil.example"},
        {"origin": "http://x@HOST"},
        {"origin": "http://127.0.0.1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "http://HOST", "sec-fetch-site": "cross-site"},
    ],
)
def test_a_form_from_elsewhere_is_refused_even_with_its_token(moderator, sitting, headers):
    said_by_browser = {name: value.replace("HOST", sitting.served.host) for name, value in headers.items()}
    answer = new_key(moderator, sitting, **said_by_browser)
    assert answer.status_code == 403
    assert said("form.from_elsewhere") in answer.text
    assert "_csrf_token" not in answer.text


def test_the_pair_of_somebody_else_is_worth_nothing_beside_my_key(moderator, sitting):
    """Whoever holds a key of his own plants his cookie in my browser, and sends its form from there."""
    ann = Browser(sitting.served, f"/{sitting.code}/seat/{sitting.seats[ANN]}")
    theirs = ann.form(f"/{sitting.code}/panel")["_csrf_token"]
    name, cookie = next(each for each in ann.http.cookies.items() if "csrf" in each[0])
    stranger = Browser(sitting.served)
    without_key = stranger.form("/join")["_csrf_token"]
    for planted, token in ((cookie, theirs), (cookie, cookie), (without_key, without_key)):
        moderator.http.cookies.set(name, planted, domain="", path="/")
        fields = {"who": "guest", "label": "", "_csrf_token": token}
        assert moderator.posts(f"/{sitting.code}/keys", fields).status_code == 403
    with sitting.served.database.reading() as connection:
        assert all(each.label == "test" for each in keys.listed(connection, sitting.code))


# --- a refused form comes back ----------------------------------------------------------------------------------------


def test_a_refused_form_comes_back_filled_in_and_one_press_sends_it(moderator, sitting):
    fields = {"who": "guest", "label": 'for "them" & <us>\nall', "_csrf_token": "of an earlier life"}
    refused = moderator.posts(f"/{sitting.code}/keys", fields)
    assert refused.status_code == 403
    assert said("form.again") in refused.text
    again = fields_of(refused.text)
    assert {**again, "_csrf_token": ""} == {**fields, "_csrf_token": ""}
    action = re.search(r'<form [^>]*action="([^"]+)"', refused.text)
    assert action
    assert moderator.posts(action[1], again).status_code == 200


@pytest.mark.parametrize("path", WITH_NOTHING_BUT_A_FORM)
def test_a_browser_that_forgot_its_cookies_sends_its_form_with_one_press_more(sitting, path):
    browser = Browser(sitting.served)
    refused = browser.posts(address(path, sitting.code), {"code": "K7M3-9QXD", "_csrf_token": "f" * 32})
    assert refused.status_code == 403
    again = browser.posts(address(path, sitting.code), fields_of(refused.text))
    assert again.status_code in (303, 422)


def test_a_form_of_before_a_restart_is_taken_by_one_press_after_it(tmp_path):
    """Also by those who were here before: their cookies are as good as ever, and so is what stands in their pages."""
    with Served(tmp_path, secret="") as evening:
        organiser = Browser(evening, f"/setup/enter/{makes(evening, Key(None, Role.ORGANISER))}")
        tablet = Browser(evening)
        new_meeting, join = organiser.form("/setup"), tablet.form("/join")
    with Served(tmp_path, secret="") as morning:
        for browser in (organiser, tablet):
            browser.http.base_url = httpx.URL(f"http://{morning.host}")
        saved = organiser.posts("/setup/new", {**new_meeting, "code": "spring", "title": "Spring"})
        assert (saved.status_code, saved.headers["location"]) == (303, "/setup/spring/meeting")
        for form in (join, tablet.form("/join")):
            assert tablet.posts("/join", {**form, "code": "K7M3-9QXD"}).status_code == 422


def test_files_are_said_to_need_choosing_again(served):
    organiser = Browser(served, f"/setup/enter/{makes(served, Key(None, Role.ORGANISER))}")
    files = {"file": ("plan.toml", b"x = 1")}
    refused = organiser.http.post("/setup/upload", data={"code": "spring"}, files=files)
    assert refused.status_code == 403
    assert "plan.toml" in refused.text
    again = fields_of(refused.text)
    assert (again["code"], again["file"]) == ("spring", "")
    taken = organiser.http.post("/setup/upload", data={**again}, files=files)
    assert taken.status_code in (200, 422)


def test_a_program_with_a_key_may_take_its_cookie_for_its_token(sitting):
    pair = pair_of(sitting.served.page("/join"))
    fields = {"who": "guest", "label": ""}
    answers = [
        sitting.served.http.post(f"/{sitting.code}/keys", data=fields, headers={**bearer(sitting.moderator), **shown})
        for shown in (pair, {"cookie": pair["cookie"]})
    ]
    assert [answer.status_code for answer in answers] == [200, 403]


def test_the_cookie_says_whose_database_it_is_for(sitting):
    answer = sitting.served.page("/join")
    [name] = [each for each in answer.cookies if "csrf" in each]
    mark = sitting.served.cookie_name(Role.SEAT, "x").split("-")[1]
    assert name == f"kaimen-csrf-{mark}"
