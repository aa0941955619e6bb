"""A meeting out of a file by the pages: a preview first, then all of it or nothing; and back into a file."""

import re

import httpx
import pytest

from app.meeting import commands as c
from app.papers.plan.importing import read_file
from tests.live.served import Served, Sitting
from tests.web.setup.conftest import Organiser, fields_of


@pytest.fixture
def sitting(served: Served) -> Sitting:
    return served.holds()


def upload(organiser: Organiser, name: str, content: bytes, code: str = "") -> httpx.Response:
    token = organiser.form("/setup")["_csrf_token"]
    data = {"_csrf_token": token, "code": code}
    return organiser.http.post("/setup/upload", data=data, files={"file": (name, content)})


def download(organiser: Organiser, code: str, ending: str) -> bytes:
    answer = organiser.opens(f"/setup/{code}/download/{ending}")
    assert answer.headers["content-disposition"] == f'attachment; filename="{code}.{ending}"'
    return answer.content


@pytest.mark.parametrize("ending", ["xlsx", "toml"])
def test_a_meeting_goes_into_a_file_and_out_of_it_again_unchanged(organiser, sitting, ending):
    content = download(organiser, sitting.code, ending)
    shown = upload(organiser, f"meeting.{ending}", content)
    assert "The file matches what is already set up." in shown.text
    before = organiser.plan(sitting.code)
    taken = organiser.sends("/setup/upload", fields_of(shown.text), "take")
    assert (taken.status_code, taken.headers["location"]) == (303, f"/setup/{sitting.code}?taken")
    assert "The file has been imported." in organiser.opens(taken.headers["location"]).text
    assert organiser.plan(sitting.code) == before


@pytest.mark.parametrize("ending", ["xlsx", "toml"])
def test_a_file_under_another_code_is_a_new_meeting(organiser, sitting, ending):
    shown = upload(organiser, f"meeting.{ending}", download(organiser, sitting.code, ending), f"copy-of-{ending}")
    assert "A new meeting. Nothing has been imported yet." in shown.text
    assert organiser.opens(f"/setup/copy-of-{ending}").status_code == 404
    organiser.sends("/setup/upload", fields_of(shown.text), "take")
    assert organiser.plan(f"copy-of-{ending}").units == organiser.plan(sitting.code).units


def test_a_large_file_comes_back_in_a_form_that_takes_large_ones(organiser, sitting):
    """Fields of an ordinary form come to 1 MB at the most; the file stands in one as base64."""
    content = download(organiser, sitting.code, "toml") + b"\n# " + b"x" * 900_000
    shown = upload(organiser, "meeting.toml", content, "large")
    assert re.search(r'<form id="sheet"[^>]* enctype="multipart/form-data"', shown.text)
    fields = {**fields_of(shown.text), "do": "take"}
    taken = organiser.http.post("/setup/upload", data=fields, files={"file": ("", b"")})
    assert (taken.status_code, taken.headers["location"]) == (303, "/setup/large?taken")


def test_what_would_change_is_shown_before_and_is_on_the_screens_after(organiser, sitting):
    text = download(organiser, sitting.code, "toml").decode().replace("A small review", "A larger review")
    shown = upload(organiser, "meeting.toml", text.encode())
    row = re.search(r'<tr data-kind="changed">(.*?)</tr>', shown.text, re.DOTALL)
    assert row is not None
    assert "A small review" in row[1]
    assert "A larger review" in row[1]
    assert "A small review" in sitting.page("/results").text
    organiser.sends("/setup/upload", fields_of(shown.text), "take")
    assert "A larger review" in sitting.page("/results").text


def test_a_file_with_mistakes_is_told_line_by_line_and_cannot_be_taken(organiser, sitting):
    text = download(organiser, sitting.code, "toml").decode().replace('mode = "points"', 'mode = "guesses"')
    shown = upload(organiser, "meeting.toml", text.encode())
    assert shown.status_code == 200
    assert '<tr data-kind="error">' in shown.text
    assert "mode" in shown.text
    assert 'value="take"' not in shown.text
    forged = {"name": "meeting.toml", "content": "", "seen": "", "code": ""}
    assert organiser.sends("/setup/upload", forged, "take").status_code == 422


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("meeting.docx", b"PK", "This is a document or a picture, not a workbook."),
        ("meeting.xlsx", b"not a workbook", "This is not an .xlsx workbook, whatever its name says."),
        ("meeting.toml", b"", "The file is empty."),
    ],
)
def test_what_is_no_meeting_is_said_in_a_sentence(organiser, name, content, sentence):
    assert sentence in upload(organiser, name, content).text


def test_no_file_is_said_too(organiser):
    assert "Please choose a file first." in upload(organiser, "", b"").text
    assert organiser.sends("/setup/upload", {"name": "x.toml", "content": "§"}, "take").status_code == 422


def test_a_meeting_that_somebody_changed_since_the_preview_is_not_overwritten(organiser, sitting):
    shown = upload(organiser, "meeting.toml", download(organiser, sitting.code, "toml"))
    organiser.fills(f"/setup/{sitting.code}/meeting", place="Hall 2")
    declined = organiser.sends("/setup/upload", fields_of(shown.text), "take")
    assert declined.status_code == 422
    assert organiser.plan(sitting.code).place == "Hall 2"
    assert "Hall 2" in declined.text  # the preview is a new one
    organiser.sends("/setup/upload", fields_of(declined.text), "take")
    assert organiser.plan(sitting.code).place == ""


def test_an_open_meeting_takes_no_file(organiser, sitting):
    content = download(organiser, sitting.code, "toml").replace(b"A small review", b"Another")
    shown = upload(organiser, "meeting.toml", content)
    sitting.performs(c.OpenMeeting(sitting.plan))
    assert organiser.sends("/setup/upload", fields_of(shown.text), "take").status_code == 422
    assert organiser.plan(sitting.code).title == "A small review"


@pytest.mark.parametrize("ending", ["xlsx", "toml"])
def test_the_template_is_there_and_can_be_read_again(organiser, ending):
    answer = organiser.opens(f"/setup/upload/template/{ending}")
    assert answer.status_code == 200
    assert read_file(f"template.{ending}", answer.content).plan is not None


def test_small_groups_are_said_in_the_preview(organiser, sitting):
    shown = upload(organiser, "meeting.toml", download(organiser, sitting.code, "toml"), "copy-with-small-groups")
    hint = re.search(r'<p class="notice" id="hint">(.*?)</p>', shown.text)
    assert hint is not None
    assert hint[1].endswith("fewer than three seats, so no means by group will be made public")
