"""``run.py verify FILE``: an exported log is checked anywhere, without a database; what was done to it is named."""

import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from app.meeting import commands as c
from app.meeting.plan import Order
from app.papers.record.ballots import papers_of_ballots
from app.papers.record.exported import Checked, checked
from app.papers.record.exports import papers_of_record
from tests.commandline import run_here
from tests.golden.meetings import FOLDER
from tests.meetings import small_plan, whole_meeting
from tests.polled import counted_record, digest_of_lines, recountable, voted
from tests.records import proceedings_of_story
from tests.tampered import (
    LOG,
    OF_THE_BALLOTS,
    OF_THE_LOG,
    OF_THE_PUBLIC_LOG,
    OF_THE_RESULTS,
    PUBLIC_LOG,
    RESULTS,
    REWRITTEN,
    SHORTENED,
    Files,
    a_receipt_added,
    in_the_results,
    lines_of,
    seal_again,
    write_lines,
)

BALLOTS = "small.ballots.json"
FOR_STAFF = "small.results-for-staff.json"


@pytest.fixture(scope="module")
def exported() -> Files:
    record = proceedings_of_story(whole_meeting(replace(small_plan(), order=Order.DRAWN)))
    return {paper.name: paper.content.decode() for paper in papers_of_record(record)}


def written(files: Files, to: Path, *names: str) -> Path:
    for name in names or files:
        (to / name).write_text(files[name], "utf-8")
    return to


def places(folder: Path) -> list[int]:
    """The numbers of the entries at which something does not hold."""
    return [
        int(str(fault.facts["seq"]))
        for each in checked([folder])
        for fault in each.verdict.faults
        if "seq" in fault.facts
    ]


def test_what_was_exported_holds_and_says_with_what_to_compare_it(exported, tmp_path):
    said = run_here("verify", written(exported, tmp_path))
    *_, last = exported[LOG].splitlines()
    seal = json.loads(last)["seal"]
    assert (said.exit_code, said.stderr) == (0, "")
    assert f"{LOG}: The record holds: {len(exported[LOG].splitlines())} entries, last seal {seal}." in said.stdout
    withheld = exported[PUBLIC_LOG].count('{"digest"')
    assert withheld
    assert f"of {withheld} of them only the digest" in said.stdout
    assert f"{RESULTS}: The results belong to this record." in said.stdout
    assert f"{FOR_STAFF}: The results belong to this record." in said.stdout


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.log.jsonl")), ids=lambda path: path.name)
def test_every_golden_log_holds_as_a_file(path):
    (found,) = checked([path])
    assert found.verdict.faults == ()


@pytest.mark.parametrize("tamper", [*OF_THE_LOG, *OF_THE_PUBLIC_LOG, *SHORTENED], ids=lambda tamper: tamper.__name__)
def test_whoever_tampers_with_an_exported_log_is_found_at_the_entry(exported, tmp_path, tamper):
    files = dict(exported)
    at = tamper(files)
    assert at in places(written(files, tmp_path))


@pytest.mark.parametrize("tamper", [*OF_THE_RESULTS, *REWRITTEN], ids=lambda tamper: tamper.__name__)
def test_whoever_tampers_with_the_results_is_found_beside_the_log(exported, tmp_path, tamper):
    files = dict(exported)
    tamper(files)
    found = {each.name: each.verdict for each in checked([written(files, tmp_path)])}
    assert not found[RESULTS].holds
    assert found[LOG].holds


@pytest.mark.parametrize("tamper", REWRITTEN, ids=lambda tamper: tamper.__name__)
def test_results_that_do_not_contradict_themselves_are_found_beside_the_public_log_alone(exported, tmp_path, tamper):
    files = dict(exported)
    tamper(files)
    found = {each.name: each.verdict for each in checked([written(files, tmp_path, PUBLIC_LOG, RESULTS)])}
    assert (found[PUBLIC_LOG].holds, found[RESULTS].holds) == (True, False)


