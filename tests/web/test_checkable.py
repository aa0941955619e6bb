"""What verify.html wants is to be had beside the live page once the meeting is over, at a bounded cost."""

import asyncio
import json

import pytest

from app.meeting import commands as c
from app.papers.folder.proceedings import proceedings_of
from app.papers.record.exports import results_file
from app.papers.record.public_log import public_log
from app.web.pages import checkable
from tests.findings import drafted
from tests.live import hidden
from tests.live.served import Served, Sitting
from tests.papers import published
from tests.papers.published import SECRETS, found
from tests.polled import CAST, all_have_voted
from tests.records import record

FILES = ("public.log.jsonl", "results.json")


@pytest.fixture(scope="module")
def over(tmp_path_factory: pytest.TempPathFactory):
    """With drafts, marks that were not revealed, and whatever else nobody was told."""
    with Served(tmp_path_factory.mktemp("checkable")) as served:
        sitting = served.holds(hidden.PLAN)
        record(served.database, published.on_notice(sitting.plan, served.venue.now(sitting.code)))
        sitting.performs(c.FinishMeeting())
        yield sitting


def test_while_the_meeting_is_held_the_page_says_when_they_can_be_had(sitting):
    sitting.performs(c.OpenMeeting(sitting.plan))
    page = sitting.served.page(f"/{sitting.code}/public?lang=en").text
    assert "given here once the meeting is over" in page
    assert [name for name in FILES if name in page] == []
    assert [sitting.served.page(f"/{sitting.code}/public/{name}").status_code for name in FILES] == [404, 404]


def test_afterwards_they_are_what_the_folder_for_everybody_has(over):
    page = over.served.page(f"/{over.code}/public").text
    with over.served.database.reading() as connection:
        proceedings = proceedings_of(connection, over.code)
    made = {FILES[0]: public_log(proceedings), FILES[1]: results_file(proceedings)}
    for name in FILES:
        address = f"/{over.code}/public/{name}"
        assert f'href="{address}"' in page
        packed, plain = (over.served.page(address, **{"accept-encoding": each}) for each in ("gzip", "identity"))
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == plain.content == made[name]
        assert found(SECRETS, plain.text) - {"seats"} == set()
        assert over.served.page(address, **{"if-none-match": plain.headers["etag"]}).status_code == 304


def test_they_are_made_once_and_anew_once_a_minute_at_most(over, monkeypatch):
    made: list[str] = []
    log_of = checkable.Checkable._made
    monkeypatch.setattr(checkable.Checkable, "_made", lambda *asked: made.append("made") or log_of(*asked))
    minute = [0.0]
    files = checkable.Checkable(over.served.venue, lambda: minute[0])

    def asked(sitting: Sitting) -> set[str]:
        meeting = sitting.served.venue.rooms.meeting(sitting.code)

        async def by_many() -> set[str]:
            return {each.seal for each in await asyncio.gather(*(files.files(meeting) for _ in range(5)))}

        return sitting.served.waits_for(by_many())

    first = asked(over)
    minute[0] += 3600
    assert (asked(over), made) == (first, ["made"]), "the record stands where it stood"
    over.performs(drafted("finding-late", "water"))
    assert asked(over) != first
    over.performs(drafted("finding-later", "water"))
    second = asked(over)
    minute[0] += 59
    assert (asked(over), len(made)) == (second, 2), "it has gone on, but not for a minute"
    minute[0] += 1
    assert asked(over) != second


def test_what_is_taken_back_is_given_no_more_not_even_for_the_rest_of_the_minute(served):
    sitting = all_have_voted(served)
    sitting.performs(*(c.ClosePoll(poll) for poll in CAST), *(c.ShowPoll(poll) for poll in CAST), c.FinishMeeting())
    (gone, *others), given = CAST, f"/{sitting.code}/public/ballots.json"
    assert set(served.page(given).json()["ballots"]) == {*CAST}
    sitting.performs(c.WithdrawPoll(gone, "the wrong unit"))
    assert set(served.page(given).json()["ballots"]) == {*others}
    log = served.page(given.replace("ballots.json", FILES[0])).text
    assert "PollShown" not in said_of(log, gone)
    sitting.performs(*(c.WithdrawPoll(poll, "the wrong unit") for poll in others))
    assert served.page(given).status_code == 404


def said_of(log: str, poll: str) -> list[str]:
    """The kinds of those entries of a public log that name a poll."""
    told = [json.loads(entry["line"]) for line in log.splitlines() if "line" in (entry := json.loads(line))]
    return [each["kind"] for each in told if each["data"].get("poll") == poll]
