"""Secrecy again, at the doors of a real server: everything a socket was ever sent, and every page there is."""

import io
import json
import zipfile
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

import pytest

from app.meeting.plan import Signing
from app.papers.folder.contents import papers_of
from app.papers.folder.proceedings import proceedings_of
from app.store import persons
from app.store.persons import Person, stations_of
from app.store.signatures import signatures_of
from tests.live.hidden import (
    COMMENT,
    DRAFT,
    FAY,
    HERON,
    MARKS,
    ORIGINAL,
    OTHER_COMMENT,
    OTTER,
    PLAN,
    RECUSAL,
    UNSUBMITTED,
    leaked,
    secrets_of,
    without_what_is_sealed,
)
from tests.live.served import Caller, Served, Sitting
from tests.meetings import ANN, CAT, DAN, WATER, marks, salt

PUBLIC = ("hall", "timer", "phone", "results")
PAGES_OF_THE_PUBLIC = (
    "",
    "/display",
    "/display?view=timer",
    "/results",
    "/results/water",
    "/moderator",
    "/panel",
    "/nothing",
)
CATS_OWN = {"cat's marks", "cat's receipt", "who"}
OF_A_RESULT = {"totals", "score", "grade"}


NAMES = {
    "names": ["蒹葭苍苍"],
    "offices": ["在水一方的处长"],
    "signatures": ["733, 211", "733,211", "733 211"],
}
"""Of whoever has a seat, reports or has a task: in rows beside the record, and in nothing that is made of it."""

STROKES = [[733, 211, 139, 377, 911, 83]]
SIGNED = replace(PLAN, rules=replace(PLAN.rules, signing=Signing.DRAWN))


@pytest.fixture
def sitting(served: Served) -> Sitting:
    sitting = served.holds(SIGNED)
    with served.database.writing() as connection:
        somebody = Person(NAMES["names"][0], NAMES["offices"][0])
        persons.put(connection, sitting.code, dict.fromkeys(stations_of(sitting.plan), somebody))
    return sitting


@dataclass
class House:
    """A meeting, and whoever watches it: every public view in both languages and formats, and the seat of Cat."""

    sitting: Sitting
    watchers: Mapping[tuple[str, str, bool], Caller]
    cat: Caller

    async def is_told(self) -> None:
        await everybody_is_told(self.sitting, self.watchers, self.cat)

    def public(self) -> set[str]:
        return everything_sent(self.sitting, self.watchers.values())

    def cats(self) -> set[str]:
        return everything_sent(self.sitting, [self.cat])


@asynccontextmanager
async def watched(sitting: Sitting) -> AsyncIterator[House]:
    async with AsyncExitStack() as stack:
        watchers = {
            (view, language, speaks_json): await stack.enter_async_context(
                sitting.watches(view, speaks_json=speaks_json, lang=language)
            )
            for view in PUBLIC
            for language in ("zh-CN", "en")
            for speaks_json in (True, False)
        }
        yield House(sitting, watchers, await stack.enter_async_context(sitting.sits(CAT, unit="water")))


async def test_nothing_hidden_goes_through_any_door_before_its_time(sitting):
    async with watched(sitting) as house, sitting.presides() as moderator, AsyncExitStack() as stack:
        seats = {seat: await stack.enter_async_context(sitting.sits(seat, unit="water")) for seat in (*MARKS, FAY)}
        await judged(moderator, seats)
        await nothing_is_told_but_to_cat_her_own(house)
        assert on_pages(sitting, key=sitting.seats[CAT]) == CATS_OWN
        assert on_pages(sitting, key=sitting.moderator) == {"who", "original", "other comment"}
        await ok(moderator.does("close_round", round=WATER, without=["gus"]))
        await nothing_is_told_but_to_cat_her_own(house)
        await ok(moderator.does("show_result_step", round=WATER, step="spread"))
        await house.is_told()
        for (view, *_), watcher in house.watchers.items():
            assert everything_sent(sitting, [watcher]) == ({"totals"} if view == "hall" else set())
        await ok(moderator.does("withdraw_reveal", round=WATER, reason="too early"))
        await nothing_is_left_on_a_screen(house)
        await ok(moderator.does("edit_comment", comment=HERON, text=COMMENT))
        await ok(moderator.does("release_comment", comment=HERON, text=COMMENT))
        await ok(moderator.does("reveal_result", round=WATER))
        await what_is_revealed_is_told_and_no_more(house)


async def nothing_is_told_but_to_cat_her_own(house: House) -> None:
    await house.is_told()
    assert house.public() == set()
    assert house.cats() == CATS_OWN
    assert on_pages(house.sitting) == set()


async def nothing_is_left_on_a_screen(house: House) -> None:
    await house.is_told()
    assert on_pages(house.sitting) == set()
    for watcher in house.watchers.values():
        assert found_in(house.sitting, json.dumps(watcher.regions, ensure_ascii=False)) == set()


async def what_is_revealed_is_told_and_no_more(house: House) -> None:
    await house.is_told()
    assert {"comment", *OF_A_RESULT, "means", "cat's receipt"} <= on_pages(house.sitting)
    for (view, *_), watcher in house.watchers.items():
        assert ({"score", "grade"} <= everything_sent(house.sitting, [watcher])) == (view != "timer")
    marks_of_others = {f"{seat}'s marks" for seat in MARKS if seat != CAT}
    assert house.cats() & marks_of_others == set()
    never = {"original", "other comment", "draft", "reason", "who", "ann's unsubmitted mark"}
    never |= marks_of_others | {"cat's marks"}  # by a receipt everybody sees that a sheet was counted, no more
    assert on_pages(house.sitting) & never == set()
    assert house.public() & never == set()


