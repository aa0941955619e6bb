"""What could be done to an export behind Kaimen's back, each kind once: files by name, and the entry where it shows."""

import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from app.store import log

Files = dict[str, str]
Tamper = Callable[[Files], int]
"""Changes the files; says at which entry that must be found, 0 where it shows in the results."""

LOG, PUBLIC_LOG, RESULTS = "small.log.jsonl", "small.public.log.jsonl", "small.results.json"
AT = 9


def lines_of(files: Files, name: str) -> list[Any]:
    return [json.loads(line) for line in files[name].splitlines()]


def write_lines(files: Files, name: str, lines: list[Any]) -> None:
    files[name] = "".join(f"{json.dumps(each, ensure_ascii=False)}\n" for each in lines)


def seal_again(lines: list[Any], code: str = "small") -> None:
    """As somebody would who knows how."""
    tail = log.beginning(code)
    for each in lines:
        tail = log.tail_with(tail, each["line"])
        each["seal"] = tail.seal


def at_kind(lines: list[Any], kind: str) -> int:
    """The number of the first entry of a kind."""
    return next(at for at, each in enumerate(lines, start=1) if f'"kind":"{kind}"' in each.get("line", ""))


def in_the_log(change: Callable[[list[Any]], int], name: str = LOG) -> Tamper:
    def tamper(files: Files) -> int:
        lines = lines_of(files, name)
        at = change(lines)
        write_lines(files, name, lines)
        return at

    tamper.__name__ = f"{change.__name__}_of_{name}"
    return tamper


def an_entry_altered(lines: list[Any]) -> int:
    at = next(at for at, each in enumerate(lines, start=1) if at >= AT and "line" in each)
    lines[at - 1]["line"] = lines[at - 1]["line"].replace("2023", "2024", 1)
    return at


def an_entry_removed(lines: list[Any]) -> int:
    del lines[AT - 1]
    return AT


def an_entry_inserted(lines: list[Any]) -> int:
    lines.insert(AT - 1, dict(lines[0]))
    return AT


def two_entries_exchanged(lines: list[Any]) -> int:
    lines[AT - 1], lines[AT] = lines[AT], lines[AT - 1]
    return AT


def a_digest_altered(lines: list[Any]) -> int:
    at = next(at for at, each in enumerate(lines, start=1) if "digest" in each)
    lines[at - 1]["digest"] = "0" * 64
    return at


def the_rest_taken_away(lines: list[Any]) -> int:
    """Only what was written down elsewhere, in the results or the minutes, can tell."""
    del lines[-2:]
    return len(lines) + 1


def an_entry_removed_and_all_sealed_again(lines: list[Any]) -> int:
    del lines[AT - 1]
    seal_again(lines)
    return AT


def a_sheet_changed_and_all_sealed_again(lines: list[Any]) -> int:
    at = at_kind(lines, "SheetSubmitted")
    said = json.loads(lines[at - 1]["line"])
    marks = said["data"]["version"]["marks"]
    marks.update(dict.fromkeys(marks, "1"))
    lines[at - 1]["line"] = _line(said)
    seal_again(lines)
    return at_kind(lines, "ResultRevealed")


def a_result_changed_and_all_sealed_again(lines: list[Any]) -> int:
    at = at_kind(lines, "ResultRevealed")
    said = json.loads(lines[at - 1]["line"])
    said["data"]["announced"]["score"] = "99.99"
    lines[at - 1]["line"] = _line(said)
    seal_again(lines)
    return at


def a_rule_changed_and_all_sealed_again(lines: list[Any]) -> int:
    at = at_kind(lines, "MeetingOpened")
    lines[at - 1]["line"] = lines[at - 1]["line"].replace('"trim_high":1', '"trim_high":0')
    seal_again(lines)
    return at


def a_lot_changed_and_all_sealed_again(lines: list[Any]) -> int:
    at = [at for at, each in enumerate(lines, start=1) if '"kind":"UnitDrawn"' in each["line"]][-1]
    said = json.loads(lines[at - 1]["line"])
    said["data"]["unit"] = "water" if said["data"]["unit"] != "water" else "court"
    lines[at - 1]["line"] = _line(said)
    seal_again(lines)
    return at


def _line(said: Any) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def in_the_results(change: Callable[[Any], None]) -> Tamper:
    def tamper(files: Files) -> int:
        said = json.loads(files[RESULTS])
        change(said)
        files[RESULTS] = f"{json.dumps(said, ensure_ascii=False, indent=2)}\n"
        return 0

    tamper.__name__ = change.__name__
    return tamper


def a_score_changed(said: Any) -> None:
    said["results"][0]["score"] = "99.99"


def a_total_changed(said: Any) -> None:
    kept = next(each for each in said["results"][0]["totals"] if not each["dropped"])
    kept["total"] = str(float(kept["total"]) + 0.5).removesuffix(".0")


def a_receipt_added(said: Any) -> None:
    said["results"][0]["sheets"].append({"receipt": "AAAA-AAAA"})


def a_published_rule_changed(said: Any) -> None:
    said["rules"]["trim_from"] = 9


def a_grade_changed(said: Any) -> None:
    said["results"][0]["grade"] = "excellent"


def a_result_left_out(said: Any) -> None:
    del said["results"][0]


def a_part_left_out(said: Any) -> None:
    del said["results"][0]["turnout"]


