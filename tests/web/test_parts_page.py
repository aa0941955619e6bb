"""The page of the parts: typed or read from a file, entered, corrected, announced; what is typed is never lost."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest

from app.meeting import commands as c
from app.meeting.plan import Mode
from app.store import keys
from app.store.heads import load_head
from app.store.keys import Key, Role
from tests.live.served import PATIENCE, Served, Sitting, bearer
from tests.meetings import ANN, BEN, CAT, DAN, closed_over, joining, small_plan
from tests.records import record
from tests.web.setup.conftest import fields_of

CSV = "单位,日常考核得分,得分\nWater,x,18.5\nCourt,x,17\nSchools,x,16\n".encode()


@pytest.fixture
def sitting(served: Served) -> Sitting:
    """A meeting of which all results have been announced."""
    sitting = served.holds(small_plan(composite=joining(Mode.POINTS)))
    rows = [dict.fromkeys((ANN, BEN, CAT, DAN), row) for row in ((50, 30), (55, 30), (60, 40))]
    story = closed_over(*rows, plan=sitting.plan).does(*(c.RevealResult(f"report-{id}") for id in UNITS))
    record(served.database, story)
    return sitting


UNITS = ("water", "court", "school")


def without_files(form: dict[str, str]) -> dict[str, str]:
    """A browser sends the file of such a field, not a text."""
    return {name: text for name, text in form.items() if not name.startswith("file.")}


class Desk:
    """Somebody at the page, with the moderator's key."""

    def __init__(self, sitting: Sitting, http: httpx.Client) -> None:
        self.sitting, self.http = sitting, http
        self.page = f"/{sitting.code}/parts"

    def form(self, path: str = "") -> dict[str, str]:
        return without_files(fields_of(self.http.get(self.page + path).text))

    def sends(self, do: str, path: str = "", file: bytes | None = None, /, **typed: str) -> httpx.Response:
        fields = {**self.form(path), **typed, "do": do}
        files = {"file.daily": ("/tmp/日常考核.csv", file)} if file is not None else None
        return self.http.post(self.page + path, data=fields, files=files)

    @property
    def composites(self) -> Any:
        with self.sitting.served.database.reading() as connection:
            head = load_head(connection, self.sitting.code)
        assert head is not None
        return head.meeting.composites


@contextmanager
def at_the_desk(served: Served, sitting: Sitting) -> Iterator[Desk]:
    base_url = f"http://{served.host}"
    with httpx.Client(base_url=base_url, headers=bearer(sitting.moderator), timeout=PATIENCE, trust_env=False) as http:
        http.cookies.set("kaimen-lang", "en")
        yield Desk(sitting, http)


@pytest.fixture
def desk(served: Served, sitting: Sitting) -> Iterator[Desk]:
    with at_the_desk(served, sitting) as desk:
        yield desk


NO_VOTES = {f"points.vote.{unit}": "" for unit in UNITS}
VOTES = {f"points.vote.{unit}": points for unit, points in zip(UNITS, ("９７。５", "88分", "90%"), strict=True)}


def test_what_is_typed_is_entered_under_the_name_of_who_did_it(desk):
    assert desk.sends("enter", author="the clerk", **VOTES).status_code == 303
    entered = desk.composites.entries["vote"]
    given = {unit: str(each[-1].points) for unit, each in entered.items()}
    assert given == {"water": "97.5", "court": "88", "school": "90"}
    assert entered["water"][-1].author == "the clerk"


def test_what_cannot_be_read_is_said_at_its_cell_and_nothing_typed_is_lost(desk):
    answer = desk.sends("enter", author="", **{**VOTES, "points.vote.court": "101"})
    assert answer.status_code == 422
    assert 'id="points.vote.court-problem"' in answer.text
    assert 'id="author-problem"' in answer.text
    shown = fields_of(answer.text)
    assert [shown[f"points.vote.{unit}"] for unit in UNITS] == ["９７。５", "101", "90%"]
    assert desk.composites.entries == {}


@pytest.mark.parametrize("unseen", ["\u200b", "\ufeff", "\u2800", " \u2060 "])
def test_a_cell_in_which_there_is_nothing_to_see_is_not_typed_into(desk, unseen):
    blank = dict.fromkeys(NO_VOTES, unseen)
    answer = desk.sends("enter", author="the clerk", **blank)
    assert "Nothing has been typed yet." in answer.text
    assert 'id="points.vote.water-problem"' not in answer.text
    assert "data-changed" not in answer.text
    assert desk.sends("enter", author="the clerk", **{**blank, "points.vote.court": "88"}).status_code == 303
    assert desk.composites.entries["vote"].keys() == {"court"}


