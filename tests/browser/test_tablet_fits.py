"""The head of a tablet's page, when a meeting has a title as long as such meetings have it."""

from dataclasses import replace

import pytest
from playwright.sync_api import expect

from app.store import plans
from app.store.database import Database
from tests.browser.conftest import Hall, plan_like

TITLE = "2024年度市级国家机关普法责任制落实情况报告评议会"


@pytest.mark.parametrize("size", [(1024, 768), (768, 1024)], ids=["across", "upright"])
def test_a_long_title_that_comes_meanwhile_leaves_the_plate_beside_it(hall: Hall, size: tuple[int, int]) -> None:
    tablet = hall.panelist("expert-1", size={"width": size[0], "height": size[1]})
    imports(hall, TITLE)
    title = tablet.page.locator("#panel-head h1")
    expect(title).to_have_text(TITLE)
    name, plate = title.bounding_box(), tablet.page.locator("#panel-head .seat").bounding_box()
    assert name
    assert plate
    assert name["x"] + name["width"] < plate["x"]
    assert plate["x"] + plate["width"] < size[0]
    assert plate["y"] + plate["height"] < name["y"] + name["height"]


def imports(hall: Hall, title: str) -> None:
    """As ``run.py import`` does beside a running server."""
    database = Database(hall.server.db)
    with database.writing() as connection:
        plans.save(connection, replace(plan_like("demo"), code=hall.code(), title=title))
    database.close()
