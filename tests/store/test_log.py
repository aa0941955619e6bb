"""The log: what is appended is there, in order, in its canonical text, under a seal that anybody can check."""

import hashlib
import json

import pytest

from app.store import log
from tests.meetings import ANN, Story, at_water, comment, give_score, small_plan
from tests.records import entries, record, save


@pytest.fixture
def story(database) -> Story:
    """Seven entries: opened, two segments entered, a round opened, a score, a comment, a message to the speaker."""
    story = at_water().does(give_score(ANN, "17.5"), comment(text='说得 <清楚> & "明白" \u2028 \x7f 😀'))
    record(database, story)
    return story


def test_what_was_appended_is_loaded_in_order(database, story):
    assert [entry.event for entry in entries(database, "small")] == story.events
    assert [entry.seq for entry in entries(database, "small")] == list(range(1, len(story.events) + 1))


def test_a_log_is_loaded_from_any_entry_on(database, story):
    with database.reading() as connection:
        later = list(log.load(connection, "small", after=3))
    assert later == entries(database, "small")[3:]


def test_a_new_meeting_has_an_empty_log(database):
    save(database, small_plan())
    assert entries(database, "small") == []


def test_a_meeting_nobody_planned_has_no_end_to_write_behind(database):
    with database.writing() as connection:
        assert log.locked_tail(connection, "nowhere") is None


def test_a_line_is_canonical_json(database, story):
    for entry in entries(database, "small"):
        said = json.loads(entry.line)
        assert json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == entry.line
        assert list(said) == ["at", "by", "command", "data", "kind", "meeting", "seq"]


def test_a_line_says_who_asked_for_what_and_when(database, story):
    score = next(entry for entry in entries(database, "small") if type(entry.event).__name__ == "ScoreGiven")
    assert json.loads(score.line) == {
        "at": "2023-11-17T04:00:00Z",
        "by": "seat:ann",
        "command": f"command-{score.seq}",
        "data": {
            "at": "2023-11-17T04:00:00Z",
            "criterion": "clarity",
            "points": "17.5",
            "round": "report-water",
            "seat": "ann",
        },
        "kind": "ScoreGiven",
        "meeting": "small",
        "seq": score.seq,
    }


def test_the_seals_follow_the_rule_of_the_documentation(database, story):
    seal = hashlib.sha256(b"kaimen:small").hexdigest()
    for entry in entries(database, "small"):
        seal = hashlib.sha256(f"{seal}\n{entry.line}".encode()).hexdigest()
        assert entry.seal == seal


def test_the_key_stands_in_the_line_and_where_there_was_none_the_line_is_as_it_always_was(database):
    tail, [event] = log.beginning("small"), at_water().events[:1]
    [by_key] = log.entries_after(tail, "small", "seat:ann", "one", [event], "1a2b3c4d")
    [without] = log.entries_after(tail, "small", "seat:ann", "one", [event])
    assert json.loads(by_key.line) == json.loads(without.line) | {"key": "1a2b3c4d"}
    assert '"key"' not in without.line
    assert list(json.loads(by_key.line)) == sorted(json.loads(by_key.line))
    save(database, small_plan())
    with database.writing() as connection:
        log.locked_tail(connection, "small")
        log.append(connection, "small", [by_key])
        assert [each.key for each in log.load(connection, "small")] == ["1a2b3c4d"]
        assert [each.key for each in log.verified(connection, "small")] == ["1a2b3c4d"]


def test_an_id_is_known_with_who_used_it_and_its_last_entry(database):
    save(database, small_plan())
    with database.writing() as connection:
        tail = log.locked_tail(connection, "small")
        both = list(log.entries_after(tail, "small", "seat:ann", "both", at_water().events[:2]))
        log.append(connection, "small", both)
        assert log.known(connection, "small", ["both", "neither"]) == {"both": ("seat:ann", 2)}
        assert log.known(connection, "another", ["both"]) == {}