def test_a_file_is_looked_at_before_it_is_entered_with_its_name_and_digest(desk):
    looked_at = without_files(fields_of(desk.sends("read:daily", "", CSV).text))
    assert desk.composites.entries == {}
    assert [looked_at[f"points.daily.{unit}"] for unit in UNITS] == ["18.5", "17", "16"]
    answer = desk.http.post(desk.page, data={**looked_at, "author": "the clerk", "do": "enter"}, files={"x": ("", b"")})
    assert answer.status_code == 303
    kept = desk.composites.versions("daily", "court")[-1]
    assert (str(kept.points), kept.file, kept.digest) == ("17", "日常考核.csv", hashlib.sha256(CSV).hexdigest())


def test_of_another_file_nothing_of_the_first_is_left_under_its_name(desk):
    """What a file says is entered with its digest: nothing that it does not say may stand beside it."""
    first = without_files(fields_of(desk.sends("read:daily", "", CSV).text))
    some = ("/tmp/some.csv", CSV.replace(b"Schools,x,16\n", b""))
    second = desk.http.post(desk.page, data={**first, "do": "read:daily"}, files={"file.daily": some})
    assert [fields_of(second.text)[f"points.daily.{unit}"] for unit in UNITS] == ["18.5", "17", ""]


def test_a_file_may_have_a_long_name(desk):
    """Its ending says what it is; of the rest the last part is kept."""
    files = {"file.daily": ("考核结果" * 40 + ".csv", CSV)}
    page = desk.http.post(desk.page, data={**desk.form(), "do": "read:daily"}, files=files)
    assert fields_of(page.text)["from.daily"].endswith("考核结果.csv")


def test_a_wrong_file_is_said_and_what_was_typed_stays(desk):
    answer = desk.sends("read:daily", "", "单位,得分\nMoon,3\n".encode(), **VOTES)
    assert "row 2: “Moon” is not a unit of this meeting" in answer.text
    assert fields_of(answer.text)["points.vote.water"] == "９７。５"


def test_where_no_file_was_chosen_that_is_said_and_what_was_typed_stays(desk):
    answer = desk.sends("read:daily", **VOTES)
    assert answer.status_code == 422
    assert "Please choose a file first." in answer.text
    assert fields_of(answer.text)["points.vote.water"] == "９７。５"


def test_a_form_that_is_sent_twice_is_entered_once(desk):
    form = {**desk.form(), **VOTES, "author": "the clerk", "do": "enter"}
    assert [desk.http.post(desk.page, data=form).status_code for _ in range(2)] == [303, 303]
    assert len(desk.composites.versions("vote", "water")) == 1


def test_of_several_parts_it_is_said_which_were_entered_before_one_was_refused(desk):
    looked_at = without_files(fields_of(desk.sends("read:daily", "", CSV, **VOTES).text))
    desk.http.post(
        desk.page, data={**looked_at, "do": "enter", "author": "another", "points.daily.court": "12"} | NO_VOTES
    )
    answer = desk.http.post(desk.page, data={**looked_at, "id": "another-form", "author": "the clerk", "do": "enter"})
    assert answer.status_code == 422
    assert "Entered in the record: Vote. What is still listed below was not entered: A different value" in answer.text
    shown = fields_of(answer.text)
    assert (shown.get("points.vote.water"), shown.get("from.vote", "")) == (None, "")
    assert len(desk.composites.versions("vote", "water")) == 1
    assert str(desk.composites.versions("daily", "court")[-1].points) == "12"


def test_of_whom_a_file_has_no_points_is_said_beside_it(desk):
    answer = desk.sends("read:daily", "", CSV.replace(b"17", "缺考".encode()))
    assert answer.status_code == 200
    assert "The file has no points for: Court (“缺考”)." in answer.text
    assert [fields_of(answer.text)[f"points.daily.{unit}"] for unit in UNITS] == ["18.5", "", "16"]


def test_a_form_that_somebody_went_back_to_is_not_taken_for_the_one_that_was_sent(desk):
    form = {**desk.form(), "author": "the clerk", "do": "enter"}
    desk.http.post(desk.page, data={**form, "points.vote.water": "97.5"})
    desk.http.post(desk.page, data={**form, "points.vote.court": "80"})
    assert [len(desk.composites.versions("vote", unit)) for unit in UNITS] == [1, 1, 0]


