// The plan of a meeting as its log or its results hold it, and the text of which the rule seal is the SHA-256.

import { sha256 } from "./sha256.js";

// What an older plan leaves unsaid, as the page brings it along: rules that came later, which are sealed only where they are
// otherwise than here; the six usual groups; no parts to join.
const UNSAID = JSON.parse(document.getElementById("unsaid").textContent);

// What decides a result, with everything that an older plan leaves unsaid.
export function wholePlan(said) {
  const { groups, composite } = UNSAID;
  return { groups, composite, ...said, rules: { ...UNSAID.rules, ...said.rules } };
}

export function ruleSeal(plan) {
  return sha256(sealedText(plan));
}

export function sealedText(plan) {
  const isUsual = ([name, value]) => name in UNSAID.rules && inOrder(UNSAID.rules[name]) === inOrder(value);
  const sealed = {
    mode: plan.mode,
    units: plan.units.map(sealedUnit),
    seats: plan.seats.map(({ id, label, group, recusals }) => ({ id, label, group, recusals })),
    criteria: plan.criteria,
    rules: Object.fromEntries(Object.entries(plan.rules).filter((rule) => !isUsual(rule))),
  };
  for (const part of ["groups", "composite"]) {
    const said = inOrder(plan[part] ?? UNSAID[part]);
    if (said !== inOrder(UNSAID[part])) sealed[part] = plan[part];
  }
  return inOrder(sealed);
}

// The first plans had no classes.
function sealedUnit({ id, name, short_name, of_class }) {
  return of_class ? { id, name, short_name, of_class } : { id, name, short_name };
}

// JSON with its keys in order and no spaces.
function inOrder(value) {
  if (Array.isArray(value)) return `[${value.map(inOrder).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const pairs = Object.keys(value)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${inOrder(value[key])}`);
  return `{${pairs.join(",")}}`;
}

export function groupsAmong(plan, ids) {
  return plan.groups.map(({ id }) => id).filter((id) => ids.includes(id));
}

export function unitName(plan, id) {
  const unit = plan.units.find((each) => each.id === id);
  return unit?.short_name || unit?.name || id;
}

export function entitledSeats(plan, unit) {
  return plan.seats.filter(({ recusals }) => !recusals.includes(unit));
}
