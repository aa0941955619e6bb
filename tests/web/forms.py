"""Forms sent as a browser sends them, and what the pages after them show."""

import json
import re

import httpx
from websockets.exceptions import ConnectionClosed

from tests.live.served import Served, Sitting, pair_of

LINK = re.compile(r'<dd class="link">http://[^/]+(/[^<]+)</dd>')


def sends(sitting: Sitting, path: str, token: str, /, **fields: str) -> httpx.Response:
    """A form of the keys page."""
    headers = {"authorization": f"Bearer {token}", **pair_of(sitting.served.page("/join"))}
    sitting.served.http.cookies.clear()
    return sitting.served.http.post(f"/{sitting.code}{path}", data=fields, headers=headers)


def token_shown(page: httpx.Response) -> str:
    return LINK.findall(page.text)[0].rpartition("/")[2]


def types(served: Served, code: str, **cookies: str) -> httpx.Response:
    """A code, at /join."""
    headers = pair_of(served.page("/join"), **{"kaimen-lang": "zh-CN", **cookies})
    served.http.cookies.clear()
    form = {"code": code, "_csrf_token": headers.pop("x-csrftoken")}
    return served.http.post("/join", data=form, headers=headers)


async def farewell(caller) -> tuple[list[str], int]:
    heard = []
    try:
        while True:
            heard += json.loads(await caller.connection.recv())
    except ConnectionClosed as closed:
        return heard, closed.rcvd.code if closed.rcvd else 0
