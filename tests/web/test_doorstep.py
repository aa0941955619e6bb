"""Outside of everything: nothing said is kept, HEAD is answered, odd addresses are no fault of ours."""

import functools
import gc
import re
import secrets
import socket
import sqlite3
from http.client import HTTPConnection

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from app.settings import Settings
from app.store import keys
from app.store.keys import Key, Role
from app.web.gate.doorstep import Doorstep
from app.web.gate.hosts import Hosts
from tests.live.served import Served, Sitting, bearer, pair_of
from tests.meetings import ANN
from tests.records import is_used_key
from tests.web.routes import ROUTES_THERE_ARE, address

GETS = [path for method, path in ROUTES_THERE_ARE if method == "GET"]


def remembered() -> dict[str, int]:
    """How much every cache of this process holds."""
    # By the type itself: a proxy of something that is gone would have to be asked what it is.
    caches = [each for each in gc.get_objects() if type(each) is functools._lru_cache_wrapper]
    sizes: dict[str, int] = {}
    for each in caches:
        is_of_sqlite = isinstance(getattr(each, "__wrapped__", None), sqlite3.Connection)
        # Its statements. A connection may be new: then it knows what the others know, and no more than they.
        name = "statements" if is_of_sqlite else f"{getattr(each, '__qualname__', each)} {id(each)}"
        sizes[name] = max(sizes.get(name, 0), each.cache_info().currsize)
    return sizes


def asks(sitting: Sitting) -> None:
    """Something that nobody ever said before, at every place where one can say something."""
    odd, key = secrets.token_hex(8), bearer(sitting.moderator)
    said = {"cookie": f"kaimen-lang=en; a={odd}; {odd}=b", "accept": odd, "x-any": odd}
    form = {"content-type": "application/x-www-form-urlencoded"}
    pair = pair_of(sitting.served.page("/join"), a=odd)
    for method, path, headers, body in (
        ("GET", f"/{odd}", said, ""),
        ("GET", f"/?{odd}=1&lang=en", said, ""),
        ("GET", f"/{sitting.code}/panel?unit={odd}", said, ""),
        ("GET", f"/{sitting.code}/seat/{odd}", said, ""),
        ("GET", f"/{sitting.code}/keys?first={odd}", {**said, **key}, ""),
        ("GET", f"/{sitting.code}/record/log?about={odd}&first=1", {**said, **key}, ""),
        ("POST", "/join", {**form, **pair}, f"code=&{odd}={odd}"),
        ("POST", f"/{sitting.code}/keys", {**form, **pair, **key}, f"{odd}={odd}"),
        ("POST", f"/{odd}/keys", {"content-type": f"text/{odd}; a={odd}"}, odd),
    ):
        line = HTTPConnection(sitting.served.host, timeout=10)  # which remembers nothing itself
        line.request(method, path, body, headers)
        assert line.getresponse().status < 500
        line.close()


def test_nothing_of_a_request_is_kept_after_its_answer(sitting):
    for _ in range(3):  # until whatever is the same each time is known
        asks(sitting)
    before = remembered()
    for _ in range(10):
        asks(sitting)
    after = remembered()
    assert {name: size - before.get(name, 0) for name, size in after.items() if size - before.get(name, 0) >= 10} == {}


# --- HEAD -------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def tokens(served) -> tuple[Sitting, dict[Role, str]]:
    sitting = served.holds()
    with served.database.writing() as connection:
        made = {role: keys.make(connection, key_for(role, sitting.code), "heads") for role in Role}
    return sitting, made


def key_for(role: Role, code: str) -> Key:
    of = {Role.SEAT: ANN, Role.DISPLAY: "main", Role.UNIT: "water"}
    return Key(None if role is Role.ORGANISER else code, role, of.get(role, ""))


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with Served(tmp_path_factory.mktemp("doorstep")) as served:
        yield served


@pytest.mark.parametrize("path", GETS)
def test_head_answers_like_get_without_a_body_and_uses_nothing_up(served, tokens, path):
    sitting, made = tokens
    for role, token in made.items():
        head, got = (served.page(address(path, sitting.code), token, method) for method in ("HEAD", "GET"))
        assert (head.status_code, head.content) == (got.status_code, b""), role
        assert head.headers["content-type"] == got.headers["content-type"]


