"""Somebody at the bureau's desk with a browser that keeps its cookies, no script, and days that pass."""

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import httpx

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.findings.state import Finding, Findings, Terms
from app.store.heads import load_head
from app.store.keys import Role
from app.workdays import deadlines_from
from tests.findings import FIRST, UNITS_KEY, drafted
from tests.live.served import PATIENCE, Sitting, bearer, pair_of
from tests.meetings import ANN

COMMENT = "comment-1"
WORDS = "Nobody knows the rules"
DAYS = re.compile(r'<div class="with-calendar">\s*<input type="text" id="[^"]+" name="([^"]+)"[^>]* value="([^"]+)"')
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class Desk:
    sitting: Sitting
    http: httpx.Client

    def opens(self, path: str = "") -> str:
        answer = self.http.get(f"/{self.sitting.code}/findings{path}")
        assert answer.status_code == 200, answer.text
        return answer.text

    def hidden(self, path: str = "") -> dict[str, str]:
        """What a form of this page carries unseen: its token, its id, how far the finding had come."""
        return dict(HIDDEN.findall(self.opens(path)))

    def sends(self, path: str, do: str, /, **typed: str | list[str]) -> httpx.Response:
        return self.posts(path, {**self.hidden(path), **typed, "do": do})

    def posts(self, path: str, fields: dict[str, str | list[str]]) -> httpx.Response:
        return self.http.post(f"/{self.sitting.code}/findings{path}", data=fields)

    def moves(self, finding: str, move: str, author: str = "the bureau", /, **typed: str) -> None:
        """A move that is carried out."""
        named = {f"{move}.{name}": text for name, text in {**typed, "author": author}.items()}
        answer = self.sends(f"/{finding}", move, **named)
        assert answer.status_code == 303, answer.text

    def acts(self, do: str, *findings: str, **changes: str) -> httpx.Response:
        """With many: ticked, looked at, confirmed as the page proposes."""
        asked = self.sends("", do, finding=list(findings))
        assert asked.status_code == 200, asked.text
        days = dict(DAYS.findall(asked.text))
        hidden = dict(HIDDEN.findall(asked.text)) | {"finding": list(findings)}
        return self.posts("", {**hidden, **days, "author": "the bureau", **changes, "do": do})

    @property
    def findings(self) -> Findings:
        with self.sitting.served.database.reading() as connection:
            head = load_head(connection, self.sitting.code)
        assert head is not None
        return head.meeting.findings

    def the(self, finding: str) -> Finding:
        return self.findings.by_id[finding]

    @property
    def today(self) -> date:
        return self.sitting.today

    def days_pass(self, number: int) -> None:
        self.sitting.days_pass(number)


@contextmanager
def at_the_desk(sitting: Sitting, role: Role = Role.ORGANISER) -> Iterator[Desk]:
    key = sitting.key(role)
    base_url = f"http://{sitting.served.host}"
    with httpx.Client(base_url=base_url, headers=bearer(key), timeout=PATIENCE, trust_env=False) as http:
        http.cookies.set("kaimen-lang", "en")
        yield Desk(sitting, http)


def a_comment_comes_in(sitting: Sitting) -> None:
    """The meeting runs, and a comment has come in."""
    problem = c.SendComment(COMMENT, ANN, "water", CommentKind.PROBLEM, WORDS)
    sitting.performs(c.OpenMeeting(sitting.plan), problem)


def taps(sitting: Sitting, comment: str = COMMENT, drafts: str = "0", **headers: str) -> httpx.Response:
    headers = {**bearer(sitting.moderator), **pair_of(sitting.served.page("/join"), **{"kaimen-lang": "en"}), **headers}
    sitting.served.http.cookies.clear()
    return sitting.served.http.post(
        f"/{sitting.code}/findings/from/{comment}", data={"drafts": drafts}, headers=headers
    )


def by_the_unit(sitting: Sitting, *commands: c.Command, key: str = UNITS_KEY) -> None:
    for command in commands:
        asked = sitting.served.venue.perform(sitting.code, command, "unit:water", secrets.token_hex(8), key)
        sitting.served.waits_for(asked)


def handed_over(desk: Desk, *findings: str, unit: str = "water") -> None:
    for id in findings or (FIRST,):
        desk.sitting.performs(drafted(id, unit, text=f"The words of {id}", sources=()))
    days = deadlines_from(desk.today, Terms())
    desk.sitting.performs(c.HandOver(findings or (FIRST,), days, "the bureau"))
