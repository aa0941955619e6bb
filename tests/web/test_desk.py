"""The bureau's desk, by its pages: from a comment in the hall to the day on which it is struck off, and after."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from app.language.words import WORDS as NAMES
from app.meeting import commands as c
from app.meeting import events as e
from app.meeting.findings.state import FindingKind, Findings, Pledge, Stand, Terms
from app.store import log
from app.store.heads import load_head
from app.store.keys import Role
from app.web.cookies import cookie_name
from app.web.desk import tapped
from app.web.desk.moves import Move, possible_moves
from app.web.sockets.frames import id_made_of
from app.workdays import deadlines_from, working_days_after
from tests.findings import (
    CURE,
    DAY,
    DIGEST,
    FIRST,
    UNIT,
    answered,
    brought_to,
    drafted,
    objected,
    passes,
    the,
)
from tests.live.served import Sitting
from tests.meetings import ANN, Story
from tests.web.desk import COMMENT, WORDS, Desk, a_comment_comes_in, at_the_desk, by_the_unit, handed_over, taps


@pytest.fixture
def sitting(sitting: Sitting) -> Sitting:
    a_comment_comes_in(sitting)
    return sitting


def findings(sitting: Sitting) -> Findings:
    with sitting.served.database.reading() as connection:
        head = load_head(connection, sitting.code)
    assert head is not None
    return head.meeting.findings


# --- one tap on the console -------------------------------------------------------------------------------------------


def test_a_comment_becomes_a_draft_by_one_tap_and_a_second_tap_makes_no_second(sitting):
    assert [taps(sitting, **{"hx-request": "true"}).status_code for _ in range(2)] == [204, 204]
    (finding,) = findings(sitting).by_id.values()
    made = (finding.unit, finding.text, finding.kind, finding.sources, finding.standing)
    assert made == ("water", WORDS, FindingKind.IN_TERM, (COMMENT,), Stand.DRAFT)
    assert taps(sitting).headers["location"] == f"/{sitting.code}/moderator"  # without scripts


def test_one_tap_that_came_twice_at_once_is_one_draft_and_no_refusal(sitting, monkeypatch):
    once = tapped.perform

    async def twice(*asked, **more):
        await once(*asked, **more)
        await once(*asked, **more)

    monkeypatch.setattr(tapped, "perform", twice)
    assert taps(sitting, **{"hx-request": "true"}).status_code == 204
    assert len(findings(sitting).by_id) == 1


def test_what_phones_are_told_does_not_tell_the_command_by_which_a_draft_was_made(sitting):
    """The public log withholds the line: only the id of its command keeps it from being guessed."""
    taps(sitting)
    (finding,) = findings(sitting).by_id.values()
    with sitting.served.database.reading() as connection:
        *_, drafted_by = log.load(connection, sitting.code)
    assert isinstance(drafted_by.event, e.FindingDrafted)
    command = c.DraftFinding(finding.id, "water", WORDS, FindingKind.IN_TERM, drafted_by.event.author, (COMMENT,))
    assert drafted_by.command not in (finding.id, id_made_of(finding.id, command), id_made_of(COMMENT, "0"))


def test_once_the_draft_is_withdrawn_the_comment_may_become_a_finding_again(sitting):
    taps(sitting)
    sitting.performs(c.WithdrawFinding(next(iter(findings(sitting).by_id)), "", "the bureau"))
    taps(sitting, drafts="1")
    assert [each.standing for each in findings(sitting).by_id.values()] == [Stand.WITHDRAWN, Stand.DRAFT]


def test_why_a_comment_cannot_become_a_finding_is_said_in_one_sentence(sitting):
    sitting.performs(c.TakeBackComment(COMMENT, ANN))
    answer = taps(sitting)
    assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (409, "text/plain")
    assert answer.text.endswith(".")
    assert taps(sitting, "comment-9").status_code == 404


# --- the whole course -------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(sitting: Sitting) -> Iterator[Desk]:
    with at_the_desk(sitting) as desk:
        yield desk


@pytest.fixture
def verifier(sitting: Sitting) -> Iterator[Desk]:
    with at_the_desk(sitting, Role.SUPERVISOR) as verifier:
        yield verifier


def rectified(desk: Desk, id: str) -> list[c.Command]:
    """What the unit does from the day on which its plan is agreed to."""
    proofs = [
        c.AddProof(
            "water",
            id,
            f"proof-{at}-{desk.the(id).reopenings}",
            (each.id,),
            f"{at}.pdf",
            DIGEST,
            9,
            "application/pdf",
            desk.today,
            UNIT,
        )
        for at, each in enumerate(desk.the(id).standards, start=1)
    ]
    return [*proofs, c.AskStrikeOff("water", id, "It is done", Pledge("Head", desk.today), UNIT)]


def test_a_finding_goes_by_the_pages_from_the_comment_to_the_day_on_which_it_is_struck_off_and_is_re_opened(
    sitting, desk, verifier
):
    taps(sitting)
    (id,) = desk.findings.by_id
    is_worded(desk, id)
    is_agreed_on(sitting, desk, id)
    by_the_unit(sitting, *rectified(desk, id))
    is_verified(desk, verifier, id)
    is_on_notice(sitting, desk, id)
    desk.days_pass(30)
    assert desk.acts("strike_off", id).status_code == 303
    assert desk.the(id).standing is Stand.STRUCK_OFF

    desk.days_pass(190)
    assert "overdue" in desk.opens("?mark=struck_off")  # the look-back
    desk.moves(id, "reopen", until=(desk.today + timedelta(days=30)).isoformat(), reason="The rules were taken down")
    finding = desk.the(id)
    assert (finding.standing, finding.reopenings, finding.returns) == (Stand.RECTIFYING, 1, 1)
    by_the_unit(sitting, *rectified(desk, id))
    desk.moves(id, "return_request", reason="The second proof is the old one")
    assert "re-opened 1×" in desk.opens()


def is_worded(desk: Desk, id: str) -> None:
    assert WORDS in desk.opens(f"/{id}")
    wording = {
        "text": WORDS,
        "kind": "in_term",
        "criterion": "effect",
        "standards": "1. They are published\n（2）Two trainings",
    }
    assert desk.sends(f"/{id}", "edit", **wording, **{"edit.author": "the bureau"}).status_code == 303
    assert [each.text for each in desk.the(id).standards] == ["They are published", "Two trainings"]


def is_agreed_on(sitting: Sitting, desk: Desk, id: str) -> None:
    """Handed over, and the second plan is one to be agreed to."""
    assert desk.acts("hand_over", id).status_code == 303
    assert desk.the(id).deadlines == deadlines_from(desk.today, Terms())
    cure = replace(CURE, until=desk.today + timedelta(days=30))
    by_the_unit(sitting, c.SignFor("water", (id,), UNIT), c.SendCure("water", id, cure, UNIT))
    desk.moves(id, "return_cure", reason="No measure has a date")
    assert "No measure has a date" in desk.opens(f"/{id}")
    by_the_unit(sitting, c.SendCure("water", id, cure, UNIT))
    desk.moves(id, "agree_cure")


def is_verified(desk: Desk, verifier: Desk, id: str) -> None:
    shown = desk.sends(f"/{id}", "show_proofs", shown=["proof-1-0"], **{"show_proofs.author": "the bureau"})
    assert shown.status_code == 303
    desk.moves(id, "pass_on")
    page = verifier.opens(f"/{id}")
    assert 'value="verify_passed"' in page
    assert 'value="withdraw"' not in page
    verifier.moves(id, "verify_passed", "the supervisor", opinion="The standards are met", on_site="We were there")


def is_on_notice(sitting: Sitting, desk: Desk, id: str) -> None:
    """For as long as the terms ask, and an objection is answered."""
    short = (working_days_after(desk.today, 5) - timedelta(days=1)).isoformat()
    assert "lasts 5 working days" in desk.acts("give_notice", id, until=short).text
    assert "lasts 5 working days" in desk.sends(f"/{id}", "give_notice", **notice(short)).text
    assert desk.acts("give_notice", id).status_code == 303
    by_the_unit(sitting, c.RaiseObjection(id, "objection-1", "The rules cannot be found"))
    desk.moves(id, "answer_objection:objection-1", answer="They are on the second page")


def notice(until: str) -> dict[str, str]:
    return {"give_notice.until": until, "give_notice.author": "the bureau"}


# --- one finding ------------------------------------------------------------------------------------------------------


def planned(desk: Desk) -> None:
    handed_over(desk)
    cure = replace(CURE, until=desk.today + timedelta(days=30))
    by_the_unit(desk.sitting, c.SignFor("water", (FIRST,), UNIT), c.SendCure("water", FIRST, cure, UNIT))


def test_what_lacks_is_said_at_its_field_and_nothing_typed_is_lost(desk):
    planned(desk)
    typed = {"return_cure.reason": "No measure has a date", "return_cure.author": " "}
    answer = desk.sends(f"/{FIRST}", "return_cure", **typed)
    assert answer.status_code == 422
    assert 'id="return_cure.author-problem"' in answer.text
    assert ">No measure has a date</textarea>" in answer.text
    assert desk.the(FIRST).standing is Stand.PLANNED


def test_a_page_of_before_is_told_what_has_happened_since_and_does_nothing(desk):
    planned(desk)
    old = desk.hidden(f"/{FIRST}")
    other = replace(CURE, measures="Something else", until=desk.today + timedelta(days=30))
    by_the_unit(desk.sitting, c.SendCure("water", FIRST, other, UNIT))
    answer = desk.posts(f"/{FIRST}", {**old, "agree_cure.author": "the bureau", "do": "agree_cure"})
    assert answer.status_code == 422
    assert "moved on since this page was opened" in answer.text
    assert "Something else" in answer.text
    assert 'value="the bureau"' in answer.text
    assert desk.the(FIRST).standing is Stand.PLANNED


def test_a_form_that_is_sent_twice_is_carried_out_once(desk):
    planned(desk)
    form = {**desk.hidden(f"/{FIRST}"), "return_cure.reason": "No date", "return_cure.author": "the bureau"}
    answers = [desk.posts(f"/{FIRST}", {**form, "do": "return_cure"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert desk.the(FIRST).returns == 1


def test_who_settles_a_return_reads_whose_the_unit_says_it_is(desk):
    handed_over(desk)
    by_the_unit(desk.sitting, c.DisputeFinding("water", FIRST, "It is about courts", "the High Court", UNIT))
    page = desk.opens(f"/{FIRST}").partition('id="moves"')[0]
    assert all(each in page for each in ("It is about courts", "the High Court"))


def test_the_supervisor_reads_all_and_moves_nothing_but_the_verification(desk, verifier):
    planned(desk)
    assert "The words of finding-1" in verifier.opens()
    assert "<button" not in verifier.opens(f"/{FIRST}").partition("<main")[2]
    form = {**verifier.hidden(), **desk.hidden(f"/{FIRST}"), "agree_cure.author": "x", "do": "agree_cure"}
    form["_csrf_token"] = (
        verifier.http.get(f"/{desk.sitting.code}/record").text.partition('name="_csrf_token" value="')[2][:64] or "x"
    )
    assert verifier.posts(f"/{FIRST}", form).status_code == 403
    assert desk.the(FIRST).standing is Stand.PLANNED


def test_one_browser_with_two_keys_does_not_verify_what_it_has_passed_on_itself(sitting, desk, verifier):
    planned(desk)
    desk.moves(FIRST, "agree_cure")
    by_the_unit(sitting, *rectified(desk, FIRST))
    also = verifier.http.headers["authorization"].partition(" ")[2]
    desk.http.cookies.set(cookie_name(Role.SUPERVISOR, sitting.code, ""), also)
    desk.moves(FIRST, "pass_on")
    assert "in another browser" in (page := desk.opens(f"/{FIRST}"))
    assert 'value="verify_passed"' not in page
    typed = {"verify_passed.opinion": "Seen", "verify_passed.author": "the bureau"}
    assert desk.sends(f"/{FIRST}", "verify_passed", **typed).status_code == 422
    assert desk.the(FIRST).standing is Stand.TO_VERIFY
    verifier.moves(FIRST, "verify_passed", "the supervisor", opinion="Seen")  # the same key, in a browser of its own
    assert desk.the(FIRST).standing is Stand.VERIFIED


@pytest.mark.parametrize(
    ("stand", "offered"),
    [
        (Stand.DRAFT, {"drop_draft"}),
        (Stand.HANDED_OVER, {"withdraw"}),
        (Stand.PLANNED, {"agree_cure", "return_cure", "withdraw"}),
        (Stand.RECTIFYING, {"make_long_term", "withdraw"}),
        (Stand.ASKED, {"pass_on", "return_request"}),
        (Stand.TO_VERIFY, {"verify_passed", "verify_failed"}),
        (Stand.VERIFIED, {"give_notice"}),
        (Stand.NOTICE, set()),
        (Stand.STRUCK_OFF, {"look_back", "reopen"}),
    ],
)
def test_exactly_what_can_be_done_now_is_offered(stand, offered):
    story = brought_to(stand)
    assert {move.name for move in possible_moves(story.meeting, the(story), story.now)} == offered


def test_what_waits_for_the_bureau_besides_is_offered_as_well():
    story = brought_to(Stand.RECTIFYING).does(c.AskExtension("water", FIRST, DAY + timedelta(days=90), "Late", UNIT))
    assert {"grant_extension", "refuse_extension"} <= {each.name for each in moves_of(story)}
    story = brought_to(Stand.NOTICE).does(objected())
    about = {"answer_objection", "uphold_objection", "withhold_objection"}
    assert {each.name for each in moves_of(story)} == about
    passes(story.does(answered()), 8)
    assert {each.name for each in moves_of(story)} == {"strike_off"}


def moves_of(story: Story) -> list[Move]:
    return possible_moves(story.meeting, the(story), story.now)


def test_a_draft_is_handed_over_from_its_own_page_and_nothing_that_takes_away_lies_open(desk):
    desk.sitting.performs(drafted(FIRST))
    page = desk.opens(f"/{FIRST}")
    assert re.findall(r"<details open><summary>\s*([^<]+)<|<details open>\s*<summary>([^<]+)<", page) == [
        ("", "Change wording and standards")
    ]
    form = {**desk.hidden(f"/{FIRST}"), "finding": FIRST, "do": "hand_over"}
    assert "To be rectified by" in desk.posts("", form).text


def test_every_step_that_a_finding_can_take_has_a_word():
    of_one = [kind for kind in get_args(e.AtDesk) if kind.__module__ == "app.meeting.findings.events"]
    of_one = [kind for kind in of_one if hasattr(kind, "finding")]
    assert [kind.__name__ for kind in of_one if f"finding_step.{kind.__name__}" not in NAMES] == []
