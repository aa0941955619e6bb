"""What has been painted is not painted twice: a region for whomever it is the same, a row of a table that stays."""

import msgspec
import pytest

from app.language import Language
from app.live import painted as painted_module
from app.live import painter as painter_module
from app.live.painted import Painted
from app.live.painter import KeptRows, Painter
from app.live.room import Watching
from app.live.screens import VIEWS
from app.live.screens.console_contexts import SheetOfSeat
from app.live.screens.console_panel import sheet_of
from app.live.views import Look, Viewer, picture
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from tests.live.byhand import RoomsByHand
from tests.live.leaping import leaping
from tests.live.painting import paint
from tests.live.screen import Screen
from tests.meetings import ANN, BEN, CAT, at_water, give_score, opened, sheet

CHINESE, ENGLISH = Language.CHINESE, Language.ENGLISH


class Brush(Painter):
    def __init__(self, painter: Painter) -> None:
        self.__dict__.update(painter.__dict__)
        self.painted: list[str] = []

    def region(self, name, context, language):
        self.painted.append(name)
        return super().region(name, context, language)


@pytest.fixture
def brush(painter) -> Brush:
    return Brush(painter)


def seen(meeting: Meeting, view: str = "hall", viewer: Viewer | None = None):
    return picture(VIEWS[view], Look(meeting, viewer or Viewer()))


@leaping
async def test_what_is_the_same_before_all_tablets_is_painted_once(brush):
    rooms, story = RoomsByHand(brush), at_water()
    rooms.moved("small", story.meeting)
    tablets = [Screen(Watching("small", "panel", Viewer(seat, "water"))) for seat in (ANN, BEN, CAT)]
    for tablet in tablets:
        rooms.join(tablet.watching, tablet, "")
    brush.painted.clear()
    rooms.moved("small", story.does(c.Pause()).meeting, [story.events[-1]])
    assert brush.painted == ["panel-now"]
    assert len({tablet.regions["panel-now"] for tablet in tablets}) == 1
    assert all(tablet.have == seen(story.meeting, "panel", tablet.watching.viewer).fingerprint for tablet in tablets)


def test_what_was_pushed_is_there_for_the_page(brush):
    painted, now = Painted(brush), seen(at_water().meeting)
    first = painted.regions(now, CHINESE, ["hall-stage"])
    brush.painted.clear()
    assert painted.regions(now, CHINESE)["hall-stage"] == first["hall-stage"]
    assert "hall-stage" not in brush.painted
    assert list(painted.regions(now, CHINESE)) == [region.name for region in VIEWS["hall"].regions]


def test_another_language_is_another_region(brush):
    painted, now = Painted(brush), seen(opened().meeting)
    assert painted.regions(now, CHINESE) != painted.regions(now, ENGLISH)
    assert painted.regions(now, ENGLISH) == paint(brush, VIEWS["hall"], Look(opened().meeting), ENGLISH)


def test_what_is_kept_is_bounded_and_what_was_placed_last_stays(brush, monkeypatch):
    painted, first, second = Painted(brush), seen(opened().meeting), seen(at_water().meeting)
    whole = sum(map(len, painted.regions(first, CHINESE).values()))
    monkeypatch.setattr(painted_module, "MOST_KEPT", whole + 1)
    painted.regions(second, CHINESE)
    assert painted._size == sum(map(len, painted._kept.values())) <= whole + 1
    brush.painted.clear()
    painted.regions(second, CHINESE, ["hall-told"])
    assert brush.painted == []


# --- rows -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def rendered(painter, monkeypatch) -> list[str]:
    """The names of the rows that are rendered, from now on and without any that are remembered."""
    names: list[str] = []
    for environment in painter._environments.values():
        rows = KeptRows(environment)
        load = environment.get_template
        monkeypatch.setitem(environment.globals, "row", rows)
        monkeypatch.setattr(
            environment,
            "get_template",
            lambda name, *more, load=load: (
                (names.append(name) if name.startswith("rows/") else None) or load(name, *more)
            ),
        )
    return names


def test_of_a_table_only_the_rows_that_changed_are_made_anew(painter, rendered):
    story = at_water()
    console = paint(painter, VIEWS["moderator"], Look(story.meeting), CHINESE)
    rendered.clear()
    story.does(give_score(ANN, 30))
    assert (
        paint(painter, VIEWS["moderator"], Look(story.meeting), CHINESE)["console-agenda"] == console["console-agenda"]
    )
    assert rendered == ["rows/seat-of-panel.html"]
    story.does(sheet(story.meeting, story.meeting.open_rounds[0].id, ANN, 50, 30))
    rendered.clear()
    paint(painter, VIEWS["moderator"], Look(story.meeting), CHINESE)
    assert rendered.count("rows/seat-of-panel.html") == 1


def test_rows_are_escaped_once(painter):
    row = painter._environments[CHINESE].globals["row"]
    made = row("sheet", sheet=_sheet("<i>"), criteria=2)
    assert "&lt;i&gt;" in made
    assert "<i>" not in made


def test_an_address_goes_on_before_a_slash_and_is_escaped(painter):
    ends = painter._environments[CHINESE].filters["ends_at_slashes"]
    assert ends("http://10.0.0.8:8000/demo/results") == "http://10.0.0.8:8000<wbr>/demo<wbr>/results"
    assert ends("https://kaimen.example/a&b") == "https://kaimen.example<wbr>/a&amp;b"


def test_rows_kept_are_bounded(painter, monkeypatch):
    monkeypatch.setattr(painter_module, "MOST_ROWS", 3)
    rows = KeptRows(painter._environments[CHINESE])
    for number in range(10):
        rows("sheet", sheet=_sheet(str(number)), criteria=2)
    assert len(rows._kept) == 3


def _sheet(label: str) -> SheetOfSeat:
    story = at_water()
    return msgspec.structs.replace(
        sheet_of(story.meeting, story.meeting.open_rounds[0], story.meeting.plan.seats[0]), label=label
    )
