"""What ``verify`` finds in the small meeting: all of it, its sentences, the place of the one fault."""

from sqlalchemy.engine import Connection

from app.language.sentences import sentence_of
from app.meeting.displays.commands import TellSpeaker
from app.store.verify import Verdict, verify
from tests.meetings import ANN, BEN, CAT, DAN, EVE, Story, at_water, comment, give_score
from tests.records import rows

FIVE = {ANN: (60, 32), BEN: (50, 30), CAT: (50, 31), DAN: (55, 30), EVE: (50, 34.5)}
N = 12
"""How many entries the tampered meeting has."""


def story() -> Story:
    """The small meeting with twelve entries."""
    story = at_water().does(comment(), comment("ben", "comment2", text="Less so"))
    return (
        story.does(
            *(give_score(seat, points) for seat, points in zip(("ann", "ben", "cat"), (50, 51, 52), strict=True))
        )
        .steps(2)
        .does(TellSpeaker("One minute"))
    )


def verdict(database, code: str = "small") -> Verdict:
    with database.reading() as connection:
        return verify(connection, code)


def place_of_fault(connection: Connection, code: str = "small") -> int:
    """The number of the one entry that ``verify`` names."""
    (fault,) = verify(connection, code).faults
    return int(str(fault.facts["seq"]))


def faults(connection: Connection) -> tuple[str, ...]:
    return tuple(sentence_of(fault) for fault in verify(connection, "small").faults)


def line_at(connection: Connection, seq: int) -> str:
    line: str = rows(connection, "small")[seq - 1]["line"]
    return line
