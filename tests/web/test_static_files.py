"""Static files: as they are or compressed, under addresses that change with them."""

import re

import pytest

from app.language import Language
from app.live.painter import TEMPLATES
from app.older_words import in_older_words
from app.web.pages import static
from app.web.pages.static import COMMENT_OF_SHEET, STATIC, StaticFiles

# --- static files -----------------------------------------------------------------------------------------------------


def test_a_static_file_is_served_as_it_is_or_compressed(served):
    address = served.venue.painter._environments[Language.ENGLISH].globals["static"]("votes.css")
    expected = in_older_words(COMMENT_OF_SHEET.sub(b"", (STATIC / "votes.css").read_bytes()).decode()).encode()
    for encoding in ("gzip", "identity"):
        answer = served.page(address, **{"accept-encoding": encoding})
        assert answer.content == expected
        assert answer.headers.get("content-encoding", "identity") == encoding
        assert (answer.headers["vary"], answer.headers["content-type"]) == (
            "accept-encoding",
            "text/css; charset=utf-8",
        )


def test_a_static_file_is_nothing_but_what_it_says(served):
    answer = served.page("/static/of-yesterday/page.js")
    headers = answer.headers
    assert (headers["x-content-type-options"], headers["content-type"]) == ("nosniff", "text/javascript; charset=utf-8")
    assert headers["content-security-policy"] == "default-src 'none'"
    written = (STATIC / "page.js").read_text("utf-8").splitlines()
    lines = [line.lstrip() for line in written]
    assert answer.text.splitlines() == [line for line in lines if line and not line.startswith("//")]


def test_a_static_file_under_an_older_address_is_not_kept(served):
    answer = served.page("/static/of-yesterday/base.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize("changed", ["static/base.css", "templates/base.html"])
def test_any_change_of_a_file_or_template_changes_every_address(tmp_path, monkeypatch, changed):
    for folder, files in (
        ("static", {"base.css": "a", "own.js": "b", "notes.md": "c"}),
        ("templates", {"base.html": "d"}),
    ):
        (tmp_path / folder).mkdir()
        for name, text in files.items():
            (tmp_path / folder / name).write_text(text)
    monkeypatch.setattr(static, "STATIC", tmp_path / "static")
    before = StaticFiles(tmp_path / "templates")
    (tmp_path / changed).write_text("changed")
    after = StaticFiles(tmp_path / "templates")
    assert set(before.addresses) == {"base.css", "own.js"}
    assert not set(before.addresses.values()) & set(after.addresses.values())


def test_every_file_that_a_template_names_exists():
    named = {
        name for path in TEMPLATES.rglob("*.html") for name in re.findall(r"static\('([^']+)'\)", path.read_text())
    }
    assert named
    assert named <= set(StaticFiles(TEMPLATES).addresses)
