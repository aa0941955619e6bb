// The results as they are published, reckoned again from what is published with them. What is withheld is said, never
// passed over: each thing looked at comes back as { state, code, facts }, its state "holds", "fails" or "unknown".

import { joined, otherwise } from "./composites.js";
import { compare, decimal, isSame, mean, minus, plus, rounded, sum, times } from "./exact.js";
import { fails, holds, unknown } from "./looked.js";
import { unitName, wholePlan } from "./plan.js";
import { ranked } from "./ranks.js";
import { gradeOf, levelsCome, quorumOf, scoreOfMeans, totalOf } from "./reckon.js";
import { sha256 } from "./sha256.js";

// The rules of a file of results: those of the sealed text, and whether what stands beside them is the same.
export function rulesOf(file) {
  if (sha256(file.sealed) !== file.rule_seal) return { looked: [fails("verifier.seal")], plan: null };
  const sealed = JSON.parse(file.sealed);
  const plan = wholePlan(sealed);
  const { mode, criteria, rules, units, composite = plan.composite } = file;
  const said = wholePlan({ ...sealed, mode, criteria, rules, units, composite });
  const isSaid = JSON.stringify(sorted(plan)) === JSON.stringify(sorted(said));
  const areCalled = file.results.every(({ unit, unit_id }) =>
    plan.units.some(({ id, name }) => id === unit_id && name === unit),
  );
  return { looked: [isSaid && areCalled ? holds("verifier.rules") : fails("verifier.rules_differ")], plan };
}

function sorted(value) {
  if (value === null || typeof value !== "object" || Array.isArray(value))
    return Array.isArray(value) ? value.map(sorted) : value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key])]),
  );
}

export function examineResults(file, plan) {
  const results = file.results.flatMap((result) => examined(file, plan, result));
  return [...results, ...examineRanks(file, plan), ...examineComposites(file, plan)];
}

function examined(file, plan, result) {
  const unit = unitName(plan, result.unit_id);
  const look = { file, plan, result, rules: plan.rules, withheld: new Set(result.withheld) };
  const faults = [turnoutFault(look), ...(result.outcome === "scored" ? scoredFaults(look) : [])].filter(Boolean);
  if (faults.length) return faults.map((code) => fails(code, { unit }));
  if (result.outcome !== "scored") return [holds("verifier.no_score", { unit })];
  return [comes(look, unit)];
}

function turnoutFault({ plan, result, rules }) {
  const { panel, recused, abstained, void: voided, absent, counted, entitled } = result.turnout;
  const isWhole = panel === plan.seats.length && entitled === panel - recused;
  if (!isWhole || entitled !== abstained + voided + absent + counted) return "verifier.turnout";
  if (counted !== 0 && result.outcome !== (counted >= quorumOf(rules, entitled) ? "scored" : "no_quorum"))
    return "verifier.quorum";
  const listed = result.outcome === "scored" ? counted : 0;
  return result.sheets.length === listed ? "" : "verifier.receipts";
}

// What can be held against each other without the score.
function scoredFaults(look) {
  return [totalsFault(look), sheetsFault(look), gradeFault(look)];
}

function totalsFault({ result, rules, withheld }) {
  const { totals, turnout } = result;
  if (withheld.has("totals") || withheld.has("scores") || result.score === null) return "";
  if (totals.length !== turnout.counted) return "verifier.totals";
  const isTrimmed = rules.trim_of === "sheet" && totals.length >= rules.trim_from && !isWeighted(rules);
  const of = (side) => totals.filter(({ dropped }) => dropped === side).map(({ total }) => decimal(total));
  if (isWeighted(rules)) return "";
  if (of("high").length !== (isTrimmed ? rules.trim_high : 0) || of("low").length !== (isTrimmed ? rules.trim_low : 0))
    return "verifier.trim";
  const isInOrder = (above, below) => above.every((one) => below.every((other) => compare(one, other) >= 0));
  const [high, kept, low] = [of("high"), of(""), of("low")];
  return isInOrder(high, [...kept, ...low]) && isInOrder(kept, low) ? "" : "verifier.trim";
}

