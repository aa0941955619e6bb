"""verify.html in a browser, from a file: it comes to what we come to, and names in place what was done to an export."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from app.meeting import commands as c
from app.meeting.composites.agreed import Composite, Part, Source
from app.meeting.plan import Mode, Order, Rules
from app.meeting.polls.agreed import PollsOpen, Voters
from app.papers.folder.digests import digest_of, listed
from app.papers.folder.folders import DIGESTS, FOR_FILE, FOR_PUBLIC, Folder, write
from app.papers.folder.paper import TEXT, Paper
from app.papers.record.ballots import papers_of_ballots
from app.papers.record.exports import log_file, papers_of_record
from app.papers.record.verifier import verifier_of
from tests.browser.verifying import (
    FOLLOWED,
    JOINED,
    RANKED,
    RECKONED,
    UNREADABLE,
    VOTED,
    come,
    drop,
    exported,
    faults,
    look,
)
from tests.golden.meetings import FOLDER, log_of, outcome_of
from tests.meetings import WATER, closed_over, opened, small_plan, whole_meeting
from tests.polled import counted_record, digest_of_lines, recountable, voted
from tests.reckoned import comes_to, random_case
from tests.records import proceedings_of_story
from tests.stories import Story
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
    at_kind,
    lines_of,
    seal_again,
)
from tests.vectors import joined_plan, vectors

GOLDEN = sorted(path.name.removesuffix(".log.jsonl") for path in FOLDER.glob("*.log.jsonl"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """What is checked of a meeting in which everything happens, for the file and for the public."""
    record = proceedings_of_story(whole_meeting(replace(small_plan(), order=Order.DRAWN)))
    papers = [*papers_of_record(record), *verifier_of(record)]
    to = tmp_path_factory.mktemp("stick")
    for name, inside in ((FOR_FILE, papers), (FOR_PUBLIC, [each for each in papers if each.for_public])):
        digests = listed((each.name, digest_of(each.content)) for each in inside)
        write(Folder(name, (*inside, Paper(DIGESTS, TEXT, digests))), to)
    return to


@pytest.fixture(scope="module")
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    """The page as a double click opens it. It may ask for nothing, and nothing may go wrong on it."""
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text))
    page.on("request", lambda request: wrong.append(request.url))
    page.goto((folder / FOR_PUBLIC / "verify.html").as_uri())
    yield page
    assert wrong[1:] == []  # behind the page itself
    context.close()


# --- it comes to the same ---------------------------------------------------------------------------------------------


def test_it_is_held_to_the_test_vectors_of_the_record(page):
    known = vectors()
    assert come(page, RECKONED, known["results"]) == [each["comes_to"] for each in known["results"]]
    assert come(page, RANKED, known["rankings"]) == [each["ranks"] for each in known["rankings"]]
    assert come(page, JOINED, known["composites"]) == [each["comes_to"] for each in known["composites"]]
    assert come(page, VOTED, known["votes"]) == [each["points"] for each in known["votes"]]
    for each in known["seals"]:
        assert page.evaluate("(plan) => kaimen.sealedText(plan)", each["plan"]) == each["sealed"]
        assert page.evaluate("(plan) => kaimen.ruleSeal(plan)", each["plan"]) == each["rule_seal"]
    for each in known["chains"]:
        entries = zip(each["lines"], each["seals"], strict=True)
        file = "\n".join(json.dumps({"line": line, "seal": seal}) for line, seal in entries)
        assert page.evaluate("(text) => kaimen.readLog(text).fault", file) is None
    for each in known["polls"]:
        assert (
            page.evaluate("(text) => kaimen.sha256(text)", "\n".join([*each["slips"], ""])) == each["digest_of_slips"]
        )
    for exact, places, text in known["rounded"]:
        over, _, under = exact.partition("/")
        number = f"kaimen.divided(kaimen.decimal('{over}'), kaimen.decimal('{under or 1}'))"
        assert page.evaluate(f"kaimen.rounded({number}, {places})") == text
    for seed, word, units, commitment, order in known["draws"]:
        assert page.evaluate("(seed) => kaimen.sha256(seed)", seed) == commitment
        assert (
            page.evaluate("([seed, word, units]) => kaimen.drawnOrder(seed, word, units)", [seed, word, units]) == order
        )


def test_it_reckons_whatever_meeting_as_we_do(page):
    cases = [random_case(Random(seed)) for seed in range(200)]
    ours = [comes_to(each) for each in cases]
    assert {each["outcome"] for each in ours} == {"scored", "no_quorum", "no_sheets"}
    for case, expected, found in zip(cases, ours, come(page, RECKONED, cases), strict=True):
        assert found == expected, case


@pytest.mark.parametrize("name", GOLDEN)
def test_every_golden_log_comes_to_what_it_came_to(page, name):
    found = come(page, FOLLOWED, log_of(name).read_text("utf-8"))
    expected = json.loads(outcome_of(name).read_text("utf-8"))
    assert (found["fault"], found["faults"], found["seal"]) == (None, [], expected["seal"])
    told = {
        id: {part: result[part] for part in each}
        for id, each in found["results"].items()
        if (result := expected["results"][id])
    }
    assert found["results"] == told
    assert found["results"].keys() == expected["results"].keys()


# --- it names what was done -------------------------------------------------------------------------------------------


def test_of_what_was_exported_everything_holds(page, folder):
    for name in (FOR_FILE, FOR_PUBLIC):
        looked = look(page, exported(folder, name))
        assert [each for each in looked if each["state"] == "fails"] == []
        codes = [each["code"].removeprefix("verifier.") for each in looked]
        assert {"chain", "rule_seal", "draw", "poll", "rules", "head", "score", "ranks", "digests"} <= set(codes)
        assert ("of_log" in codes, "announced" in codes) == (name == FOR_FILE, name == FOR_FILE)


@pytest.mark.parametrize("tamper", [*OF_THE_LOG, *OF_THE_PUBLIC_LOG, *SHORTENED], ids=lambda tamper: tamper.__name__)
def test_whoever_tampers_with_an_exported_log_is_found_at_the_entry(page, folder, tamper):
    files = exported(folder, FOR_FILE)
    at = tamper(files)
    del files["SHA256SUMS"]
    found = [each for each in faults(page, files) if each["code"].startswith("fault.")]
    assert found[0]["facts"]["seq"] == at


@pytest.mark.parametrize("tamper", [*OF_THE_RESULTS, *REWRITTEN], ids=lambda tamper: tamper.__name__)
def test_whoever_tampers_with_the_results_is_found_from_the_public_files_alone(page, folder, tamper):
    files = exported(folder, FOR_PUBLIC)
    before = json.loads(files[RESULTS])
    tamper(files)
    assert json.loads(files[RESULTS]) != before
    assert "verifier.digest_wrong" in [each["code"] for each in faults(page, files)]
    del files["SHA256SUMS"]
    assert faults(page, files) != []


def test_what_mail_sticks_and_browsers_do_to_files_is_no_fault(page, folder):
    """Renamed as a second one of its name; with other line ends and a mark; with what a Mac leaves beside them."""
    files = exported(folder, FOR_PUBLIC)
    listed_files = files[DIGESTS].splitlines()
    renamed = {f"{name} (1)" if name == DIGESTS else name.replace(".", " (1).", 1): files[name] for name in files}
    rewritten = {name: f"\ufeff{text}".replace("\n", "\r\n") for name, text in files.items() if ".html" not in name}
    beside = {f"公开/._{name}": "\x00\x05\x16\x07" for name in files}
    looked = look(page, {**renamed, **beside})
    assert {"code": "verifier.digests", "facts": {"number": len(listed_files)}, "state": "holds"} in looked
    assert [each for each in looked if each["state"] == "fails"] == []
    found = look(page, rewritten)
    assert [each for each in found if each["state"] == "fails"] == []
    codes = [each["code"].removeprefix("verifier.") for each in found]
    assert {"chain", "head", "score", "digest_lines"} <= set(codes)
    exchanged = dict(zip(files, [files[name] for name in reversed(files)], strict=True))
    exchanged[DIGESTS] = files[DIGESTS]
    assert "verifier.digest_wrong" in [each["code"] for each in faults(page, exchanged)]


def test_a_seal_is_looked_for_in_the_log_of_its_meeting(page, folder):
    """Those of another meeting, a rehearsal perhaps, lie beside it."""
    files = exported(folder, FOR_PUBLIC) | {"other.log.jsonl": log_of("composites-2026").read_text("utf-8")}
    seal = lines_of(files, PUBLIC_LOG)[2]["seal"][:16]
    found = [each["code"] for each in look(page, files, number="３", seal=seal) if "witness" in each["code"]]
    assert found == ["verifier.witness"]


def test_folders_and_files_are_dropped_on_the_page_as_it_opens_from_a_stick(page, folder):
    """Chromium refuses the older way into folders there; and what cannot be read hides nothing else."""
    page.click("[data-language='en']")
    drop(page, folder / FOR_PUBLIC, folder / FOR_FILE / LOG)
    expect(page.locator("#verdict")).to_have_text("Everything that can be checked here holds.")
    expect(page.locator("h2", has_text=f"{FOR_PUBLIC}/{RESULTS}")).to_be_visible()
    expect(page.locator("h2", has_text=LOG).last).to_be_visible()
    page.evaluate(UNREADABLE, LOG)
    drop(page, folder / FOR_FILE)
    expect(page.locator("[data-code='verifier.not_read']")).to_have_count(1)
    expect(page.locator("h2", has_text=f"{FOR_FILE}/{RESULTS}")).to_be_visible()
    page.evaluate("() => delete File.prototype.arrayBuffer")
    page.click("#again")


def test_a_person_drops_files_and_reads_what_is_wrong_and_what_a_pass_does_not_prove(page, folder, tmp_path):
    """In words, in both languages; a receipt is looked up, and a number with its seal."""
    files = exported(folder, FOR_FILE)
    page.set_input_files("#files", [str(folder / FOR_FILE / name) for name in files])
    verdict = page.locator("#verdict")
    expect(verdict).to_have_text("Everything that can be checked here holds.")
    *_, last = lines_of(files, LOG)
    receipt = json.loads(files[RESULTS])["results"][0]["sheets"][0]["receipt"]
    page.locator("summary").click()
    mistaken = receipt.lower().translate(str.maketrans("oilb", "0118"))
    page.fill("#receipt", "".join(chr(ord(sign) + 0xFEE0) for sign in mistaken))  # as an input method types it
    page.fill("#number", str(len(lines_of(files, LOG))))
    page.fill("#seal", " ".join([last["seal"][:4], last["seal"][4:8]]))
    expect(page.locator("[data-code='verifier.receipt']")).to_contain_text(f"{receipt}: this sheet was counted")
    expect(page.locator("[data-code='verifier.witness']").first).to_contain_text("has this seal")
    page.fill("#seal", "0" * 16)
    expect(verdict).to_have_attribute("data-state", "fails")
    page.click("#again")
    at = OF_THE_LOG[0](files)
    (tmp_path / LOG).write_text(files[LOG], "utf-8")
    page.set_input_files("#files", str(tmp_path / LOG))
    expect(page.locator("[data-code='fault.seal']")).to_contain_text(f"entry {at}: the seal does not match its text")
    page.click("[data-language='zh-CN']")
    expect(page.locator("[data-code='fault.seal']")).to_contain_text(f"第 {at} 条：封码与内容")
    expect(page.locator(".limits li")).to_have_count(6)
    assert "verifier." not in page.locator("body").inner_text()


def test_composites_that_do_not_follow_from_their_parts_are_named_at_their_announcement(page):
    lines = [json.loads(line) for line in log_of("composites-2026").read_text("utf-8").splitlines()]
    at = at_kind(lines, "CompositesAnnounced")
    said = json.loads(lines[at - 1]["line"])
    scored = next(each for each in said["data"]["composites"] if each["score"])
    scored["score"] = "99.99"
    lines[at - 1]["line"] = json.dumps(said, ensure_ascii=False)
    seal_again(lines, said["meeting"])
    found = come(page, FOLLOWED, "\n".join(map(json.dumps, lines)))
    assert (found["fault"], found["faults"]) == (None, [{"code": "fault.composites", "facts": {"seq": at}}])


def test_promises_are_counted_again_from_what_seats_said(page):
    lines = [json.loads(line) for line in log_of("promises-2026").read_text("utf-8").splitlines()]
    at, word = at_kind(lines, "PromisesTold"), at_kind(lines, "PromiseJudged")
    lines[word - 1]["line"] = lines[word - 1]["line"].replace('"mark":"kept"', '"mark":"not_kept"')
    seal_again(lines, "promises")
    found = come(page, FOLLOWED, "\n".join(map(json.dumps, lines)))
    assert [(each["code"], each["facts"]["seq"]) for each in found["faults"]][:1] == [("fault.promises", at)]


def voted_and_announced() -> Story:
    """Two of three tickets that say anything approve, and eight phones do not."""
    parts = Part("vote", "Vote", Decimal(60), Source.TICKETS), Part("daily", "Daily", Decimal(40))
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.HALL)
    story = opened(small_plan(mode=Mode.COMMENTS, rules=rules, composite=Composite(parts))).does(c.OpenPoll("water"))
    voted(story, "water.1", {"ticket": {"satisfied": 2, "dissatisfied": 1, "unknown": 9}, "phone": {"dissatisfied": 8}})
    return story.does(
        c.EnterPart("daily", {"water": Decimal(90)}, "the clerk"), c.AnnounceComposites(("court", "school"))
    )


def test_points_of_votes_are_reckoned_from_the_shown_tally_of_one_voice(page):
    story = voted_and_announced()
    lines = [json.loads(line) for line in log_file(proceedings_of_story(story)).decode().splitlines()]
    assert come(page, FOLLOWED, "\n".join(map(json.dumps, lines)))["faults"] == []
    at = at_kind(lines, "PollShown")
    lines[at - 1]["line"] = lines[at - 1]["line"].replace('"satisfied":2', '"satisfied":3')
    seal_again(lines, story.meeting.plan.code)
    found = come(page, FOLLOWED, "\n".join(map(json.dumps, lines)))["faults"]
    assert [each["code"] for each in found] == ["fault.composites"]


def test_points_of_votes_are_reckoned_from_the_public_files_alone(page):
    """Whoever announces something else than the ballots come to is found out without the whole log."""
    record = proceedings_of_story(voted_and_announced())
    files = {paper.name: paper.content.decode() for paper in papers_of_record(record) if paper.for_public}
    looked = look(page, files)
    assert {"code": "verifier.votes", "facts": {"number": 1}, "state": "holds"} in looked
    assert [each for each in looked if each["state"] == "fails"] == []
    said = json.loads(files[RESULTS])
    said["composites"][0]["points"]["vote"] = "66.66"
    found = faults(page, {**files, RESULTS: json.dumps(said, indent=2)})
    assert "verifier.votes_differ" in [each["code"] for each in found]


BALLOTS = "small.ballots.json"


@pytest.fixture(scope="module")
def cast() -> Files:
    """The files of a meeting in which the audience voted, those for everybody and the whole log."""
    record = counted_record(recountable())
    return {paper.name: paper.content.decode() for paper in (*papers_of_record(record), *papers_of_ballots(record))}


def of_everybody(cast: Files) -> Files:
    return {name: cast[name] for name in (PUBLIC_LOG, RESULTS, BALLOTS)}


def of_slips(looked: list[dict[str, Any]]) -> list[str]:
    return [each["code"].partition(".")[2] for each in looked if "slips" in each["code"]]


def test_ballots_are_counted_again_from_the_public_files_alone(page, cast):
    shown, ended = (at_kind(lines_of(cast, LOG), kind) for kind in ("PollShown", "PollClosed"))
    counted = {"code": "verifier.slips", "facts": {"seq": shown, "ended": ended, "number": 5}, "state": "holds"}
    for files in (of_everybody(cast), cast):
        looked = look(page, files)
        assert [each for each in looked if "slips" in each["code"]] == [counted]
        assert [each for each in looked if each["state"] == "fails"] == []


@pytest.mark.parametrize("tamper", OF_THE_BALLOTS, ids=lambda tamper: tamper.__name__)
def test_whoever_tampers_with_the_ballots_is_found_from_the_public_files_alone(page, cast, tamper):
    said = json.loads(cast[BALLOTS])
    tamper(said)
    found = faults(page, {**of_everybody(cast), BALLOTS: json.dumps(said)})
    assert found != []
    assert all(each["code"].startswith("fault.slips_") for each in found)


def test_what_is_sealed_and_shown_of_ballots_is_held_against_them_and_what_is_not_there_is_said(page, cast):
    slips = json.loads(cast[BALLOTS])["ballots"]["water.1"]["slips"]
    for old, new, code in (
        (digest_of_lines(slips), "0" * 64, "slips_altered"),
        ('"satisfied":2', '"satisfied":1,"dissatisfied":1', "slips_tally"),
        ('{"phone":3', '{"phone":4', "slips_number"),
    ):
        lines = lines_of(cast, LOG)
        at = next(at for at, each in enumerate(lines) if old in each["line"])
        lines[at]["line"] = lines[at]["line"].replace(old, new)
        seal_again(lines)
        files = {LOG: "\n".join(map(json.dumps, lines)), BALLOTS: cast[BALLOTS]}
        assert of_slips(faults(page, files)) == [code]
    assert of_slips(look(page, {PUBLIC_LOG: cast[PUBLIC_LOG]})) == ["slips_missing"]
    lines = lines_of(cast, PUBLIC_LOG)
    ended = lines[at_kind(lines, "PollClosed") - 1]
    ended["digest"] = hashlib.sha256(ended.pop("line").encode()).hexdigest()
    withheld = {PUBLIC_LOG: "\n".join(map(json.dumps, lines)), BALLOTS: cast[BALLOTS]}
    assert of_slips(look(page, withheld)) == ["slips_unsealed", "slips_tally"]
    before = log_file(proceedings_of_story(voted_and_announced())).decode()
    assert of_slips(look(page, {LOG: before})) == ["slips_before"]
    odd = {"meeting": "small", "ballots": {"water.1": {"slips": 7}}}
    assert [each["code"] for each in faults(page, {LOG: cast[LOG], BALLOTS: json.dumps(odd)})] == [
        "verifier.unreadable"
    ]
    other = cast[BALLOTS].replace('"small"', '"other"')
    assert [each["code"] for each in faults(page, {LOG: cast[LOG], BALLOTS: other})] == ["fault.no_log"]


def test_a_receipt_of_a_ballot_is_found_and_says_nothing_of_the_choice(page, cast):
    unit = json.loads(cast[BALLOTS])["ballots"]["water.1"]
    receipt = unit["receipts"][0]
    typed = f" {receipt[:4].lower()} {receipt[4:]}"
    (found,) = [each for each in look(page, of_everybody(cast), receipt=typed) if "receipt" in each["code"]]
    assert (found["code"], found["facts"]) == ("verifier.receipt_ballot", {"receipt": receipt, "unit": unit["unit"]})
    alone = {BALLOTS: cast[BALLOTS]}
    forged = {**of_everybody(cast), BALLOTS: cast[BALLOTS].replace("dissatisfied", "satisfied")}
    for files in (alone, forged):
        (listed,) = [each for each in look(page, files, receipt=typed) if each["code"].startswith("verifier.receipt")]
        assert (listed["state"], listed["code"]) == ("unknown", "verifier.receipt_listed")
    gone = [each["code"] for each in look(page, of_everybody(cast), receipt="AAAA AAAA") if "receipt" in each["code"]]
    assert gone == ["verifier.receipt_gone"]


def test_composites_are_reckoned_from_the_public_files_alone(page):
    """Units have classes; of two of them a part is missing."""
    story = closed_over(dict.fromkeys(("ann", "ben", "cat", "dan", "eve"), (50, 30)), plan=joined_plan())
    daily = c.EnterPart("daily", {"water": Decimal(15)}, "the clerk", "daily.xlsx", "0" * 64)
    story.does(c.RevealResult(WATER), c.EnterPart("vote", {"water": Decimal("77.31")}, "the clerk"), daily)
    record = proceedings_of_story(story.does(c.AnnounceComposites(("court", "school"))))
    files = {paper.name: paper.content.decode() for paper in papers_of_record(record) if paper.for_public}
    looked = look(page, files)
    assert [each for each in looked if each["state"] == "fails"] == []
    assert {"code": "verifier.composites", "facts": {"number": 3}, "state": "holds"} in looked
    said = json.loads(files[RESULTS])
    said["composites"][0]["points"]["vote"] = "77.32"
    files[RESULTS] = json.dumps(said, indent=2)
    assert "verifier.composite_differs" in [each["code"] for each in faults(page, files)]
    files[RESULTS] = json.dumps({**said, "composites": []}, indent=2)
    assert "verifier.composites_otherwise" in [each["code"] for each in faults(page, files)]
