"""What happens to a sheet, and to the seat it is of."""

from dataclasses import replace

from app.meeting import events as e
from app.meeting.meeting import Meeting
from app.meeting.panel.evolving import arrived
from app.meeting.rounds.evolving import with_round
from app.meeting.sheets.state import Sheet, Standing

SheetEvent = (
    e.ScoreGiven
    | e.ScoreErased
    | e.SheetSubmitted
    | e.SheetCameLate
    | e.SeatAbstained
    | e.SeatRecused
    | e.SeatReturned
    | e.SheetCorrected
    | e.SheetVoided
)


def changed(meeting: Meeting, event: SheetEvent) -> Meeting:
    round = meeting.rounds[event.round]
    sheet = _sheet_after(round.sheet(event.seat), event)
    checked_at = round.checked_at if isinstance(event, e.SheetCameLate) else None  # what is not counted changes nothing
    after = with_round(meeting, replace(round, sheets={**round.sheets, event.seat: sheet}, checked_at=checked_at))
    is_of_the_panelist = isinstance(event, e.ScoreGiven | e.SheetSubmitted | e.SheetCameLate)
    return arrived(after, event.seat, event.at) if is_of_the_panelist else after


def _sheet_after(sheet: Sheet, event: SheetEvent) -> Sheet:
    match event:
        case e.ScoreGiven():
            return replace(sheet, marks={**sheet.marks, event.criterion: event.points})
        case e.ScoreErased():
            kept = {criterion: points for criterion, points in sheet.marks.items() if criterion != event.criterion}
            return replace(sheet, marks=kept)
        case e.SheetSubmitted() | e.SheetCorrected():
            versions = (*sheet.versions, event.version)
            return Sheet(sheet.seat, Standing.SUBMITTED, event.version.marks, versions)
        case e.SheetCameLate():
            return replace(sheet, late=event.version)
        case e.SeatAbstained():
            return replace(sheet, standing=Standing.ABSTAINED)
        case e.SeatRecused():
            return replace(sheet, standing=Standing.RECUSED, reason=event.reason)
        case e.SeatReturned():
            return replace(sheet, standing=_standing_on_return(sheet), reason="")
        case e.SheetVoided():
            return replace(sheet, standing=Standing.VOID, reason=event.correction.reason, voided=True)


def _standing_on_return(sheet: Sheet) -> Standing:
    if sheet.voided:
        return Standing.VOID
    return Standing.SUBMITTED if sheet.versions else Standing.DRAFT
