"""Findings of the small meeting, and every move that is made with one: shared by tests of rules, pages and papers."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.findings.state import Cure, Deadlines, Finding, FindingKind, Pledge, Stand, Standard
from tests.meetings import Story, opened

BUREAU, UNIT, VERIFIER = "the bureau", "the office", "the supervisor"
UNITS_KEY, BUREAUS_KEY, VERIFIERS_KEY = "unit-key", "desk-key", "seen-key"
DAY = date(2023, 11, 17)
"""On which the small meeting is held."""

STANDARDS = (Standard("standard-1", "The rules are published"), Standard("standard-2", "Two trainings were held"))
CURE = Cure("No plan", "Write one, publish it", "Everybody knows it", "Head", "Office", "Clerk", date(2024, 1, 10))
FIRST = "finding-1"
OBJECTION = "objection-1"
DIGEST = "ab" * 32


def days(on: date = DAY) -> Deadlines:
    return Deadlines(*(on + timedelta(days=each) for each in (7, 9, 15, 61, 120)))


def drafted(finding: str = FIRST, unit: str = "water", **changes: Any) -> c.DraftFinding:
    text = changes.pop("text", "The rules are not known to the people who need them")
    kind = changes.pop("kind", FindingKind.IN_TERM)
    return c.DraftFinding(finding, unit, text, kind, BUREAU, **{"standards": STANDARDS, **changes})


def handed_over(*findings: str, on: date = DAY) -> c.HandOver:
    return c.HandOver(findings or (FIRST,), days(on), BUREAU)


def proof(id: str, *standards: str, finding: str = FIRST, **changes: Any) -> c.AddProof:
    made = {"name": "rules.pdf", "sha256": DIGEST, "bytes": 1024, "media_type": "application/pdf", "dated": DAY}
    return c.AddProof("water", finding, id, standards or ("standard-1",), author=UNIT, **{**made, **changes})


def asked(finding: str = FIRST, key: str = UNITS_KEY) -> c.AskStrikeOff:
    return c.AskStrikeOff("water", finding, "It is done", Pledge("Head", DAY), UNIT, key)


def verified(passed: bool = True, key: str = VERIFIERS_KEY, finding: str = FIRST) -> c.VerifyFinding:
    return c.VerifyFinding(finding, passed, "Seen", VERIFIER, key=key)


def objected(id: str = OBJECTION) -> c.RaiseObjection:
    return c.RaiseObjection(FIRST, id, "The rules cannot be found anywhere")


def answered(upheld: bool = False, id: str = OBJECTION) -> c.AnswerObjection:
    return c.AnswerObjection(FIRST, id, "They are on the second page", upheld, BUREAU)


def moves(finding: str = FIRST, on: date = DAY) -> list[tuple[Stand, tuple[c.Command, ...]]]:
    """The usual course of a finding of the water office, handed over on a day: where it stands after which commands."""
    cure = replace(CURE, until=CURE.until + (on - DAY))
    return [
        (Stand.DRAFT, (drafted(finding),)),
        (Stand.HANDED_OVER, (handed_over(finding, on=on),)),
        (Stand.SIGNED_FOR, (c.SignFor("water", (finding,), UNIT),)),
        (Stand.PLANNED, (c.SendCure("water", finding, cure, UNIT),)),
        (Stand.RECTIFYING, (c.AgreeCure(finding, BUREAU),)),
        (
            Stand.ASKED,
            (
                proof(f"{finding}-proof-1", "standard-1", finding=finding),
                proof(f"{finding}-proof-2", "standard-2", finding=finding),
                asked(finding),
            ),
        ),
        (Stand.TO_VERIFY, (c.PassOn(finding, BUREAU, BUREAUS_KEY),)),
        (Stand.VERIFIED, (verified(finding=finding),)),
    ]


def brought_to(stand: Stand, story: Story | None = None, finding: str = FIRST) -> Story:
    """A meeting with one finding that has come so far by the usual course."""
    story = story or opened()
    for reached, commands in moves(finding):
        story.does(*commands)
        if reached is stand:
            return story
    story.does(c.GiveNotice((finding,), story_day(story) + timedelta(days=7), BUREAU))
    if stand is Stand.NOTICE:
        return story
    passes(story, 8)
    return story.does(c.StrikeOff((finding,), story_day(story) + timedelta(days=180), BUREAU))


def with_comment(story: Story, comment: str = "comment-1") -> Story:
    return story.does(c.SendComment(comment, "ann", "water", CommentKind.PROBLEM, "Nobody knows the rules"))


def passes(story: Story, number_of_days: int) -> Story:
    return story.waits(number_of_days * 24 * 60)


def story_day(story: Story) -> date:
    return story.now.astimezone(story.meeting.plan.starts_at.tzinfo).date()


def the(story: Story, finding: str = FIRST) -> Finding:
    return story.meeting.findings.by_id[finding]
