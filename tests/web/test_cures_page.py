"""The panel judges the cure by its pages: what a seat reads, that its mark is secret, and what comes of the vote."""

import re
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

import httpx
import pytest

from app.meeting import commands as c
from app.meeting.cures.state import CureMark
from app.meeting.findings.state import Pledge, Stand
from app.store import keys
from app.store.keys import Key, Role
from tests.findings import BUREAU, CURE, UNIT, days, drafted, proof
from tests.live.served import Sitting, pair_of
from tests.meetings import ANN, BEN, EVE, small_plan

FIRST, COURTS = "finding-1", "finding-court"
SEATS = [seat.id for seat in small_plan().seats]


@pytest.fixture
def asked(served) -> Sitting:
    """One finding of the water office and one of the court, which their units say are put right."""
    sitting = served.holds(small_plan())
    today = datetime.now(small_plan().starts_at.tzinfo).date()
    for id, unit in ((FIRST, "water"), (COURTS, "court")):
        proved = proof("proof-one", "standard-1", "standard-2", finding=id, dated=today)
        commands = [
            drafted(id, unit, text=f"The gap of the {unit}"),
            c.HandOver((id,), days(today), BUREAU),
            c.SignFor(unit, (id,), UNIT),
            c.SendCure(unit, id, replace(CURE, until=today + timedelta(days=30)), UNIT),
            c.AgreeCure(id, BUREAU),
            replace(proved, unit=unit),
            c.AskStrikeOff(unit, id, f"What the {unit} did", Pledge("Head", today), UNIT),
        ]
        opening = [] if unit == "court" else [c.OpenMeeting(sitting.plan)]
        for command in [*opening, *commands]:
            said = sitting.served.venue.perform(sitting.code, command, "test", secrets.token_hex(8), "unit-key")
            sitting.served.waits_for(said)
    return sitting


def key_of(sitting: Sitting, role: Role, of: str = "") -> str:
    code = None if role is Role.ORGANISER else sitting.code
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(code, role, of), "test")


def sends(sitting: Sitting, path: str, key: str, **fields: str | list[str]) -> httpx.Response:
    headers = {"authorization": f"Bearer {key}", **pair_of(sitting.served.page("/join"))}
    sitting.served.http.cookies.clear()
    return sitting.served.http.post(f"/{sitting.code}{path}", data=fields, headers=headers)


def vote_of(sitting: Sitting):
    return next(iter(meeting_of(sitting).cures.by_id.values()))


def meeting_of(sitting: Sitting):
    return sitting.served.venue.rooms.meeting(sitting.code)


def judges(sitting: Sitting, seat: str, key: str = "", **marks: CureMark) -> httpx.Response:
    fields = {f"mark.{finding}": mark.value for finding, mark in marks.items()}
    key = key or key_of(sitting, Role.SEAT, seat)
    return sends(sitting, "/panel/cures", key, vote=vote_of(sitting).id, **fields)


def test_the_panel_judges_by_its_links_and_what_did_not_pass_goes_back(asked):
    bureau = key_of(asked, Role.MODERATOR)
    assert "The gap of the water" in asked.page("/cures", bureau).text
    fields = {"finding": [FIRST, COURTS], "basically": "on", "author.open": "the bureau", "id": "vote-of-the-spring"}
    assert sends(asked, "/cures", bureau, do="open", **fields).status_code == 303
    assert sends(asked, "/cures", bureau, do="open", **fields).status_code == 303  # sent twice: there is one vote
    assert len(meeting_of(asked).cures.by_id) == 1

    ann, eve = key_of(asked, Role.SEAT, ANN), key_of(asked, Role.SEAT, EVE)
    page = asked.page("/panel/cures", ann).text
    assert "What the court did" in page
    assert "What the court did" not in asked.page("/panel/cures", eve).text  # recused from the court
    assert judges(asked, ANN, ann, **{FIRST: CureMark.NOT_SATISFIED}).status_code == 303
    assert judges(asked, ANN, ann, **{FIRST: CureMark.SATISFIED, COURTS: CureMark.BASICALLY}).status_code == 303
    assert re.findall(r'value="(\w+)" checked', asked.page("/panel/cures", ann).text) == ["satisfied", "basically"]
    for seat in SEATS[1:]:
        judges(asked, seat, **{FIRST: CureMark.SATISFIED})

    vote = vote_of(asked).id
    fields = {"vote": vote, f"reason.close.{vote}": "Not yet", f"author.close.{vote}": "the bureau"}
    fields[f"until.{vote}"] = "2099-01-10"
    answer = sends(asked, "/cures", bureau, do="close", **fields)
    assert (answer.status_code, f'name="incomplete.{vote}"' in answer.text, "Not yet" in answer.text) == (
        422,
        True,
        True,
    )
    until = (datetime.now(small_plan().starts_at.tzinfo) + timedelta(days=30)).date().isoformat()
    fields |= {f"incomplete.{vote}": "on", f"until.{vote}": until}
    assert sends(asked, "/cures", bureau, do="close", **fields).headers["location"].endswith("done=close")
    standing = {id: each.standing for id, each in meeting_of(asked).findings.by_id.items()}
    assert standing == {FIRST: Stand.ASKED, COURTS: Stand.RECTIFYING}
    for key in (bureau, eve):
        shown = re.sub(r">\s+<", "><", asked.page(page_of(key, bureau), key).text)
        assert "<td>5</td><td>0</td><td>0</td><td>5</td>" in shown


