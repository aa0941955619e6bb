"""Light: what a whole hall asks for at once, and what takes next to no time. A quick door answers it."""

from collections.abc import Callable
from typing import Any

LIGHT = {"POST": "/ballots", "GET": "/live/phone.json"}
"""How addresses end that a quick door stands at, and by what they are asked for there."""


Answer = Callable[[int, bytes, bytes], None]
"""Gives an answer, at any time: the status, whole lines of headers, the body that they tell of."""

QuickDoor = Callable[[Any, bytes, Answer], bool]
"""Asked about a light request (its scope, its body): whether it sees to the answer, now or soon."""


def takes_nothing(_scope: Any, _body: bytes, _answer: Answer) -> bool:
    return False


def is_light(scope: Any) -> bool:
    """Whether it takes next to no time. What a quick door does not take waits for a whole turn."""
    end = LIGHT.get(scope["method"])
    return end is not None and scope["path"].endswith(end)
