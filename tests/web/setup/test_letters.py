"""The forms of letters on their page: ours to begin with, the office's own once it is taken, and ours again."""

import httpx

from app.papers.letters.building import document, paragraph
from app.papers.letters.forms import FORMS, MADE
from app.papers.letters.measures import UPRIGHT

PATH = "/setup/letters"
OURS = FORMS["notice"].content
OWN = document(paragraph("Our bureau announces {{ 会议名称 }}"), UPRIGHT, "own", MADE)


def uploads(organiser, name: str, content: bytes, letter: str = "notice") -> httpx.Response:
    token = organiser.form("/setup")["_csrf_token"]
    return organiser.http.post(
        f"{PATH}/{letter}", data={"_csrf_token": token}, files={"form": (name, content, "application/octet-stream")}
    )


def in_use(organiser) -> bytes:
    return organiser.opens(f"{PATH}/notice").content


def test_an_own_form_takes_the_place_of_ours_until_it_is_taken_away(organiser):
    assert in_use(organiser) == OURS
    taken = uploads(organiser, "folder\\公告.docx", OWN)
    assert (taken.status_code, taken.headers["location"]) == (303, f"{PATH}#letter-notice")
    assert in_use(organiser) == OWN
    assert "公告.docx</a> <small>" in organiser.opens(PATH).text
    assert organiser.sends(f"{PATH}/notice/remove", {}).status_code == 303
    assert in_use(organiser) == OURS


def test_a_form_that_cannot_be_taken_is_refused_at_its_letter_and_changes_nothing(organiser):
    wrong = document(paragraph("{{ 会议名 }}"), UPRIGHT, "own", MADE)
    for name, content, sentence in (
        ("own.docx", wrong, "“own.docx” uses names that this letter does not have: 会议名."),
        ("own.doc", b"\xd0\xcf\x11\xe0", "“own.doc” is not a .docx file that can be read."),
        ("", b"", "Please choose a file first."),
    ):
        answer = uploads(organiser, name, content)
        assert answer.status_code == 422
        assert f'id="form-notice-problem" role="alert">{sentence}' in answer.text
    assert in_use(organiser) == OURS
    assert uploads(organiser, "own.docx", OWN, letter="pamphlet").status_code == 404


def test_the_names_are_listed(organiser):
    listed = organiser.opens(f"{PATH}/names.txt").text
    assert "notice.docx  公告" in listed
    assert "  结果.得分\t88.02\n" in listed
