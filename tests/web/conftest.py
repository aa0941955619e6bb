"""The tests of the doors share with those of the screens: one served Kaimen, a meeting of one's own for each test."""

from collections.abc import Iterator

import pytest

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.store import keys
from app.store.keys import Key, Role
from app.web.gate import threshold
from app.web.gate.threshold import Threshold
from tests.live.conftest import served, sitting
from tests.live.lines import Line, a_line
from tests.live.served import PATIENCE, Sitting
from tests.meetings import WATER
from tests.web.peers import SHORT, Counter

__all__ = ["hurried", "judging", "line", "operator", "served", "sitting"]


@pytest.fixture
def judging(sitting: Sitting) -> Sitting:
    """The water office reports, its round is open."""
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(WATER)))
    return sitting


@pytest.fixture
def operator(sitting: Sitting) -> str:
    """The key of who looks after the devices."""
    with sitting.served.database.writing() as connection:
        return keys.make(connection, Key(sitting.code, Role.OPERATOR), "test")


@pytest.fixture(params=["uvloop", "asyncio"])
def line(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    monkeypatch.setattr(threshold, "SECONDS_TO_TURN_AWAY", SHORT)
    with a_line(Counter(), http=Threshold().protocol, loop=request.param, timeout_keep_alive=PATIENCE) as line:
        yield line
        line.call(line.app.goes_on.set)
        line.wait(lambda: line.connections == 0)


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threshold, "SECONDS_FOR_A_HEAD", SHORT)
    monkeypatch.setattr(threshold, "_SECONDS", {threshold.Phase.HEAD: SHORT, threshold.Phase.BODY: SHORT})
    monkeypatch.setattr(threshold, "SECONDS_OF_A_READER", SHORT)
