"""A browser as far as a rehearsal needs one: it keeps its cookies, asks for pages, sends forms, and follows nowhere."""

import re
import urllib.error
import urllib.request
from dataclasses import dataclass
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode, urlsplit

SECONDS_TO_ANSWER = 10
FIELD_OF_TOKEN = "_csrf_token"  # noqa: S105  the name of a field
_TOKEN = re.compile(rf'name="{FIELD_OF_TOKEN}" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """``status`` 0: nobody answered. ``leads_to``: the path to which somebody was sent on; empty if nowhere."""

    status: int
    leads_to: str = ""
    text: str = ""

    @property
    def token(self) -> str:
        """Of the forms on it; empty if there is none."""
        found = _TOKEN.search(self.text)
        return found[1] if found else ""


class Browser:
    """Somebody's, in front of one server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(CookieJar()), _Stays
        )

    def ask(self, path: str) -> Page:
        return self._answer(self._url + path, None)

    def send(self, path: str, **fields: str) -> Page:
        return self._answer(self._url + path, urlencode(fields).encode())

    def _answer(self, url: str, body: bytes | None) -> Page:
        try:
            with self._opener.open(url, body, timeout=SECONDS_TO_ANSWER) as answer:
                return Page(answer.status, text=answer.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as error:
            with error:
                place = urlsplit(error.headers.get("location", ""))
                return Page(error.code, place.path, error.read().decode("utf-8", "replace"))
        except (OSError, HTTPException):
            return Page(0)


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None
