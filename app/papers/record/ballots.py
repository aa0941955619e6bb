"""``CODE.ballots.json``: all ballots of the polls that are shown, each without its voter; apart from them the receipts.

Whoever has it and the log recounts: ``verify.html``, ``run.py verify``, ``docs/recount.py``. A ballot is a line;
nothing leads from a receipt to one.
"""

import json
from typing import Any

from app.meeting.meeting import Meeting
from app.meeting.polls.state import Poll
from app.papers.folder.paper import JSON, Paper, file_name
from app.papers.folder.proceedings import Proceedings
from app.store.ballots import Told

FORMAT = 1


def papers_of_ballots(record: Proceedings) -> list[Paper]:
    if not record.ballots:
        return []
    name = f"{file_name(record.code)}.ballots.json"
    return [Paper(name, JSON, ballots_file(record), for_public=True, says="paper.ballots_data")]


def ballots_file(record: Proceedings) -> bytes:
    """Of the polls that are shown as the record stands, whatever else was read with it."""
    polls = {id: poll for id, poll in record.meeting.polls.items() if poll.is_shown}
    told = {id: _told(record.meeting, polls[id], each) for id, each in record.ballots.items() if id in polls}
    said = {"format": FORMAT, "meeting": record.code, "ballots": told}
    lines = json.dumps(said, ensure_ascii=False, separators=(",\n", ":"))
    return f"{lines}\n".encode()


def _told(meeting: Meeting, poll: Poll, told: Told) -> dict[str, Any]:
    unit = meeting.unit(poll.unit).short_name
    return {"unit": unit, "number": poll.number, "receipts": told.receipts, "slips": told.slips}
