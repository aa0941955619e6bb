"""What the tests of the screens share."""

from collections.abc import Iterator

import pytest

from app.live.painter import TEMPLATES, Painter
from app.live.rooms import Rooms
from app.web.pages.static import StaticFiles
from tests.live.byhand import RoomsByHand
from tests.live.lines import LOOPS, Line, a_line
from tests.live.served import Served, Sitting
from tests.live.watched import Brush
from tests.meetings import Story, at_water


@pytest.fixture(scope="session")
def painter() -> Painter:
    static = StaticFiles(TEMPLATES)
    return Painter(static.addresses, static.build, static.modules, static.inside)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture
def sitting(served: Served) -> Sitting:
    """A small meeting of one's own, not opened yet."""
    return served.holds()


@pytest.fixture
def brush(painter: Painter) -> Brush:
    return Brush(painter)


@pytest.fixture
def story() -> Story:
    return at_water()


@pytest.fixture
def rooms(brush: Brush, story: Story) -> Rooms:
    rooms = RoomsByHand(brush)
    rooms.moved("small", story.meeting)
    return rooms


@pytest.fixture(scope="module", params=LOOPS)
def shared_line(request: pytest.FixtureRequest) -> Iterator[Line]:
    with a_line(loop=request.param) as line:
        yield line


@pytest.fixture
def line(shared_line: Line) -> Iterator[Line]:
    yield shared_line
    shared_line.wait(lambda: shared_line.app.clients == [])
