"""Another process sets meetings up as well (``run.py import``): whoever watches here sees it without a reload."""

from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
from websockets.exceptions import ConnectionClosed

from app.meeting import commands as c
from app.store import plans, rehearsals
from tests.live.served import Sitting
from tests.meetings import ANN

TITLE = "Another title"


def written_elsewhere(sitting: Sitting, **changes: str) -> None:
    """Past the venue of the server, which is not told."""
    with sitting.served.database.writing() as connection:
        plans.save(connection, replace(sitting.plan, **changes))


async def test_a_plan_written_elsewhere_is_on_every_screen(sitting):
    async with sitting.watches("hall") as hall, sitting.watches("phone") as phone:
        written_elsewhere(sitting, title=TITLE)
        await hall.until(lambda: TITLE in str(hall.regions))
        await phone.catches_up_with(sitting.fingerprint("phone"))
    assert TITLE in sitting.page().text
    assert TITLE in sitting.served.page("/").text


async def test_a_plan_that_is_written_again_is_seen_again(sitting):
    async with sitting.watches("hall") as hall:
        for title in (TITLE, sitting.plan.title):
            written_elsewhere(sitting, title=title)
            await hall.until(lambda title=title: title in str(hall.regions))


async def test_who_watches_a_meeting_that_is_taken_away_elsewhere_is_told(sitting):
    async with sitting.watches("hall") as hall:
        with sitting.served.database.writing() as connection:
            rehearsals.erase(connection, sitting.code)
        with pytest.raises(ConnectionClosed):
            await hall.answer(lambda _: False)
        assert '"reload"' in hall.texts[-1]
    assert sitting.page().status_code == 404


@pytest.mark.parametrize("is_known_by", ["a screen", "a command"])
async def test_a_meeting_that_stays_as_it_is_is_not_read_again(sitting, monkeypatch, is_known_by):
    venue = sitting.served.venue
    read_again = []

    async def noted(code: str) -> None:
        read_again.append(code)

    async with AsyncExitStack() as stack:
        monkeypatch.setattr(venue, "replanned", noted)
        if is_known_by == "a screen":
            await stack.enter_async_context(sitting.watches("hall"))
        else:
            sitting.performs(c.TakeSeat(ANN, "tablet-0001"))
        sitting.served.waits_for(venue.neighbours.look())
        assert sitting.code not in read_again
        written_elsewhere(sitting, title=TITLE)
        sitting.served.waits_for(venue.neighbours.look())
        assert sitting.code in read_again
