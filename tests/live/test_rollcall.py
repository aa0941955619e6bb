"""Processes tell each other who is connected to them: what is new, what was not heard, and who is not there any more.

Time passes by beats, so no test waits. That PostgreSQL brings the calls is seen in ``test_presence_of_others.py``.
"""

from contextlib import suppress
from dataclasses import replace
from secrets import token_urlsafe

import pytest

from app.live import rollcall
from app.live.devices import MOST, Device, Health, Post, WakeLock
from app.live.rollcall import (
    BEATS_OF_SIGNS,
    BEATS_UNTIL_ANEW,
    LONGEST_SILENCE,
)
from app.live.there import There
from app.meeting.refusals import Refused
from tests.live.leaping import leaping
from tests.live.rollcalls import Process, Wire, beats, two
from tests.meetings import ANN, BEN, NOON, noon

ANNS, BENS = There({ANN: 1}), There({BEN: 1})


@pytest.fixture
def wire() -> Wire:
    return Wire()


# --- what is told -----------------------------------------------------------------------------------------------------


@leaping
async def test_who_comes_and_goes_at_one_is_known_at_the_other_a_beat_later(wire):
    one, other = await two(wire)
    one.here = {"small": ANNS}
    await beats(one)
    assert other.elsewhere == {"small": ANNS}
    one.here = {}
    await beats(one)
    assert other.elsewhere == {}


@leaping
async def test_all_that_is_known_of_a_device_arrives(wire):
    one, other = await two(wire)
    health = Health(2, None, -70_000, WakeLock.REFUSED, 1024, 768, is_visible=False)
    tablet = Device(Post("tablet-0001", "panel", ANN, key="k1"), "Chrome 126", NOON, 2, "en", "water", noon(3), health)
    gone = Device(Post("display-0001", "hall", display="左屏"), "Firefox 130", noon(5), 0)
    one.here = {"small": There({ANN: 2}, 1, 40, (tablet, gone)), "another": There(phones=3)}
    await beats(one)
    assert other.elsewhere == one.here


@leaping
async def test_what_is_too_long_for_one_call_is_told_in_several(wire, monkeypatch):
    monkeypatch.setattr(rollcall, "LONGEST_TEXT", 40)
    one, other = await two(wire)
    one.here = {"small": There({f"seat-{number}": number for number in range(60)})}
    await beats(one)
    assert len(wire.calls) > 5
    assert max(len(call) for call in wire.calls) < 90
    assert other.elsewhere == one.here


@leaping
async def test_as_many_devices_as_are_kept_fit_into_what_postgresql_takes(wire):
    one, _ = await two(wire)
    health = Health(0, 40, 0, WakeLock.HELD, 1024, 768, is_visible=True)
    posts = [Post(token_urlsafe(40), "panel", f"seat-{number}") for number in range(MOST)]
    devices = tuple(Device(post, "Chrome 126", NOON, health=health) for post in posts)
    one.here = {"small": There(devices=devices)}
    await beats(one)
    assert len(wire.calls) > 1
    assert max(len(call) for call in wire.calls) < 8000


@leaping
async def test_of_several_others_the_numbers_are_added_and_a_device_is_one(wire):
    one, other = await two(wire)
    third = Process(wire)
    tablet = Device(Post("tablet-0001", "panel", ANN), "Chrome 126", NOON)
    one.here = {"small": There({ANN: 1}, 1, 40, (tablet,))}
    other.here = {"small": There({ANN: 1, BEN: 1}, 2, 2, (replace(tablet, since=noon(9), acked_at=noon(9)),))}
    await beats(one, other, third, times=2)
    both = Device(Post("tablet-0001", "panel", ANN), "Chrome 126", noon(9), sockets=2, acked_at=noon(9))
    assert third.elsewhere == {"small": There({ANN: 2, BEN: 1}, 3, 42, (both,))}


@leaping
async def test_a_device_that_went_from_one_to_the_other_is_connected(wire):
    one, other = await two(wire)
    third = Process(wire)
    tablet = Device(Post("tablet-0001", "panel", ANN), "Chrome 126", NOON)
    one.here = {"small": There(devices=(replace(tablet, sockets=0, since=noon(9)),))}
    other.here = {"small": There({ANN: 1}, devices=(tablet,))}
    await beats(one, other, third, times=2)
    assert third.elsewhere["small"].devices == (tablet,)


