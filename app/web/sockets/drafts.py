"""What a panelist is typing: kept while it is typed, and brought back wherever the sheet is taken out again."""

from typing import Any

from app.live.room import Watching
from app.meeting.refusals import refuse_if
from app.store.drafts import Draft
from app.web.sockets.frames import SaveDraft
from app.web.sockets.steps import FindDraft, Reply, Steps

LONGEST_DRAFT = 4000
_LONGEST_KIND = 16


def draft_in(frame: SaveDraft, code: str) -> Draft:
    """Raises Refused ``text.too_long``."""
    length = len(frame.text)
    refuse_if(length > LONGEST_DRAFT, "text.too_long", most=LONGEST_DRAFT, length=length)
    text = frame.text.replace("\0", "")  # which no database keeps
    return Draft(code, frame.seat, frame.unit, frame.kind[:_LONGEST_KIND], text)


def brings_the_draft(watching: Watching) -> Steps:
    """What was last typed for the unit whose sheet is out, on whatever device."""
    seat, unit = watching.viewer.seat, watching.viewer.unit
    if seat is not None and unit is not None:
        yield Reply(_said(unit, (yield FindDraft(seat, unit))))


def _said(unit: str, draft: Draft | None) -> dict[str, Any]:
    return {"draft": {"kind": draft.kind, "text": draft.text} if draft else None, "unit": unit}
