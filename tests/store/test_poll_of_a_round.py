"""A poll that is open while the panel scores ends with the round of its unit, in an entry of its own."""

import json
from contextlib import closing

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.polls.agreed import PollsOpen
from app.papers.folder.proceedings import proceedings_of, with_ballots
from app.papers.record.ballots import ballots_file
from app.papers.record.public_log import public_log
from app.papers.record.recounting import recounted, shown_polls
from app.store.database import Database
from app.store.scribe import Scribe
from tests.meetings import WATER, at_water, small_plan
from tests.polled import put
from tests.records import save
from tests.store.scribing import ask, small_head, verdict

POLL = "water.1"


def test_what_is_sealed_of_a_poll_is_told_also_where_its_round_ends_with_sheets_missing(tmp_path):
    """The names of those who are missing stay withheld, and by no id of a command could they be guessed."""
    plan = small_plan(rules=Rules(polls=PollsOpen.WITH_ROUND))
    with closing(Database(str(tmp_path / "kaimen.db"))) as database:
        database.create()
        save(database, plan)
        scribe = Scribe(database)
        scribe.start()
        ask(scribe, c.OpenMeeting(plan))
        ask(scribe, c.JumpTo(at_water(plan).here))
        with database.writing() as connection:
            put(connection, "small", POLL, [("one", "phone", "satisfied")], key="")
        meeting = small_head(database).meeting
        seats = tuple(seat.id for seat in meeting.missing(meeting.rounds[WATER]))
        for _ in range(2):  # its answer was lost
            ask(scribe, c.CloseRound(WATER, seats), id="of-the-round")
        ask(scribe, c.ShowPoll(POLL))
        scribe.stop()
        with database.reading() as connection:
            record = with_ballots(connection, proceedings_of(connection, "small"))
        assert verdict(database) == ()
    *_, closed, ended, _ = record.entries
    assert (closed.event.missing, ended.event.count.ballots) == (seats, {"phone": 1})
    assert (closed.command, len(ended.command)) == ("of-the-round", 32)
    *_, about_round, about_poll, _ = (json.loads(line) for line in (public_log(record) or b"").splitlines())
    assert ("digest" in about_round, "line" in about_poll) == (True, True)
    assert closed.command not in (public_log(record) or b"").decode()
    assert list(recounted(json.loads(ballots_file(record)), shown_polls(record.entries[-2:]))) == []
