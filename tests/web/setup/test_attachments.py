"""Papers that units hand in: taken if they are what they say, read by those with a key, on the panelists' tablets."""

import hashlib
import re

import httpx
import pytest
import sqlalchemy as sa

from app.meeting import commands as c
from app.meeting.plan import Unit
from app.papers import incoming
from app.store import keys
from app.store.keys import Key, Role
from app.store.tables import ContentRow, table_of
from app.web.setup import attachments
from tests.live.served import Served, Sitting
from tests.meetings import ANN, EVE

PDF = b"%PDF-1.7 a report"
PNG = b"\x89PNG\r\n\x1a\n..."
SLIDES = b"PK\x03\x04ppt/slides/"


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return served.holds()


def hand_in(organiser, sitting: Sitting, *files: tuple[str, bytes], unit: str = "water") -> httpx.Response:
    token = organiser.form("/setup")["_csrf_token"]
    sent = [("attachments", (name, content, "application/octet-stream")) for name, content in files]
    path = f"/setup/{sitting.code}/attachments/{unit}"
    return organiser.http.post(path, data={"_csrf_token": token}, files=sent or [("attachments", ("", b""))])


def problem_of(answer: httpx.Response) -> str:
    found = re.search(r'role="alert">([^<]*)</p>', answer.text)
    return found[1] if found else ""


def test_attachments_are_kept_and_listed_with_name_and_size(organiser, sitting):
    answer = hand_in(organiser, sitting, ("履职报告.pdf", PDF), ("folder\\slides.PPTX", SLIDES + b"x" * 2_000_000))
    assert (answer.status_code, answer.headers["location"]) == (303, f"/setup/{sitting.code}/attachments#unit-water")
    unit = organiser.plan(sitting.code).units[0]
    assert [(each.id, each.name, each.size) for each in unit.attachments] == [
        ("attachment-1", "履职报告.pdf", len(PDF)),
        ("attachment-2", "slides.PPTX", 2_000_015),
    ]
    assert unit.attachments[0].sha256 == hashlib.sha256(PDF).hexdigest()
    shown = organiser.opens(f"/setup/{sitting.code}/attachments").text
    assert "履职报告.pdf</a> <small>1 KB</small>" in shown
    assert "slides.PPTX</a> <small>1.9 MB</small>" in shown


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "Please choose a file first."),
        ([("script.html", b"<script>")], "“script.html” is not a type of file that can be handed in"),
        ([("report.pdf", b"MZ not a pdf")], "The content of “report.pdf” does not match its file extension."),
        (
            [(f"{at}.pdf", PDF) for at in range(11)],
            "A unit can have at most 10 attachments, and with these it would have 11: none",
        ),
    ],
)
def test_what_cannot_be_taken_is_said_beside_the_unit_and_nothing_is_kept(organiser, sitting, files, sentence):
    answer = hand_in(organiser, sitting, *files)
    assert answer.status_code == 422
    assert problem_of(answer).startswith(sentence)
    assert organiser.plan(sitting.code).units[0].attachments == ()


def names_of(organiser, sitting: Sitting, unit: int = 0) -> list[str]:
    return [each.name for each in organiser.plan(sitting.code).units[unit].attachments]


def test_of_several_attachments_the_good_ones_are_taken_and_every_other_is_named(organiser, sitting):
    files = ("bad.png", b"<svg>"), ("good.pdf", PDF), ("script.html", b"<script>"), ("chart.png", PNG + b" of its own")
    answer = hand_in(organiser, sitting, *files)
    said = problem_of(answer)
    assert answer.status_code == 422
    assert "The content of “bad.png” does not match" in said
    assert "“script.html” is not a type of file" in said
    assert said.endswith("Accepted: good.pdf, chart.png.")
    assert names_of(organiser, sitting) == ["good.pdf", "chart.png"]
    assert "good.pdf</a>" in answer.text


def test_a_form_of_attachments_sent_once_more_brings_nothing_twice(organiser, sitting):
    for _ in range(2):
        hand_in(organiser, sitting, ("report.pdf", PDF), ("bad.png", b"<svg>"))
    hand_in(organiser, sitting, ("report.pdf", PDF + b" changed"))
    assert names_of(organiser, sitting) == ["report.pdf", "report.pdf"]


