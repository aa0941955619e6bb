"""Every set-up page, in both languages and in every state, is made as all pages are: no script or style of its own."""

import pytest

from app.language import Language
from app.meeting import commands as c
from app.web.setup import PAGES
from app.web.setup.doors import STEPS
from tests.live.served import Served, Sitting
from tests.meetings import shipped
from tests.web.elements import elements_of

PATHS = [
    "/setup",
    "/setup/upload",
    "/setup/letters",
    "/setup/{code}",
    "/setup/{code}/delete",
    *(f"/setup/{{code}}/{s}" for s in STEPS),
]


@pytest.fixture(scope="module")
def sittings(served: Served) -> dict[str, Sitting]:
    made = {mode: served.holds(shipped(mode)) for mode in ("demo", "comments", "levels")}
    made["open"] = served.holds(shipped("demo"))
    made["open"].performs(c.OpenMeeting(made["open"].plan))
    return made


@pytest.mark.parametrize("state", ["demo", "comments", "levels", "open"])
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", Language)
def test_a_page_has_no_script_or_style_of_its_own_and_no_id_twice(organiser, sittings, state, path, language):
    answer = organiser.opens(path.format(code=sittings[state].code), lang=language)
    assert answer.status_code == (409 if state == "open" and path.endswith("delete") else 200)
    elements = elements_of(answer.text)
    assert [tag for tag, _ in elements if tag in ("style", "object", "embed", "base")] == []
    assert [attributes for tag, attributes in elements if tag == "script" and "src" not in attributes] == []
    for _, attributes in elements:
        assert [each for each in attributes if each.startswith(("on", "hx-on")) or each == "style"] == []
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {attributes["for"] for tag, attributes in elements if tag == "label" and "for" in attributes}
    assert labelled <= set(ids)


def test_each_step_has_a_page_with_doors_of_its_own_and_an_unknown_one_is_said_in_words(organiser, sittings):
    assert {page.name for page in PAGES} | {"attachments", "previous"} == set(STEPS)
    for page in PAGES:
        assert [(*route.paths, *route.http_methods) for route in page.routes] == [
            (f"/setup/{{code:str}}/{page.name}", "GET"),
            (f"/setup/{{code:str}}/{page.name}", "POST"),
        ]
    answer = organiser.opens(f"/setup/{sittings['demo'].code}/unheard-of", lang=Language.ENGLISH)
    assert answer.status_code == 404
    assert "There is no such page." in answer.text
