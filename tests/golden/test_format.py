"""The file format of the log, pinned: kinds, fields and words that were ever written are there for ever.

``format.json`` says what there was when it was written. Adding passes: a new kind, a new word, a field with a default.
Removing, renaming, another type or a field without a default fails here before it fails in somebody's archive.
``python -m tests.golden.test_format`` writes the file again, additions included; it refuses to drop anything.
"""

import json
import re
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

from app.meeting.events import KINDS
from app.meeting.plan import Preset

PINNED = Path(__file__).parent / "format.json"
Format = dict[str, Any]
OPENED = {"Group": sorted(map(str, Preset))}
"""Words that were a closed list once and are the organiser's own now: those that were written are still known."""


def format_now() -> Format:
    """Kinds and the parts within them with their fields and types; the words of each enumeration."""
    types: set[type] = set()
    for kind in KINDS.values():
        collect(kind, types)
    return {
        "kinds": sorted(KINDS),
        "fields": {
            each.__name__: {name: spelled(hint) for name, hint in get_type_hints(each).items()}
            for each in sorted(types, key=by_name)
            if is_dataclass(each)
        },
        "words": {
            each.__name__: sorted(word.value for word in each)
            for each in sorted(types, key=by_name)
            if issubclass(each, Enum)
        }
        | OPENED,
        "needed": {
            each.__name__: [field.name for field in fields(each) if needed(field)]
            for each in sorted(types, key=by_name)
            if is_dataclass(each)
        },
    }


def collect(hint: Any, found: set[type]) -> None:
    for inner in get_args(hint):
        collect(inner, found)
    if isinstance(hint, type) and hint not in found:
        if is_dataclass(hint):
            found.add(hint)
            for each in get_type_hints(hint).values():
                collect(each, found)
        elif issubclass(hint, Enum):
            found.add(hint)


def spelled(hint: Any) -> str:
    return re.sub(r"[a-z_]+\.", "", hint.__name__ if isinstance(hint, type) and not get_args(hint) else str(hint))


def needed(field: Any) -> bool:
    return field.default is MISSING and field.default_factory is MISSING


def by_name(each: type) -> str:
    return each.__name__


def opened(hint: str) -> str:
    return re.sub(rf"\b({'|'.join(OPENED)})\b", "str", hint)


def broken_promises(then: Format, now: Format) -> list[str]:
    """What an archive of then needs, and the program of now has no more."""
    return [
        *(f"kind {kind} is gone" for kind in then["kinds"] if kind not in now["kinds"]),
        *(
            f"{part}.{name} was {hint}, is {now['fields'].get(part, {}).get(name, 'gone')}"
            for part, hints in then["fields"].items()
            for name, hint in hints.items()
            if now["fields"].get(part, {}).get(name) not in (hint, opened(hint))
        ),
        *(
            f"{enum} has lost the word {word}"
            for enum, words in then["words"].items()
            for word in words
            if word not in now["words"].get(enum, [])
        ),
        *(
            f"{part}.{name} is new and has no default"
            for part, names in now["needed"].items()
            for name in names
            if part in then["needed"] and name not in then["needed"][part]
        ),
    ]


def pinned() -> Format:
    then: Format = json.loads(PINNED.read_text("utf-8"))
    return then


def test_every_promise_of_the_file_format_is_kept():
    assert broken_promises(pinned(), format_now()) == []


def test_the_guard_knows_what_is_written_into_a_log():
    now = format_now()
    assert now["kinds"] == sorted(KINDS)
    assert now["fields"]["ScoreGiven"]["points"] == "Decimal"
    assert now["fields"]["Plan"]["seats"] == "tuple[Seat, ...]"
    assert now["fields"]["MeetingOpened"]["at"] == "datetime"
    assert "problem" in now["words"]["CommentKind"]


def test_the_guard_sees_what_was_taken_away_or_changed():
    then, now = pinned(), pinned()
    now["kinds"].remove("ScoreGiven")
    del now["fields"]["CommentSent"]["text"]
    now["fields"]["TimeAdded"]["amount"] = "int"
    now["words"]["CommentKind"].remove("problem")
    now["needed"]["CueGiven"].append("by")
    assert broken_promises(then, now) == [
        "kind ScoreGiven is gone",
        "CommentSent.text was str, is gone",
        "TimeAdded.amount was timedelta, is int",
        "CommentKind has lost the word problem",
        "CueGiven.by is new and has no default",
    ]


def test_the_guard_lets_a_list_of_words_be_opened_that_still_knows_what_was_written():
    then, now = pinned(), pinned()
    then["fields"]["Seat"]["group"], now["fields"]["Seat"]["group"] = "Group", "str"
    then["fields"]["Rules"]["group_weights"] = "dict[Group, Decimal]"
    now["fields"]["Rules"]["group_weights"] = "dict[str, Decimal]"
    assert broken_promises(then, now) == []
    now["words"]["Group"].remove("expert")
    assert broken_promises(then, now) == ["Group has lost the word expert"]


def test_the_guard_lets_additions_pass():
    then, now = pinned(), pinned()
    now["kinds"].append("HandRaised")
    now["fields"]["HandRaised"] = {"seat": "str"}
    now["needed"]["HandRaised"] = ["seat"]
    now["fields"]["CommentSent"]["language"] = "str"
    now["words"]["CommentKind"].append("question")
    assert broken_promises(then, now) == []


if __name__ == "__main__":
    lost = broken_promises(pinned(), format_now()) if PINNED.exists() else []
    if lost:
        raise SystemExit("\n".join(lost))
    PINNED.write_text(json.dumps(format_now(), indent=1) + "\n", encoding="utf-8")
