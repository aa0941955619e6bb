"""Frames from a browser (or a bot): ``{"id": …, "do": "open_round", "round": …}``. Each is read once.

A frame of a command has the fields of the command; its class is made from that of the command.
"""

import hashlib
import re
from dataclasses import MISSING, fields
from secrets import token_urlsafe
from typing import Annotated, Any, ClassVar, Union, get_args, get_type_hints

import msgspec

from app.live.devices import WakeLock
from app.meeting import commands as c
from app.meeting.codes import ID, LONGEST_ID, is_an_id
from app.meeting.refusals import Refused, Said
from app.meeting.sheets.signing import MOST_STROKES

JSON_SUBPROTOCOL = "kaimen.json"
_Count = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
_Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=3_600_000)]
_Offset = Annotated[int, msgspec.Meta(ge=-(10**14), le=10**14)]
_Strokes = Annotated[list[list[int]], msgspec.Meta(max_length=MOST_STROKES)]


class Asked(msgspec.Struct, tag_field="do", kw_only=True):
    """What a frame asks to ``do``, and what every one says. Fields it does not know are passed over."""

    needs_id: ClassVar[bool] = True
    id: str = ""
    made: float | None = None
    """When it was pressed, if it is to be carried out soon or never: milliseconds since 1970 by the server's clock."""


# --- what is no command -----------------------------------------------------------------------------------------------


class Ping(Asked, tag="ping"):
    """Is anybody there?"""

    needs_id = False


class AskClock(Asked, tag="ask_clock"):
    """``sent`` comes back unchanged: the device measures the way there and back by it."""

    needs_id = False
    sent: float


class ReportDevice(Asked, tag="report_device"):
    """What a device says of itself; see ``live.devices.Health``."""

    needs_id = False
    unsent: _Count
    round_trip: _Milliseconds | None
    clock_offset: _Offset | None
    wake_lock: WakeLock
    width: _Count
    height: _Count
    is_visible: bool


class IdentifyDisplay(Asked, tag="identify_display"):
    """Have the displays of a name show it, very large, for a few seconds."""

    display: str


class LookAt(Asked, tag="look_at"):
    """The panelist takes out the sheet of another unit."""

    needs_id = False
    unit: str


class SaveDraft(Asked, tag="save_draft"):
    seat: str
    unit: str
    kind: str
    text: str


class SignSheet(Asked, tag="sign_sheet"):
    """By which drawing a sheet is signed that was submitted with this salt; without strokes: on paper."""

    round: str
    seat: str
    salt: str
    strokes: _Strokes


# --- commands ---------------------------------------------------------------------------------------------------------


class OpenPrepared(Asked, tag="open_meeting"):
    """The plan by which a meeting is opened is the one that was prepared here, whatever a frame says of it."""


class CommandAsked(Asked):
    """A command with all its fields; ``asks_for`` is its class."""

    asks_for: ClassVar[type[c.Command]]

    @property
    def command(self) -> c.Command:
        return self.asks_for(**{each.name: getattr(self, each.name) for each in fields(self.asks_for)})


def spoken_name(command: type[c.Command]) -> str:
    """``OpenRound`` is said ``open_round`` on the wire."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower()


COMMANDS: dict[str, type[c.Command]] = {spoken_name(command): command for command in get_args(c.Live)}


def _asked_by(name: str, kind: type[c.Command]) -> type[Asked]:
    types = get_type_hints(kind, include_extras=True)
    said: list[Any] = [
        (each.name, types[each.name], *(() if each.default is MISSING else (each.default,))) for each in fields(kind)
    ]
    made: Any = msgspec.defstruct(
        kind.__name__, said, bases=(CommandAsked,), namespace={"asks_for": kind}, tag=name, kw_only=True
    )
    return made  # type: ignore[no-any-return]


_NO_COMMANDS: tuple[type[Asked], ...] = (Ping, AskClock, ReportDevice, IdentifyDisplay, LookAt, SaveDraft, SignSheet)
_COMMANDS: tuple[type[Asked], ...] = (
    OpenPrepared,
    *(_asked_by(name, kind) for name, kind in COMMANDS.items() if kind is not c.OpenMeeting),
)
_KINDS: dict[str, type[Asked]] = {str(each.__struct_config__.tag): each for each in (*_NO_COMMANDS, *_COMMANDS)}


# --- reading ----------------------------------------------------------------------------------------------------------


class _Head(msgspec.Struct):
    """What can be told of a frame that could not be read."""

    do: str
    id: str = ""
    made: float | None = None


_decode = msgspec.json.Decoder(Union[tuple(_KINDS.values())]).decode  # noqa: UP007  made of as many as there are
_decode_head = msgspec.json.Decoder(_Head).decode
_UNREADABLE = (msgspec.DecodeError, UnicodeError, RecursionError)

_UNESCAPED = r"(?<!\\)(?:\\\\)*"
_NUL = re.compile(_UNESCAPED + r"\\u0000")
_HALF_A_CHARACTER = re.compile(
    _UNESCAPED
    + r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    + r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
_NAMES = (
    re.compile(rf'"id"\s*+:\s*+"({ID.pattern})"'),
    re.compile(rf'"id"\s*+:\s*+"([^"\\\x00-\x1f]{{1,{LONGEST_ID}}}+)[^"\\\x00-\x1f]*+"'),
)
"""How an id stands in a text that is no JSON; what may be one comes before what only stands in its place."""


def read_frame(text: str) -> Asked:
    """Raises Refused ``command.malformed`` or ``command.unknown``."""
    if "\\u0000" in text and (found := _NUL.search(text)):
        raise _unwritable(found)  # nobody types it, and PostgreSQL cannot store it
    try:
        frame: Asked = _decode(text)
    except _UNREADABLE as error:
        raise _why_not(text, error) from error
    _must_have_id(frame.needs_id, frame.id)
    return frame


def new_id() -> str:
    """Of a command that a page makes: 128 random bits, as those that devices make."""
    return token_urlsafe(16)


def id_made_of(*parts: object) -> str:
    """Always the same of the same parts (32 hex digits): sent once more it is known again, and by it alone nobody can
    tell what it is made of."""
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]


def name_in(text: str) -> str:
    """The id in a frame that was not read, at most 64 characters of it; empty if there is none."""
    try:
        name = str(_decode_head(text).id[:LONGEST_ID])
    except _UNREADABLE:
        name = ""
    return name or next((found[1] for pattern in _NAMES if (found := pattern.search(text))), "")


def _why_not(text: str, error: Exception) -> Refused:
    """What is wrong with a frame: first that it is none, then that nobody knows what it asks for, then its fields."""
    try:
        head = _decode_head(text)
    except _UNREADABLE as no_frame:
        return _malformed(text, no_frame)
    if head.do not in _KINDS:
        return Refused("command.unknown")
    try:
        _must_have_id(_KINDS[head.do].needs_id, head.id)
    except Refused as no_id:
        return no_id
    return _malformed(text, error)


def _must_have_id(needs_id: bool, id: str) -> None:
    if needs_id and not is_an_id(id):
        raise Refused("command.malformed", detail=(Said("detail.id"),))


def _malformed(text: str, error: Exception) -> Refused:
    half = _HALF_A_CHARACTER.search(text)
    return _unwritable(half) if half else Refused("command.malformed", detail=str(error))


def _unwritable(found: re.Match[str]) -> Refused:
    character = "U+" + found[0][-4:].upper()
    return Refused("command.malformed", detail=(Said("detail.unwritable", {"character": character}),))
