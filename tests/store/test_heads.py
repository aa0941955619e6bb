"""Heads: the newest is known, and never becomes older."""

from dataclasses import replace

from app.meeting import commands as c
from app.meeting.meeting import Meeting
from app.store.heads import MOST_RECENT, Head, Heads
from app.store.log import beginning, entries_after
from tests.meetings import Story, small_plan

PLANNED = Head(Meeting.planned(small_plan()), beginning("small"), "first")


def moved(head: Head, *commands: c.Command) -> Head:
    story = Story(small_plan())
    story.meeting = head.meeting
    entries = list(entries_after(head.tail, "small", "moderator", "command", story.does(*commands).events))
    return head.followed_by(entries, story.meeting)


OPENED = moved(PLANNED, c.OpenMeeting(small_plan()))


def newest_of(*heads: Head) -> Head | None:
    known = Heads()
    for head in heads:
        known.know("small", head)
    return known.newest("small")


def test_what_is_known_never_becomes_older():
    assert newest_of() is None
    assert newest_of(PLANNED, OPENED) is OPENED
    assert newest_of(OPENED, PLANNED) is OPENED


def test_the_same_once_more_changes_nothing_and_another_plan_does():
    again = replace(OPENED, meeting=replace(OPENED.meeting))
    assert newest_of(OPENED, again) is OPENED
    replanned = replace(PLANNED, edition="second")
    assert newest_of(PLANNED, replanned) is replanned


def test_a_meeting_that_is_gone_is_not_known_and_another_is():
    known = Heads()
    known.know("small", OPENED)
    known.know("other", PLANNED)
    known.forget("small")
    known.forget("never heard of")
    assert (known.newest("small"), known.all()) == (None, {"other": PLANNED})


def test_what_has_happened_since_an_earlier_head_is_said_if_it_is_still_remembered():
    later = moved(moved(OPENED, c.TellSpeaker("one")), c.TellSpeaker("two"))
    since = later.events_since(OPENED)
    assert since is not None
    assert [event.text for event in since] == ["one", "two"]
    assert later.events_since(None) is None
    assert later.events_since(replace(OPENED, edition="another")) is None
    much_later = moved(OPENED, *(c.TellSpeaker(f"{number}") for number in range(MOST_RECENT + 1)))
    assert much_later.events_since(OPENED) is None
