"""However many proofs have come in, a page of the desk reads no more for it: counted, not timed as by the bench."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from app.meeting.findings.months import by_month, place_of
from app.meeting.findings.state import Stand
from app.meeting.findings.summing import sum_up
from app.web.desk.shown import rows_of
from tests.findings import FIRST, brought_to, drafted, handed_over, story_day
from tests.live.served import Served
from tests.meetings import opened, small_plan
from tests.records import record
from tests.web.desk import at_the_desk

PAGES = ("", "?mark=overdue", "/figures", f"/{FIRST}")
LONG_TABLES = ("log", "proof", "content", "signature")


class NotLookedAt(tuple[Any, ...]):
    """Proofs through which nobody may go."""

    def __iter__(self) -> Iterator[Any]:
        raise AssertionError("the proofs were gone through")


def test_the_ledger_and_the_figures_go_through_no_proofs():
    story = brought_to(Stand.NOTICE).does(drafted("finding-2"), handed_over("finding-2"))
    day = story_day(story)
    found = [replace(each, proofs=NotLookedAt(each.proofs)) for each in story.meeting.findings.by_id.values()]
    assert len(rows_of(story.meeting, found, day)) == len(found)
    assert sum_up(found, day).whole
    assert by_month(found, day, None)
    assert [place_of(each, day) for each in found]


def test_no_page_of_the_desk_reads_the_log_or_what_was_handed_in(served: Served):
    sitting = served.holds(small_plan())
    record(served.database, brought_to(Stand.NOTICE, opened(sitting.plan)))
    with at_the_desk(sitting) as desk:
        desk.opens()
        with statements(served) as asked:
            for page in PAGES:
                desk.opens(page)
            with served.database.reading() as connection:
                connection.execute(sa.text("SELECT 1"))
    assert "SELECT 1" in asked, "so what is asked is heard"
    assert [each for each in asked if any(f"FROM {table}" in each for table in LONG_TABLES)] == []


@contextmanager
def statements(served: Served) -> Iterator[list[str]]:
    """What is asked of the database meanwhile."""
    asked: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_others: Any) -> None:
        asked.append(" ".join(statement.split()).replace('"', ""))

    for engine in (served.database._readers, served.database._writer):
        sa.event.listen(engine, "before_cursor_execute", hear)
    yield asked
    for engine in (served.database._readers, served.database._writer):
        sa.event.remove(engine, "before_cursor_execute", hear)