// Where sheets are published as they were given: each total from its marks, and all of them among the totals.
function sheetsFault({ plan, result }) {
  const given = result.sheets.filter(({ marks }) => marks);
  if (!given.length || plan.mode === "levels") return "";
  const totals = given.map(({ marks }) => totalOf(plan, exactly(marks)));
  if (given.some(({ total }, at) => !isSame(decimal(total), totals[at]))) return "verifier.sheet_total";
  const told = result.totals
    .map(({ total, dropped }) => `${total} ${dropped}`)
    .sort()
    .join();
  const listed = given
    .map(({ total, dropped }) => `${total} ${dropped}`)
    .sort()
    .join();
  return told === listed ? "" : "verifier.totals";
}

function gradeFault({ plan, result, rules }) {
  if (plan.mode === "levels" || result.score === null) return "";
  return gradeOf(rules, result.score) === result.grade ? "" : "verifier.grade";
}

// The score from what is published with it.
function comes(look, unit) {
  const { plan, result, rules, withheld } = look;
  if (withheld.has("scores")) return unknown("verifier.grade_alone", { unit });
  if (plan.mode === "levels") return levelComes(look, unit);
  const facts = { unit, score: result.score };
  if (isWeighted(rules)) return unknown("verifier.of_groups", facts);
  const given = result.sheets.filter(({ marks }) => marks);
  if (given.length) return verdict(facts, rounded(scoreOfMeans(plan, meansOfGiven(look, given)), rules.places));
  if (rules.round_at === "weighted") return fromParts(look, facts);
  if (rules.round_at === "criterion") return fromMeans(look, facts);
  if (rules.trim_of === "criterion") return withinMeans(look, facts);
  return verdict(facts, rounded(mean(keptTotals(result)), rules.places));
}

function verdict(facts, found) {
  const isIt = found === facts.score;
  return isIt ? holds("verifier.score", facts) : fails("verifier.score_differs", { ...facts, found });
}

function keptTotals({ totals }) {
  return totals.filter(({ dropped }) => !dropped).map(({ total }) => decimal(total));
}

function meansOfGiven({ plan, rules }, given) {
  const kept = (id) => given.filter(({ dropped, dropped_marks }) => !dropped && !dropped_marks[id]);
  const meanOf = (id) => mean(kept(id).map(({ marks }) => decimal(marks[id])));
  const isRounded = rules.round_at === "criterion";
  const means = plan.criteria.map(({ id }) => [id, meanOf(id)]);
  return Object.fromEntries(means.map(([id, m]) => [id, isRounded ? decimal(rounded(m, rules.places)) : m]));
}

// Rounded at each criterion: the published means are all there is to it.
function fromMeans({ plan, result, rules, withheld }, facts) {
  if (withheld.has("criteria")) return unknown("verifier.few_marks", facts);
  return verdict(facts, rounded(scoreOfMeans(plan, exactly(result.criteria)), rules.places));
}

// Rounded at each product, which stands behind the arrow of the working.
function fromParts({ result, rules, withheld }, facts) {
  const step = result.working.find(({ code }) => code === "weighted_means_rounded");
  if (withheld.has("criteria") || !step) return unknown("verifier.few_marks", facts);
  const parts = step.facts.means.map((text) => decimal(/→ (\S+)$/.exec(text)?.[1] ?? ""));
  return verdict(facts, rounded(sum(parts), rules.places));
}

// Single marks were dropped, and are not told: the published means are rounded, and leave the score some room.
function withinMeans({ plan, result, rules, withheld }, facts) {
  if (withheld.has("criteria")) return unknown("verifier.few_marks", facts);
  const half = { over: 1n, under: 2n * 10n ** BigInt(rules.places) };
  const room = plus(sum(plan.criteria.map(({ weight }) => times(half, decimal(weight)))), half);
  const away = minus(decimal(result.score), scoreOfMeans(plan, exactly(result.criteria)));
  const isNear = compare(away, room) <= 0 && compare(minus({ over: 0n, under: 1n }, away), room) <= 0;
  return isNear ? unknown("verifier.near", facts) : fails("verifier.score_differs", { ...facts, found: "?" });
}

