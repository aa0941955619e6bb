"""What a seat is called in the folder for the file: by its label, and by who sat in it as long as that is kept."""

from app.meeting.plan import Seat
from app.papers.folder.proceedings import Proceedings


def called(record: Proceedings, seat: Seat) -> str:
    name = record.persons.at_seat(seat.id).name
    return f"{seat.label} {name}" if name else seat.label
