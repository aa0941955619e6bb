"""A form of the console, pressed by a program: the CSRF token of a page, then the post, without following anywhere."""

import re
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from app.rehearsal.process import Trust

SECONDS_TO_ANSWER = 10
_CSRF = re.compile(r"([\w-]*csrf[\w-]*)=([^;]+)")
SEE_OTHER = 303


class NotPressed(Exception):
    """The server is away, or would not have it."""


def press(url: str, code: str, action: str, token: str, trust: Trust = None) -> None:
    """Post ``/{code}/{action}`` with the moderator's key ``token``. Raises NotPressed."""
    try:
        csrf = _CSRF.search(_ask(url, "GET", f"/{code}/moderator", {}, token, trust)[1])
        if csrf is None:
            raise NotPressed(url)
        headers = {"Cookie": csrf[0], "X-CSRFToken": csrf[2]}  # a program's token is its cookie
        status, _ = _ask(url, "POST", f"/{code}/{action}", headers, token, trust)
    except (OSError, HTTPException) as error:
        raise NotPressed(url) from error
    if status != SEE_OTHER:
        raise NotPressed(url)


def _ask(url: str, method: str, path: str, headers: dict[str, str], token: str, trust: Trust) -> tuple[int, str]:
    """The status of an answer, and the cookies it sets."""
    place = urlsplit(url)
    connection = (
        HTTPSConnection(place.netloc, timeout=SECONDS_TO_ANSWER, context=trust)
        if place.scheme == "https"
        else HTTPConnection(place.netloc, timeout=SECONDS_TO_ANSWER)
    )
    try:
        connection.request(method, path, headers={**headers, "Authorization": f"Bearer {token}"})
        answer = connection.getresponse()
        return answer.status, "; ".join(answer.headers.get_all("set-cookie") or ())
    finally:
        connection.close()
