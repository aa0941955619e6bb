"""A visit: what somebody at a live door may ask for, and what it is answered. No socket, no database, no clock.

``hear`` takes one frame and yields the steps that come of it. A test holds a visit without a server: what goes in is a
text, what comes out are steps.
"""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from app.language import say
from app.live.room import Watching
from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.meeting.refusals import Refused, Said, refuse_unless
from app.meeting.sheets.signing import signed_version, the_drawing
from app.store.keys import Key, Role
from app.store.persons import Kind, Station
from app.store.signatures import Signed
from app.web.access import IDENTIFIES, MAY
from app.web.gate.doorstep import POLICY_VIOLATION
from app.web.sockets.devices import must_lead
from app.web.sockets.drafts import brings_the_draft, draft_in
from app.web.sockets.frames import (
    AskClock,
    Asked,
    CommandAsked,
    IdentifyDisplay,
    LookAt,
    OpenPrepared,
    Ping,
    ReportDevice,
    SaveDraft,
    SignSheet,
    name_in,
    read_frame,
)
from app.web.sockets.steps import (
    Asking,
    Close,
    Identify,
    KeepDraft,
    KeepSignature,
    NoteHealth,
    Perform,
    Pong,
    Reply,
    Steps,
    Turn,
)
from app.web.visitors import signature

logger = logging.getLogger("kaimen.sockets")

MOST_MALFORMED = 100
LIFE_OF_A_PRESS = timedelta(seconds=3)
"""For which a command that says when it was made may be under way; a page's clock may be ahead by as much."""
NEVER = datetime.min.replace(tzinfo=UTC)


