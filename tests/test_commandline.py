"""The command line: what it prints, in both languages, and what it says instead of a traceback."""

import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest

from app.language import Language
from app.meeting import commands as c
from app.meeting.plan import RECKONING, GradeLine, ResultsShown, Rules, TieBreak
from app.papers.folder.folders import FOR_FILE, FOR_PUBLIC
from app.store import keys, plans
from app.store.database import Database
from app.store.keys import Key, Role
from app.store.lock import Lock
from app.web.terminal import Terminal
from tests.commandline import CHINESE, ENGLISH, kaimen, opens, run_here
from tests.meetings import COURT, WATER, closed_over, shipped, small_plan, whole_meeting
from tests.records import checked_as_documented, entries, record

pytestmark = pytest.mark.timeout(120)


# --- links ------------------------------------------------------------------------------------------------------------


def test_links_leave_the_one_a_terminal_shows_alone(copy):
    with closing(Database(copy)) as database, database.preparing() as connection:
        shown = Terminal("seed").moderators_link(connection, "demo")
    run_here("links", "demo", "--db", copy)
    assert opens(copy, shown) == Key("demo", Role.MODERATOR)


def test_links_are_a_full_set_of_new_keys(copy):
    said = run_here("links", "demo", "--db", copy, "--url", "http://hall:8000/", "--json")
    made = json.loads(said.stdout)
    assert (said.exit_code, said.stderr, made["code"]) == (0, "", "demo")
    assert opens(copy, made["moderator"]) == Key("demo", Role.MODERATOR)
    assert {seat: opens(copy, link) for seat, link in made["seats"].items()} == {
        seat.id: Key("demo", Role.SEAT, seat.id) for seat in shipped("demo").seats
    }
    staff = {role: opens(copy, made[role]) for role in ("operator", "supervisor", "guest")}
    assert staff == {role: Key("demo", Role(role)) for role in staff}
    assert opens(copy, made["organiser"]) == Key(None, Role.ORGANISER)
    assert {name: opens(copy, link) for name, link in made["displays"].items()} == {
        "main": Key("demo", Role.DISPLAY, "main")
    }
    assert re.fullmatch(r"http://hall:8000/demo/moderator/[\w-]{22}", made["moderator"])


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        (["--role", "operator"], {"operator": Key("demo", Role.OPERATOR)}),
        (["--role", "organiser"], {"organiser": Key(None, Role.ORGANISER)}),
        (["--seat", "expert-2"], {"expert-2": Key("demo", Role.SEAT, "expert-2")}),
    ],
)
def test_one_link_can_be_made_anew_and_the_others_stay_good(copy, asked, made):
    before = json.loads(run_here("links", "demo", "--db", copy, "--json").stdout)
    said = json.loads(run_here("links", "demo", "--db", copy, *asked, "--revoke", "--json").stdout)
    links = {name: link for name, link in flat(said).items() if name != "code"}
    assert {name: opens(copy, link) for name, link in links.items()} == made
    assert {name for name, link in flat(before).items() if name != "code" and not opens(copy, link)} == set(made)


def test_links_of_units_are_part_of_no_full_set_and_made_when_asked_for(copy):
    assert "units" not in json.loads(run_here("links", "demo", "--db", copy, "--json").stdout)
    made = json.loads(run_here("links", "demo", "--db", copy, "--role", "unit", "--json").stdout)["units"]
    units = shipped("demo").units
    assert [opens(copy, made[unit.id]) for unit in units] == [Key("demo", Role.UNIT, unit.id) for unit in units]
    told = run_here("links", "demo", "--db", copy, "--role", "unit").stdout.splitlines()
    assert [line.split("\t")[0] for line in told] == [unit.short_name for unit in units]


def flat(said: dict[str, Any]) -> dict[str, str]:
    """The links of ``links --json`` by role, display or seat."""
    staff = {name: link for name, link in said.items() if isinstance(link, str)}
    return {**staff, **said["displays"], **said["seats"]}


def test_a_seat_there_is_not_gets_no_link(copy):
    said = run_here("links", "demo", "--db", copy, "--seat", "expert-9")
    assert (said.exit_code, said.stdout) == (1, "")
    assert said.stderr.startswith("There is no seat “expert-9”. There are: expert-1, ")


