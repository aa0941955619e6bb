// Every draw again, from its seed and the word that was said in the hall.

import { sha256 } from "./sha256.js";

export function drawnOrder(seed, word, units) {
  const lots = units.map((unit) => [sha256(`${seed}\n${word}\n${unit}`), unit]);
  return lots.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, unit]) => unit);
}

// `seeds` by their commitments: of draws that were called off the results tell them, where the log withholds the entry.
export function examineDraws(entries, seeds = {}) {
  const draws = [];
  for (const { said, seq } of entries) {
    const [kind, data] = [said?.kind, said?.data];
    if (kind === "DrawPrepared") draws.push({ ...data, seq, word: "", lots: [], seed: seeds[data.commitment] ?? "" });
    const draw = draws[draws.length - 1];
    if (!draw) continue;
    if (kind === "DrawBegun") draw.word = data.word;
    if (kind === "UnitDrawn") draw.lots.push({ ...data, seq });
    if (kind === "DrawEnded") Object.assign(draw, { seed: data.seed, endedAt: seq });
    if (kind === "DrawCalledOff") Object.assign(draw, { seed: data.seed, calledOffAt: seq });
  }
  return draws.map(examined);
}

// { seq, faults, isKnown }: without a seed nobody can draw again.
function examined(draw) {
  const { seed, commitment, units, word, lots, endedAt } = draw;
  const at = endedAt ?? draw.calledOffAt ?? draw.seq;
  const faults = [];
  if (endedAt && lots.length !== units.length)
    faults.push({ code: "fault.draw_unfinished", facts: { seq: endedAt, drawn: lots.length, all: units.length } });
  const isLost = draw.calledOffAt && !seed && !lots.length;
  const isOpen = !endedAt && !draw.calledOffAt && !seed;
  if (isLost || isOpen) return { seq: draw.seq, lots: lots.length, isKnown: false, faults };
  if (sha256(seed) !== commitment) {
    faults.unshift({ code: "fault.draw_seed", facts: { seq: at } });
    return { seq: draw.seq, lots: lots.length, isKnown: true, faults };
  }
  const order = drawnOrder(seed, word, units);
  for (const [place, lot] of lots.entries())
    if (lot.number !== place + 1 || lot.unit !== order[place])
      faults.unshift({ code: "fault.lot", facts: { seq: lot.seq, number: lot.number, unit: lot.unit } });
  return { seq: draw.seq, lots: lots.length, isKnown: true, faults };
}
