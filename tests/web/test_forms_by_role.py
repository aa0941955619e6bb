"""Commands that come by forms: each asks the row of its role, and without the row its door answers 403, writes nothing.

The doors are tried one by one, with every key that the tables let give the command there. That there is no other way
into the record from a door is read in the source.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

import app.web
from app.meeting import commands as c
from app.store.keys import Role
from app.web.access import AT_DESK, MAY, PAGES, may_by_form
from app.web.routes import ROUTES
from tests.live.served import Served, Sitting
from tests.meetings import ANN
from tests.records import entries
from tests.web.every_form import forms

FORMS = list(forms())
ROOM = Path(app.web.__file__).parent
ONE_WAY, SOCKETS = ROOM / "pages" / "desk.py", ROOM / "sockets"
OF = {Role.SEAT: ANN, Role.UNIT: "water"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("forms")) as served:
        yield served


TRIED = [(role, form) for form in FORMS for role in sorted(form.who)]


@pytest.mark.parametrize(("role", "form"), TRIED, ids=[f"{role}: {form.name}" for role, form in TRIED])
def test_a_form_is_answered_by_the_row_of_a_role_and_without_it_writes_nothing(served, monkeypatch, role, form):
    sent = form.prepared(served)
    key = "" if role is Role.GUEST else sent.sitting.key(role, OF.get(role, ""))
    before = written(sent.sitting)
    with monkeypatch.context() as patched:
        for table in (MAY, AT_DESK):
            patched.setitem(table, role, table.get(role, frozenset()) - {form.kind})
        refused = sent.goes(form.route, key)
    assert (refused.status_code, "不能" in refused.text) == (403, True), refused.text
    assert written(sent.sitting) == before
    told = len(entries(served.database, sent.sitting.code))
    answer = sent.goes(form.route, key)
    assert answer.status_code in (204, 303), answer.text
    by = {each.by for each in entries(served.database, sent.sitting.code)[told:]}
    assert by == {signed(role)}


def signed(role: Role) -> str:
    """As the record names who did it; an objection is nobody's, whoever holds which key."""
    return "nobody" if role is Role.GUEST else f"{role}:{OF[role]}" if role in OF else str(role)


def written(sitting: Sitting) -> dict[str, Any]:
    """All rows there are of a meeting, and all contents of files; but not how often a key was used."""
    tables = [each for name, each in SQLModel.metadata.tables.items() if not name.startswith("key")]
    with sitting.served.database.reading() as connection:
        return {each.name: connection.execute(_of(each, sitting.code)).all() for each in tables}


def _of(table: sa.Table, code: str) -> sa.Select[Any]:
    chosen = sa.select(table)
    return chosen.where(table.c.meeting == code) if "meeting" in table.c else chosen


def test_every_command_of_which_a_door_makes_one_is_tried():
    made = {getattr(c, name) for file in sources() for name in commands_made(file)}
    assert made == {form.kind for form in FORMS}
    assert {each for rows in AT_DESK.values() for each in rows} <= made


@pytest.mark.parametrize("form", FORMS, ids=[form.name for form in FORMS])
def test_who_may_give_it_is_told_by_the_tables_as_by_hand(form):
    page = PAGES[ROUTES[f"POST {form.route}"] or ""]
    assert form.who == {role for role in page or Role if may_by_form(role, form.kind)}


def test_from_a_door_the_record_is_reached_by_two_ways_alone_and_both_ask_the_table():
    """By frames over the socket's line, after ``visit`` has asked; by forms over ``pages.desk``, which asks itself."""
    reaching = {
        file.relative_to(ROOM).as_posix() for file in ROOM.rglob("*.py") if attributes(file) & {"perform", "_scribe"}
    }
    assert reaching == {"pages/desk.py", "sockets/line.py"}


def sources() -> list[Path]:
    return [each for each in ROOM.rglob("*.py") if SOCKETS not in each.parents]


def commands_made(file: Path) -> set[str]:
    called = (each.func for each in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(each, ast.Call))
    return {
        each.attr
        for each in called
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == "c"
    }


def attributes(file: Path) -> set[str]:
    return {each.attr for each in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(each, ast.Attribute)}
