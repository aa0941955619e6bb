"""What no frame can say: the secret part of a command, which the server fills in."""

from dataclasses import replace

from app.live.venue import Venue
from app.meeting import commands as c
from app.store import draws


async def filled_in(venue: Venue, code: str, command: c.Command) -> c.Command:
    """A command with its secret part, whatever the frame said of it; other commands as they are."""
    match command:
        case c.PrepareDraw():
            commitment = await venue.write(lambda connection: draws.new_seed(connection, code))
            return replace(command, commitment=commitment)
        case c.DrawNext() | c.DrawAll() | c.CallOffDraw():
            return replace(command, seed=await venue.read(lambda connection: draws.seed_of(connection, code)))
    return command