function levelComes({ file, plan, result }, unit) {
  const levels = plan.criteria[0].levels.map((level) => ({ ...level, sheets: result.levels[level.name] ?? 0 }));
  const counted = levels.reduce((all, { sheets }) => all + sheets, 0);
  if (counted !== result.turnout.counted) return fails("verifier.totals", { unit });
  const { grade, approval } = levelsCome(plan, file.reckoning, levels);
  const facts = { unit, score: `${result.grade} ${result.approval}%` };
  const isIt = grade === result.grade && approval === result.approval;
  return isIt
    ? holds("verifier.score", facts)
    : fails("verifier.score_differs", { ...facts, found: `${grade} ${approval}%` });
}

function isWeighted({ group_weights }) {
  return Object.keys(group_weights).length > 0;
}

function exactly(numbers) {
  return Object.fromEntries(Object.entries(numbers).map(([id, number]) => [id, decimal(number)]));
}

// --- composites -------------------------------------------------------------------------------------------------------

// From the points of the parts; those of what was scored here stand among the results as well.
function examineComposites({ composites = [], results }, plan) {
  if (!composites.length) return [];
  const announced = composites.map(({ unit_id, ...said }) => ({ ...said, unit: unit_id }));
  if (!announced.every(({ points }) => points)) return [unknown("verifier.composites_by_grade")];
  const wrong = otherwise(
    announced,
    joined(plan, (part, unit) => {
      const said = announced.find((each) => each.unit === unit.id)?.points[part.id] ?? null;
      const result = results.find(({ unit_id }) => unit_id === unit.id);
      if (part.source !== "scored" || !result) return said;
      return (plan.mode === "levels" ? result.approval : result.score) ?? null;
    }),
  );
  if (!wrong.length) return [holds("verifier.composites", { number: composites.length })];
  return wrong.map(({ unit, score }) =>
    fails("verifier.composite_differs", { unit: unitName(plan, unit), found: score ?? "—" }),
  );
}

// --- ranks ------------------------------------------------------------------------------------------------------------

function examineRanks(file, plan) {
  const inOrder = file.results.filter(({ rank }) => rank !== null);
  if (!inOrder.length) return [];
  const results = inOrder.map((result) => asReckoned(plan, result));
  const places = ranked(
    plan,
    results,
    file.rulings.map(({ rounds }) => rounds),
  );
  const found = new Map(places.map((place) => [place.round, place]));
  const wrong = inOrder.filter(({ round, rank }) => !found.get(round).isUnknown && found.get(round).rank !== rank);
  const open = places
    .filter(({ isUnknown }) => isUnknown)
    .map(({ round }) => inOrder.find((each) => each.round === round));
  return [
    ...wrong.map((result) => fails("verifier.rank", { unit: unitName(plan, result.unit_id), rank: result.rank })),
    ...(wrong.length ? [] : [holds("verifier.ranks", { number: inOrder.length - open.length })]),
    ...open.map((result) => unknown("verifier.tie", { unit: unitName(plan, result.unit_id), rank: result.rank })),
  ];
}

// What the ladder may ask for, where it is told exactly.
function asReckoned(plan, { round, score, grade, approval, totals, criteria }) {
  if (plan.mode === "levels")
    return { round, approval, level: plan.criteria[0].levels.find(({ name }) => name === grade) };
  const isTold = totals.length > 0 && !isWeighted(plan.rules);
  return {
    round,
    score,
    untrimmed: isTold ? mean(totals.map(({ total }) => decimal(total))) : null,
    exactMeans: plan.rules.round_at === "criterion" && !isWeighted(plan.rules) ? exactly(criteria) : null,
  };
}
