"""Where a question of the audience is shown to anybody, it is called one: at every door, in every feed and file.

One that was shown to the hall, answered and handed over is looked for behind every route, in both languages: a new page
or paper is looked at as soon as it has a row in the table of routes.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from app.live.views import Look
from app.meeting import commands as c
from app.meeting.displays.state import SceneKind
from app.meeting.findings.state import Pledge
from app.meeting.meeting import Meeting
from app.meeting.plan import Rules
from app.meeting.questions.agreed import Questions
from app.store.keys import Role
from app.web.access import PAGES
from app.web.routes import ROUTES
from tests.findings import BUREAU, CURE, STANDARDS, UNIT, UNITS_KEY, days, proof
from tests.labelled import CANARY, LABELS, Place, packed_in, tells
from tests.live.sent import sent
from tests.live.served import PAGES as SCREENS
from tests.live.served import Served, Sitting
from tests.meetings import ANN, small_plan
from tests.web.asking import Desk, Phone, rows

SEES_MOST = (Role.SUPERVISOR, Role.MODERATOR, Role.ORGANISER, Role.QUESTIONS, Role.SEAT, Role.UNIT, Role.OPERATOR)
OF = {Role.SEAT: ANN, Role.DISPLAY: "main", Role.UNIT: "water"}
KINDS = {"atom+xml": "xml", "calendar": "ics", "spreadsheetml.sheet": "xlsx", "wordprocessingml.document": "docx"}

ABOUT_ONE = re.compile(r"^(/unit)?/findings/[^/]{20,}$|^/questions")

WITHIN_ANOTHER = {"/{code}/folder/public.zip"}
"""In everything.zip as well."""


class Walk:
    """Somebody of every role, who looks at everything."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.keys = {role: sitting.key(role, OF.get(role, "")) for role in Role}

    def places(self, addresses: Iterable[tuple[str, str]]) -> Iterator[Place]:
        """By address, and the page whose roles may look."""
        for path, page in addresses:
            roles = PAGES[page]
            key = "" if roles is None else self.keys[next(each for each in SEES_MOST if each in roles)]
            yield from self.looks(path, key, ABOUT_ONE.search(path) is not None)

    def looks(self, path: str, key: str, is_about_one: bool) -> Iterator[Place]:
        """What is in one language for everybody is looked at once."""
        for language in LABELS:
            answer = self.sitting.page(f"{path}{'&' if '?' in path else '?'}lang={language}", key)
            kind = answer.headers["content-type"].partition(";")[0].rpartition("/")[2].removeprefix("vnd.")
            kind = KINDS.get(kind.rpartition("document.")[2] if "." in kind else kind, kind)
            place = Place(path, language, kind, answer.content, is_about_one)
            yield from packed_in(place) if kind == "zip" else [place]
            if kind != "html" or CANARY not in answer.text:
                return


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> list[Place]:
    """While the question is on the displays, and once the finding that was made of it is judged."""
    with Served(tmp_path_factory.mktemp("labelled")) as served:
        sitting = served.holds(small_plan(rules=Rules(questions=Questions.MODERATED)))
        sitting.performs(c.OpenMeeting(sitting.plan))
        walk = Walk(sitting)
        question = asked(walk)
        sitting.performs(c.CueScene(SceneKind.QUESTION, question=question))
        on_screens = [*walk.places(screens()), *feeds(sitting)]
        return [*on_screens, *walk.places(pages(handed_over(sitting)))]


def asked(walk: Walk) -> str:
    phone, desk = Phone(walk.sitting), Desk(walk.sitting, walk.keys[Role.QUESTIONS])
    phone.asks(CANARY)
    [row] = rows(walk.sitting)
    for move in ("approve", "choose", "answer", "hand_over"):
        desk.does(move, row.id)
    phone.http.close()
    desk.http.close()
    return row.id


def handed_over(sitting: Sitting) -> str:
    [finding] = meeting_of(sitting).findings.by_id.values()
    id, on = finding.id, sitting.today
    sitting.performs(
        c.EditFinding(id, CANARY, finding.kind, BUREAU, standards=STANDARDS),
        c.HandOver((id,), days(on), BUREAU),
        c.SignFor("water", (id,), UNIT),
        c.SendCure("water", id, replace(CURE, until=on + timedelta(days=30)), UNIT),
        c.AgreeCure(id, BUREAU),
        *(proof(f"{each.id}-proof", each.id, finding=id) for each in STANDARDS),
    )
    by_its_key = c.AskStrikeOff("water", id, "It is done", Pledge("Head", on), UNIT, UNITS_KEY)
    asks = sitting.served.venue.perform(sitting.code, by_its_key, "test", "asks-strike-off", UNITS_KEY)
    sitting.served.waits_for(asks)
    sitting.performs(c.FinishMeeting(), c.OpenCureVote("cures-of-all", (id,), BUREAU))
    return id


def feeds(sitting: Sitting) -> Iterator[Place]:
    """What programs are sent of the views that are open to everybody."""
    look = Look(meeting_of(sitting))
    for view in ("hall", "lower", "prompt", "timer", "phone", "results", "moderator"):
        yield Place(f"feed of {view}", "zh-CN", "json", json.dumps(sent(view, look)).encode())


def meeting_of(sitting: Sitting) -> Meeting:
    meeting = sitting.served.venue.rooms.meeting(sitting.code)
    assert meeting
    return meeting


def screens() -> Iterator[tuple[str, str]]:
    yield from ((path, view) for view, path in SCREENS.items())
    yield from ((f"/questions?standing={each}", "questions") for each in ("approved", "answered"))


def pages(finding: str) -> Iterator[tuple[str, str]]:
    gaps = {"unit": "water", "finding": finding, "number": "1"}
    for route, page in ROUTES.items():
        method, path = route.split()
        if method == "GET" and page is not None and path.startswith("/{code}") and path not in WITHIN_ANOTHER:
            yield re.sub(r"\{(\w+)\}", lambda gap: gaps.get(gap[1], "x"), path.removeprefix("/{code}")), page


def test_whoever_is_shown_a_question_of_the_audience_is_told_that_it_is_one(places):
    assert [(place.at, place.language) for place in places if not all(tells(place))] == []


def test_the_search_finds_the_question_where_it_stands_and_misses_a_word_that_is_not_there(places):
    found = [place for place in places if tells(place)]
    assert {"", "/display", "/display?view=lower", "/ask", "feed of lower", "/record/log", "/unit", "/panel/cures"} <= {
        place.at for place in found
    }
    assert {place.kind for place in found} == {"html", "json", "x-ndjson", "jsonl", "csv", "ics", "docx", "xlsx"}
    for place in found:
        if place.kind in ("html", "csv", "ics"):
            told = place.content.decode().replace("\r\n ", "").replace(place.label, "")
            assert not all(tells(replace(place, content=told.encode()))), place.at
