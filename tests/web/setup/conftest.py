"""What the tests of the set-up pages share: an organiser with a browser that keeps its cookies, and no script."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from app.meeting.plan import Plan
from app.store import keys, plans
from app.store.keys import Key, Role
from tests.live.served import PATIENCE, Served, Sitting, bearer


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of one file alone: an organiser's list shows every meeting there is."""
    with Served(tmp_path_factory.mktemp("served")) as served:
        yield served


@dataclass
class Organiser:
    """Somebody at the desk, with the organiser's key."""

    served: Served
    key: str
    http: httpx.Client

    def opens(self, path: str, **query: str) -> httpx.Response:
        return self.http.get(path, params=query or None)

    def form(self, path: str) -> dict[str, str]:
        """The fields of a page's main form, as a browser would send them."""
        return fields_of(self.opens(path).text)

    def sends(self, path: str, fields: dict[str, str], do: str = "save") -> httpx.Response:
        fields = {**fields, "do": do, "_csrf_token": fields.get("_csrf_token") or self.form("/setup")["_csrf_token"]}
        return self.http.post(path, data=fields)

    def fills(self, path: str, do: str = "save", **changes: str) -> httpx.Response:
        """Open a page, type something else into some of its fields, and press a button."""
        return self.sends(path, {**self.form(path), **changes}, do)

    def plan(self, code: str) -> Plan:
        with self.served.database.reading() as connection:
            return plans.load(connection, code)


@pytest.fixture
def organiser(served: Served) -> Iterator[Organiser]:
    with served.database.writing() as connection:
        key = keys.make(connection, Key(None, Role.ORGANISER), "test")
    base_url = f"http://{served.host}"
    with httpx.Client(base_url=base_url, headers=bearer(key), timeout=PATIENCE, trust_env=False) as http:
        http.cookies.set("kaimen-lang", "en")
        yield Organiser(served, key, http)


class _FormReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}
        self._is_inside = False
        self._select = ""
        self._text_of = ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._is_inside = given.get("id") == "sheet"
        if not self._is_inside:
            return
        name = given.get("name", "")
        match tag, given.get("type", "text"):
            case "input", "checkbox" | "radio":
                if "checked" in given:
                    self.fields[name] = given.get("value", "on")
            case "input", _:
                self.fields[name] = given.get("value", "")
            case "select", _:
                self._select = name
            case "option", _:
                if "selected" in given or self._select not in self.fields:
                    self.fields[self._select] = given.get("value", "")
            case "textarea", _:
                self._text_of = name
                self.fields[name] = ""

    def handle_data(self, data: str) -> None:
        if self._text_of:
            self.fields[self._text_of] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._text_of = ""
        if tag == "form":
            self._is_inside = False


def fields_of(html: str) -> dict[str, str]:
    reader = _FormReader()
    reader.feed(html)
    return reader.fields


def problems_of(answer: httpx.Response) -> dict[str, str]:
    """The sentences at the fields, by the name of the field."""
    found: list[Any] = re.findall(r'<p class="problem" id="([^"]+)-problem"[^>]*>([^<]*)</p>', answer.text)
    return dict(found)


def at(sitting: Sitting, page: str) -> str:
    """The address of a set-up page."""
    return f"/setup/{sitting.code}/{page}"