def test_an_attachment_that_is_too_large_is_declined(organiser, sitting, monkeypatch):
    monkeypatch.setattr(incoming, "LARGEST_FILE", 1024 * 1024)
    answer = hand_in(organiser, sitting, ("big.pdf", PDF + b"x" * 1024 * 1024))
    assert (answer.status_code, problem_of(answer)) == (422, "“big.pdf” is larger than 1 MB.")


def test_more_than_an_upload_may_hold_is_declined_before_it_is_read(organiser, sitting):
    answer = hand_in(organiser, sitting, ("big.pdf", b"x" * (attachments.LARGEST_UPLOAD + 1)))
    assert answer.status_code == 413


def test_an_attachment_taken_off_the_list_is_forgotten_unless_another_unit_has_it_too(organiser, sitting, served):
    hand_in(organiser, sitting, ("one.pdf", PDF))
    hand_in(organiser, sitting, ("same.pdf", PDF), unit="court")
    hand_in(organiser, sitting, ("other.png", PNG))
    for unit, attachment in (("water", "attachment-1"), ("water", "attachment-3")):
        organiser.sends(f"/setup/{sitting.code}/attachments/{unit}/{attachment}/remove", {})
    with served.database.reading() as connection:
        kept = set(connection.scalars(sa.select(table_of(ContentRow).c.content)))
    assert PDF in kept
    assert PNG not in kept
    assert [len(unit.attachments) for unit in organiser.plan(sitting.code).units] == [0, 1, 0]


def test_who_holds_a_key_of_the_meeting_reads_an_attachment_and_nobody_else(organiser, sitting, served):
    hand_in(organiser, sitting, ("履职报告.pdf", PDF), ("slides.pptx", SLIDES))
    other = served.holds()
    with served.database.writing() as connection:
        supervisor = keys.make(connection, Key(sitting.code, Role.SUPERVISOR), "test")
        guest = keys.make(connection, Key(sitting.code, Role.GUEST), "test")
    for token in (sitting.moderator, sitting.seats[ANN], sitting.seats[EVE], supervisor, organiser.key):
        assert sitting.page("/attachments/attachment-1", token).content == PDF
    for token in ("", guest, other.moderator, other.seats[ANN]):
        assert sitting.page("/attachments/attachment-1", token).status_code == 403
    assert other.page("/attachments/attachment-1", other.moderator).status_code == 404


def test_an_attachment_is_shown_by_the_browser_only_if_it_is_of_a_harmless_kind(organiser, sitting):
    hand_in(organiser, sitting, ("履职报告.pdf", PDF), ("slides.pptx", SLIDES))
    shown = sitting.page("/attachments/attachment-1", sitting.moderator).headers
    saved = sitting.page("/attachments/attachment-2", sitting.moderator).headers
    assert shown["content-type"] == "application/pdf"
    assert shown["content-disposition"] == ("inline; filename*=UTF-8''%E5%B1%A5%E8%81%8C%E6%8A%A5%E5%91%8A.pdf")
    assert saved["content-disposition"] == "attachment; filename*=UTF-8''slides.pptx"
    for headers in (shown, saved):
        assert headers["x-content-type-options"] == "nosniff"
        assert "script-src" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'")


def test_an_attachment_whose_bytes_were_altered_behind_our_back_is_not_shown(organiser, sitting, served):
    hand_in(organiser, sitting, ("report.pdf", PDF + b" of this meeting alone"))
    (attachment,) = organiser.plan(sitting.code).units[0].attachments
    assert sitting.page("/attachments/attachment-1", sitting.seats[ANN]).status_code == 200
    with served.database.writing() as connection:
        rows = table_of(ContentRow)
        altered = sa.update(rows).where(rows.c.sha256 == attachment.sha256).values(content=PDF + b" of somebody else")
        connection.execute(altered)
    answer = sitting.page("/attachments/attachment-1?lang=en", sitting.seats[ANN])
    assert answer.status_code == 409
    assert "has been altered since it was handed in, so it is not shown" in answer.text


