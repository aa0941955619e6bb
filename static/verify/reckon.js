// What the sheets of a round come to, by the rules of the plan: docs/record.md, “The arithmetic”.

import {
  ceiling,
  compare,
  decimal,
  floor,
  isSame,
  mean,
  plus,
  rounded,
  sum,
  times,
  weightedMean,
  whole,
} from "./exact.js";
import { entitledSeats, groupsAmong } from "./plan.js";

const FIRST_RECKONING = 1;

// `sheets`: of every seat that has one, { seat, standing, marks, receipt }. In what comes back, numbers that were rounded
// are text, and exact ones are fractions.
export function reckon(plan, reckoning, unit, sheets) {
  const turnout = turnoutOf(plan, unit, sheets);
  if (turnout.counted === 0) return { outcome: "no_sheets", turnout };
  if (turnout.counted < quorumOf(plan.rules, turnout.entitled)) return { outcome: "no_quorum", turnout };
  const counted = entitledSeats(plan, unit).flatMap((seat) => countedSheet(plan, seat, sheets));
  const result = plan.mode === "levels" ? ofLevels(plan, reckoning, counted) : ofPoints(plan, reckoning, counted);
  return { outcome: "scored", turnout, sheets: counted, ...result };
}

function turnoutOf(plan, unit, sheets) {
  const entitled = entitledSeats(plan, unit);
  const standings = entitled.map(({ id }) => sheets.find((sheet) => sheet.seat === id)?.standing ?? "draft");
  const many = (standing) => standings.filter((each) => each === standing).length;
  const recused = plan.seats.length - entitled.length + many("recused");
  return {
    panel: plan.seats.length,
    recused,
    abstained: many("abstained"),
    void: many("void"),
    absent: many("draft"),
    counted: many("submitted"),
    entitled: plan.seats.length - recused,
  };
}

// The fewest sheets that exceed the share of the entitled seats, or reach it; never none.
export function quorumOf(rules, entitled) {
  const parts = whole(rules.quorum_parts);
  const share = times(decimal(rules.quorum), { over: BigInt(entitled), under: parts.over });
  const least = rules.quorum_by === "at_least" ? ceiling(share) : floor(share) + 1n;
  return Number(least > 0n ? least : 1n);
}

function countedSheet(plan, seat, sheets) {
  const sheet = sheets.find((each) => each.seat === seat.id && each.standing === "submitted");
  if (!sheet) return [];
  const marks = Object.fromEntries(plan.criteria.map(({ id }) => [id, decimal(sheet.marks[id])]));
  return [{ ...sheet, group: seat.group, marks, total: totalOf(plan, marks), dropped: "", droppedMarks: {} }];
}

export function totalOf(plan, marks) {
  return sum(plan.criteria.map(({ id, weight }) => times(marks[id], decimal(weight))));
}

// --- points -----------------------------------------------------------------------------------------------------------

function ofPoints(plan, reckoning, counted) {
  const { rules } = plan;
  const isWeighted = Object.keys(rules.group_weights).length > 0;
  const groups = groupsAmong(
    plan,
    counted.map(({ group }) => group),
  );
  const ofGroup = (id) => counted.filter(({ group }) => group === id);
  const pools = isWeighted ? groups.map(ofGroup) : [counted];
  const weights = pools.map(([{ group }]) => (isWeighted ? decimal(rules.group_weights[group]) : whole(1)));
  for (const pool of pools) drop(plan, pool);
  const means = pools.map((pool) => meansOf(plan, pool));
  const exact = weightedMean(
    means.map((each) => scoreOfMeans(plan, each)),
    weights,
  );
  const untrimmed = pools.map((pool) => mean(pool.map(({ total }) => total)));
  const criteria = plan.criteria.map(({ id }) => [
    id,
    weightedMean(
      means.map((each) => each[id]),
      weights,
    ),
  ]);
  const score = rounded(exact, rules.places);
  return {
    score,
    grade: gradeOf(rules, score),
    exactMeans: Object.fromEntries(criteria),
    untrimmed:
      reckoning === FIRST_RECKONING ? mean(counted.map(({ total }) => total)) : weightedMean(untrimmed, weights),
    criteria: Object.fromEntries(criteria.map(([id, exactly]) => [id, rounded(exactly, rules.places)])),
    groups: Object.fromEntries(
      groups.map((id) => [id, rounded(mean(ofGroup(id).map(({ total }) => total)), rules.places)]),
    ),
  };
}

