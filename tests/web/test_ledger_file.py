"""The ledger through the doors: what a file would change is looked at, then entered once; nothing of it before."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.meeting import commands as c
from app.meeting.refusals import Refused
from app.papers.ledger.columns import STANDARDS, TEXT, UNIT
from app.papers.ledger.reading import sheet_of
from app.papers.ledger.writing import HEADS
from app.store import keys
from app.store.heads import load_head
from app.store.keys import Key, Role
from app.web.access import AT_DESK
from app.web.desk import ledger_file
from app.web.pages.desk import perform
from tests.findings import BUREAU, drafted
from tests.live.served import PATIENCE, Served, Sitting, bearer
from tests.papers.ledgers import edited, says
from tests.web.setup.conftest import fields_of

FIRST, SECOND, EMPTY = range(HEADS + 2, HEADS + 5)


@pytest.fixture
def sitting(served: Served) -> Sitting:
    sitting = served.holds()
    sitting.performs(c.OpenMeeting(sitting.plan), drafted(), drafted("finding-2", "court", text="Second <words>"))
    return sitting


@pytest.fixture
def bureau(served: Served, sitting: Sitting) -> Iterator[httpx.Client]:
    key = key_of(sitting, Role.ORGANISER)
    page = f"http://{served.host}/{sitting.code}/findings"
    with httpx.Client(base_url=page, headers=bearer(key), timeout=PATIENCE, trust_env=False) as http:
        http.cookies.set("kaimen-lang", "en")
        yield http


def key_of(sitting: Sitting, role: Role) -> str:
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(sitting.code, role), "test")


def findings_of(sitting: Sitting) -> list[Any]:
    with sitting.served.database.reading() as connection:
        head = load_head(connection, sitting.code)
    assert head is not None
    return list(head.meeting.findings.by_id.values())


def uploaded(bureau: httpx.Client, content: bytes, name: str = "台账.xlsx") -> httpx.Response:
    return bureau.post("/ledger", data={"_csrf_token": token_of(bureau)}, files={"ledger": (name, content)})


def token_of(bureau: httpx.Client) -> str:
    found = re.search('name="_csrf_token" value="([^"]+)"', bureau.get("/ledger").text)
    assert found
    return found[1]


def confirms(bureau: httpx.Client, looked_at: httpx.Response, author: str = "the clerk") -> httpx.Response:
    return bureau.post(
        "/ledger", data={**fields_of(looked_at.text), "author": author, "do": "carry_out"}, files={"none": ("", b"")}
    )


def test_a_ledger_is_looked_at_before_it_is_entered_and_entered_once(sitting, bureau):
    downloaded = bureau.get("/ledger.xlsx").content
    assert "This file changes nothing" in uploaded(bureau, downloaded).text

    of_one_unit = bureau.get("/ledger.xlsx?unit=court").content
    assert [row.id for row in sheet_of("ledger.xlsx", of_one_unit).rows] == ["finding-2"]
    assert "not in the file: 1" in uploaded(bureau, of_one_unit).text

    changed = edited(
        downloaded,
        says(FIRST, TEXT, "Clearer <words>"),
        says(SECOND, UNIT, "Schools"),
        says(EMPTY, UNIT, "School Board"),
        says(EMPTY + 1, UNIT, "Schools"),
        says(EMPTY + 1, TEXT, "Nobody teaches it"),
        says(EMPTY + 1, STANDARDS, "A lesson a week"),
    )
    looked_at = uploaded(bureau, changed)
    assert [each.text for each in findings_of(sitting)] == [drafted().text, "Second <words>"]
    assert [
        word for word in ("Clearer &lt;words&gt;", f"B{SECOND}", "There is no unit") if word not in looked_at.text
    ] == []

    assert confirms(bureau, looked_at, author=" ").status_code == 422
    assert len(findings_of(sitting)) == 2
    for _ in range(2):
        answer = confirms(bureau, looked_at)
        assert (answer.status_code, answer.headers["location"][-7:]) == (303, "?done=2")
    first, second, third = findings_of(sitting)
    assert (first.text, second.text, third.text) == ("Clearer <words>", "Second <words>", "Nobody teaches it")
    assert [each.text for each in third.standards] == ["A lesson a week"]
    assert [len(each.steps) for each in (first, third)] == [2, 1]
    assert third.steps[0].author == "the clerk"


def test_nothing_is_entered_if_a_finding_has_changed_while_somebody_looked(sitting, bureau):
    changed = edited(bureau.get("/ledger.xlsx").content, says(FIRST, TEXT, "One"), says(SECOND, TEXT, "Two"))
    looked_at = uploaded(bureau, changed)
    sitting.performs(c.EditFinding("finding-2", "Others' words", drafted().kind, BUREAU))
    refused = confirms(bureau, looked_at)
    assert (refused.status_code, "Please upload the file again" in refused.text) == (422, True)
    assert [each.text for each in findings_of(sitting)] == [drafted().text, "Others' words"]


def test_nothing_is_entered_if_the_rules_refuse_one_of_the_rows(sitting, bureau):
    changed = edited(bureau.get("/ledger.xlsx").content, says(FIRST, TEXT, "One"), says(SECOND, TEXT, "Two"))
    looked_at = fields_of(uploaded(bureau, changed).text)
    spoilt = {**looked_at, "changes": looked_at["changes"].replace('"text":"Two"', f'"text":"{"too long " * 400}"')}
    refused = bureau.post("/ledger", data={**spoilt, "author": "the clerk", "do": "carry_out"})
    assert (refused.status_code, f"because row {SECOND} was refused" in refused.text) == (422, True)
    assert [each.text for each in findings_of(sitting)] == [drafted().text, "Second <words>"]


def test_nothing_is_entered_if_one_of_the_rows_asks_for_what_the_role_may_not(sitting, bureau, monkeypatch):
    rows = (says(FIRST, TEXT, "One"), says(EMPTY, UNIT, "Schools"), says(EMPTY, TEXT, "Nobody teaches it"))
    looked_at = uploaded(bureau, edited(bureau.get("/ledger.xlsx").content, *rows))
    monkeypatch.setitem(AT_DESK, Role.ORGANISER, AT_DESK[Role.ORGANISER] - {c.DraftFinding})
    assert confirms(bureau, looked_at).status_code == 403
    assert [each.text for each in findings_of(sitting)] == [drafted().text, "Second <words>"]


def test_what_is_left_when_somebody_comes_between_two_rows_is_said_and_can_be_entered(sitting, bureau, monkeypatch):
    changed = edited(bureau.get("/ledger.xlsx").content, says(FIRST, TEXT, "One"), says(SECOND, TEXT, "Two"))
    looked_at = uploaded(bureau, changed)

    async def performs(venue: Any, meeting: Any, visitor: Any, roles: Any, commands: Any, form: str) -> None:
        if commands[0].text == "Two":
            raise Refused("finding.issued")
        await perform(venue, meeting, visitor, roles, commands, form)

    with monkeypatch.context() as patched:
        patched.setattr(ledger_file, "perform", performs)
        left = confirms(bureau, looked_at)
    assert (left.status_code, "Entered in the record: 1 rows" in left.text) == (422, True)
    assert [each.text for each in findings_of(sitting)] == ["One", "Second <words>"]
    assert confirms(bureau, left).status_code == 303
    assert [each.text for each in findings_of(sitting)] == ["One", "Two"]


def test_more_than_a_page_can_keep_is_told_before_it_is_looked_at(bureau, monkeypatch):
    monkeypatch.setattr(ledger_file, "LARGEST_CHANGES", 100)
    changed = edited(bureau.get("/ledger.xlsx").content, says(FIRST, TEXT, "One"))
    answer = uploaded(bureau, changed)
    assert (answer.status_code, "too much at once" in answer.text) == (422, True)


@pytest.mark.parametrize(
    ("name", "content"),
    [("台账.xls", b"old"), ("台账.xlsx", b"PK broken"), ("台账.csv", b"a,b"), ("台账.xlsx", b"%PDF-1.7"), ("", b"")],
)
def test_what_is_no_ledger_is_refused_in_a_sentence(bureau, name, content):
    answer = uploaded(bureau, content, name)
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)


def test_changes_that_no_page_kept_are_no_request(bureau):
    token = token_of(bureau)
    for changes in ("", "[{}]", '[{"row": 1, "unit": "", "number": 0, "cells": []}]'):
        data = {"_csrf_token": token, "do": "carry_out", "changes": changes, "author": "the clerk", "id": "x"}
        assert bureau.post("/ledger", data=data).status_code == 400


def test_the_supervisor_takes_the_ledger_and_cannot_bring_one_back(sitting):
    key = key_of(sitting, Role.SUPERVISOR)
    assert sitting.page("/findings/ledger.xlsx", key).content.startswith(b"PK")
    assert sitting.page("/findings/ledger", key).status_code == 403
