"""Proofs: what may come in, what becomes of it, and who is given it."""

import hashlib
import re

import httpx
import pytest
import sqlalchemy as sa

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.findings import answering
from app.meeting.findings.state import Finding
from app.meeting.meeting import Meeting
from app.meeting.refusals import Said
from app.store import keys
from app.store.keys import Key, Role
from app.store.tables import ContentRow, table_of
from tests.findings import BUREAU, CURE, UNIT
from tests.live.served import Served, Sitting
from tests.meetings import ANN, small_plan
from tests.web.unit import handed, key_of, made, sends

PDF, PNG = b"%PDF-1.7 the rules, as published", b"\x89PNG\r\n\x1a\n..."
PATH = "/findings/finding-one"
FORM = {"standard": ["standard-1"], "proofs.dated": "2026年11月3日", "author.proofs": "李四"}


@pytest.fixture
def rectifying(served: Served) -> Sitting:
    """The water office puts one finding right; the court has another one, of which it is not to know."""
    sitting = served.holds(small_plan())
    findings = (("finding-one", "water"), ("finding-court", "court"))
    sitting.performs(c.OpenMeeting(sitting.plan), *(made(id, "x", unit) for id, unit in findings))
    sitting.performs(handed("finding-one", "finding-court"))
    for id, unit in findings:
        sitting.performs(c.SignFor(unit, (id,), UNIT), c.SendCure(unit, id, _cure(sitting), UNIT))
        sitting.performs(c.AgreeCure(id, BUREAU))
    return sitting


def _cure(sitting: Sitting):
    due = _meeting(sitting).findings.by_id["finding-one"].due
    return type(CURE)(*(getattr(CURE, name) for name in CURE.__slots__[:-1]), due)


def _meeting(sitting: Sitting) -> Meeting:
    meeting = sitting.served.venue.rooms.meeting(sitting.code)
    assert meeting is not None
    return meeting


def the(sitting: Sitting, id: str = "finding-one") -> Finding:
    return _meeting(sitting).findings.by_id[id]


def hands_in(sitting: Sitting, key: str, *files: tuple[str, bytes], unit_path: str = PATH, **more) -> httpx.Response:
    sent = [("files", (name, content, "text/html")) for name, content in files]
    return sends(sitting, f"{unit_path}/proofs", key, files=sent or [("files", ("", b""))], **{**FORM, **more})


def kept(sitting: Sitting) -> set[str]:
    with sitting.served.database.reading() as connection:
        return set(connection.scalars(sa.select(table_of(ContentRow).c.sha256)))


def test_several_proofs_come_in_at_once_with_their_own_date_and_the_type_of_their_content(rectifying):
    key = key_of(rectifying)
    answer = hands_in(
        rectifying, key, ("../../规定\u202efdp.pdf", PDF), ("photo.jpg", PNG), standard=["standard-1", "standard-2"]
    )
    assert answer.headers["location"].endswith(f"/unit{PATH}?done=proofs")
    found = [(each.name, each.media_type, each.dated.isoformat(), each.standards) for each in the(rectifying).proofs]
    both = ("standard-1", "standard-2")
    assert found == [
        ("规定fdp.pdf", "application/pdf", "2026-11-03", both),
        ("photo.png", "image/png", "2026-11-03", both),
    ]
    assert {hashlib.sha256(each).hexdigest() for each in (PDF, PNG)} <= kept(rectifying)


def test_a_form_of_proofs_sent_once_more_brings_nothing_twice(rectifying):
    key = key_of(rectifying)
    for _ in range(2):
        assert hands_in(rectifying, key, ("a.pdf", PDF), ("b.png", PNG)).status_code == 303
    assert len(the(rectifying).proofs) == 2


def test_of_several_files_the_good_ones_are_taken_and_every_other_is_named(rectifying):
    key = key_of(rectifying)
    hostile = ("page.html", b"<script>alert(1)</script>"), ("picture.svg", b"<svg onload='alert(1)'/>")
    answer = hands_in(
        rectifying, key, *hostile, ("good.pdf", PDF + b"<html><script>alert(1)</script>"), ("bad.png", b"MZ")
    )
    assert answer.status_code == 422
    assert all(name in answer.text for name in ("page.html", "picture.svg", "bad.png", "已收下：good.pdf"))
    assert [each.name for each in the(rectifying).proofs] == ["good.pdf"]
    assert 'value="2026年11月3日"' in answer.text


