"""Verify: whatever was done to a record behind Kaimen's back is found, with its place."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy.engine import Connection

from app.store import log
from app.store.verify import Verdict, verify
from tests.meetings import (
    at_water,
    shipped,
    small_plan,
    whole_meeting,
)
from tests.records import (
    append,
    change,
    change_head,
    entries,
    put_in_place,
    record,
    remove,
    rows,
    save,
    seal_again,
    undone,
)
from tests.store.verdicts import N, faults, line_at, place_of_fault, story, verdict

# --- all is well ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["demo", "levels", "comments"])
def test_a_whole_meeting_holds(database, code):
    record(database, whole_meeting(shipped(code)))
    logged = entries(database, code)
    assert verdict(database, code) == Verdict(len(logged), logged[-1].seal, ())


def test_a_meeting_that_has_not_been_opened_holds(database):
    save(database, small_plan())
    assert verdict(database) == Verdict(0, log.beginning("small").seal, ())


def test_there_is_no_verdict_on_a_meeting_there_is_not(database):
    with database.reading() as connection, pytest.raises(KeyError, match="nowhere"):
        verify(connection, "nowhere")


def test_a_record_that_grows_while_it_is_read_holds(tampered):
    """Somebody verifies beside a running server."""
    with tampered.reading() as connection:
        reading = log.verified(connection, "small")
        first = next(reading)
        with tampered.writing() as connection:
            append(connection, story().meeting, [first.event])
        assert len([first, *reading]) == N


# --- the chain --------------------------------------------------------------------------------------------------------

Tamper = Callable[[Connection, int], Any]


def alters_a_line(connection: Connection, at: int) -> int:
    line = line_at(connection, at)
    change(connection, "small", at, line=line.replace("2023", "2024", 1))
    return at


def alters_a_line_and_its_seal(connection: Connection, at: int) -> int:
    before = rows(connection, "small")[at - 2]["seal"] if at > 1 else log.beginning("small").seal
    alters_a_line(connection, at)
    change(connection, "small", at, seal=log.seal_of(before, line_at(connection, at)))
    return min(at + 1, N)


def alters_a_line_and_all_seals_from_there(connection: Connection, at: int) -> int:
    alters_a_line(connection, at)
    seal_again(connection, "small", first=at)
    return N


def alters_a_seal(connection: Connection, at: int) -> int:
    change(connection, "small", at, seal="0" * 64)
    return at


def alters_the_column_of_who_asked(connection: Connection, at: int) -> int:
    change(connection, "small", at, by="seat:dan")
    return at


def alters_the_column_of_the_command(connection: Connection, at: int) -> int:
    change(connection, "small", at, command="another")
    return at


def alters_the_column_of_the_kind(connection: Connection, at: int) -> int:
    change(connection, "small", at, kind="ClockPaused")
    return at


def removes_an_entry(connection: Connection, at: int) -> int:
    remove(connection, "small", at)
    return at


def removes_an_entry_and_closes_the_gap(connection: Connection, at: int) -> int:
    left = rows(connection, "small")
    put_in_place(connection, "small", left[: at - 1] + left[at:])
    return at


def removes_the_rest(connection: Connection, at: int) -> int:
    remove(connection, "small", *range(at, N + 1))
    return at


def inserts_an_entry(connection: Connection, at: int) -> int:
    """One that was made by the rules of sealing, out of an entry that is there."""
    before = rows(connection, "small")
    again = {**before[at - 1], "seal": log.seal_of(before[at - 1]["seal"], before[at - 1]["line"])}
    put_in_place(connection, "small", [*before[:at], again, *before[at:]])
    return at + 1


def swaps_two_neighbours(connection: Connection, at: int) -> int:
    before = rows(connection, "small")
    at = min(at, N - 1)
    put_in_place(connection, "small", [*before[: at - 1], before[at], before[at - 1], *before[at + 1 :]])
    return at


def moves_an_entry_to_the_end(connection: Connection, at: int) -> int:
    before = rows(connection, "small")
    at = min(at, N - 1)
    put_in_place(connection, "small", [*before[: at - 1], *before[at:], before[at - 1]])
    return at


def makes_a_line_unreadable_under_a_right_seal(connection: Connection, at: int) -> int:
    change(connection, "small", at, line="{}")
    seal_again(connection, "small", first=at)
    return at


TAMPERS = [
    alters_a_line,
    alters_a_line_and_its_seal,
    alters_a_line_and_all_seals_from_there,
    alters_a_seal,
    alters_the_column_of_who_asked,
    alters_the_column_of_the_command,
    alters_the_column_of_the_kind,
    removes_an_entry,
    removes_an_entry_and_closes_the_gap,
    removes_the_rest,
    inserts_an_entry,
    swaps_two_neighbours,
    moves_an_entry_to_the_end,
    makes_a_line_unreadable_under_a_right_seal,
]
PLACES = [1, N // 2, N]


@pytest.mark.parametrize("tamper", TAMPERS, ids=lambda tamper: tamper.__name__)
def test_whoever_tampers_with_the_log_is_found_at_the_place(tampered, tamper: Tamper):
    for at in PLACES:
        with undone(tampered) as connection:
            expected = tamper(connection, at)
            assert place_of_fault(connection) == expected
    assert verdict(tampered).holds


touches = st.tuples(
    st.integers(1, N), st.sampled_from(["line", "seal", "by", "command", "kind"]), st.integers(0, 2000), st.characters()
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(touches, min_size=1, max_size=4, unique_by=lambda touch: touch[:2]))
def test_whatever_characters_are_touched_the_first_of_them_is_found(tampered, touches):
    with undone(tampered) as connection:
        for at, column, place, character in touches:
            text = rows(connection, "small")[at - 1][column]
            place %= len(text)
            assume(character not in ("\0", text[place]))
            change(connection, "small", at, **{column: text[:place] + character + text[place + 1 :]})
        assert place_of_fault(connection) == min(at for at, *_ in touches)


def test_an_entry_appended_by_the_rules_of_sealing_is_found_by_the_head(tampered):
    with undone(tampered) as connection:
        kept = log._tail_of("small")
        head = connection.execute(kept).one()
        append(connection, story().meeting, [story().events[-1]])
        change_head(connection, "small", seq=head.seq, seal=head.seal)
        assert place_of_fault(connection) == N + 1


def test_a_head_that_says_another_length_is_found(tampered):
    with undone(tampered) as connection:
        change_head(connection, "small", seq=N - 3)
        assert place_of_fault(connection) == N - 2


def test_a_log_without_a_head_is_found(tampered):
    with undone(tampered) as connection:
        connection.execute(sa.text("DELETE FROM head"))
        assert faults(connection) == (f"entry {N + 1}: nothing says where the log ends",)


def test_two_exchanged_meetings_are_found_both_at_their_first_entry(tampered):
    record(tampered, at_water(small_plan(code="other")))
    with undone(tampered) as connection:
        ours, theirs = rows(connection, "small"), rows(connection, "other")
        put_in_place(connection, "small", theirs)
        put_in_place(connection, "other", ours)
        assert [place_of_fault(connection, code) for code in ("small", "other")] == [1, 1]


def test_an_entry_sealed_for_another_meeting_is_found_even_under_a_new_chain(tampered):
    record(tampered, at_water(small_plan(code="other")))
    with undone(tampered) as connection:
        put_in_place(connection, "small", rows(connection, "other"))
        seal_again(connection, "small", head=True)
        assert faults(connection) == ("entry 1: its columns do not match its sealed text",)


def test_an_entry_of_a_kind_that_nobody_knows_is_found(tampered):
    with undone(tampered) as connection:
        change(
            connection,
            "small",
            5,
            line=line_at(connection, 5).replace("CommentSent", "CommentLost"),
            kind="CommentLost",
        )
        seal_again(connection, "small", head=True)
        (fault,) = faults(connection)
        assert fault == "entry 5: a kind unknown to this program: CommentLost"


def test_whoever_writes_everything_anew_is_betrayed_by_the_seal_in_the_minutes(tampered):
    """The chain cannot find this alone, as docs/record.md says; the seal printed into the minutes can."""
    in_the_minutes = verdict(tampered).seal
    with undone(tampered) as connection:
        alters_a_line(connection, 4)
        seal_again(connection, "small", head=True)
        assert faults(connection) == ()
        assert verify(connection, "small").seal != in_the_minutes
