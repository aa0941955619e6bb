"""Forms sent as a browser sends them, and what the pages after them show."""

import re

import httpx

from tests.live.served import Served, Sitting

LINK = re.compile(r'<dd class="link">http://[^/]+(/[^<]+)</dd>')


def sends(sitting: Sitting, path: str, token: str, /, **fields: str) -> httpx.Response:
    """A form of the keys page."""
    form_token = sitting.served.page("/join").cookies["kaimen-csrf"]
    sitting.served.http.cookies.clear()
    return sitting.served.http.post(
        f"/{sitting.code}{path}",
        data={**fields, "_csrf_token": form_token},
        headers={"authorization": f"Bearer {token}", "cookie": f"kaimen-csrf={form_token}"},
    )


def token_shown(page: httpx.Response) -> str:
    return LINK.findall(page.text)[0].rpartition("/")[2]


def types(served: Served, code: str, cookie: str = "kaimen-lang=zh-CN") -> httpx.Response:
    """A code, at /join."""
    token = served.page("/join").cookies["kaimen-csrf"]
    served.http.cookies.clear()
    form = {"code": code, "_csrf_token": token}
    return served.http.post("/join", data=form, headers={"cookie": f"kaimen-csrf={token}; {cookie}"})
