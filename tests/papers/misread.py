"""What is said of a cell that cannot be read."""

import pytest

from app.papers.plan.mistakes import Misread


def refused(parse, value) -> str:
    with pytest.raises(Misread) as found:
        parse(value)
    return found.value.said.code
