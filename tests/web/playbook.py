"""A playbook of a visit: what goes in and what comes out of it, step by step, without a server (after mitmproxy's)."""

import json
from datetime import datetime
from types import TracebackType
from typing import Any, Self

from app.meeting.meeting import Meeting
from app.web.sockets.steps import Reply, Step, Steps
from app.web.sockets.visit import Visit
from tests.meetings import NOON

OVER = object()


class Playbook:
    """Use as a context manager: at its end nothing is left to be done."""

    def __init__(self, visit: Visit, meeting: Meeting | None, now: datetime = NOON) -> None:
        self._visit = visit
        self._meeting = meeting
        self._now = now
        self._steps: Steps = iter(())  # type: ignore[assignment]
        self._next: Any = OVER

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        assert error or self._next is OVER, self._next

    def begins(self, build: str = "", newest: str = "") -> Self:
        return self._goes(self._visit.begin(build, newest))

    def hears(self, do: str, **fields: Any) -> Self:
        """A frame, under the id ``command-1``."""
        return self.hears_text(json.dumps({"id": "command-1", "do": do, **fields}))

    def hears_text(self, text: str) -> Self:
        return self._goes(self._visit.hear(text, self._meeting, self._now))

    def _goes(self, steps: Steps) -> Self:
        assert self._next is OVER, self._next
        self._steps = steps
        self._sends(None)
        return self

    def does(self, step: Step, came_of_it: Any = None) -> Self:
        """The next step is this one, and that comes of it; an exception is raised."""
        assert self._next == step
        self._sends(came_of_it)
        return self

    def answers(self, **said: Any) -> Self:
        """The next step is an answer in which this is said."""
        assert isinstance(self._next, Reply), self._next
        assert self._next.said | said == self._next.said
        self._sends(None)
        return self

    def _sends(self, came_of_it: Any) -> None:
        try:
            raised = isinstance(came_of_it, Exception)
            self._next = self._steps.throw(came_of_it) if raised else self._steps.send(came_of_it)
        except StopIteration:
            self._next = OVER
