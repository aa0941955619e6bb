"""What the tests of the screens share."""

from collections.abc import Iterator

import pytest

from app.live.painter import TEMPLATES, Painter
from app.web.static import StaticFiles
from tests.live.served import Served, Sitting


@pytest.fixture(scope="session")
def painter() -> Painter:
    static = StaticFiles(TEMPLATES)
    return Painter(static.addresses, static.build)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture
def sitting(served: Served) -> Sitting:
    """A small meeting of one's own, not opened yet."""
    return served.holds()