async def test_a_panelist_has_the_attachments_of_the_unit_whose_sheet_is_out(organiser, sitting):
    async with sitting.sits(ANN, unit="water") as ann:
        assert ann.regions["panel-sheet"]["papers"] == []
        hand_in(organiser, sitting, ("report.pdf", PDF))
        await ann.until(lambda: bool(ann.regions["panel-sheet"]["papers"]))
        paper = {"id": "attachment-1", "name": "report.pdf", "size": "1 KB", "is_shown": True}
        assert ann.regions["panel-sheet"]["papers"] == [paper]
    sitting.performs(c.OpenMeeting(organiser.plan(sitting.code)))
    page = sitting.page("/panel?unit=water", sitting.seats[ANN]).text
    assert f'href="/{sitting.code}/attachments/attachment-1" target="_blank" rel="noopener">report.pdf' in page
    assert "attachment-1" not in sitting.page("/panel?unit=court", sitting.seats[ANN]).text
    assert sitting.page("/attachments/attachment-1", sitting.seats[ANN]).content == PDF


def test_deleting_a_meeting_deletes_its_attachments(organiser, sitting, served):
    hand_in(organiser, sitting, ("own.pdf", PDF + b" of its own"))
    organiser.sends(f"/setup/{sitting.code}/delete", {"code": sitting.code})
    with served.database.reading() as connection:
        kept = set(connection.scalars(sa.select(table_of(ContentRow).c.content)))
    assert PDF + b" of its own" not in kept


def hand_out(organiser, sitting: Sitting, *names: str) -> httpx.Response:
    token = organiser.form("/setup")["_csrf_token"]
    sent = [("attachments", (name, PDF if name.endswith(".pdf") else b"MZ", "application/pdf")) for name in names]
    return organiser.http.post(f"/setup/{sitting.code}/attachments", data={"_csrf_token": token}, files=sent)


def test_attachments_of_all_units_find_their_units_by_their_names(organiser, sitting):
    first, second = sitting.plan.units[:2]
    names = [
        f"2026 {first.short_name} report.pdf",
        f"{second.name.upper()}-slides.pdf",
        f"附件_{second.short_name}.pdf",
    ]
    answer = hand_out(organiser, sitting, *names)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/setup/{sitting.code}/attachments")
    handed_in = {unit.id: [each.name for each in unit.attachments] for unit in organiser.plan(sitting.code).units}
    assert (handed_in[first.id], handed_in[second.id]) == (names[:1], names[1:])


def test_an_attachment_of_no_unit_or_of_several_is_named_and_the_others_are_taken(organiser, sitting):
    first, second = sitting.plan.units[:2]
    nobodys = ["notes.pdf", f"{first.short_name} and {second.short_name}.pdf"]
    answer = hand_out(organiser, sitting, *nobodys, f"{first.short_name}.pdf")
    assert answer.status_code == 422
    assert all(name in problem_of(answer) for name in nobodys)
    assert names_of(organiser, sitting) == [f"{first.short_name}.pdf"]


def test_of_the_attachments_of_all_units_one_that_cannot_be_taken_stops_no_other(organiser, sitting):
    first, second = sitting.plan.units[:2]
    answer = hand_out(organiser, sitting, f"{first.short_name}.exe", f"{second.short_name}.pdf")
    assert answer.status_code == 422
    assert f"“{first.short_name}.exe” is not a type of file" in problem_of(answer)
    assert (names_of(organiser, sitting), names_of(organiser, sitting, 1)) == ([], [f"{second.short_name}.pdf"])


@pytest.mark.parametrize(
    ("filename", "unit"),
    [
        ("市教委.pdf", "edu"),
        ("附件2：重庆市教育委员会履职报告（终稿）.docx", "edu"),
        ("市市场监管局.pdf", "market"),
        ("市公安局与市教委.pdf", ""),
        ("市公安局交管总队.pdf", "traffic"),
        ("报告.pdf", ""),
    ],
)
def test_the_unit_in_the_name_of_a_file(filename, unit):
    units = [
        Unit("edu", "重庆市教育委员会", "市教委"),
        Unit("police", "重庆市公安局", "市公安局"),
        Unit("traffic", "重庆市公安局交管总队", "市公安局交管总队"),
        Unit("market", "重庆市市场监督管理局", "市市场监管局"),
    ]
    assert attachments.unit_of(filename, units) == unit
