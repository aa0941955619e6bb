"""A meeting with groups in the organiser's own words, from a file to the last paper: called so at every door."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from html import unescape

import pytest

from app.language import Language
from app.meeting import commands as c
from app.meeting.displays.state import SceneKind
from app.meeting.meeting import Meeting
from app.meeting.plan import Group, Preset, Rules, Seat
from app.papers.folder.proceedings import proceedings_of
from app.papers.plan.importing import preview, read_file
from app.papers.plan.template import WRITERS
from app.papers.record.exports import results_file
from app.store import keys
from app.store.keys import Key, Role
from app.store.verify import verify
from app.web.setup.meetings import like_earlier
from tests.live.served import Served, Sitting
from tests.meetings import WATER, at_water, comment, sheet, small_plan
from tests.web.forms import sends

FIRMS, DEPUTIES = "企业代表", "市人大代表"
GROUPS = (Group("firms", FIRMS), Group(Preset.EXPERT), Group(Preset.DEPUTY, DEPUTIES))
SEATS = tuple(Seat(f"{group.id}-{at}", f"{group.id} {at}", group.id) for group in GROUPS for at in (1, 2, 3))
WEIGHTS = {"firms": Decimal(20), Preset.EXPERT: Decimal(50), Preset.DEPUTY: Decimal(30)}
PLAN = small_plan(groups=GROUPS, seats=SEATS, rules=Rules(group_weights=WEIGHTS, trim_from=3))
EXPERT = {Language.CHINESE: "专家", Language.ENGLISH: "Expert"}


@pytest.mark.parametrize("ending", WRITERS)
def test_a_file_brings_them_in(ending):
    found = read_file(f"m{ending}", WRITERS[ending](PLAN))
    assert [each for each in found.mistakes if not each.is_warning] == []
    assert found.plan == PLAN
    assert preview(PLAN, found).plan == PLAN


def test_a_meeting_like_it_has_them_too():
    again = like_earlier(Meeting.planned(PLAN), "again", "Again", datetime(2031, 1, 31, 7, 15, tzinfo=UTC))
    assert replace(again, code=PLAN.code, title=PLAN.title, starts_at=PLAN.starts_at) == PLAN


@pytest.fixture(scope="module")
def played(served: Served) -> Sitting:
    """The first report is scored, commented on and revealed; the hall looks at the comment."""
    sitting = served.holds(PLAN)
    story = at_water(sitting.plan)
    marks = [(50 + at, 30 - at) for at in range(len(SEATS))]
    sitting.performs(
        c.OpenMeeting(sitting.plan),
        c.JumpTo(story.here),
        *(sheet(story.meeting, WATER, seat.id, *each) for seat, each in zip(SEATS, marks, strict=True)),
        *(comment(f"{of}-1", id=f"comment-of-{of}") for of in ("firms", "deputy")),
        c.CloseRound(WATER),
        *(c.ReleaseComment(f"comment-of-{of}", "Well argued") for of in ("firms", "deputy")),
        c.RevealResult(WATER),
    )
    return sitting


def text_of(sitting: Sitting, path: str, key: str = "", language: Language = Language.CHINESE) -> str:
    page = sitting.page(path, key, cookie=f"kaimen-lang={language}")
    assert page.status_code == 200
    return unescape(page.text)


@pytest.mark.parametrize("language", Language)
def test_every_page_calls_them_so(played, language):
    with played.served.database.writing() as connection:
        supervisor = keys.make(connection, Key(played.code, Role.SUPERVISOR), "test")
    looks = {
        "phone": text_of(played, "", language=language),
        "results": text_of(played, "/results", language=language),
        "record": text_of(played, "/record/unit/water", supervisor, language=language),
        "sheets": text_of(played, "/print/sheets", played.moderator, language=language),
        "attendance": text_of(played, "/print/attendance", played.moderator, language=language),
        "cards": sends(
            played, f"/print/cards?lang={language}", played.moderator, seat=[each.id for each in SEATS]
        ).text,
    }
    for kind, of in ((SceneKind.COMMENTS, None), (SceneKind.COMMENT, "comment-of-firms"), (SceneKind.SEAL, None)):
        played.performs(c.CueScene(kind, comment=of))
        looks[kind] = text_of(played, "/display", language=language)
    assert [where for where, text in looks.items() if FIRMS not in text] == []
    assert [where for where, text in looks.items() if DEPUTIES not in text and where != SceneKind.COMMENT] == []
    named = {where: text.count(EXPERT[language]) for where, text in looks.items()}
    assert [
        where for where in ("results", "record", "sheets", "attendance", "cards", SceneKind.SEAL) if not named[where]
    ] == []
    assert [where for where, text in looks.items() if ">firms<" in text or "no name yet" in text] == []


async def test_a_program_is_told_the_name(played):
    async with played.watches("phone") as phone:
        comments = phone.regions["phone-comments"]["comments"]
    assert {(each["group"], each["group_name"]) for each in comments} == {("firms", FIRMS), ("deputy", DEPUTIES)}
    async with played.presides() as moderator:
        seats = moderator.regions["console-panel"]["seats"]
    assert [seat["group_name"] for seat in seats] == [FIRMS] * 3 + [""] * 3 + [DEPUTIES] * 3


def test_the_record_holds_and_says_who_is_meant(played):
    with played.served.database.reading() as connection:
        assert verify(connection, played.code).faults == ()
        said = json.loads(results_file(proceedings_of(connection, played.code)))
    assert {each["id"]: each["name"] for each in said["groups"]} == {
        "firms": FIRMS,
        "expert": "专家",
        "deputy": DEPUTIES,
    }
    assert said["results"][0]["groups"].keys() == {"firms", "expert", "deputy"}
    assert said["rules"]["group_weights"] == {"firms": "20", "expert": "50", "deputy": "30"}
