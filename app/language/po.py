"""The catalogue as it is written (.po), read line by line: a start waits for it."""

import json
from collections.abc import Iterable


def messages_in(lines: Iterable[str]) -> dict[str, str]:
    """Translations by their English text, of plurals by the singular; Chinese has one form for all numbers."""
    messages: list[dict[str, str]] = []
    keyword = ""
    for line in lines:
        if line.startswith("msgid "):
            messages.append({})
        if line.startswith("msg"):
            keyword, _, text = line.partition(" ")
            messages[-1][keyword] = json.loads(text)
        elif line.startswith('"'):
            messages[-1][keyword] += json.loads(line)
    translated = {each["msgid"]: each.get("msgstr") or each.get("msgstr[0]", "") for each in messages}
    return {english: text for english, text in translated.items() if english and text}