def test_a_score_that_was_not_announced_is_found_beside_the_public_log_alone(exported, tmp_path):
    files = dict(exported)
    OF_THE_RESULTS[0](files)
    at = json.loads(files[RESULTS])["results"][0]["entry"]
    assert places(written(files, tmp_path, PUBLIC_LOG, RESULTS)) == [at]


def test_a_fault_is_said_in_words_with_its_file_and_ends_with_code_1(exported, tmp_path):
    files = dict(exported)
    at = OF_THE_LOG[0](files)
    said = run_here("verify", written(files, tmp_path) / LOG)
    assert said.exit_code == 1
    assert f"{LOG}: entry {at}: the seal does not match its text and the entry before it" in said.stderr
    assert said.stderr.endswith("The record does not hold.\n")


def test_results_say_of_which_unit_something_differs(exported, tmp_path):
    files = dict(exported)
    in_the_results(a_receipt_added)(files)
    said = run_here("verify", written(files, tmp_path))
    assert re.search(rf"{RESULTS}: The .*: “sheets” in the results does not agree with the log", said.stderr)


@pytest.mark.parametrize("name", ["公开-public", "papers"])
def test_a_folder_is_no_code_even_if_it_is_called_like_one(exported, tmp_path, monkeypatch, name):
    """As somebody types it who is in the folder above."""
    (tmp_path / name).mkdir()
    written(exported, tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert "The record holds" in run_here("verify", name, "--db", "none.db").stdout


def test_files_that_are_none_are_said_to_be_none(tmp_path):
    (tmp_path / "notes.txt").write_text("of the clerk")
    said = run_here("verify", tmp_path)
    assert (said.exit_code, said.stderr) == (
        1,
        "None of these files is an exported log (its name ends in .log.jsonl).\n",
    )
    (tmp_path / "odd.log.jsonl").write_text("{\n")
    assert run_here("verify", tmp_path).stderr.startswith("odd.log.jsonl: entry 1: unreadable: JSON")


def test_what_mail_and_sticks_do_to_files_is_no_fault(exported, tmp_path):
    """Renamed, with other line ends and a mark of UTF-8; beside them what a Mac leaves; in the folders of an export."""
    inside = tmp_path / "公开-public"
    inside.mkdir()
    for name, text in {"small.log (1).jsonl": exported[LOG], RESULTS: exported[RESULTS]}.items():
        (inside / name).write_bytes(f"\ufeff{text}".replace("\n", "\r\n").encode())
        (inside / f"._{name}").write_bytes(b"\x00\x05\x16\x07")
    (inside / "._small.log.jsonl").write_bytes(b"\x00\x05\x16\x07")
    said = run_here("verify", tmp_path)
    assert (said.exit_code, said.stderr) == (0, "")
    assert "small.log (1).jsonl: The record holds" in said.stdout
    assert f"{RESULTS}: The results belong to this record." in said.stdout


# --- ballots ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cast() -> Files:
    record = counted_record(recountable())
    return {paper.name: paper.content.decode() for paper in (*papers_of_record(record), *papers_of_ballots(record))}


def codes(found: list[Checked], name: str) -> list[str]:
    (verdict,) = [each.verdict for each in found if each.name == name]
    return [fault.code for fault in verdict.faults]


def test_ballots_are_counted_again_and_what_cannot_be_is_said(cast, tmp_path):
    assert list(json.loads(cast[BALLOTS])["ballots"]) == ["water.1"], "of the others nobody was told"
    said = run_here("verify", written(cast, tmp_path))
    assert (said.exit_code, said.stderr) == (0, "")
    assert f"{BALLOTS}: The ballots add up to what was shown" in said.stdout
    assert "not among these files" not in said.stdout
    (tmp_path / BALLOTS).unlink()
    said = run_here("verify", tmp_path)
    assert said.exit_code == 0
    assert "the ballots of this poll are not among these files" in said.stdout


@pytest.mark.parametrize("tamper", OF_THE_BALLOTS, ids=lambda tamper: tamper.__name__)
def test_whoever_tampers_with_the_ballots_is_found_beside_either_log(cast, tmp_path, tamper):
    said = json.loads(cast[BALLOTS])
    tamper(said)
    files = {**cast, BALLOTS: json.dumps(said)}
    for name in (LOG, PUBLIC_LOG):
        to = tmp_path / name
        to.mkdir()
        found = checked([written(files, to, name, BALLOTS)])
        assert codes(found, name) == []
        assert codes(found, BALLOTS) != []


def test_a_digest_or_a_tally_altered_in_the_log_and_sealed_again_is_found(cast, tmp_path):
    slips = json.loads(cast[BALLOTS])["ballots"]["water.1"]["slips"]
    for old, new, faults in (
        (digest_of_lines(slips), "0" * 64, ["fault.slips_altered"]),
        ('"satisfied":2', '"satisfied":1,"dissatisfied":1', ["fault.slips_tally"]),
        ('{"phone":3', '{"phone":4', ["fault.slips_number"]),
    ):
        files = dict(cast)
        lines = lines_of(files, LOG)
        at = next(at for at, each in enumerate(lines) if old in each["line"])
        lines[at]["line"] = lines[at]["line"].replace(old, new)
        seal_again(lines)
        write_lines(files, LOG, lines)
        assert codes(checked([written(files, tmp_path, LOG, BALLOTS)]), BALLOTS) == faults


def test_where_what_sealed_the_ballots_is_withheld_nobody_says_that_they_are_those_that_were_sealed(cast, tmp_path):
    files = dict(cast)
    lines = lines_of(files, PUBLIC_LOG)
    ended = next(each for each in lines if '"kind":"PollClosed"' in each.get("line", ""))
    ended["digest"] = hashlib.sha256(ended.pop("line").encode()).hexdigest()
    write_lines(files, PUBLIC_LOG, lines)
    public = run_here("verify", written(files, tmp_path, PUBLIC_LOG, BALLOTS)).stdout
    assert f"{BALLOTS}: The ballots add up to what was shown. Only the whole log can show" in public
    both = run_here("verify", written(files, tmp_path, LOG, PUBLIC_LOG, BALLOTS)).stdout
    assert f"{BALLOTS}: The ballots add up to what was shown, and are those" in both


@pytest.mark.parametrize(
    "said",
    [
        {"ballots": []},
        {"ballots": {"water.1": None}},
        {"ballots": {"water.1": {"receipts": [], "slips": 7}}},
        {"ballots": {"water.1": {"slips": [7], "receipts": []}}},
    ],
    ids=str,
)
def test_a_file_of_ballots_that_cannot_be_followed_is_a_fault(cast, tmp_path, said):
    files = {**cast, BALLOTS: json.dumps({"meeting": "small", **said})}
    assert codes(checked([written(files, tmp_path, LOG, BALLOTS)]), BALLOTS) == ["fault.slips_unreadable"]


def test_of_a_poll_from_before_there_were_slips_it_is_said_that_it_cannot_be_counted_again(tmp_path):
    story = voted(recountable().does(c.OpenPoll("school")), "school.2", {"phone": {"fairly": 2}})
    record = counted_record(story)
    files = {paper.name: paper.content.decode() for paper in (*papers_of_record(record), *papers_of_ballots(record))}
    said = run_here("verify", written(files, tmp_path))
    assert (said.exit_code, said.stdout.count("together with their voters")) == (0, 2)


def test_ballots_of_another_meeting_have_no_log_here(cast, tmp_path):
    files = {**cast, BALLOTS: cast[BALLOTS].replace('"small"', '"other"')}
    assert codes(checked([written(files, tmp_path)]), BALLOTS) == ["fault.no_log"]
