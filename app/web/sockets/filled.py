"""What no frame can say: the plan of a meeting and the secret part of a command, which the server fills in."""

from dataclasses import replace

from app.live.venue import Venue
from app.meeting import commands as c
from app.meeting.script.state import StepKind
from app.store import draws, plans
from app.web.sockets.frames import OpenPrepared


async def filled_in(venue: Venue, code: str, asked: c.Command | OpenPrepared) -> c.Command:
    """What is asked for, with its part of the server's, whatever the frame said of it; other commands as they are."""
    match asked:
        case OpenPrepared():
            return c.OpenMeeting(await venue.read(lambda connection: plans.load(connection, code)))
        case c.PrepareDraw():
            commitment = await venue.write(lambda connection: draws.new_seed(connection, code))
            return replace(asked, commitment=commitment)
        case c.Advance(step=StepKind.OPEN):
            return await filled_in(venue, code, OpenPrepared(id=""))
        case c.Advance(step=str() as step) if step.startswith(f"{StepKind.DRAW}:"):
            return replace(asked, seed=await venue.read(lambda connection: draws.seed_of(connection, code)))
        case c.DrawNext() | c.DrawAll() | c.CallOffDraw():
            return replace(asked, seed=await venue.read(lambda connection: draws.seed_of(connection, code)))
    return asked
