"""The bureau's desk, by its pages: from a comment in the hall to the day on which it is struck off, and after."""

import httpx
import pytest

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.findings.state import FindingKind, Findings, Stand
from app.store.heads import load_head
from tests.live.served import Sitting, bearer, pair_of
from tests.meetings import ANN

COMMENT = "comment-1"
WORDS = "Nobody knows the rules"


@pytest.fixture
def sitting(sitting: Sitting) -> Sitting:
    """The meeting runs, and a comment has come in."""
    problem = c.SendComment(COMMENT, ANN, "water", CommentKind.PROBLEM, WORDS)
    sitting.performs(c.OpenMeeting(sitting.plan), problem)
    return sitting


def findings(sitting: Sitting) -> Findings:
    with sitting.served.database.reading() as connection:
        head = load_head(connection, sitting.code)
    assert head is not None
    return head.meeting.findings


def taps(sitting: Sitting, comment: str = COMMENT, drafts: str = "0", **headers: str) -> httpx.Response:
    headers = {**bearer(sitting.moderator), **pair_of(sitting.served.page("/join"), **{"kaimen-lang": "en"}), **headers}
    sitting.served.http.cookies.clear()
    return sitting.served.http.post(
        f"/{sitting.code}/findings/from/{comment}", data={"drafts": drafts}, headers=headers
    )


# --- one tap on the console -------------------------------------------------------------------------------------------


def test_a_comment_becomes_a_draft_by_one_tap_and_a_second_tap_makes_no_second(sitting):
    assert [taps(sitting, **{"hx-request": "true"}).status_code for _ in range(2)] == [204, 204]
    (finding,) = findings(sitting).by_id.values()
    made = (finding.unit, finding.text, finding.kind, finding.sources, finding.standing)
    assert made == ("water", WORDS, FindingKind.IN_TERM, (COMMENT,), Stand.DRAFT)
    assert taps(sitting).headers["location"] == f"/{sitting.code}/moderator"  # without scripts


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
