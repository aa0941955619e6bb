"""What the public may never see of findings: unmistakable values in every field of every step, in each standing."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from app.meeting import commands as c
from app.meeting.findings.state import Cure, FindingKind, Pledge, Stand, Standard
from app.meeting.plan import Plan
from app.papers.folder.digests import ARCHIVES
from app.papers.folder.paper import Paper
from tests.findings import FIRST, days, passes, story_day
from tests.live import hidden
from tests.meetings import Story

BUREAU, OFFICE, VERIFIER = "clerk-Qilin", "clerk-Fenghuang", "clerk-Xuanwu"
KEYS = {"bureau": "key-Baihu", "unit": "key-Zhuque", "verifier": "key-Qinglong"}

SECRETS = {
    "who acted": [BUREAU, OFFICE, VERIFIER],
    "keys": list(KEYS.values()),
    "seats": [seat.label for seat in hidden.PLAN.seats],
    "a comment that was not released": [hidden.ORIGINAL, hidden.OTHER_COMMENT],
    "results that were not revealed": [mark for marks in hidden.MARKS.values() for mark in marks],
    "the words of a draft": ["Draft-Jabberwock", "Merged-Bandersnatch", "Standard-Bandersnatch"],
    "why it was returned": ["Reason-Gryphon", "Whose-Gryphon", "Settled-Gryphon"],
    "a plan that is not agreed": ["Cause-Snark", "Measures-Snark", "Goal-Snark", "Leader-Snark", "Office-Snark"],
    "who does the work": ["Person-Snark", "Person-Walrus"],
    "why a plan was returned": ["Return-Boojum"],
    "accounts of the work": ["Account-Dodo", "Report-Dodo", "Done-Dodo"],
    "proofs that are not ticked": ["unticked-Lory.pdf", "removed-Lory.pdf", "ee" * 32, "dd" * 32],
    "why more time was asked for": ["Asked-Eaglet", "Granted-Eaglet"],
    "who vouched": ["Pledge-Mouse"],
    "why it was sent back": ["Back-Caterpillar"],
    "opinions": ["Opinion-Cheshire", "Seen-Cheshire"],
    "objections that are not answered": ["Objection-Hatter"],
    "objections that are withheld": ["Objection-March"],
    "why it is long-term": ["Long-Dormouse", "Ended-Dormouse"],
    "what was noted in the look-back": ["Note-Duchess"],
    "why it was re-opened or withdrawn": ["Reopened-Knave", "Withdrawn-Knave"],
}
"""By what it is; any of these found in a file or on a page is a leak."""

TOLD = {
    "issued": ["Issued words", "Issued standard one"],
    "agreed": ["Cause-Walrus", "Measures-Walrus", "Goal-Walrus", "Leader-Walrus", "Office-Walrus"],
    "ticked": ["ticked-Carpenter.pdf", "cc" * 32],
    "answered": ["Objection-Oyster", "Answer-Oyster"],
    "withheld": ["Withheld for the law"],
    "released": [hidden.COMMENT],
}
"""So that a search finds what is there."""

POND = replace(hidden.PLAN, code="pond")
STANDARDS = (Standard("standard-1", "Issued standard one"), Standard("standard-2", "Issued standard two"))


def cure(named: str, until: date) -> Cure:
    return Cure(*(f"{what}-{named}" for what in ("Cause", "Measures", "Goal", "Leader", "Office", "Person")), until)


def _drafts(story: Story) -> None:
    """Beside the finding that travels: a draft of the same unit, one that was merged, and one on another unit."""
    for id, unit, text in (("draft-stays", "water", "Draft-Jabberwock"), ("draft-other", "court", "Draft-Jabberwock")):
        standards = (Standard("standard-9", "Standard-Bandersnatch"),)
        story.does(c.DraftFinding(id, unit, text, FindingKind.LONG, BUREAU, (), "", standards))
    story.does(c.DraftFinding("draft-merged", "water", "Merged-Bandersnatch", FindingKind.AT_ONCE, BUREAU))


def _issues(story: Story) -> None:
    comments = tuple(story.meeting.comments)
    story.does(c.DraftFinding(FIRST, "water", "Draft-Jabberwock", FindingKind.IN_TERM, BUREAU, comments))
    story.does(c.EditFinding(FIRST, "Issued words", FindingKind.IN_TERM, BUREAU, "clarity", STANDARDS))
    story.does(c.MergeFindings(FIRST, ("draft-merged",), BUREAU))
    story.does(c.HandOver((FIRST,), days(story_day(story)), BUREAU))


def _disputed(story: Story) -> None:
    story.does(c.DisputeFinding("water", FIRST, "Reason-Gryphon", "Whose-Gryphon", OFFICE))


def _signed(story: Story) -> None:
    story.does(c.SettleDispute(FIRST, False, "Settled-Gryphon", BUREAU), c.SignFor("water", (FIRST,), OFFICE))


def _planned(story: Story) -> None:
    story.does(c.SendCure("water", FIRST, cure("Snark", story_day(story) + timedelta(days=40)), OFFICE))
    story.does(c.ReturnCure(FIRST, "Return-Boojum", BUREAU))
    story.does(c.SendCure("water", FIRST, cure("Snark", story_day(story) + timedelta(days=50)), OFFICE))


def _agreed(story: Story) -> None:
    story.does(c.ReturnCure(FIRST, "Return-Boojum", BUREAU))
    story.does(c.SendCure("water", FIRST, cure("Walrus", story_day(story) + timedelta(days=50)), OFFICE))
    story.does(c.AgreeCure(FIRST, BUREAU), c.ReportWork("water", FIRST, "Account-Dodo", OFFICE))
    story.does(c.HandInReport("water", (FIRST,), "Report-Dodo", OFFICE))
    story.does(c.AskExtension("water", FIRST, story_day(story) + timedelta(days=90), "Asked-Eaglet", OFFICE))
    story.does(c.AnswerExtension(FIRST, True, "Granted-Eaglet", BUREAU))


def _long_term(story: Story) -> None:
    story.does(c.MakeLongTerm(FIRST, "Long-Dormouse", story_day(story) + timedelta(days=200), BUREAU))


def _asked(story: Story) -> None:
    story.does(c.EndLongTerm(FIRST, story_day(story) + timedelta(days=100), "Ended-Dormouse", BUREAU))
    files = (("removed", "removed-Lory.pdf", "dd"), ("ticked", "ticked-Carpenter.pdf", "cc"))
    for id, name, digest in (*files, ("unticked", "unticked-Lory.pdf", "ee")):
        story.does(_proof(story, f"proof-{id}", name, digest * 32))
    story.does(c.RemoveProof("water", FIRST, "proof-removed", OFFICE))
    for _ in range(2):
        story.does(_asks(story))
        if story.meeting.findings.by_id[FIRST].returns == 2:
            story.does(c.ReturnRequest(FIRST, "Back-Caterpillar", BUREAU))


def _proof(story: Story, id: str, name: str, digest: str) -> c.AddProof:
    standards = tuple(each.id for each in STANDARDS)
    return c.AddProof("water", FIRST, id, standards, name, digest, 9, "application/pdf", story_day(story), OFFICE)


def _asks(story: Story) -> c.AskStrikeOff:
    return c.AskStrikeOff("water", FIRST, "Done-Dodo", Pledge("Pledge-Mouse", story_day(story)), OFFICE, KEYS["unit"])


def _passed_on(story: Story) -> None:
    story.does(c.PassOn(FIRST, BUREAU, KEYS["bureau"]))


def _verified(story: Story) -> None:
    story.does(c.VerifyFinding(FIRST, False, "Opinion-Cheshire", VERIFIER, "Seen-Cheshire", KEYS["verifier"]))
    story.does(_asks(story), c.PassOn(FIRST, BUREAU, KEYS["bureau"]))
    story.does(c.VerifyFinding(FIRST, True, "Opinion-Cheshire", VERIFIER, "Seen-Cheshire", KEYS["verifier"]))
    story.does(c.ShowProofs(FIRST, ("proof-ticked",), BUREAU))


def _notice(story: Story) -> None:
    story.does(c.GiveNotice((FIRST,), story_day(story) + timedelta(days=7), BUREAU))
    for id, text in (
        ("answered", "Objection-Oyster"),
        ("withheld", "Objection-March"),
        ("open-one", "Objection-Hatter"),
    ):
        story.does(c.RaiseObjection(FIRST, f"objection-{id}", text))
    story.does(c.AnswerObjection(FIRST, "objection-answered", "Answer-Oyster", False, BUREAU))
    story.does(c.WithholdObjection(FIRST, "objection-withheld", "Withheld for the law", BUREAU))


def _struck_off(story: Story) -> None:
    story.does(c.WithholdObjection(FIRST, "objection-open-one", "Withheld for the law", BUREAU))
    passes(story, 8).does(c.StrikeOff((FIRST,), story_day(story) + timedelta(days=180), BUREAU))
    story.does(c.LookBack(FIRST, "Note-Duchess", BUREAU))


def _reopened(story: Story) -> None:
    story.does(c.ReopenFinding(FIRST, story_day(story) + timedelta(days=60), "Reopened-Knave", BUREAU))


def _withdrawn(story: Story) -> None:
    story.does(c.WithdrawFinding(FIRST, "Withdrawn-Knave", BUREAU))


STAGES: tuple[tuple[str, Stand, Callable[[Story], None]], ...] = (
    ("draft", Stand.DRAFT, lambda _story: None),
    ("handed over", Stand.HANDED_OVER, _issues),
    ("disputed", Stand.DISPUTED, _disputed),
    ("signed for", Stand.SIGNED_FOR, _signed),
    ("planned", Stand.PLANNED, _planned),
    ("agreed", Stand.RECTIFYING, _agreed),
    ("long-term", Stand.LONG_TERM, _long_term),
    ("asked", Stand.ASKED, _asked),
    ("to be verified", Stand.TO_VERIFY, _passed_on),
    ("verified", Stand.VERIFIED, _verified),
    ("on notice", Stand.NOTICE, _notice),
    ("struck off", Stand.STRUCK_OFF, _struck_off),
    ("re-opened", Stand.RECTIFYING, _reopened),
    ("withdrawn", Stand.WITHDRAWN, _withdrawn),
)
"""Stages of one finding, each reached from the one before."""


def beginning(plan: Plan = POND) -> Story:
    """A closed round nobody has been told of, a comment that was released and one that was not, and drafts."""
    story = hidden.closed(plan)
    story.does(c.EditComment(hidden.HERON, hidden.COMMENT), c.ReleaseComment(hidden.HERON, hidden.COMMENT))
    _drafts(story)
    return story


def stages() -> dict[str, Story]:
    """A story for each stage, all of one and the same course."""
    story, found = beginning(), {}
    for name, standing, goes_on in STAGES:
        goes_on(story)
        is_draft = FIRST not in story.meeting.findings.by_id
        assert is_draft or story.meeting.findings.by_id[FIRST].standing is standing, name
        found[name] = copy_of(story)
    return found


def found(values: dict[str, list[str]], text: str) -> set[str]:
    """Which of these stand in a text."""
    return {name for name, texts in values.items() if any(each in text for each in texts)}


def text_of(paper: Paper) -> str:
    """All that is in a file, of an archive every member."""
    if paper.media_type not in ARCHIVES:
        return paper.content.decode()
    with zipfile.ZipFile(io.BytesIO(paper.content)) as archive:
        return "\n".join(archive.read(name).decode() for name in archive.namelist())


def on_notice(plan: Plan, now: datetime) -> Story:
    """On notice from this instant on, whenever the meeting was."""
    story = beginning(plan)
    for name, _, goes_on in STAGES:
        if name == "on notice":
            story.now = now
            goes_on(story)
            return story
        goes_on(story)
    raise AssertionError


def copy_of(story: Story) -> Story:
    copy = Story(story.meeting.plan, story.now)
    copy.meeting, copy.events = story.meeting, list(story.events)
    return copy
