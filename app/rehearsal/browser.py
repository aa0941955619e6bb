"""A browser as far as a rehearsal needs one: it keeps its cookies, asks for pages, sends forms, and follows nowhere."""

import re
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
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


@dataclass(frozen=True, slots=True)
class File:
    """What is chosen in a field of a form."""

    field: str
    name: str
    content: bytes


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

    def post(self, path: str, fields: Mapping[str, list[str]], files: Sequence[File] = ()) -> Page:
        """A form that may have several fields of a name, and files."""
        if not files:
            return self._answer(self._url + path, urlencode(fields, doseq=True).encode())
        border = secrets.token_hex(16)
        said = {"content-type": f"multipart/form-data; boundary={border}"}
        return self._answer(self._url + path, _in_parts(border, fields, files), said)

    def _answer(self, url: str, body: bytes | None, headers: Mapping[str, str] | None = None) -> Page:
        try:
            asked = urllib.request.Request(url, body, dict(headers or {}))  # noqa: S310  of our own server
            with self._opener.open(asked, timeout=SECONDS_TO_ANSWER) as answer:
                return Page(answer.status, text=answer.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as error:
            with error:
                place = urlsplit(error.headers.get("location", ""))
                return Page(error.code, place.path, error.read().decode("utf-8", "replace"))
        except (OSError, HTTPException):
            return Page(0)


def _in_parts(border: str, fields: Mapping[str, list[str]], files: Sequence[File]) -> bytes:
    head = f'--{border}\r\ncontent-disposition: form-data; name="{{}}"'
    texts = [f"{head.format(name)}\r\n\r\n{text}\r\n".encode() for name, said in fields.items() for text in said]
    bodies = [
        f'{head.format(each.field)}; filename="{each.name}"\r\n\r\n'.encode() + each.content + b"\r\n" for each in files
    ]
    return b"".join([*texts, *bodies, f"--{border}--\r\n".encode()])


class _Stays(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None
