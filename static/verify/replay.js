// A whole log followed entry by entry, as far as sheets and results go: what was announced, and whether the sheets come to it.

import { joined, otherwise, VOICES, voted } from "./composites.js";
import { pollOn, toPoll } from "./polls.js";
import { areOtherwise, toPromises } from "./promises.js";
import { reckon } from "./reckon.js";
import { ruleSeal, unitName, wholePlan } from "./plan.js";

const STANDINGS = { SeatAbstained: "abstained", SeatRecused: "recused", SheetVoided: "void" };

// { plan, reckoning, rounds, rulings, faults }; `plan` is null where no entry opens the meeting.
export function replay(entries) {
  const meeting = { plan: null, reckoning: 1, rounds: new Map(), rulings: [], parts: {}, polls: new Map(), faults: [] };
  for (const { said, seq } of entries) {
    try {
      follow(meeting, said.kind, said.data, seq);
      toPoll(meeting.polls, { said, seq });
    } catch (error) {
      meeting.faults.push({ code: "fault.replay", facts: { seq, detail: String(error) } });
      return meeting;
    }
  }
  return meeting;
}

// The plan of an opening, and whether its rules are those of the seal that was shown.
export function openingOf({ plan, seal, reckoning }) {
  return { plan: wholePlan(plan), reckoning: reckoning ?? 1, seal, holds: ruleSeal(plan) === seal };
}

function follow(meeting, kind, data, seq) {
  if (kind === "MeetingOpened") {
    Object.assign(meeting, openingOf(data), { rounds: new Map() });
    if (!meeting.holds) meeting.faults.push({ code: "fault.rule_seal", facts: { seq } });
  }
  if (kind === "TieRuled") meeting.rulings.push(data.rounds);
  if (kind.startsWith("Part") || kind === "CompositesAnnounced") ofComposites(meeting, kind, data, seq);
  if (kind === "RoundOpened") meeting.rounds.set(data.round, newRound(data));
  if (kind === "RoundTakenBack") meeting.rounds.delete(data.round);
  if (kind === "ItemSkipped") meeting.rounds.delete(data.item);
  if (!("round" in data) || !meeting.rounds.has(data.round)) return;
  const round = meeting.rounds.get(data.round);
  if ("promise" in data) toPromises(sheetOf(round, data.seat), kind, data);
  else if ("seat" in data) toSheet(sheetOf(round, data.seat), kind, data);
  else toRound(round, kind, data, seq);
  if (kind === "PromisesTold" && areOtherwise(data.counts, meeting.plan, round))
    meeting.faults.push({ code: "fault.promises", facts: { seq } });
  compare(meeting, round, seq);
}

// Of each part and unit the last entry counts.
function ofComposites(meeting, kind, data, seq) {
  const { parts, plan } = meeting;
  if (kind === "PartEntered") parts[data.part] = { ...parts[data.part], ...data.points };
  if (kind === "PartCorrected") parts[data.part] = { ...parts[data.part], [data.unit]: data.points };
  if (kind !== "CompositesAnnounced") return;
  const wrong = otherwise(data.composites, joined(plan, pointsIn(meeting)));
  if (wrong.length) meeting.faults.push({ code: "fault.composites", facts: { seq } });
}

// What a unit has in a part: of one that is scored here what its sheets come to, or its approval rate; of votes the share
// of one voice that approves, in the last poll on it that was not withdrawn.
function pointsIn(meeting) {
  return (part, unit) => {
    if (part.source in VOICES) {
      return voted(meeting.plan, part, pollOn(meeting.polls, unit.id)?.tally[VOICES[part.source]] ?? {});
    }
    if (part.source !== "scored") return meeting.parts[part.id]?.[unit.id] ?? null;
    const round = [...meeting.rounds.values()].find((each) => each.unit === unit.id && !each.isOpen);
    const found = round ? resultOf(meeting, round) : {};
    return (meeting.plan.mode === "levels" ? found.approval : found.score) ?? null;
  };
}

function newRound({ round, unit }) {
  return { id: round, unit, isOpen: true, sheets: new Map(), announced: null, announcedAt: null };
}

function toRound(round, kind, data, seq) {
  if (kind === "RoundClosed") round.isOpen = false;
  if (kind === "RoundReopened") round.isOpen = true;
  if (kind === "ResultRevealed") Object.assign(round, { announced: data.announced, announcedAt: seq });
  if (kind === "RevealWithdrawn" || kind === "ResultHidden")
    Object.assign(round, { announced: null, announcedAt: null });
}

function sheetOf(round, seat) {
  if (!round.sheets.has(seat))
    round.sheets.set(seat, { seat, standing: "draft", versions: [], isVoided: false, promises: new Map() });
  return round.sheets.get(seat);
}

function toSheet(sheet, kind, { version }) {
  if (kind === "SheetSubmitted" || kind === "SheetCorrected") {
    sheet.versions.push(version);
    Object.assign(sheet, { standing: "submitted", isVoided: false, marks: version.marks, receipt: version.receipt });
  }
  if (kind in STANDINGS) sheet.standing = STANDINGS[kind];
  if (kind === "SheetVoided") sheet.isVoided = true;
  if (kind === "SeatReturned") sheet.standing = sheet.isVoided ? "void" : sheet.versions.length ? "submitted" : "draft";
}

export function resultOf({ plan, reckoning }, round) {
  return reckon(plan, reckoning, round.unit, [...round.sheets.values()]);
}

// As it is announced, and whenever something happens to a sheet of a result that stands announced.
function compare(meeting, round, seq) {
  if (!round.announced) return;
  const { score = null, grade = "" } = resultOf(meeting, round);
  const { announced } = round;
  if (announced.score === score && announced.grade === grade) return;
  const unit = unitName(meeting.plan, round.unit);
  const facts = { seq, unit, announced: inAWord(announced), found: inAWord({ score, grade }) };
  meeting.faults.push({ code: "fault.announced", facts });
}

export function inAWord({ score, grade }) {
  return [score, grade].filter(Boolean).join(" ") || "—";
}
