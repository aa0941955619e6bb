"""What a test asks the page of verify.html, and what it does to it by hand."""

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.tampered import Files

RECKONED = """(cases) => cases.map(({ plan, reckoning, unit, sheets }) => {
  const found = kaimen.reckon(kaimen.wholePlan(plan), reckoning, unit, sheets);
  const told = (name) => Object.fromEntries((found.sheets ?? []).map((each) => [each.seat, each[name]]));
  const some = (all) => Object.fromEntries(Object.entries(all).filter(([, each]) => Object.keys(each).length));
  const [numbers, words] = [["score", "approval"], ["criteria", "groups", "levels"]];
  return {
    outcome: found.outcome, turnout: found.turnout, grade: found.grade ?? "",
    ...Object.fromEntries(numbers.map((name) => [name, found[name] ?? null])),
    ...Object.fromEntries(words.map((name) => [name, found[name] ?? {}])),
    untrimmed: found.untrimmed ? reduced(found.untrimmed) : null,
    dropped: some(told("dropped")), dropped_marks: some(told("droppedMarks")),
  };
  function reduced({ over, under }) {
    const divisor = (one, other) => (other ? divisor(other, one % other) : one);
    const by = divisor(over < 0n ? -over : over, under) || 1n;
    return `${over / by}/${under / by}`;
  }
})"""
RANKED = """(cases) => cases.map(({ plan: said, rounds, rulings }) => {
  const plan = kaimen.wholePlan(said);
  const results = rounds.map(({ round, unit, sheets }) => ({ round, ...kaimen.reckon(plan, 2, unit, sheets) }));
  return kaimen.ranked(plan, results, rulings).map(({ rank, round, brokenBy }) => [rank, round, brokenBy]);
})"""
JOINED = """(cases) => cases.map(({ plan: said, points }) => {
  const plan = kaimen.wholePlan(said);
  return kaimen.joined(plan, (part, unit) => points[part.id]?.[unit.id] ?? null);
})"""
VOTED = """(cases) => cases.map(({ plan: said, part: id, tally }) => {
  const plan = kaimen.wholePlan(said);
  return kaimen.voted(plan, plan.composite.parts.find((each) => each.id === id), tally);
})"""
FOLLOWED = """(text) => {
  const read = kaimen.readLog(text);
  const meeting = kaimen.replay(read.entries);
  const results = [...meeting.rounds].map(([id, round]) => {
    const { outcome, score = null, grade = "", approval = null, criteria = {}, groups = {}, levels = {} } =
      kaimen.resultOf(meeting, round);
    return [id, { outcome, score, grade, approval, criteria, groups, levels }];
  });
  const { seal } = read.entries.at(-1);
  return { fault: read.fault, faults: meeting.faults, seal, results: Object.fromEntries(results) };
}"""


def come(page: Page, script: str, said: Any) -> Any:
    """What a script of the page comes to. As text: Playwright takes long over large objects."""
    return json.loads(page.evaluate(f"(text) => JSON.stringify(({script})(JSON.parse(text)))", json.dumps(said)))


EXAMINED = """([files, asked]) => {
  const bytes = (text) => new TextEncoder().encode(text);
  const sections = kaimen.examine(Object.entries(files).map(([name, text]) => ({ name, bytes: bytes(text) })), asked);
  return sections.flatMap(({ looked }) => looked);
}"""


def exported(folder: Path, name: str) -> Files:
    return {each.name: each.read_text("utf-8") for each in (folder / name).iterdir()}


def look(page: Page, files: Files, **asked: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = come(page, EXAMINED, [files, asked])
    return found


def faults(page: Page, files: Files) -> list[dict[str, Any]]:
    return [each for each in look(page, files) if each["state"] == "fails"]


UNREADABLE = """(name) => {
  File.prototype.arrayBuffer = function () {
    return this.name === name ? Promise.reject(new Error("in use")) : Blob.prototype.arrayBuffer.call(this);
  };
}"""


def drop(page: Page, *paths: Path) -> None:
    """As from another window; the page gets it from the browser, not from a script."""
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        session.send("Input.dispatchDragEvent", {"type": kind, "x": 99, "y": 99, "data": data})
    session.detach()
