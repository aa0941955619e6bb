// Ballots counted again from the file in which they stand without their voters, by what a log says of its polls.

import { parsed } from "./chain.js";
import { fails, holds, unknown } from "./looked.js";
import { sha256 } from "./sha256.js";

const SLIP = /^[0-9a-f]{32} (\w+) (\w+)$/;
const LENGTH_OF_ID = 32;

// The file that a text is, or null.
export function ballotsIn(text) {
  const file = parsed(text);
  return typeof file?.meeting === "string" && typeof file.ballots === "object" && file.ballots ? file : null;
}

// Of the polls that are shown as the log ends, by their ids: { seq, tally, count, ended, unit, which }; without a `count`, where what was
// sealed as it ended is withheld. `unit`: its short name, `which`: its number, where the log tells them.
export function shownPolls(entries) {
  const names = new Map();
  const ends = new Map();
  const shown = new Map();
  for (const { seq, said } of entries) {
    const { kind, data } = said ?? {};
    if (kind === "MeetingOpened") for (const { id, short_name } of data.plan.units) names.set(id, short_name);
    if (kind === "PollOpened") ends.set(data.poll, { unit: names.get(data.unit), which: data.number });
    if (kind === "PollClosed") ends.set(data.poll, { ...ends.get(data.poll), count: data.count, ended: seq });
    if (kind === "PollShown") shown.set(data.poll, { seq, tally: data.tally, ...ends.get(data.poll) });
    if (kind === "PollHidden" || kind === "PollWithdrawn") shown.delete(data.poll);
  }
  return shown;
}

export function recount({ ballots }, { entries }) {
  const shown = shownPolls(entries);
  return Object.entries(ballots).flatMap(([poll, told]) => {
    if (!shown.has(poll)) return [fails("fault.slips_of_none", { poll })];
    return recountOf(told, shown.get(poll));
  });
}

function recountOf({ slips, receipts, ...called }, { seq, tally, count, ended, unit, which }) {
  const found = slips.map((slip) => SLIP.exec(slip));
  const came = tallyOf(found.filter(Boolean));
  const ids = new Set(slips.map((slip) => slip.slice(0, LENGTH_OF_ID)));
  const wrong = [
    ...(ids.size === slips.length && found.every(Boolean) ? [] : ["twice"]),
    ...(isSame(came, tally) ? [] : ["tally"]),
    ...(isSameCount(numbersIn(came), count?.ballots) ? [] : ["number"]),
    ...(isSealed(slips, count, "slips") ? [] : ["altered"]),
    ...(receipts.length === slips.length && isSealed(receipts, count, "receipts") ? [] : ["receipts"]),
    ...((unit ?? called.unit) === called.unit && (which ?? called.number) === called.number ? [] : ["called"]),
  ];
  if (wrong.length) return wrong.map((what) => fails(`fault.slips_${what}`, { seq }));
  const facts = { seq, ended, number: slips.length };
  return [count ? holds("verifier.slips", facts) : holds("verifier.slips_tally", facts)];
}

function isSealed(lines, count, name) {
  return !count || digestOf(lines) === (count[name] ?? "");
}

function digestOf(lines) {
  return lines.length ? sha256(`${lines.join("\n")}\n`) : "";
}

function tallyOf(slips) {
  const tally = Object.create(null);
  for (const [, voice, choice] of slips) {
    tally[voice] ??= Object.create(null);
    tally[voice][choice] = (tally[voice][choice] ?? 0) + 1;
  }
  return tally;
}

function numbersIn(tally) {
  const sums = Object.entries(tally).map(([voice, chosen]) => [voice, sumOf(Object.values(chosen))]);
  return Object.fromEntries(sums);
}

export function sumOf(numbers) {
  return numbers.reduce((sum, each) => sum + each, 0);
}

function isSame(one, other) {
  const voices = Object.keys({ ...one, ...other });
  return voices.every((voice) => isSameCount(one[voice] ?? {}, other[voice] ?? {}));
}

// Where there is nothing to compare with, nothing differs.
function isSameCount(one, other = one) {
  return Object.keys({ ...one, ...other }).every((name) => one[name] === other[name]);
}

// In which polls a ballot with this receipt was counted; in a file that does not hold by each of its logs, or has none, it
// is listed and no more. Its letters are those that nobody takes for others.
export function castWith(file, typed, logs) {
  const receipt = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "");
  const cast = Object.values(file.ballots).filter(({ receipts }) => receipts?.includes(receipt));
  if (!cast.length) return [];
  const isHeld = logs.length > 0 && logs.every(({ log }) => recount(file, log).every(({ state }) => state === "holds"));
  const looked = isHeld ? holds : unknown;
  const code = isHeld ? "verifier.receipt_ballot" : "verifier.receipt_listed";
  return cast.map(({ unit }) => looked(code, { receipt, unit }));
}

// Of which polls the ballots are not here, or what sealed them. `listed`: the polls of which a file has them.
export function notRecounted({ entries }, listed) {
  return [...shownPolls(entries)].flatMap(([poll, { seq, tally, count }]) => {
    if (!Object.keys(tally).length) return [];
    if (!count) return [unknown("verifier.slips_unsealed", { seq })];
    if (!count.slips) return [unknown("verifier.slips_before", { seq })];
    return listed.has(poll) ? [] : [unknown("verifier.slips_missing", { seq })];
  });
}