@pytest.mark.parametrize(
    ("more", "files"),
    [
        ({"standard": []}, [("a.pdf", PDF + b"1")]),
        ({"standard": ["standard-9"]}, [("a.pdf", PDF + b"2")]),
        ({"proofs.dated": "2999-01-01"}, [("a.pdf", PDF + b"3")]),
        ({"proofs.dated": ""}, [("a.pdf", PDF + b"4")]),
        ({"author.proofs": ""}, [("a.pdf", PDF + b"5")]),
        ({}, []),
    ],
)
def test_what_the_rules_do_not_take_is_not_kept_either(rectifying, more, files):
    before = kept(rectifying)
    assert hands_in(rectifying, key_of(rectifying), *files, **more).status_code == 422
    assert (the(rectifying).proofs, kept(rectifying)) == ((), before)


def test_all_proofs_of_a_finding_together_are_bounded(rectifying, monkeypatch):
    monkeypatch.setattr(answering, "LARGEST_TOGETHER", len(PDF) + 10)
    answer = hands_in(rectifying, key_of(rectifying), ("a.pdf", PDF), ("b.png", PNG))
    assert (answer.status_code, [each.name for each in the(rectifying).proofs]) == (422, ["a.pdf"])


def test_a_proof_is_given_to_its_unit_and_to_bureau_and_supervisor_and_to_nobody_else(rectifying):
    key = key_of(rectifying)
    hands_in(rectifying, key, ("规定.pdf", PDF))
    path = f"/findings/finding-one/proofs/{the(rectifying).proofs[0].id}"
    with rectifying.served.database.writing() as connection:
        of = {role: keys.make(connection, Key(rectifying.code, role), "test") for role in (Role.SUPERVISOR, Role.GUEST)}
        organiser = keys.make(connection, Key(None, Role.ORGANISER), "test")
    for token in (key, rectifying.moderator, of[Role.SUPERVISOR], organiser):
        assert rectifying.page(path, token).content == PDF
    for token in ("", of[Role.GUEST], rectifying.seats[ANN]):
        assert rectifying.page(path, token).status_code == 403
    other = rectifying.page(path, key_of(rectifying, "court"))
    nowhere = rectifying.page("/findings/finding-nowhere/proofs/x", key_of(rectifying, "court"))
    assert other.status_code == nowhere.status_code == 404
    assert _sentence(other) == _sentence(nowhere) == say(Said("finding.unknown"), Language.CHINESE)


def _sentence(page: httpx.Response) -> str:
    return re.findall(r"<h2>([^<]*)</h2>", page.text)[0]


def test_a_proof_is_a_download_that_a_browser_runs_nothing_of(rectifying):
    key = key_of(rectifying)
    hands_in(rectifying, key, ("规定'\";.pdf", PDF))
    headers = rectifying.page(f"/findings/finding-one/proofs/{the(rectifying).proofs[0].id}", key).headers
    assert headers["content-disposition"] == "attachment; filename*=UTF-8''%E8%A7%84%E5%AE%9A%27%22%3B.pdf"
    assert headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"] == "application/pdf"


def test_a_proof_that_was_altered_is_not_given_out(rectifying):
    key = key_of(rectifying)
    hands_in(rectifying, key, ("a.pdf", PDF + b" of its own"))
    [proof] = the(rectifying).proofs
    rows = table_of(ContentRow)
    with rectifying.served.database.writing() as connection:
        connection.execute(sa.update(rows).where(rows.c.sha256 == proof.sha256).values(content=PDF))
    assert rectifying.page(f"/findings/finding-one/proofs/{proof.id}", key).status_code == 409


def test_a_proof_that_is_withdrawn_stays_in_the_record_and_proves_nothing(rectifying):
    key = key_of(rectifying)
    hands_in(rectifying, key, ("a.pdf", PDF))
    [proof] = the(rectifying).proofs
    answer = sends(rectifying, PATH, key, do="remove", proof=proof.id, **{"author.remove": "李四"})
    assert answer.headers["location"].endswith("?done=remove")
    assert [each.text for each in the(rectifying).unproved] == ["The rules are published", "Two trainings were held"]
    assert proof.sha256 in kept(rectifying)