def two_ranks_exchanged(said: Any) -> None:
    one, other, *_ = said["results"]
    one["rank"], other["rank"] = other["rank"], one["rank"]


def a_score_reckoned_anew(said: Any) -> None:
    """With totals that come to it, and without the entry that announced another."""
    first = min(said["results"], key=lambda each: each["rank"] or 99)
    for each in first["totals"]:
        each["total"] = str(Decimal(each["total"]) + 1)
    first["score"] = str(Decimal(first["score"]) + 1)
    first["entry"], first["is_revealed"] = None, False


def a_score_reckoned_anew_of_a_log_without_entries(said: Any) -> None:
    a_score_reckoned_anew(said)
    said["entry"] = 0


def a_score_reckoned_anew_of_another_meeting(said: Any) -> None:
    a_score_reckoned_anew(said)
    said["meeting"] = "other"


def two_units_exchanged(said: Any) -> None:
    one, other, *_ = said["results"]
    for name in ("unit", "unit_id"):
        one[name], other[name] = other[name], one[name]


def a_unit_called_otherwise(said: Any) -> None:
    said["results"][0]["unit"] = said["results"][1]["unit"]


def the_rules_sealed_anew(said: Any) -> None:
    said["sealed"] = said["sealed"].replace("Expert 1", "Expert 9")
    said["rule_seal"] = hashlib.sha256(said["sealed"].encode()).hexdigest()


# --- the ballots ------------------------------------------------------------------------------------------------------


def a_choice_altered(said: Any) -> None:
    slips = _slips(said)
    at = next(at for at, each in enumerate(slips) if each.endswith(" satisfied"))
    slips[at] = slips[at].replace(" satisfied", " dissatisfied")


def two_choices_exchanged(said: Any) -> None:
    """The tally stays what it was."""
    slips = _slips(said)
    one, other = (next(at for at, each in enumerate(slips) if each.endswith(end)) for end in (" satisfied", " fairly"))
    slips[one] = slips[one].replace(" satisfied", " fairly")
    slips[other] = slips[other].replace(" fairly", " satisfied")


def a_slip_added(said: Any) -> None:
    _slips(said).append(f"{'f' * 32} phone satisfied")


def a_slip_removed(said: Any) -> None:
    del _slips(said)[0]


def a_slip_twice(said: Any) -> None:
    """In place of another."""
    slips = _slips(said)
    one, other = (at for at, each in enumerate(slips) if each.endswith(" satisfied"))
    slips[one] = slips[other]


def a_slip_that_is_none(said: Any) -> None:
    _slips(said)[0] = "satisfied"


def a_receipt_exchanged(said: Any) -> None:
    next(iter(said["ballots"].values()))["receipts"][0] = "AAAAAAAA"


def the_ballots_of_another_poll(said: Any) -> None:
    said["ballots"] = {"court.1": next(iter(said["ballots"].values()))}


def ids_made_anew(said: Any) -> None:
    """As with another key."""
    slips = _slips(said)
    slips[:] = sorted(f"{each[:32][::-1]}{each[32:]}" for each in slips)


def a_poll_called_otherwise(said: Any) -> None:
    """The ballots are right, and said to be on another unit."""
    next(iter(said["ballots"].values()))["unit"] = "Court"


def _slips(said: Any) -> list[str]:
    first: list[str] = next(iter(said["ballots"].values()))["slips"]
    return first


OF_THE_BALLOTS = [
    *(a_choice_altered, two_choices_exchanged, a_slip_added, a_slip_removed, a_slip_twice, a_slip_that_is_none),
    *(a_receipt_exchanged, the_ballots_of_another_poll, ids_made_anew),
    a_poll_called_otherwise,
]
"""Of the first poll in the file, of which two said satisfied and somebody fairly."""

OF_THE_LOG = [
    *(in_the_log(each) for each in (an_entry_altered, an_entry_removed, an_entry_inserted, two_entries_exchanged)),
    in_the_log(an_entry_removed_and_all_sealed_again),
    in_the_log(a_sheet_changed_and_all_sealed_again),
    in_the_log(a_result_changed_and_all_sealed_again),
    in_the_log(a_rule_changed_and_all_sealed_again),
    in_the_log(a_lot_changed_and_all_sealed_again),
]
OF_THE_PUBLIC_LOG = [
    in_the_log(each, PUBLIC_LOG)
    for each in (an_entry_altered, an_entry_removed, an_entry_inserted, two_entries_exchanged, a_digest_altered)
]
SHORTENED = [in_the_log(the_rest_taken_away), in_the_log(the_rest_taken_away, PUBLIC_LOG)]
OF_THE_RESULTS = [
    in_the_results(each)
    for each in (
        a_score_changed,
        a_total_changed,
        a_receipt_added,
        a_published_rule_changed,
        a_grade_changed,
        a_result_left_out,
        a_part_left_out,
        two_ranks_exchanged,
    )
]
REWRITTEN = [
    in_the_results(each)
    for each in (
        a_score_reckoned_anew,
        a_score_reckoned_anew_of_a_log_without_entries,
        a_score_reckoned_anew_of_another_meeting,
        two_units_exchanged,
        a_unit_called_otherwise,
        the_rules_sealed_anew,
    )
]
"""By somebody who knows what is compared: nothing in the results contradicts itself."""
