"""Sights: what each viewer of a view has before them, reckoned once for every room and every page that shows it.

A language, a format and the miniature have rooms of their own (``room.py``); the picture is the same in all of them,
and in a page that is opened meanwhile. A change puts regions in doubt, and whoever comes first looks at them again.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from weakref import WeakValueDictionary

from app.live.reach import EVERYTHING, NAMES, Regions
from app.live.screens import VIEWS
from app.live.views import Look, Picture, Presence, Viewer, looked_at_again, picture
from app.meeting.meeting import Meeting

MOST_LATELY = 200
"""Sights that are kept for the next page whether a room shows them or not, of all meetings: those asked for last."""


class Sight:
    """The newest picture of a view for a viewer."""

    def __init__(
        self, view: str, viewer: Viewer, meeting: Callable[[], Meeting], presence: Callable[[], Presence]
    ) -> None:
        self.view = VIEWS[view]
        self.viewer = viewer
        self._meeting = meeting
        self._presence = presence
        self._seen = self._newest()
        """What everything was looked at by the last time."""
        self.picture: Picture = picture(self.view, self._seen)
        self._doubtful: Regions = frozenset()
        self.turn = 0
        """Which one it was among all that were looked over by and by."""

    @property
    def is_doubtful(self) -> bool:
        """Whether something was said to have changed, and nobody has looked yet."""
        return bool(self._doubtful)

    @property
    def looked_over(self) -> Meeting:
        """The meeting of which everything was looked at last."""
        return self._seen.meeting

    def doubt(self, regions: Regions = EVERYTHING) -> None:
        """Something of these may have changed. It is not looked at before somebody asks."""
        self._doubtful |= regions & NAMES[self.view.name]

    def look(self) -> Picture:
        """The picture, after a look at whatever is in doubt. What fails stays in doubt."""
        if self._doubtful:
            self._look_at(self._doubtful)
        return self.picture

    def look_over(self) -> list[str]:
        """Look at everything, unless that would be in vain. Returns what had changed without anybody having said so."""
        if self._is_sure:
            return []
        expected, before = self._doubtful, self.picture
        self._look_at(EVERYTHING)
        return [name for name in self.picture.changed_since(before) if name not in expected]

    @property
    def _is_sure(self) -> bool:
        """Whether all that this view shows is as it was when everything was looked at."""
        if self._doubtful or self._meeting() is not self._seen.meeting:
            return False
        if self.view.shows_presence:
            return self._presence() == self._seen.presence
        return not self.view.shows_turnout or self._presence().voting == self._seen.presence.voting

    def _look_at(self, regions: Regions) -> None:
        look = self._newest()
        self.picture = looked_at_again(self.picture, self.view, look, regions)
        if regions >= NAMES[self.view.name]:
            self._seen = look
        self._doubtful = frozenset()

    def _newest(self) -> Look:
        return Look(self._meeting(), self.viewer, self._presence())


class Lately:
    """The sights that were asked for last. One that no room shows is let go when others were asked for since."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, Sight] = OrderedDict()

    def asked_for(self, sight: Sight) -> None:
        self._kept[id(sight)] = sight
        self._kept.move_to_end(id(sight))
        if len(self._kept) > MOST_LATELY:
            self._kept.popitem(last=False)

    def forget(self, sights: "Sights") -> None:
        for sight in sights:
            self._kept.pop(id(sight), None)


class Sights:
    """All that is seen of one meeting, as long as a room shows it or somebody asked for it lately."""

    def __init__(self, meeting: Callable[[], Meeting], presence: Callable[[], Presence], lately: Lately) -> None:
        self._meeting = meeting
        self._presence = presence
        self._lately = lately
        self._all: WeakValueDictionary[tuple[str, Viewer], Sight] = WeakValueDictionary()

    def __iter__(self) -> Iterator[Sight]:
        return iter(list(self._all.values()))

    def __len__(self) -> int:
        return len(self._all)

    def of(self, view: str, viewer: Viewer) -> Sight:
        sight = self._all.get((view, viewer))
        if sight is None:
            sight = self._all[view, viewer] = Sight(view, viewer, self._meeting, self._presence)
        self._lately.asked_for(sight)
        return sight