@leaping
async def test_what_is_said_in_passing_is_heard_by_the_others_alone(wire):
    one, other = await two(wire)
    await one.roll.say("left, who are you?")
    assert (one.said, other.said) == ([], ["left, who are you?"])


# --- when nothing is told ---------------------------------------------------------------------------------------------


@leaping
async def test_a_process_alone_asks_once_and_then_says_nothing_whoever_comes(wire):
    alone = Process(wire)
    await beats(alone)
    assert wire.kinds == ["asks"]
    for number in range(50):
        alone.here = {"small": There(phones=number)}
        await beats(alone)
    assert wire.kinds == ["asks"]


@leaping
async def test_as_long_as_nothing_is_new_there_are_signs_only_now_and_then(wire):
    one, other = await two(wire)
    one.here = {"small": ANNS}
    await beats(one, other, times=10 * BEATS_OF_SIGNS)
    assert wire.kinds.count("tells") == 1
    assert 10 <= wire.kinds.count("here") <= 20
    assert "asks" not in wire.kinds


@leaping
async def test_once_the_other_has_ended_nothing_is_said_any_more(wire):
    one, other = await two(wire)
    other.here = {"small": ANNS}
    await beats(one, other)
    assert one.elsewhere == {"small": ANNS}
    other.is_deaf()
    await other.roll.leave()
    assert one.elsewhere == {}
    wire.calls.clear()
    await beats(one, times=20)
    assert wire.calls == []


@leaping
async def test_a_goodbye_that_overtakes_the_last_words_of_a_process_is_the_last_of_it(wire, caplog):
    """Its last beat was cut off; the thread that writes to the database was not."""
    one, other = await two(wire)
    one.is_deaf()
    one.here = {"small": ANNS}
    await beats(one)
    last_words = list(wire.calls)
    await one.roll.leave()
    for call in last_words:
        other.roll.hear(call)
    assert "tells" in wire.kinds
    assert other.elsewhere == {}
    wire.calls.clear()
    await beats(other, times=3 * LONGEST_SILENCE)
    assert (wire.calls, caplog.text) == ([], "")


@leaping
async def test_of_very_many_that_have_gone_only_the_latest_are_remembered(wire):
    one, _ = await two(wire)
    for at in range(2 * rollcall.MOST_GONE):
        one.roll.hear(f"process-{at} 1 goes")
    assert len(one.roll._gone) == rollcall.MOST_GONE


@leaping
async def test_one_that_was_alone_says_no_goodbye(wire):
    await Process(wire).roll.leave()
    assert wire.calls == []


# --- what was not heard -----------------------------------------------------------------------------------------------


@leaping
async def test_one_that_starts_later_learns_all_and_is_known(wire):
    one = Process(wire)
    one.here = {"small": ANNS}
    await beats(one, times=5)
    other = Process(wire)
    other.here = {"small": BENS}
    await beats(other, one, other)
    assert (one.elsewhere, other.elsewhere) == ({"small": BENS}, {"small": ANNS})


@leaping
async def test_what_was_missed_while_a_line_was_cut_is_told_once_it_is_back(wire):
    one, other = await two(wire)
    other.is_deaf()
    one.here = {"small": ANNS}
    await beats(one, other)
    assert other.elsewhere == {}
    other.listens()
    await beats(other, one)
    assert other.elsewhere == {"small": ANNS}


@leaping
async def test_a_call_that_got_lost_is_noticed_by_the_next_sign_and_asked_for(wire):
    one, other = await two(wire)
    other.is_deaf()
    one.here = {"small": ANNS}
    await beats(one)
    wire.listening.append(other)  # and it does not know that it was deaf
    await beats(one, other, times=BEATS_OF_SIGNS + 1)
    assert other.elsewhere == {"small": ANNS}


@leaping
async def test_what_could_not_be_sent_is_sent_when_the_database_is_back(wire):
    one, other = await two(wire)
    one.here = {"small": ANNS}
    wire.is_broken = True
    for _ in range(3):
        with pytest.raises(Refused):
            await beats(one)
    wire.is_broken = False
    await beats(one)
    assert other.elsewhere == {"small": ANNS}


