"""Recount the audience's ballots of a meeting, with nothing of Kaimen.

``python recount.py kaimen.db CODE`` reads a database file (SQLite; from PostgreSQL take a backup first) and says of
each poll what its ballots come to, and whether that is what the log says: the number, the digests of the ballots and of
the receipts, the tally. ``python recount.py CODE.public.log.jsonl CODE.ballots.json`` does it with the files that
everybody is given, in which a ballot is a slip without its voter. The chain of the log itself is checked by
``verify.html``. docs/record.md says how all of it is made. Python 3.8 or later.

It ends with 0 if every poll holds, with 1 if one does not, with 2 if there is nothing to recount.
"""

import base64
import hashlib
import hmac
import json
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
ENTRIES = "SELECT line FROM log WHERE meeting = ? AND kind LIKE 'Poll%' ORDER BY seq"
BALLOTS = "SELECT voter, voice, choice FROM ballot WHERE meeting = ? AND poll = ?"
KEY = "SELECT key FROM slip_key WHERE meeting = ? AND poll = ?"
KNOWS_SLIPS = "SELECT count(*) FROM sqlite_master WHERE name = 'slip_key'"


def digest(lines):
    return hashlib.sha256("".join(f"{line}\n" for line in lines).encode()).hexdigest() if lines else ""


def receipt(meeting, poll, voter):
    hashed = hashlib.sha256(f"receipt\n{meeting}\n{poll}\n{voter}".encode()).digest()
    return base64.b32encode(hashed[:5]).translate(LETTERS).decode()


def slip(key, meeting, poll, voter, voice, choice):
    hashed = hmac.digest(bytes.fromhex(key), f"slip\n{meeting}\n{poll}\n{voter}".encode(), "sha256")
    return f"{hashed[:16].hex()} {voice} {choice}"


def tally_of(chosen):
    """How often each choice was made, by voice."""
    tally = {}
    for voice, choice in chosen:
        tally.setdefault(voice, Counter())[choice] += 1
    return {voice: dict(choices) for voice, choices in tally.items()}


def numbers_in(tally):
    return {voice: sum(chosen.values()) for voice, chosen in tally.items()}


# --- the log ----------------------------------------------------------------------------------------------------------


def polls_of(lines):
    """Of each poll that has ended: the count that was logged, None if it is withheld; and the tally, None if it is not
    shown."""
    polls = {}
    for line in lines:
        entry = json.loads(line)
        data = entry["data"]
        if not entry["kind"].startswith("Poll"):
            continue
        if data.get("count") is not None:
            polls[data["poll"]] = {"count": data["count"], "tally": None}
        elif entry["kind"] == "PollShown":
            polls.setdefault(data["poll"], {"count": None})["tally"] = data["tally"]
        elif entry["kind"] in ("PollHidden", "PollWithdrawn") and data["poll"] in polls:
            polls[data["poll"]]["tally"] = None
    return polls


# --- the database -----------------------------------------------------------------------------------------------------


def address_of(path):
    """So that SQLite opens it to be read alone, on the drive of an office (``//server/folder``) as well."""
    slashed = path.as_posix()
    return f"file://{'' if slashed.startswith('/') else '/'}{quote(slashed, safe='/:')}?mode=ro"


def recount(database, meeting):
    """A line for each poll, and whether all of them hold."""
    said, holds = [], True
    with closing(sqlite3.connect(address_of(Path(database).absolute()), uri=True)) as connection:
        polls = polls_of(line for (line,) in connection.execute(ENTRIES, (meeting,)))
        (knows_slips,) = connection.execute(KNOWS_SLIPS).fetchone()
        for poll, logged in polls.items():
            rows = connection.execute(BALLOTS, (meeting, poll)).fetchall()
            key = connection.execute(KEY, (meeting, poll)).fetchone() if knows_slips else None
            count, tally = counted(meeting, poll, rows, key[0] if key else None)
            is_sealed = all(logged["count"].get(name, "") == found for name, found in count.items())
            is_right = is_sealed and logged["tally"] in (None, tally)
            holds = holds and is_right
            said.append(line_of(poll, len(rows), is_right, tally))
    return said, holds


def counted(meeting, poll, rows, key):
    """What the log should say of these ballots: the count as the poll ends, and the tally as it is shown.

    Without a key it is a poll from before there were slips, whose digest is of the voters.
    """
    tally = tally_of((voice, choice) for _, voice, choice in rows)
    receipts = digest(sorted(receipt(meeting, poll, voter) for voter, _, _ in rows))
    ballots = "" if key else digest([" ".join(row) for row in sorted(rows)])
    slips = digest(sorted(slip(key, meeting, poll, *row) for row in rows)) if key else ""
    return {"ballots": numbers_in(tally), "digest": ballots, "slips": slips, "receipts": receipts}, tally


def line_of(poll, ballots, is_right, tally):
    return f"{poll}\t{ballots}\t{'holds' if is_right else 'DOES NOT HOLD'}\t{json.dumps(tally, sort_keys=True)}"


# --- the files that everybody is given --------------------------------------------------------------------------------


def recount_files(log, ballots):
    """The same of each poll that the log shows."""
    entries = [json.loads(line) for line in Path(log).read_text("utf-8-sig").split("\n") if line.strip()]
    polls = polls_of(entry["line"] for entry in entries if "line" in entry)
    shown = {poll: logged for poll, logged in polls.items() if logged["tally"] is not None}
    told = json.loads(Path(ballots).read_text("utf-8-sig"))["ballots"]
    said, holds = [], True
    for poll in [*shown, *(poll for poll in told if poll not in shown)]:
        if poll not in told and has_no_slips(shown[poll]):
            said.append(f"{poll}\t-\tcannot be recounted: it has no slips")
            continue
        slips, receipts = (told.get(poll, {}).get(name, []) for name in ("slips", "receipts"))
        tally = tally_of([*each.split(" "), "", ""][1:3] for each in slips)
        is_right = poll in shown and is_told_rightly(shown[poll], slips, receipts, tally)
        holds = holds and is_right
        said.append(line_of(poll, len(slips), is_right, tally))
    return said, holds


def has_no_slips(logged):
    """Nobody voted, or it ended before there were slips, or what was sealed as it ended is withheld."""
    return logged["count"] is None or not logged["count"].get("slips")


def is_told_rightly(logged, slips, receipts, tally):
    """What was sealed as the poll ended can be withheld in a public log: then the tally alone is compared."""
    ids = {each.split(" ")[0] for each in slips}
    if tally != logged["tally"] or not len(ids) == len(slips) == len(receipts):
        return False
    if logged["count"] is None:
        return True
    found = {"ballots": numbers_in(tally), "slips": digest(slips), "receipts": digest(receipts)}
    return all(logged["count"].get(name, "") == each for name, each in found.items())


def main(arguments):
    if len(arguments) != 2:
        print(__doc__)
        return 2
    logs_first = sorted(arguments, key=lambda each: not each.endswith(".jsonl"))
    said, holds = recount_files(*logs_first) if logs_first[0].endswith(".jsonl") else recount(*arguments)
    print("\n".join(said) or "No poll of this meeting has ended.")
    return 2 if not said else 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
