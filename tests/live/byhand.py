"""Rooms whose meetings are moved on by hand: what a record would say of them is made up here."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import uuid4

from app.live.painter import Painter
from app.live.rooms import Rooms
from app.meeting.events import Event
from app.meeting.meeting import Meeting
from app.store.heads import Head, Heads
from app.store.log import beginning, entries_after


class RoomsByHand(Rooms):
    def __init__(self, painter: Painter) -> None:
        self.heads = Heads()
        super().__init__(painter, self.heads)

    def moved(self, code: str, meeting: Meeting, events: Sequence[Event] | None = None) -> None:
        """A meeting has moved on by these events (None: by whatever it was): its rooms look again."""
        head = self.heads.newest(code) or Head(meeting, beginning(code), "")
        if events:
            head = head.followed_by(list(entries_after(head.tail, code, "", "", events)), meeting)
        else:
            head = replace(head, meeting=meeting, edition=uuid4().hex)
        self.heads.know(code, head)
        self.look_again(code)

    def forget(self, code: str) -> None:
        self.heads.forget(code)
        super().forget(code)