@leaping
async def test_a_call_that_cannot_be_read_is_passed_over_and_not_asked_for_for_ever(wire, caplog):
    one, other = await two(wire)
    for call in ("", "x", "another-one 1 tells 0 1 ????", "another-one zero here", "another-one 2 tells"):
        other.roll.hear(call)
    assert "could not be read" in caplog.text
    other.roll.hear("another-one 3 tells 0 1 AAAA")
    wire.calls.clear()
    await beats(other, times=3)
    assert "asks" not in wire.kinds
    one.here = {"small": ANNS}
    await beats(one)
    assert other.elsewhere == {"small": ANNS}


@leaping
async def test_a_server_that_does_not_even_hear_itself_says_so_once_and_listens_anew_once_a_minute(wire, caplog):
    """As behind a pooler that takes LISTEN and forgets it."""
    deaf = Process(wire)
    deaf.is_deaf()
    await beats(deaf, times=LONGEST_SILENCE - 1)
    assert (caplog.text, deaf.tries) == ("", 0)
    await beats(deaf, times=3 * BEATS_UNTIL_ANEW - LONGEST_SILENCE)
    assert (caplog.text.count("does not hear its own calls"), deaf.tries) == (1, 3)


@leaping
async def test_a_server_that_does_not_hear_itself_listens_anew_and_knows_all_again(wire, caplog):
    one, other = await two(wire)
    other.is_deaf()
    other.may_listen_anew = True
    one.here, other.here = {"small": ANNS}, {"small": BENS}
    await beats(one, other, times=LONGEST_SILENCE - 1)
    assert (other.elsewhere, other.tries) == ({}, 0)
    await beats(one, other, times=3)
    assert (one.elsewhere, other.elsewhere) == ({"small": BENS}, {"small": ANNS})
    assert "hears its own calls again" in caplog.text
    await beats(one, other, times=3 * BEATS_UNTIL_ANEW)
    assert (one.tries, other.tries) == (0, 1)


@leaping
async def test_a_server_alone_that_hears_itself_has_nothing_to_say(wire, caplog):
    await beats(Process(wire), times=3 * LONGEST_SILENCE)
    assert caplog.text == ""


# --- who is not there any more ----------------------------------------------------------------------------------------


@leaping
async def test_who_was_connected_to_a_process_that_was_killed_is_gone_after_a_few_beats(wire, caplog):
    one, other = await two(wire)
    one.here = {"small": ANNS}
    await beats(one)
    await beats(other, times=LONGEST_SILENCE)
    assert other.elsewhere == {"small": ANNS}
    await beats(other)
    assert other.elsewhere == {}
    assert "not heard any more" in caplog.text


@leaping
async def test_a_process_that_only_has_nothing_new_is_not_taken_for_gone(wire):
    one, other = await two(wire)
    one.here = {"small": ANNS}
    await beats(one, other, times=5 * LONGEST_SILENCE)
    assert other.elsewhere == {"small": ANNS}


@leaping
async def test_nobody_is_gone_only_because_the_database_is_away(wire):
    one, other = await two(wire)
    one.here = {"small": ANNS}
    await beats(one)
    wire.is_broken = True
    for _ in range(10 * LONGEST_SILENCE):
        with suppress(Refused):
            await beats(other)
    assert other.elsewhere == {"small": ANNS}


@leaping
async def test_one_that_was_taken_for_gone_is_heard_again(wire):
    """A laptop that had been put to sleep: neither has asked, and both know all again."""
    one, other = await two(wire)
    one.here, other.here = {"small": ANNS}, {"small": BENS}
    await beats(one, other)
    await beats(other, times=LONGEST_SILENCE + 1)
    assert other.elsewhere == {}
    await beats(one, other, times=BEATS_OF_SIGNS + 2)
    assert (one.elsewhere, other.elsewhere) == ({"small": BENS}, {"small": ANNS})


@leaping
async def test_a_process_that_was_killed_and_started_again_counts_once_more_only_until_it_is_missed(wire):
    one, other = await two(wire)
    one.here = {"small": ANNS}
    await beats(one)
    one.is_deaf()
    again = Process(wire)
    again.here = {"small": ANNS}
    await beats(again, other, again)
    assert other.elsewhere == {"small": There({ANN: 2})}
    await beats(other, again, times=LONGEST_SILENCE)
    assert other.elsewhere == {"small": ANNS}
