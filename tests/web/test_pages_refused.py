"""Pages that cannot be shown, and in which language they say so."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
import sqlalchemy as sa

from app.language import Language, say
from app.live.venue import Venue
from app.meeting.refusals import Said
from app.store import keys
from tests.meetings import ANN

# --- language ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "cookies", "language"),
    [
        ("", "", "zh-CN"),
        ("?lang=en", "", "en"),
        ("", "kaimen-lang=en", "en"),
        ("?lang=zh-CN", "kaimen-lang=en", "zh-CN"),
        ("?lang=tlh", "", "zh-CN"),
        ("?lang=tlh", "kaimen-lang=en", "zh-CN"),
        ("", "kaimen-lang=<script>", "zh-CN"),
    ],
)
def test_the_language_is_asked_for_by_address_then_by_cookie_and_else_chinese(sitting, query, cookies, language):
    answer = sitting.page(query, cookie=cookies)
    assert f'<html lang="{language}"' in answer.text
    set_cookies = [each for each in answer.headers.get_list("set-cookie") if each.startswith("kaimen-lang=")]
    assert len(set_cookies) == bool(query)


def test_the_way_to_the_other_language_keeps_the_rest_of_the_address(sitting):
    text = sitting.page("/display?view=timer&lang=en").text + sitting.page("/results?lang=en").text
    [link] = {each for each in re.findall(r'href="([^"]+lang=zh-CN[^"]*)"', text) if "results" in each}
    assert dict(parse_qsl(urlsplit(link).query)) == {"lang": "zh-CN"}


@pytest.mark.parametrize("language", Language)
def test_a_refusal_is_said_in_the_language_asked_for(sitting, language):
    answer = sitting.page(f"/moderator?lang={language}")
    assert f"<h2>{say(Said('key.moderator_needed'), language)}</h2>".replace("'", "&#39;") in answer.text


# --- pages that cannot be shown ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "meeting.unknown"),
        ("GET", "/nothing/moderator", 404, "meeting.unknown"),
        ("GET", "/{code}/nothing", 404, "page.unknown"),
        ("GET", "/{code}/display?view=phone", 404, "display.unknown"),
        ("GET", "/static/x/../../app/main.py", 404, "page.unknown"),
        ("GET", "/static/x/%2e%2e/%2e%2e/app/main.py", 404, "page.unknown"),
        ("PUT", "/", 405, "page.unknown"),
        ("POST", "/{code}/leave/seat", 403, "page.forbidden"),
        ("HEAD", "/nothing", 404, ""),
        ("GET", "/{code}/leave/seat", 405, "page.unknown"),
        ("GET", "/{code}/live/hall", 405, "page.unknown"),
        ("GET", "/%00", 404, "meeting.unknown"),
        ("GET", "/%F0%9F%98%80", 404, "meeting.unknown"),
        ("GET", "/{code}/panel?unit=" + "x" * 5000, 403, "key.seat_needed"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(sitting, method, path, status, code):
    answer = sitting.served.page(path.format(code=sitting.code), method=method)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    if code:
        assert say(Said(code), Language.CHINESE) in answer.text


def test_a_fault_is_one_sentence_and_a_line_in_the_log_without_the_token(sitting, monkeypatch, caplog):
    def fails(_connection, token):
        raise sa.exc.OperationalError("SELECT key", {"hash": keys.hash_of(token)}, OSError("disk I/O error"))

    monkeypatch.setattr(keys, "find", fails)
    answer = sitting.page(f"/seat/{sitting.seats[ANN]}")
    assert answer.status_code == 500
    assert say(Said("page.failed"), Language.CHINESE) in answer.text
    assert "disk" not in answer.text
    assert "/{code}/seat/{token}" in caplog.text
    assert "disk I/O error" in caplog.text
    assert sitting.seats[ANN] not in caplog.text


def test_a_record_that_cannot_be_read_does_not_take_the_server_down(sitting, monkeypatch):
    async def fails(_venue, _work):
        raise sa.exc.OperationalError("SELECT", {}, OSError("disk I/O error"))

    assert sitting.page().status_code == 200
    monkeypatch.setattr(Venue, "read", fails)
    assert [sitting.page().status_code, sitting.served.page("/").status_code] == [200, 500]
    monkeypatch.undo()
    assert sitting.served.page("/").status_code == 200


def test_readiness_is_said_in_plain_text(served):
    answer = served.page("/healthz")
    assert (answer.status_code, answer.text, answer.headers["content-type"]) == (
        200,
        "ready",
        "text/plain; charset=utf-8",
    )
