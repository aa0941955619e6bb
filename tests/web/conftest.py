"""What the tests of the doors share: one served Kaimen for each worker, a meeting of one's own for each test."""

from collections.abc import Iterator

import pytest

from tests.live.served import Served, Sitting


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with Served(tmp_path_factory.mktemp("served")) as served:
        yield served


@pytest.fixture
def sitting(served: Served) -> Sitting:
    """A small meeting of one's own, not opened yet."""
    return served.holds()
