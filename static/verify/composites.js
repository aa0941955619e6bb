// Parts joined by their weights, each by its own full score: docs/record.md, “Composites”.

import { compare, decimal, divided, isSame, rounded, sum, times, whole } from "./exact.js";
import { countsAs } from "./polls.js";

export const VOICES = { tickets: "ticket", phones: "phone", web: "web" };

// What every unit's parts come to, as it is announced; `pointsOf(part, unit)` is a number as text, or null where the part is
// missing.
export function joined(plan, pointsOf) {
  const { parts, grades } = plan.composite;
  const found = plan.units.map((unit) => {
    const known = parts.map((part) => [part.id, pointsOf(part, unit)]).filter(([, points]) => points !== null);
    const score = known.length === parts.length ? scoreOf(plan, Object.fromEntries(known)) : null;
    return { unit: unit.id, of_class: unit.of_class ?? "", points: Object.fromEntries(known), score };
  });
  return found.map(({ of_class, ...one }) => {
    if (one.score === null) return { ...one, grade: "", rank: null, of: 0 };
    const peers = found.filter((each) => each.score !== null && each.of_class === of_class);
    const isAhead = ({ score }) => compare(decimal(score), decimal(one.score)) > 0;
    const rank = 1 + peers.filter(isAhead).length;
    return { ...one, grade: gradeOf(grades, one.score, rank, peers.length), rank, of: peers.length };
  });
}

// The points of a part that come of votes: the share of its full score for which those are who approve; null if nobody said
// anything.
export function voted(plan, part, tally) {
  const number = { for: 0, against: 0, neither: 0 };
  for (const [choice, ballots] of Object.entries(tally)) number[countsAs(plan.rules, choice)] += ballots;
  if (number.for + number.against === 0) return null;
  const all = whole(number.for + number.against);
  return rounded(divided(times(whole(number.for), fullOf(plan, part)), all), plan.rules.places);
}

function scoreOf(plan, points) {
  const { parts, rounds_parts: isRounded } = plan.composite;
  const { places } = plan.rules;
  const shares = parts.map((part) =>
    divided(times(decimal(points[part.id]), decimal(part.weight)), fullOf(plan, part)),
  );
  return rounded(sum(isRounded ? shares.map((share) => decimal(rounded(share, places))) : shares), places);
}

function fullOf(plan, part) {
  if (part.source !== "scored") return decimal(part.full ?? "100");
  if (plan.mode !== "points") return whole(100);
  return sum(plan.criteria.map(({ maximum, weight }) => times(decimal(maximum), decimal(weight))));
}

// The first line that is reached, by a rank within so many per cent of the class where it says how many.
function gradeOf(grades, score, rank, of) {
  const isWithin = ({ top }) => top === null || compare(whole(100 * rank), times(decimal(top), whole(of))) <= 0;
  const isReached = (line) => compare(decimal(score), decimal(line.at_least)) >= 0 && isWithin(line);
  return grades.find(isReached)?.name ?? "";
}

// Of what was announced, the units of which something else comes out.
export function otherwise(announced, found) {
  return found.filter((one) => {
    const said = announced.find(({ unit }) => unit === one.unit);
    return !said || !isAlike(said, one);
  });
}

function isAlike(said, one) {
  const isNumber = (text, other) =>
    text === null || other === null ? text === other : isSame(decimal(text), decimal(other));
  const ids = Object.keys({ ...said.points, ...one.points });
  const hasAll = ids.every((id) => isNumber(said.points[id] ?? null, one.points[id] ?? null));
  return hasAll && said.score === one.score && said.grade === one.grade && said.rank === one.rank && said.of === one.of;
}
