// Results in order: by what is published of them, and among equals by the ladder that the rules name.

import { compare, decimal, isSame, NONE, times, whole } from "./exact.js";
import { headlineOf } from "./reckon.js";

// [{ rank, round, brokenBy }], best first. `results`: with round, and what `reckon` gives; `rulings`: the chair's orders of
// rounds, the latest last. A result that lacks what a step of the ladder asks for is `unknown` (null) to it.
export function ranked(plan, results, rulings) {
  let tied = split(results, headlineOf).map((group) => ({ group, brokenBy: null }));
  for (const step of plan.rules.tie_ladder) tied = tied.flatMap((each) => broken(plan, each, step, rulings));
  const places = [];
  for (const { group, brokenBy, isUnknown } of tied) {
    const rank = places.length + 1;
    places.push(...group.map(({ round }) => ({ rank, round, brokenBy, isUnknown: Boolean(isUnknown) })));
  }
  return places;
}

function broken(plan, tie, step, rulings) {
  if (tie.group.length < 2 || tie.isUnknown) return [tie];
  const measure = measureOf(plan, tie.group, step, rulings);
  if (tie.group.some((result) => measure(result) === null)) return [{ ...tie, isUnknown: true }];
  const parts = split(tie.group, measure);
  return parts.map((group) => ({ group, brokenBy: parts.length > 1 ? step : tie.brokenBy }));
}

function measureOf(plan, group, step, rulings) {
  if (step === "untrimmed_mean") return ({ untrimmed, level }) => (level ? NONE : (untrimmed ?? null));
  if (step === "heaviest_criterion") return heaviest(plan);
  const named = group.map(({ round }) => round);
  const order = [...rulings].reverse().find((rounds) => named.every((round) => rounds.includes(round))) ?? [];
  return ({ round }) => whole(-order.indexOf(round));
}

// The criterion with the greatest share of the full score; of several the first.
function heaviest({ criteria }) {
  const share = ({ maximum, weight }) => times(decimal(maximum), decimal(weight));
  const { id } = criteria.reduce((most, each) => (compare(share(each), share(most)) > 0 ? each : most));
  return ({ exactMeans, level }) => (level ? NONE : (exactMeans?.[id] ?? null));
}

// Runs of equal measure, the highest first; within a run the order stays.
function split(results, measure) {
  const runs = [];
  for (const result of results) {
    const value = measure(result);
    const run = runs.find((each) => isSame(each.value, value));
    if (run) run.group.push(result);
    else runs.push({ value, group: [result] });
  }
  return runs.sort((one, other) => compare(other.value, one.value)).map(({ group }) => group);
}
