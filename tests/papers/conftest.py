from collections.abc import Iterator

import pytest

from tests.papers.bounded import BoundedReader, bounded_reader


@pytest.fixture(scope="module")
def reader() -> Iterator[BoundedReader]:
    with bounded_reader() as reader:
        yield reader
