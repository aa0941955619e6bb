"""Frames from a browser (or a bot) into commands: ``{"id": …, "do": "open_round", "round": …}``."""

import re
from typing import Any, TypeVar, get_args

import msgspec

from app.meeting import commands as c
from app.meeting.refusals import Refused, Said

LONGEST_ID = 64
_ID = re.compile(rf"[A-Za-z0-9_-]{{8,{LONGEST_ID}}}")


def spoken_name(command: type[c.Command]) -> str:
    """``OpenRound`` is said ``open_round`` on the wire."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower()


COMMANDS: dict[str, type[c.Command]] = {spoken_name(command): command for command in get_args(c.Command)}


class Frame(msgspec.Struct):
    """What every frame says; the rest belongs to what it asks to ``do``."""

    do: str
    id: str = ""
    made: float | None = None
    """When it was pressed, if it is to be carried out soon or never: milliseconds since 1970 by the server's clock."""


class SaveDraft(msgspec.Struct):
    seat: str
    unit: str
    kind: str
    text: str


class LookAt(msgspec.Struct):
    """The panelist takes out the sheet of another unit."""

    unit: str


class Ping(msgspec.Struct):
    """Is anybody there?"""


class AskClock(msgspec.Struct):
    """``sent`` comes back unchanged: the device measures the way there and back by it."""

    sent: float


_frame = msgspec.json.Decoder(Frame).decode
_parts: dict[type, msgspec.json.Decoder[Any]] = {}
_Part = TypeVar("_Part")


_UNESCAPED = r"(?<!\\)(?:\\\\)*"
_NUL = re.compile(_UNESCAPED + r"\\u0000")
_HALF_A_CHARACTER = re.compile(
    _UNESCAPED
    + r"(?:\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    + r"|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2})"
)
_NAMES = (
    re.compile(rf'"id"\s*+:\s*+"({_ID.pattern})"'),
    re.compile(rf'"id"\s*+:\s*+"([^"\\\x00-\x1f]{{1,{LONGEST_ID}}}+)[^"\\\x00-\x1f]*+"'),
)
"""How an id stands in a text that is no JSON; what may be one comes before what only stands in its place."""


def read_frame(text: str) -> Frame:
    """Raises Refused ``command.malformed``."""
    if "\\u0000" in text and (found := _NUL.search(text)):
        raise _unwritable(found)  # nobody types it, and PostgreSQL cannot store it
    try:
        return _frame(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise _malformed(text, error) from error


def name_in(text: str) -> str:
    """The id that stands in a frame that is not readable, at most 64 characters of it; empty if there is none."""
    return next((found[1] for pattern in _NAMES if (found := pattern.search(text))), "")


def read_command(frame: Frame, text: str) -> c.Command:
    """The command of a frame. Raises Refused if there is no such command, or its fields do not fit."""
    kind = COMMANDS.get(frame.do)
    if kind is None:
        raise Refused("command.unknown")
    must_have_id(frame)
    command: c.Command = read_part(kind, text)
    return command


def read_part(kind: type[_Part], text: str) -> _Part:
    """The fields of one kind out of a frame's text; fields it does not know are passed over."""
    if kind not in _parts:
        _parts[kind] = msgspec.json.Decoder(kind)
    try:
        part: _Part = _parts[kind].decode(text)
    except (msgspec.DecodeError, RecursionError) as error:
        raise _malformed(text, error) from error
    return part


def _malformed(text: str, error: Exception) -> Refused:
    half = _HALF_A_CHARACTER.search(text)
    return _unwritable(half) if half else Refused("command.malformed", detail=str(error))


def _unwritable(found: re.Match[str]) -> Refused:
    character = "U+" + found[0][-4:].upper()
    return Refused("command.malformed", detail=(Said("detail.unwritable", {"character": character}),))


def must_have_id(frame: Frame) -> None:
    if not _ID.fullmatch(frame.id):
        raise Refused("command.malformed", detail="id: 8 to 64 letters, digits, - or _")