def test_of_two_open_votes_each_has_fields_of_its_own(asked):
    """By one name they had one id: the calendar, a label and what was half typed went to the first."""
    for id, finding in (("vote-one", FIRST), ("vote-two", COURTS)):
        asked.performs(c.OpenCureVote(id, (finding,), BUREAU))
    bureau = key_of(asked, Role.MODERATOR)
    fields = {"vote": "vote-two", "author.close.vote-two": "the bureau", "reason.close.vote-two": "Not yet"}
    answer = sends(asked, "/cures", bureau, do="close", **fields, **{"until.vote-two": "soon"})
    assert answer.status_code == 422
    ids = re.findall(r' id="([^"]+)"', answer.text)
    assert [each for each in set(ids) if ids.count(each) > 1] == []
    assert re.findall(r'id="([^"]+)-problem"', answer.text) == ["until.vote-two"]
    fields |= {"until.vote-two": (datetime.now(asked.plan.starts_at.tzinfo) + timedelta(days=30)).date().isoformat()}
    asks = sends(asked, "/cures", bureau, do="close", **fields)
    assert re.findall(r'name="(incomplete[^"]*)"', asks.text) == ["incomplete.vote-two"]
    sent = sends(asked, "/cures", bureau, do="close", **fields, **{"incomplete.vote-two": "on"})
    assert sent.headers["location"].endswith("done=close")
    assert [vote.id for vote in meeting_of(asked).cures.open] == ["vote-one"]


@pytest.mark.parametrize("do", ["close", "withdraw"])
@pytest.mark.parametrize("is_full", [True, False])
def test_a_form_for_a_vote_that_somebody_else_ended_meanwhile_is_answered_with_a_sentence(asked, do, is_full):
    asked.performs(c.OpenCureVote("vote-one", (FIRST,), BUREAU))
    bureau = key_of(asked, Role.MODERATOR)
    asked.performs(c.WithdrawCureVote("vote-one", "By mistake", BUREAU))
    fields = {"vote": "vote-one", f"reason.{do}.vote-one": "What I had written", "until.vote-one": "2099-12-31"}
    if is_full:
        fields[f"author.{do}.vote-one"] = "the bureau"
    answer = sends(asked, "/cures", bureau, do=do, **fields)
    assert answer.status_code == 422
    assert "本次评议已结束。" in answer.text
    assert "What I had written" in answer.text


def page_of(key: str, bureau: str) -> str:
    return "/cures" if key == bureau else "/panel/cures"


def test_nobody_sees_how_a_vote_stands_before_it_is_closed_and_nobody_ever_how_a_seat_judged(asked):
    """Whatever Ann says: the pages of everybody else say the same."""
    asked.performs(c.OpenCureVote("vote-one", (FIRST,), BUREAU))
    seats = {
        role: key_of(asked, role, of) for role, of in ((Role.MODERATOR, ""), (Role.SUPERVISOR, ""), (Role.SEAT, BEN))
    }
    ways = [
        ("/cures", Role.MODERATOR),
        ("/findings", Role.MODERATOR),
        (f"/findings/{FIRST}", Role.MODERATOR),
        ("/record/log", Role.SUPERVISOR),
        ("/panel/cures", Role.SEAT),
    ]
    looked = []
    for mark in (CureMark.SATISFIED, CureMark.NOT_SATISFIED):
        asked.performs(c.JudgeCures("vote-one", ANN, {FIRST: mark}))
        looked.append([_words(asked.page(path, seats[role]).text) for path, role in ways])
    assert looked[0] == looked[1]


def _words(page: str) -> set[str]:
    """Without what is of digests and numbers: each mark is an entry more."""
    words = re.sub(r"<[^>]*>|\d", " ", page).split()
    return {word for word in words if not re.fullmatch(r"[a-f…·:#-]+", word)}


def test_in_a_vote_by_units_each_is_asked_about_once(asked):
    fields = {"finding": [FIRST, COURTS], "by_unit": "on", "author.open": "the bureau", "id": "vote-of-the-spring"}
    assert sends(asked, "/cures", key_of(asked, Role.MODERATOR), do="open", **fields).status_code == 303
    assert vote_of(asked).by_unit
    page = asked.page("/panel/cures", key_of(asked, Role.SEAT, ANN)).text
    assert (page.count('value="satisfied"'), "总体评价" in page) == (2, True)


def test_whoever_has_nothing_to_judge_is_told_so_and_a_mark_too_late_comes_back(asked):
    asked.performs(c.OpenCureVote("vote-one", (COURTS,), BUREAU))
    assert "没有需要评议" in asked.page("/panel/cures", key_of(asked, Role.SEAT, EVE)).text
    answer = judges(asked, EVE, **{COURTS: CureMark.SATISFIED})
    assert answer.status_code == 422
    asked.performs(c.WithdrawCureVote("vote-one", "The wrong finding", BUREAU))
    assert "本次评议已结束" in judges(asked, ANN, **{COURTS: CureMark.SATISFIED}).text


def test_after_the_meeting_the_link_of_a_seat_leads_to_what_it_is_asked(asked):
    key = key_of(asked, Role.SEAT, ANN)
    asked.performs(c.OpenCureVote("vote-one", (FIRST,), BUREAU))
    assert asked.page(f"/seat/{key}").headers["location"].endswith("/panel?opened=1")
    asked.performs(c.FinishMeeting())
    assert asked.page(f"/seat/{key}").headers["location"] == f"/{asked.code}/panel/cures"