// Among equals what the earlier seat gave is dropped.
function drop({ rules, criteria }, pool) {
  if (pool.length < rules.trim_from) return;
  if (rules.trim_of === "sheet") {
    sides(
      rules,
      pool.map(({ total }) => total),
    ).forEach((side, at) => {
      pool[at].dropped = side;
    });
    return;
  }
  for (const { id } of criteria)
    sides(
      rules,
      pool.map(({ marks }) => marks[id]),
    ).forEach((side, at) => {
      if (side) pool[at].droppedMarks[id] = side;
    });
}

function sides(rules, values) {
  const places = values.map((_, at) => at);
  const fromAbove = [...places].sort((one, other) => compare(values[other], values[one]) || one - other);
  const high = fromAbove.slice(0, rules.trim_high);
  const rest = places.filter((at) => !high.includes(at));
  const low = [...rest]
    .sort((one, other) => compare(values[one], values[other]) || one - other)
    .slice(0, rules.trim_low);
  return places.map((at) => (high.includes(at) ? "high" : low.includes(at) ? "low" : ""));
}

function meansOf({ rules, criteria }, pool) {
  const kept = (id) => pool.filter(({ dropped, droppedMarks }) => !dropped && !droppedMarks[id]);
  const means = criteria.map(({ id }) => [id, mean(kept(id).map(({ marks }) => marks[id]))]);
  const isRounded = rules.round_at === "criterion";
  return Object.fromEntries(means.map(([id, exact]) => [id, isRounded ? roundedTo(exact, rules.places) : exact]));
}

export function scoreOfMeans({ rules, criteria }, means) {
  const parts = criteria.map(({ id, weight }) => times(means[id], decimal(weight)));
  return sum(rules.round_at === "weighted" ? parts.map((part) => roundedTo(part, rules.places)) : parts);
}

function roundedTo(exact, places) {
  return decimal(rounded(exact, places));
}

// The highest line that is reached.
export function gradeOf({ grades }, score) {
  const reached = grades.filter((line) => compare(decimal(score), decimal(line.at_least)) >= 0);
  const better = (best, line) => (best && compare(decimal(best.at_least), decimal(line.at_least)) >= 0 ? best : line);
  return reached.reduce(better, null)?.name ?? "";
}

// --- levels -----------------------------------------------------------------------------------------------------------

function ofLevels(plan, reckoning, counted) {
  const [scale] = plan.criteria;
  const given = counted.map(({ marks }) => marks[scale.id]);
  const levels = scale.levels.map((level) => ({
    ...level,
    sheets: given.filter((points) => isSame(points, decimal(level.points))).length,
  }));
  return levelsCome(plan, reckoning, levels);
}

// What so many sheets for each level come to.
export function levelsCome({ rules }, reckoning, levels) {
  const places = reckoning === FIRST_RECKONING ? 1 : rules.places;
  const counted = levels.reduce((all, { sheets }) => all + sheets, 0);
  const approving = levels.filter((level) => level.approving).reduce((all, { sheets }) => all + sheets, 0);
  const level = rules.level_rule === "median" ? median(levels, counted) : plurality(levels);
  return {
    score: null,
    grade: level.name,
    level,
    approval: rounded({ over: 100n * BigInt(approving), under: BigInt(counted) }, places),
    levels: Object.fromEntries(levels.map(({ name, sheets }) => [name, sheets])),
  };
}

function fromBelow(levels) {
  return [...levels].sort((one, other) => compare(decimal(one.points), decimal(other.points)));
}

// Of levels given equally often the lower one.
function plurality(levels) {
  return fromBelow(levels).reduce((best, level) => (level.sheets > best.sheets ? level : best));
}

// Of two middle ones the lower one.
function median(levels, counted) {
  let left = Math.floor((counted - 1) / 2);
  return fromBelow(levels).find(({ sheets }) => {
    left -= sheets;
    return left < 0;
  });
}

// What is published of a result, as one number: the score, or the level and then the approval rate.
export function headlineOf({ level, approval, score }) {
  if (!level) return decimal(score);
  return plus(times(decimal(level.points), whole(1_000_000_000)), decimal(approval));
}