def test_links_are_printed_with_the_names_of_the_seats_and_revoke_the_earlier_ones(copy):
    first = json.loads(run_here("links", "demo", "--db", copy, "--json").stdout)
    assert opens(copy, first["moderator"])
    said = run_here("links", "demo", "--db", copy, "--url", "http://hall", "--revoke", language=Language.CHINESE)
    lines = [line.split("\t") for line in said.stdout.splitlines()]
    staff = ["会务", "主持人", "技术操作员", "监督员", "来宾", "提问审核员", "大屏 main"]
    assert [name for name, _ in lines] == [*staff, *(seat.label for seat in shipped("demo").seats)]
    assert None not in [opens(copy, link) for _, link in lines]
    assert [opens(copy, link) for link in (first["moderator"], *first["seats"].values())] == [None] * 10
    with closing(Database(copy)) as database, database.reading() as connection:
        revoked = [each for each in keys.listed(connection, "demo") if each.revoked_at]
    assert {each.revoked_by for each in revoked} == {keys.COMMAND_LINE}


@pytest.mark.parametrize("host", ["0.0.0.0", "127.0.0.1"])
def test_links_begin_with_the_address_at_which_the_server_listens_that_works_on_the_database(copy, host):
    lock = Lock(copy)
    lock.take(f"{host}:9123")
    beside = run_here("links", "demo", "--db", copy, "--role", "operator").stdout
    lock.release()
    alone = run_here("links", "demo", "--db", copy, "--role", "operator").stdout
    assert (":9123/demo/operator/" in beside, ":8000/demo/operator/" in alone) == (True, True)
    if host == "127.0.0.1":  # nobody else reaches it
        assert "http://127.0.0.1:9123/" in beside


def test_links_without_a_code_says_which_meetings_there_are(copy):
    said = run_here("links", "--db", copy)
    assert said.exit_code == 0
    assert [line.split("\t")[0].strip() for line in said.stdout.splitlines()[1:]] == [
        "run.py links demo",
        "run.py links comments",
        "run.py links levels",
    ]


def test_a_rehearsal_is_told_from_its_meeting_in_the_list(copy):
    with closing(Database(copy)) as database, database.writing() as connection:
        plans.save(connection, replace(shipped("demo"), code="demo-r1", rehearsal_of="demo"))
    marked = [line for line in run_here("links", "--db", copy).stdout.splitlines() if line.endswith("(rehearsal)")]
    assert [line.split("\t")[0].strip() for line in marked] == ["run.py links demo-r1"]


# --- verify -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (ENGLISH, "The record holds: {entries} entries, last seal {seal}."),
        (CHINESE, "记录核验通过：共 {entries} 条，末条封码 {seal}。"),
    ],
)
def test_a_record_that_holds(played, language, sentence):
    said = kaimen("verify", "demo", "--db", played, language=language)
    last = logged(played)[-1]
    assert said.stdout.strip() == sentence.format(entries=last.seq, seal=last.seal)
    assert (said.returncode, said.stderr) == (0, "")


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (ENGLISH, ["entry 17: missing; the next one is 18", "The record does not hold."]),
        (CHINESE, ["第 17 条：缺失，下一条是第 18 条", "记录核验未通过。"]),
    ],
)
def test_a_record_that_does_not_hold_is_said_with_the_place(copy, language, sentences):
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE log SET line = replace(line, 'report 1', 'report 7') WHERE seq = 30")
        connection.execute("DELETE FROM log WHERE seq = 17")
        connection.commit()
    said = kaimen("verify", "demo", "--db", copy, language=language)
    assert said.returncode == 1
    assert said.stdout == ""
    assert said.stderr.splitlines() == sentences


def test_an_altered_mark_in_the_tables_is_said_with_its_row(copy):
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("UPDATE result SET score = '100.00' WHERE round = 'report-edu'")
        connection.commit()
    said = run_here("verify", "demo", "--db", copy)
    assert said.exit_code == 1
    assert said.stderr.splitlines() == [
        "table result, row demo/report-edu does not agree with the log",
        "The record does not hold.",
    ]


# --- export -----------------------------------------------------------------------------------------------------------


def exported_results(to: Path, code: str) -> list[dict[str, Any]]:
    """As they are published, and as the staff have them."""
    files = (to / FOR_PUBLIC / f"{code}.results.json", to / FOR_FILE / f"{code}.results-for-staff.json")
    return [json.loads(file.read_text("utf-8")) for file in files]


def test_an_export_can_be_checked_by_anybody(played, tmp_path):
    said = run_here("export", "demo", "--db", played, "--to", tmp_path / "new" / "folder")
    folders = [tmp_path / "new" / "folder" / name for name in (FOR_FILE, FOR_PUBLIC)]
    assert (said.exit_code, said.stdout.splitlines()) == (0, [str(folder / "index.html") for folder in folders])
    assert checked_as_documented(folders[0] / "demo.log.jsonl", "demo") == logged(played)[-1].seal


