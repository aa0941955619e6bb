"""Things remembered: what is made of a frozen part of a meeting is the same as long as the part is, for every screen.

Keyed by identity; the parts themselves are kept as long as what was made of them, so no identity is used twice.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Mapping
from typing import Any, Generic, TypeVar

from app.meeting import scoring
from app.meeting.scoring import Result
from app.meeting.state import Comment, CommentStanding, Meeting, Round
from app.meeting.telling import Account, told_to_everybody

MOST = 256

_Made = TypeVar("_Made")


class _Memory(Generic[_Made]):
    """The last few things made of given parts."""

    def __init__(self) -> None:
        self._things: OrderedDict[tuple[int, ...], tuple[tuple[Any, ...], _Made]] = OrderedDict()

    def recall(self, parts: tuple[Any, ...], make: Callable[[], _Made]) -> _Made:
        key = tuple(map(id, parts))
        if key not in self._things:
            self._things[key] = (parts, make())
            if len(self._things) > MOST:
                self._things.popitem(last=False)
        return self._things[key][1]


_results: _Memory[Result] = _Memory()
_accounts: _Memory[Account] = _Memory()
_comments: _Memory[Mapping[tuple[str, str], list[Comment]]] = _Memory()


def result_of(meeting: Meeting, round: Round) -> Result:
    """As ``scoring.result_of``."""
    return _results.recall((meeting.plan, round), lambda: scoring.result_of(meeting, round))


def public_account(meeting: Meeting, round: Round) -> Account:
    """What everybody is told of a result, once it is revealed."""
    result = result_of(meeting, round)
    return _accounts.recall((meeting.plan, result), lambda: told_to_everybody(meeting.plan, result))


def comments_of(meeting: Meeting, seat: str, unit: str) -> list[Comment]:
    """One seat's comments on one unit, in the order they were first sent, without those taken back."""
    by_author = _comments.recall((meeting.comments,), lambda: _by_author(meeting))
    return by_author.get((seat, unit), [])


def _by_author(meeting: Meeting) -> Mapping[tuple[str, str], list[Comment]]:
    found: dict[tuple[str, str], list[Comment]] = defaultdict(list)
    for comment in meeting.comments.values():
        if comment.standing is not CommentStanding.TAKEN_BACK:
            found[comment.seat, comment.unit].append(comment)
    return found
