"""A server killed in the middle of a draw goes on with the same seed: what was committed to is what comes out."""

import json
from dataclasses import replace

from app.meeting.draw.lots import commitment_of, drawn_order
from app.meeting.plan import Order
from app.rehearsal.process import ServerProcess
from app.store import log, plans
from app.store.database import Database
from app.store.verify import verify
from app.web.links import make_links
from tests.faults.hands import hand
from tests.meetings import small_plan


async def test_a_server_killed_in_the_middle_of_a_draw_draws_on_by_the_same_seed(server: ServerProcess) -> None:
    database = Database(server.db)
    with database.writing() as connection:
        plan = replace(small_plan(), code="drawn", order=Order.DRAWN)
        plans.save(connection, plan)
        link = make_links(connection, plan, "test").moderator
    commands = [
        {"do": "open_meeting"},
        {"do": "prepare_draw"},
        {"do": "draw_next", "number": 1, "word": "seven"},
        {"do": "draw_next", "number": 2},
        {"do": "draw_next", "number": 3},
    ]
    for at, command in enumerate(commands):
        async with hand(server.url, "/drawn/live/moderator", link) as moderator:
            await moderator.does(id=f"command-{at}", **command)
        server.kill()
        server.start()
    with database.reading() as connection:
        entries = list(log.load(connection, "drawn"))
        verdict = verify(connection, "drawn")
    database.close()
    said = [json.loads(entry.line)["data"] for entry in entries[1:]]
    prepared, ended = said[0], said[-1]
    assert commitment_of(ended["seed"]) == prepared["commitment"]
    drawn = tuple(event["unit"] for event in said if "unit" in event)
    assert drawn == drawn_order(ended["seed"], "seven", ["water", "court", "school"])
    assert verdict.faults == ()
