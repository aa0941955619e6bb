"""The rules of a review meeting.

Standard library only: no clock, no random, no input or output, no framework.
What somebody asks for is a command, what happened is an event:

    decide(meeting, command, now) -> list of events, or raises Refused
    evolve(meeting, event)        -> the meeting after it
"""
