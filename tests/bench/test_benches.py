"""Every bench runs, at a tiny size, and says well-formed rows. How quick it was is not a test's matter."""

import resource
import sys
from typing import Any

import pytest

from app import bench
from app.bench import guests, load, memory, poll, reveal, second_half, step, storm, submit, tap
from app.bench.frames import frame_length
from app.bench.mischief import TROUBLES
from app.bench.rows import Row, in_words
from app.bench.troubles import NoBrowser
from app.rehearsal.troubles import FewFiles


@pytest.fixture(autouse=True)
def tiny(monkeypatch):
    from app.bench import fanout

    monkeypatch.setattr(fanout, "LEAST_PUSHES", 5)
    monkeypatch.setattr(fanout, "DELIVERIES", 5)
    monkeypatch.setattr(step, "STEPS", 3)
    monkeypatch.setattr(step, "SEATS", 3)
    monkeypatch.setattr(tap, "TAPS", 3)
    monkeypatch.setattr(tap, "PHONES", 3)
    monkeypatch.setattr(submit, "TIMES", 1)
    monkeypatch.setattr(memory, "STARTS", 1)
    monkeypatch.setattr(guests, "SECONDS", 0.2)
    monkeypatch.setattr(guests, "SECONDS_TO_SETTLE", 0.1)
    monkeypatch.setattr(guests, "ROUNDS", 1)
    monkeypatch.setattr(storm, "SECONDS", 0.1)
    monkeypatch.setattr(storm, "SECONDS_OF_LOOKING", 0.1)
    monkeypatch.setattr(poll, "SECONDS", 0.1)
    monkeypatch.setattr(poll, "program", lambda: None)  # nginx and h2load have seconds of their own
    monkeypatch.setattr(poll, "generator", lambda: None)
    monkeypatch.setattr(load, "RESULTS", 1)
    monkeypatch.setattr(load, "COMMENTS", 1)
    monkeypatch.setattr(second_half, "TIMES", 1)
    monkeypatch.setattr(second_half, "PROOFS", 2)
    monkeypatch.setattr(reveal, "LASTS", 300)
    monkeypatch.setattr(load, "pages", lambda *told, all_pages=load.pages: [*all_pages(*told)][:1])


CASES = {
    "fanout": [("fanout cpu", 3), ("fanout cpu with step", 3), ("fanout last", 3)],
    "step": [("step", 3), *((f"hall {who}", 3) for who in ("ack", "display", "tablet", "phone", "console"))],
    "tap": [("tap p50", 3), ("tap p99", 3), ("tap cpu", 3), ("tap contexts", 3)],
    "submit": [("submit", 3), ("submit grouped", 3)],
    "memory": [("join", 3), ("memory", 3), ("start", 0), ("start: reading", 0)],
    "load": [
        (f"{page}: {figure}", 3)
        for page in ("phone, start", "phone, 1 comments")
        for figure in ("size", "files", "paint", "ready")
    ],
    "ballots": [(f"ballots{figure}", 3) for figure in ("", " p50", " p99", " cpu", ", one fsync", ": busy")],
    "storm": [
        (f"storm, {kind}: {figure}", 3) for kind in ("come back", "look", "vote") for figure in ("p99", "a tablet")
    ],
    "poll": [("poll", 3), ("poll: at the server", 3), ("poll, whole", 3), ("poll cpu", 3)],
    "reveal": [("reveal: frame", 3), ("reveal: longest", 3), ("reveal: over 50 ms", 3)],
    "second-half": [
        *((f"desk: {name}", 3) for name in ("ledger", "one finding", "write one", "figures", "papers", "terms")),
        *((f"desk: {name}", 3) for name in ("ledger as workbook", "cures", "publication")),
        *((f"supervisor: {name}", 3) for name in ("ledger", "finding")),
        *((f"unit: {name}", 3) for name in ("list", "one finding")),
        *((f"public: {name}", 3) for name in ("first page", "unit", "data")),
        *((name, 3) for name in ("publish", "publish once more")),
    ],
    "guests": [(f"{kind} {figure}", 3) for kind in TROUBLES for figure in ("p99", "worst", "memory")],
}


ELSEWHERE = {"step"}
"""What ``tests/rehearsal/test_commands.py`` runs as people do: once is enough for the time that it takes."""


LONG = {"fanout", "guests", "memory", "poll", "reveal", "storm"}


def _asked() -> list[Any]:
    names = [name for name in CASES if name not in ELSEWHERE]
    return [pytest.param(name, marks=pytest.mark.long) if name in LONG else name for name in names]


@pytest.mark.parametrize("name", _asked())
def test_a_bench_says_its_rows(name):
    rows = bench.run(name, None, [3])
    assert [(row.case, row.clients) for row in rows] == CASES[name]
    assert all(row.unit and row.against for row in rows)
    timed = [row for row in rows if row.unit == "ms"]
    assert all(row.value > 0 and row.baseline > 0 and row.ratio > 0 for row in timed)


def test_a_bench_without_a_browser_says_what_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "playwright.async_api", None)
    with pytest.raises(NoBrowser, match="playwright"):
        bench.run("load", None)


def test_a_row_as_json():
    said = Row("step", 200, 9.0, "ms", 4.0, "a plain writer").as_json()
    assert said == {
        "case": "step",
        "clients": 200,
        "value": 9.0,
        "unit": "ms",
        "baseline": 4.0,
        "against": "a plain writer",
        "ratio": 2.25,
    }


def test_a_row_for_people():
    words = in_words(Row("step", 200, 9.0, "ms", 4.0, "a plain writer")).split()
    assert words == ["step", "200", "9", "ms", "4", "2.25x", "(a", "plain", "writer)"]


def test_without_a_baseline_there_is_no_ratio():
    assert Row("memory", 1, 9.0, "KB/socket", 0.0, "a plain server").ratio == 0.0


def test_more_sockets_than_the_system_allows_are_refused_in_words(monkeypatch):
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (256, 1024))
    with pytest.raises(FewFiles, match="1024 < 2200"):
        bench.run("memory", None, [1000])


@pytest.mark.parametrize(("size", "header"), [(0, 2), (125, 2), (126, 4), (65_535, 4), (65_536, 10)])
def test_the_crowd_finds_the_end_of_a_frame(size, header):
    from app.live.wire import Frame

    frame = Frame("x" * size).plain
    assert frame_length(frame) == len(frame) == size + header
    assert frame_length(frame[: header - 1]) == 0
