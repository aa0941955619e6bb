"""The log: what is appended is there, in order, in its canonical text, under a seal that anybody can check."""

import hashlib
import json
from pathlib import Path

import pytest

from app.papers.folder.proceedings import proceedings_of
from app.papers.record.exports import log_file
from app.store import log
from tests.meetings import ANN, Story, at_water, comment, give_score, small_plan
from tests.records import change, checked_as_documented, entries, record, save


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
        chain = ["chain"] if entry.seq == 1 else []  # said once, by the first
        assert list(said) == ["at", "by", *chain, "command", "data", "kind", "meeting", "seq"]


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
        digest = hashlib.sha256(entry.line.encode()).hexdigest()
        seal = hashlib.sha256(f"{seal}\n{digest}".encode()).hexdigest()
        assert entry.seal == seal


def exported(database) -> list[dict[str, str]]:
    with database.reading() as connection:
        text = log_file(proceedings_of(connection, "small")).decode()
    return [json.loads(line) for line in text.split("\n") if line]


def seal_of_file(lines: list[dict[str, str]], file: Path) -> str:
    file.write_text("".join(json.dumps(each) + "\n" for each in lines), "utf-8")
    return checked_as_documented(file, "small")


@pytest.mark.parametrize("withheld", [{1}, {3, 4}, {2, 6}], ids=["the first", "some", "a few"])
def test_a_log_without_some_of_its_lines_comes_to_the_same_seal(database, story, tmp_path, withheld):
    lines = exported(database)
    public = [
        {"digest": log.digest_of(each["line"]), "seal": each["seal"]} if seq in withheld else each
        for seq, each in enumerate(lines, 1)
    ]
    assert sum("line" not in each for each in public) == len(withheld)
    assert seal_of_file(public, tmp_path / "public.jsonl") == lines[-1]["seal"]


def test_a_line_that_was_altered_or_a_digest_of_another_is_found_in_a_public_log(database, story, tmp_path):
    lines = exported(database)
    altered = {**lines[4], "line": lines[4]["line"].replace("ann", "ben")}
    other = {"digest": log.digest_of(lines[3]["line"]), "seal": lines[4]["seal"]}
    for fifth in (altered, other):
        assert fifth != lines[4]
        with pytest.raises(AssertionError):
            seal_of_file([*lines[:4], fifth, *lines[5:]], tmp_path / "public.jsonl")


@pytest.mark.parametrize("chain", [1, 3])
def test_another_rule_said_of_a_log_than_the_one_it_is_sealed_by_is_found(database, story, chain):
    with database.writing() as connection:
        line = entries(database, "small")[0].line
        assert '"chain":2' in line
        change(connection, "small", 1, line=line.replace('"chain":2', f'"chain":{chain}'))
        with pytest.raises(log.Broken) as broken:
            list(log.verified(connection, "small"))
    assert (broken.value.said.code, broken.value.said.facts["seq"]) == ("fault.seal", 1)


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
        assert log.known(connection, "small", ["both", "neither"]) == {"both": ("seat:ann", 2, both[-1].seal)}
        assert log.known(connection, "another", ["both"]) == {}