def test_a_key_shown_by_head_has_not_been_used(served, tokens):
    sitting = tokens[0]
    with served.database.writing() as connection:
        fresh = keys.make(connection, Key(sitting.code, Role.MODERATOR), "fresh")
    for path in ("/moderator", f"/moderator/{fresh}", "/keys"):
        assert sitting.page(path, fresh, "HEAD").status_code in (200, 303)
    with served.database.reading() as connection:
        assert not is_used_key(connection, fresh)


# --- odd addresses ----------------------------------------------------------------------------------------------------

ODD = some.one_of(
    some.text(max_size=40),
    some.binary(max_size=20).map(lambda each: "".join(f"%{byte:02x}" for byte in each)),
    some.integers(-(10**30), 10**30).map(str),
    some.sampled_from(["%00", "%ff", "%", "%zz", "..%2f", "1e400", "NaN", "0x1", "１", "x" * 3000, "\\", "'", "*"]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100)
@given(route=some.sampled_from(GETS), odd=ODD, role=some.sampled_from([*Role, None]))
def test_whatever_an_address_holds_is_answered_in_words(served, tokens, caplog, route, odd, role):
    sitting, made = tokens
    path = re.sub(r"\{(\w+)\}", lambda gap: sitting.code if gap[1] == "code" else quoted(odd), route)
    names = ("unit", "seat", "first", "about", "name", "view", "lang", "by", "like", "code", "opened", "miniature")
    query = "&".join(f"{name}={quoted(odd)}" for name in names)
    for said in (path, f"{path}?{query}", f"/{quoted(odd)}"):
        status = status_of(served, said, made[role] if role else "")
        assert status < 500, said
    assert [each for each in caplog.records if each.exc_info or each.levelname == "ERROR"] == []


@pytest.mark.parametrize("first", ["10000000000000000000000", str(2**31), "9" * 4000, "x", ""])
def test_a_number_that_no_entry_can_have_is_a_bad_request(tokens, first):
    sitting, made = tokens
    assert sitting.page(f"/record/log?first={first}", made[Role.SUPERVISOR]).status_code == 400


def quoted(text: str) -> str:
    """As odd as it is, but for what would end the line of a request."""
    return re.sub(r"[^!-~]", lambda each: "".join(f"%{byte:02x}" for byte in each[0].encode("utf-8", "replace")), text)


def status_of(served: Served, path: str, token: str) -> int:
    host, port = served.host.split(":")
    with socket.create_connection((host, int(port)), 10) as line:
        head = f"GET {path} HTTP/1.1\r\nHost: {served.host}\r\nConnection: close\r\n"
        head += f"Authorization: Bearer {token}\r\n" if token else ""
        line.sendall(f"{head}\r\n".encode("latin-1"))
        return int(line.recv(64).split()[1])


# --- cookies ----------------------------------------------------------------------------------------------------------


async def test_of_cookies_only_our_own_are_taken_in():
    """A host has its cookies in common with every other program on it, and a guest can make up as many as he likes."""
    seen = []

    async def app(scope, _receive, _send):
        seen.append(scope["headers"])

    theirs = b"; ".join(b"a%d=b" % number for number in range(100))
    ours = b"kaimen-lang=en", b"__Host-kaimen-csrf-1=x"
    shown = b"; ".join((ours[0], theirs, b"xkaimen-lang=zh", ours[1]))
    doorstep = Doorstep(app, Hosts(Settings()))
    for type in ("http", "websocket"):
        headers = [(b"host", b"127.0.0.1"), (b"cookie", shown), (b"cookie", theirs), (b"x-a", b"b=c")]
        scope = {"type": type, "method": "GET", "scheme": "http", "client": None, "path": "/", "headers": headers}
        await doorstep(scope, None, None)
    for headers in seen:
        cookies = [value for name, value in headers if name == b"cookie"]
        assert [each.strip() for value in cookies for each in value.split(b";") if each] == list(ours)
        assert (b"x-a", b"b=c") in headers
    assert len(seen) == 2
