"""Recount the audience's ballots of a meeting, with nothing of Kaimen: ``python recount.py kaimen.db CODE``.

It reads a database file (SQLite; from PostgreSQL take a backup first) and says of each poll what its ballots come to,
and whether that is what the log says: the number, the digest of the ballots, the digest of the receipts, the tally. The
chain of the log itself is checked by ``verify.html``. docs/record.md says how all of it is made. Python 3.8 or later.

It ends with 0 if every poll holds, with 1 if one does not, with 2 if there is nothing to recount.
"""

import base64
import hashlib
import json
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
ENTRIES = "SELECT line FROM log WHERE meeting = ? AND kind LIKE 'Poll%' ORDER BY seq"
BALLOTS = "SELECT voter, voice, choice FROM ballot WHERE meeting = ? AND poll = ?"


def digest(lines):
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest()


def receipt(meeting, poll, voter):
    hashed = hashlib.sha256(f"receipt\n{meeting}\n{poll}\n{voter}".encode()).digest()
    return base64.b32encode(hashed[:5]).translate(LETTERS).decode()


def counted(meeting, poll, rows):
    """What the log should say of these ballots: the count as the poll ends, and the tally as it is shown."""
    number, tally = Counter(voice for _, voice, _ in rows), {}
    for _, voice, choice in rows:
        tally.setdefault(voice, Counter())[choice] += 1
    ballots = digest(" ".join(row) for row in sorted(rows)) if rows else ""
    receipts = digest(sorted(receipt(meeting, poll, voter) for voter, _, _ in rows)) if rows else ""
    return {"ballots": dict(number), "digest": ballots, "receipts": receipts}, {
        voice: dict(chosen) for voice, chosen in tally.items()
    }


def polls_of(lines):
    """Of each poll that has ended: the count that was logged, and the tally; None if it has not been shown."""
    polls = {}
    for line in lines:
        entry = json.loads(line)
        data = entry["data"]
        if data.get("count") is not None:
            polls[data["poll"]] = {"count": data["count"], "tally": None}
        elif entry["kind"] == "PollShown":
            polls[data["poll"]]["tally"] = data["tally"]
    return polls


def recount(database, meeting):
    """A line for each poll, and whether all of them hold."""
    said, holds = [], True
    with closing(sqlite3.connect(f"{Path(database).resolve().as_uri()}?mode=ro", uri=True)) as connection:
        polls = polls_of(line for (line,) in connection.execute(ENTRIES, (meeting,)))
        for poll, logged in polls.items():
            rows = connection.execute(BALLOTS, (meeting, poll)).fetchall()
            count, tally = counted(meeting, poll, rows)
            is_sealed = all(logged["count"][name] == found for name, found in count.items())
            is_right = is_sealed and logged["tally"] in (None, tally)
            holds = holds and is_right
            said.append(
                f"{poll}\t{len(rows)}\t{'holds' if is_right else 'DOES NOT HOLD'}\t{json.dumps(tally, sort_keys=True)}"
            )
    return said, holds


def main(arguments):
    if len(arguments) != 2:
        print(__doc__)
        return 2
    said, holds = recount(*arguments)
    print("\n".join(said) or "No poll of this meeting has ended.")
    return 2 if not said else 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