class Visit:
    """Somebody with this key, or none, before this view. There are thousands: the slots keep each of them small."""

    __slots__ = ("_malformed", "key", "watching")

    def __init__(self, watching: Watching, key: Key | None) -> None:
        self.watching = watching
        self.key = key
        self._malformed = 0

    def begin(self, build: str, newest: str) -> Steps:
        """``build``: of which the page is, empty for a program; ``newest``: of which the server is."""
        if build and build != newest:
            yield Reply({"reload": newest})
        yield from brings_the_draft(self.watching)

    def hear(self, text: str, meeting: Meeting | None, now: datetime) -> Steps:
        """What one frame asks for. A bad one is answered with a sentence, not with a closed line.

        ``meeting``: as it stands; ``now``: the time there.
        """
        id = ""
        try:
            asked = read_frame(text)
            if isinstance(asked, Ping):  # framed once, for all who ask
                yield Pong()
                return
            id = asked.id
            answer = yield from self._asked(asked, meeting, now)
        except Refused as refused:
            yield Reply(self._refusal(id or name_in(text), refused))
            yield from self._counts(refused)
        except Exception:
            logger.exception("A frame could not be carried out")
            yield Reply(self._refusal(id or name_in(text), Refused("command.failed")))
        else:
            yield Reply(answer)

    def _asked(self, asked: Asked, meeting: Meeting | None, now: datetime) -> Asking:
        match asked:
            case AskClock():
                return {"clock": now.timestamp() * 1000, "sent": asked.sent}
            case ReportDevice():
                yield NoteHealth(asked)
            case IdentifyDisplay():
                refuse_unless(self.key is not None and self.key.role in IDENTIFIES, "command.not_allowed")
                yield Identify(asked.display)
            case LookAt():
                yield from self._takes_out(asked.unit, meeting)
            case SaveDraft():
                yield from self._keeps(asked, meeting)
            case SignSheet():
                yield from self._signs(asked, meeting)
            case OpenPrepared():
                self._must_be_allowed(c.OpenMeeting)
                return (yield from self._performs(asked, asked, now))
            case CommandAsked():
                command = asked.command
                self._must_be_allowed(type(command))
                self._must_be_own_seat(getattr(command, "seat", None), meeting)
                must_lead(meeting, self.watching, command)
                return (yield from self._performs(command, asked, now))
        return {"ack": asked.id}

    def _performs(self, what: c.Command | OpenPrepared, asked: Asked, now: datetime) -> Asking:
        tag = self.key.tag if self.key else ""
        performed = yield Perform(what, signature(self.key), tag, asked.id, _until(asked.made, now))
        return {"ack": asked.id, "seq": performed.seq, "seal": performed.seal}

    # --- the panelist's own matters -----------------------------------------------------------------------------------

    def _takes_out(self, unit: str, meeting: Meeting | None) -> Steps:
        self._must_be_at_a_tablet()
        _must_be_a_unit(unit, meeting)
        to = replace(self.watching, viewer=replace(self.watching.viewer, unit=unit))
        yield Turn(to)
        self.watching = to
        yield from brings_the_draft(to)

    def _keeps(self, draft: SaveDraft, meeting: Meeting | None) -> Steps:
        self._must_be_at_a_tablet()
        self._must_be_own_seat(draft.seat, meeting)
        must_lead(meeting, self.watching, draft)
        _must_be_a_unit(draft.unit, meeting)
        yield KeepDraft(draft_in(draft, self.watching.code))

    def _signs(self, asked: SignSheet, meeting: Meeting | None) -> Steps:
        self._must_be_at_a_tablet()
        self._must_be_own_seat(asked.seat, meeting)
        must_lead(meeting, self.watching, asked)
        if meeting is None:
            raise Refused("meeting.unknown")
        drawing = the_drawing(asked.strokes)
        receipt = signed_version(meeting, asked.round, asked.seat, asked.salt).receipt
        yield KeepSignature(Signed(asked.round, Station(Kind.SEAT, asked.seat), receipt), drawing)

    # --- what one may -------------------------------------------------------------------------------------------------

    def _must_be_at_a_tablet(self) -> None:
        refuse_unless(self.watching.view == "panel", "command.unknown")

    def _must_be_allowed(self, command: type[c.Command]) -> None:
        refuse_unless(self.key is not None and command in MAY[self.key.role], "command.not_allowed")

    def _must_be_own_seat(self, seat: str | None, meeting: Meeting | None) -> None:
        if self.key is None or self.key.role is not Role.SEAT or seat in (None, self.key.of):
            return
        labels = {each.id: each.label for each in meeting.plan.seats} if meeting else {}
        own = labels.get(self.key.of, "")
        raise Refused("command.other_seat", seat=labels.get(seat or "", seat or ""), own=own)

    # --- what one is told ---------------------------------------------------------------------------------------------

    def _refusal(self, id: str, refused: Refused) -> dict[str, Any]:
        answer = {
            "refused": id,
            "code": refused.code,
            "facts": _plain(refused.facts),
            "sentence": say(refused.said, self.watching.language),
        }
        ways = {"again": refused.again, "at": refused.at}
        return answer | {name: way for name, way in ways.items() if way}

    def _counts(self, refused: Refused) -> Steps:
        if refused.code in ("command.malformed", "command.unknown"):
            self._malformed += 1
            if self._malformed >= MOST_MALFORMED:
                yield Close(POLICY_VIOLATION, "too many unreadable frames")


def _until(made: float | None, now: datetime) -> datetime | None:
    """Until when a press is good that was made then."""
    if made is None:
        return None
    try:
        pressed = datetime.fromtimestamp(made / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return NEVER
    # Of a screen whose clock is wrong nobody knows how old its presses are.
    is_to_come = pressed > now + LIFE_OF_A_PRESS
    return NEVER if is_to_come else pressed + LIFE_OF_A_PRESS


def _must_be_a_unit(unit: str, meeting: Meeting | None) -> None:
    is_one = meeting is not None and any(each.id == unit for each in meeting.plan.units)
    refuse_unless(is_one, "unit.unknown")


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """As JSON has them: of sentences their codes."""
    return {name: _codes(fact) if isinstance(fact, tuple) else fact for name, fact in facts.items()}


def _codes(facts: tuple[Any, ...]) -> list[Any]:
    return [each.code if isinstance(each, Said) else each for each in facts]
