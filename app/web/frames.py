"""Frames from a browser (or a bot) into commands: ``{"id": …, "do": "open_round", "round": …}``."""

import re
from typing import Any, TypeVar, get_args

import msgspec

from app.meeting import commands as c
from app.meeting.refusals import Refused

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


class SaveDraft(msgspec.Struct):
    seat: str
    unit: str
    kind: str
    text: str


class LookAt(msgspec.Struct):
    """The panelist takes out the sheet of another unit."""

    unit: str


class AskClock(msgspec.Struct):
    """``sent`` comes back unchanged: the device measures the way there and back by it."""

    sent: float


_frame = msgspec.json.Decoder(Frame).decode
_parts: dict[type, msgspec.json.Decoder[Any]] = {}
_Part = TypeVar("_Part")


_NUL = re.compile(r"(?<!\\)(?:\\\\)*\\u0000")


def read_frame(text: str) -> Frame:
    """Raises Refused ``command.malformed``."""
    if "\\u0000" in text and _NUL.search(text):
        # Nobody types it, and PostgreSQL cannot store it.
        raise Refused("command.malformed", detail="U+0000")
    try:
        return _frame(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise Refused("command.malformed", detail=str(error)) from error


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
        raise Refused("command.malformed", detail=str(error)) from error
    return part


def must_have_id(frame: Frame) -> None:
    if not _ID.fullmatch(frame.id):
        raise Refused("command.malformed", detail="id: 8 to 64 letters, digits, - or _")
