"""Somebody who asks, from a browser without scripts, and somebody at the desk of questions, for tests of both doors."""

import re
from typing import Any

import httpx

from app.meeting import commands as c
from app.meeting.plan import Rules
from app.meeting.questions.agreed import Questions
from app.meeting.questions.state import Standing
from app.store import questions
from app.store.questions import AskedQuestion, Wanted
from tests.live.served import PATIENCE, Served, Sitting
from tests.meetings import small_plan
from tests.questions import WHEN

LAMP = "When will the lamp at the school be lit?"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="(\w*)"')


def asking(served: Served, rule: Questions = Questions.MODERATED) -> Sitting:
    """A meeting that has been opened, whose audience may ask."""
    sitting = served.holds(small_plan(rules=Rules(questions=rule)))
    sitting.performs(c.OpenMeeting(sitting.plan))
    return sitting


class Browser:
    """Without scripts; what it sends carries what the page that is open, or else the first one, carries unseen."""

    def __init__(self, sitting: Sitting, start: str) -> None:
        self.sitting, self.at = sitting, f"/{sitting.code}"
        self.http = httpx.Client(base_url=f"http://{sitting.served.host}", timeout=PATIENCE, trust_env=False)
        self.http.cookies.set("kaimen-lang", "en")
        self.first_page = self.opens(start)

    def opens(self, path: str) -> str:
        self.page = self.http.get(self.at + path, follow_redirects=True).text
        return self.page

    def sends(self, path: str, **fields: Any) -> httpx.Response:
        unseen = dict(_HIDDEN.findall(self.first_page)) | dict(_HIDDEN.findall(self.page))
        return self.http.post(self.at + path, data={**unseen, **fields}, follow_redirects=True)


class Phone(Browser):
    def __init__(self, sitting: Sitting) -> None:
        super().__init__(sitting, "/ask")

    def asks(self, text: str = LAMP, unit: str = "water", **fields: str) -> httpx.Response:
        return self.sends("/ask", text=text, unit=unit, **fields)

    def wants(self, question: str) -> httpx.Response:
        return self.sends("/ask/wanted", question=question)

    def own(self) -> str:
        """What the page says of this device's own questions."""
        found = re.search(r'<h2 id="own">.*?</section>', self.opens("/ask"), re.DOTALL)
        return " ".join(re.sub("<[^>]*>", " ", found[0]).split()) if found else ""


class Desk(Browser):
    """By a key of whoever moderates questions."""

    def __init__(self, sitting: Sitting, token: str) -> None:
        super().__init__(sitting, f"/question-desk/{token}")

    def shows(self, standing: str = "waiting", **asked: str) -> str:
        query = "&".join(f"{name}={value}" for name, value in {"standing": standing, **asked}.items())
        return self.opens(f"/questions?{query}")

    def does(self, what: str, question: str = "", **typed: Any) -> httpx.Response:
        """``typed``: fields of this question by their names, and ``tick``: the ids that are ticked."""
        ticked = {"tick": typed.pop("tick")} if "tick" in typed else {}
        fields = {f"{name}.{question}": text for name, text in typed.items()}
        return self.sends("/questions", do=f"{what}:{question}" if question else what, **fields, **ticked)


def rows(sitting: Sitting) -> list[AskedQuestion]:
    """In the order in which they were asked."""
    with sitting.served.database.reading() as connection:
        return questions.moderated(connection, sitting.code, Wanted([*Standing]), 0, 50)


def moderates(sitting: Sitting, move: Any, *of: Any) -> None:
    sitting.served.waits_for(sitting.served.venue.write(lambda rows: move(rows, sitting.code, *of, WHEN, "a-key")))
    sitting.served.call(lambda: sitting.served.app.state.listings.forget(sitting.code))