def test_exported_results_have_their_working_and_name_no_seat(played, tmp_path):
    run_here("export", "demo", "--db", played, "--to", tmp_path)
    said = json.loads((tmp_path / FOR_PUBLIC / "demo.results.json").read_text("utf-8"))
    story = whole_meeting(shipped("demo"))
    assert [(each["round"], each["score"], each["grade"]) for each in said["results"]] == [
        (round.id, str(round.announced.score), round.announced.grade) for round in story.meeting.rounds.values()
    ]
    assert (said["rule_seal"], said["reckoning"]) == (story.meeting.seal, RECKONING)
    assert all(each["working"] and len(each["sheets"]) == each["turnout"]["counted"] for each in said["results"])
    del said["sealed"]  # what was agreed before the opening: there are the seats, and nothing that they did
    assert not re.search("|".join(seat.id for seat in shipped("demo").seats), json.dumps(said))


def test_exported_results_can_be_reckoned_again_from_the_file_alone(played, tmp_path):
    """Names, criteria, rules and ranks: nobody needs the program, or a second file."""
    run_here("export", "demo", "--db", played, "--to", tmp_path)
    said = json.loads((tmp_path / FOR_FILE / "demo.results-for-staff.json").read_text("utf-8"))
    plan = shipped("demo")
    assert {each["id"]: each["name"] for each in said["units"]} == {unit.id: unit.name for unit in plan.units}
    assert [(each["name"], each["maximum"]) for each in said["criteria"]] == [
        (each.name, str(each.maximum)) for each in plan.criteria
    ]
    weights, rules = {each["id"]: Decimal(each["weight"]) for each in said["criteria"]}, said["rules"]
    assert (rules["trim_of"], rules["group_weights"], rules["tie_ladder"]) == ("sheet", {}, ["chair"])
    [ruling] = said["rulings"]
    order = []
    for result in said["results"]:
        marks = [each["marks"] for each in result["sheets"]]
        totals = sorted(sum(weights[id] * Decimal(mark) for id, mark in each.items()) for each in marks)
        kept = totals[rules["trim_low"] : -rules["trim_high"]] if len(totals) >= rules["trim_from"] else totals
        score = (sum(kept) / len(kept)).quantize(Decimal(1).scaleb(-rules["places"]), ROUND_HALF_UP)
        assert Decimal(result["score"]) == score
        order.append((score, -ruling["rounds"].index(result["round"]) if result["round"] in ruling["rounds"] else 0))
    assert [each["rank"] for each in said["results"]] == [1 + sum(other > own for other in order) for own in order]
    broken = {each["round"] for each in said["results"] if each["tie_broken_by"] == "chair"}
    assert broken == set(ruling["rounds"])


def test_exported_results_are_what_may_be_published(played, tmp_path):
    """By default a receipt proves that a sheet was counted: what was given stands in the file for the staff only."""
    run_here("export", "demo", "--db", played, "--to", tmp_path)
    published, full = exported_results(tmp_path, "demo")
    for public, whole in zip(published["results"], full["results"], strict=True):
        assert [set(each) for each in public["sheets"]] == [{"receipt"}] * public["turnout"]["counted"]
        assert sorted(each["total"] for each in public["totals"]) == sorted(each["total"] for each in whole["sheets"])
        assert [each["receipt"] for each in public["sheets"]] == [each["receipt"] for each in whole["sheets"]]


def test_a_result_that_is_not_revealed_is_not_published(tmp_path):
    story = closed_over({"ann": (50, 30), "ben": (40, 30), "cat": (30, 30)})
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    record(database, story)
    database.close()
    run_here("export", "small", "--db", tmp_path / "kaimen.db", "--to", tmp_path)
    assert [len(each["results"]) for each in exported_results(tmp_path, "small")] == [0, 1]


def test_by_grade_it_is_not_published_that_two_have_the_same_score(tmp_path):
    rules = Rules(
        grades=(GradeLine(Decimal(0), "good"),),
        tie_ladder=(TieBreak.CHAIR,),
        results_shown=ResultsShown.BY_GRADE,
        rank_shown=True,
    )
    sheets = dict.fromkeys(("ann", "ben", "cat"), (50, 30))
    story = closed_over(sheets, sheets, plan=small_plan(rules=rules))
    story.does(c.RuleOnTie((COURT, WATER), "by age", "the chair"), c.RevealResult(WATER), c.RevealResult(COURT))
    database = Database(str(tmp_path / "kaimen.db"))
    database.create()
    record(database, story)
    database.close()
    run_here("export", "small", "--db", tmp_path / "kaimen.db", "--to", tmp_path)
    published, full = exported_results(tmp_path, "small")
    assert [each["grade"] for each in published["results"]] == ["good", "good"]
    assert [len(each["rulings"]) for each in (published, full)] == [0, 1]
    assert "80.00" not in json.dumps(published)


# --- looking ----------------------------------------------------------------------------------------------------------


def logged(db: str) -> list[Any]:
    with closing(Database(db)) as database:
        return entries(database, "demo")