async def test_a_draft_is_sent_to_its_own_seat_only(sitting):
    async with sitting.presides() as moderator:
        await ok(moderator.does("open_meeting"))
    async with sitting.sits(ANN, unit="water") as ann:
        await ok(ann.does("save_draft", seat=ANN, unit="water", kind="problem", text=DRAFT))
    async with sitting.sits(ANN, unit="water") as ann, sitting.sits(CAT, unit="water") as cat:
        await ann.listens()
        await cat.listens()
        assert [DRAFT in "".join(each.texts) for each in (ann, cat)] == [True, False]
    assert DRAFT not in sitting.page("/panel?unit=water", sitting.seats[CAT]).text


async def test_no_file_for_the_public_names_anybody_and_none_at_all_holds_a_signature(sitting):
    async with AsyncExitStack() as stack:
        moderator = await stack.enter_async_context(sitting.presides())
        seats = {seat: await stack.enter_async_context(sitting.sits(seat, unit="water")) for seat in (*MARKS, FAY)}
        await judged(moderator, seats)
        await ok(moderator.does("close_round", round=WATER, without=["gus"]))
        await ok(moderator.does("reveal_result", round=WATER))
        await ok(moderator.does("finish_meeting"))
    with sitting.served.database.reading() as connection:
        assert len(signatures_of(connection, sitting.code).known) == len(MARKS)
        files = papers_of(proceedings_of(connection, sitting.code))
    told = {(file.name, file.for_public): leaked(NAMES, text_of(file.content)) for file in files}
    assert {name for (name, for_public), found in told.items() if for_public and found} == set()
    # Those for the file tell names. A signature stands in none: it could not be erased there.
    assert set().union(*told.values()) == {"names", "offices"}
    assert leaked(NAMES, sitting.page("/print/attendance", sitting.moderator).text) == {"names", "offices"}


def text_of(content: bytes) -> str:
    """All that stands in a file; of a document or workbook, in each of its parts."""
    parts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [packed.read(name) for name in packed.namelist()]
    return "\n".join(part.decode("utf-8", "replace") for part in parts)


async def judged(moderator: Caller, seats: dict[str, Caller]) -> None:
    """As ``test_secrecy.judging``, over the sockets."""
    await ok(moderator.does("open_meeting"))
    await ok(moderator.does("advance", leaving=None))
    await ok(moderator.does("advance", leaving={"item": "opening", "segment": 0}))
    await ok(seats[FAY].does("recuse", round=WATER, seat=FAY, reason=RECUSAL))
    for seat, points in MARKS.items():
        given = marks(PLAN, *points)
        sheet = {
            "marks": {criterion: str(each) for criterion, each in given.items()},
            "total": str(sum(given.values())),
        }
        sent = {"round": WATER, "seat": seat, "salt": salt(WATER, seat)}
        await ok(seats[seat].does("submit_sheet", unit="water", **sent, **sheet))
        await ok(seats[seat].does("sign_sheet", strokes=STROKES, **sent))
    ann, dan = seats[ANN], seats[DAN]
    await ok(ann.does("give_score", round=WATER, seat=ANN, criterion="clarity", points=UNSUBMITTED))
    await ok(ann.does("save_draft", seat=ANN, unit="water", kind="problem", text=DRAFT))
    await ok(ann.does("send_comment", comment=HERON, seat=ANN, unit="water", kind="problem", text=ORIGINAL))
    await ok(dan.does("send_comment", comment=OTTER, seat=DAN, unit="water", kind="highlight", text=OTHER_COMMENT))


async def ok(answer) -> None:
    assert "ack" in (said := await answer), said


async def everybody_is_told(sitting: Sitting, watchers: Mapping[tuple[str, str, bool], Caller], cat: Caller) -> None:
    """Every socket has the picture that a page would bring now."""
    for (view, *_), watcher in watchers.items():
        await watcher.catches_up_with(sitting.fingerprint(view))
    await cat.catches_up_with(sitting.fingerprint("panel", sitting.seats[CAT], unit="water"))


def everything_sent(sitting: Sitting, callers) -> set[str]:
    return found_in(sitting, "\n".join(text for caller in callers for text in caller.texts))


def on_pages(sitting: Sitting, key: str = "") -> set[str]:
    paths = [f"/{sitting.code}{path}" for path in PAGES_OF_THE_PUBLIC if not (key and path == "/results")]
    paths += ["/", f"/{sitting.code}/panel?unit=water", f"/{sitting.code}/panel?unit=court"]
    headers = [{"accept-language": "en", "cookie": f"kaimen-lang={each}"} for each in ("en", "zh-CN")]
    texts = [sitting.served.page(path, key, **each).text for path in paths for each in headers]
    return found_in(sitting, "\n".join(texts))


def found_in(sitting: Sitting, text: str) -> set[str]:
    return leaked(secrets(sitting), without_what_is_sealed(PLAN, text))


def secrets(sitting: Sitting) -> dict[str, list[str]]:
    meeting = sitting.served.venue.rooms.meeting(sitting.code)
    assert meeting is not None
    return secrets_of(meeting) | NAMES
