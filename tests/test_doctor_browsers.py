"""The doctor on browsers: which engines have been at the doors, and whether they will do."""

from datetime import timedelta
from pathlib import Path, PurePosixPath

import pytest

from app.doctor import machine
from app.doctor.browsers import browsers
from app.doctor.records import Patient, keeper_of, records
from app.store.browsers import note
from app.web.agents import KINDS, engine_of, name_of
from tests.examined import NOW, by_subject
from tests.live.served import Served

# --- browsers ---------------------------------------------------------------------------------------------------------

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)"
IPAD = f"Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) {WEBKIT} CriOS/140.0 Mobile Safari/604.1"
DESKTOP = f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {WEBKIT} Version/17.5 Safari/605.1.15"
WECHAT = (
    f"Mozilla/5.0 (Linux; Android 14; V2309A) {BLINK} Version/4.0 Chrome/126.0.6478.188 Mobile Safari/537.36 "
    "XWEB/1260183 MMWEBSDK/20240404 MicroMessenger/8.0.49"
)
EDGE = f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {BLINK} Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0"


@pytest.mark.parametrize(
    ("agent", "browser"),
    [
        (IPAD, ("Safari", (16, 7))),
        (DESKTOP, ("Safari", (17, 5))),
        (WECHAT, ("Chrome", (126, 0))),
        (EDGE, ("Edge", (131, 0))),
        (FIREFOX, ("Firefox", (115, 0))),
        ("Lynx/2.9", None),
        ("", None),
    ],
)
def test_a_browser_is_known_by_its_engine(agent, browser):
    assert engine_of(agent) == browser


def test_one_table_names_browsers_and_engines():
    """A browser that is its own engine is found by both, and no name stands twice."""
    assert len({each.name for each in KINDS}) == len(KINDS)
    for agent in (DESKTOP, EDGE, FIREFOX):
        engine = engine_of(agent)
        assert engine is not None
        assert name_of(agent) == f"{engine[0]} {engine[1][0]}"


def test_the_store_alone_knows_the_table_of_browsers():
    app = Path(machine.__file__).parents[1]
    naming = [path for path in app.rglob("*.py") if "BrowserRow" in path.read_text("utf-8")]
    assert {path.relative_to(app).parts[0] for path in naming} == {"store"}


def test_browsers_are_judged_by_what_the_pages_need(database, where):
    with database.writing() as connection:
        for agent in (IPAD, WECHAT, FIREFOX, "Lynx/2.9"):
            note(connection, agent, NOW)
        note(connection, WECHAT, NOW + timedelta(days=1))
    with Patient(where) as patient:
        list(records(patient, NOW))
        found = by_subject(browsers(patient))
    assert found["browsers"].says == "Browsers seen: Chrome 126"
    assert found["browsers.old"].says == "Too old for these pages: Firefox 115, Safari 16.7"
    assert found["browsers.unknown"].says == "Unknown browsers: Lynx/2.9"


async def test_the_doors_note_each_kind_of_browser_once(tmp_path):
    with Served(tmp_path) as served:
        for agent in (EDGE, EDGE, IPAD):
            served.page("/", **{"user-agent": agent, "accept": "text/html,*/*"})
        served.page("/healthz", **{"user-agent": "monitor/1.0", "accept": "*/*"})
        served.page("/", **{"user-agent": "x" * 5000, "accept": "text/html"})
        await served.until(lambda: len(seen(served)) == 3)
        assert set(seen(served)) == {EDGE, IPAD, "x" * 300}


def seen(served: Served) -> list[str]:
    with served.database.reading() as connection:
        return list(connection.exec_driver_sql("SELECT user_agent FROM browser_seen").scalars())


@pytest.mark.parametrize(
    ("folder", "keeper"),
    [
        ("/home/li/OneDrive - 法治办/meetings", "OneDrive - 法治办"),
        ("/home/li/坚果云", "坚果云"),
        ("//server/share/meetings", "//server/share/meetings"),
        ("/home/li/meetings", ""),
    ],
)
def test_a_folder_that_another_program_looks_after_is_known(folder, keeper):
    assert keeper_of(PurePosixPath(folder)) == keeper