def test_a_correction_asks_for_its_reason_and_shows_what_was(desk):
    desk.sends("enter", author="the clerk", **VOTES)
    one = "/vote/water"
    assert "Please give a reason." in desk.sends("correct", one, points="80", author="the head").text
    assert desk.sends("correct", one, points="80", author="the head", reason="two rows were swapped").status_code == 303
    page = desk.http.get(desk.page + one).text
    assert "97.5" in page
    after = desk.http.get(f"{desk.page}?done=correct").text
    assert 'data-done="correct"' in after  # what was typed on this page and not entered stays: parts.js
    assert "two rows were swapped" in page


def test_the_supervisor_sees_who_entered_what_and_why_it_was_corrected(desk, served):
    desk.sends("enter", author="the clerk", **VOTES)
    desk.sends("correct", "/vote/water", points="80", author="the head", reason="two rows were swapped")
    with served.database.writing() as connection:
        key = keys.make(connection, Key(desk.sitting.code, Role.SUPERVISOR), "test")
    page = desk.sitting.page("/record", key).text
    assert all(each in page for each in ("the clerk", "97.5", "the head", "two rows were swapped"))


def test_composites_are_announced_over_a_gap_only_knowingly(desk):
    desk.sends("enter", author="the clerk", **VOTES)
    some = CSV.replace(b"Schools,x,16\n", b"")
    looked_at = without_files(fields_of(desk.sends("read:daily", "", some).text))
    desk.http.post(desk.page, data={**looked_at, "author": "the clerk", "do": "enter"})
    token = {name: text for name, text in desk.form().items() if name == "_csrf_token"}
    asked = desk.http.post(desk.page, data={**token, "do": "ask"}).text
    assert "Composites to be announced: 2. " in " ".join(asked.split())
    assert "Without one, since a part is missing: Schools." in asked
    refused = desk.http.post(desk.page, data={**token, "do": "announce"})
    assert "Parts are still missing: Schools (Daily)." in refused.text
    assert "Nothing was entered yet" not in refused.text
    assert not desk.composites.are_announced
    desk.http.post(desk.page, data={**token, "do": "announce", "without": "school"})
    assert [str(each.score) for each in desk.composites.announced] == ["88.25", "86.20", "None"]
    assert "Announced at" in desk.http.get(desk.page).text
    desk.http.post(desk.page, data={**token, "do": "withdraw", "reason": "a row was forgotten"})
    assert not desk.composites.are_announced


def test_a_unit_without_a_result_keeps_nobody_from_announcing_the_others(served):
    """It is never revealed, since there is nothing to reveal."""
    sitting = served.holds(small_plan(composite=joining(Mode.POINTS)))
    everybody = (ANN, BEN, CAT, DAN)
    rows = [dict.fromkeys(everybody, (50, 30)), dict.fromkeys(everybody, (55, 30)), {}]
    story = closed_over(*rows, plan=sitting.plan).does(*(c.RevealResult(f"report-{id}") for id in UNITS[:2]))
    record(served.database, story)
    with at_the_desk(served, sitting) as desk:
        looked_at = without_files(fields_of(desk.sends("read:daily", "", CSV, **VOTES).text))
        desk.http.post(desk.page, data={**looked_at, "author": "the clerk", "do": "enter"})
        asked = desk.sends("ask").text
        assert "Composites to be announced: 2. " in " ".join(asked.split())
        assert "Without one, since a part is missing: Schools." in asked
        assert 'name="without" value="school"' in asked
        token = fields_of(asked)["_csrf_token"]
        desk.http.post(desk.page, data={"_csrf_token": token, "do": "announce", "without": "school"})
        assert desk.composites.are_announced


def test_the_organiser_is_not_shown_a_result_that_the_hall_has_not_heard(served):
    sitting = served.holds(small_plan(composite=joining(Mode.POINTS)))
    record(served.database, closed_over(dict.fromkeys((ANN, BEN, CAT, DAN), (51, 36)), plan=sitting.plan))
    with served.database.writing() as connection:
        key = keys.make(connection, Key(None, Role.ORGANISER), "test")
    page = served.page(f"/{sitting.code}/parts", key).text
    assert "87" not in page.partition("<tbody>")[2].partition("</tbody>")[0]
