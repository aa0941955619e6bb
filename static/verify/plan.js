// The plan of a meeting as its log or its results hold it, and the text of which the rule seal is the SHA-256.

import { sha256 } from "./sha256.js";

const PRESETS = ["expert", "deputy", "cppcc", "lawyer", "media", "public"].map((id) => ({ id, name: "" }));
// Rules that the first plans did not have; where they are as here, they are left out of what is sealed.
const CAME_LATER = {
  receipts: "counted",
  quorum_by: "more_than",
  quorum_parts: 1,
  results_shown: "by_hand",
  checked: false,
};

const NO_COMPOSITE = { parts: [], grades: [], due: null, rounds_parts: false };

// What decides a result, with everything that an older plan leaves unsaid.
export function wholePlan(said) {
  const { groups = PRESETS, composite = NO_COMPOSITE } = said;
  return { ...said, groups, composite, rules: { ...CAME_LATER, ...said.rules } };
}

export function ruleSeal(plan) {
  return sha256(sealedText(plan));
}

export function sealedText(plan) {
  const isUsual = ([name, value]) => name in CAME_LATER && CAME_LATER[name] === value;
  const sealed = {
    mode: plan.mode,
    units: plan.units.map(sealedUnit),
    seats: plan.seats.map(({ id, label, group, recusals }) => ({ id, label, group, recusals })),
    criteria: plan.criteria,
    rules: Object.fromEntries(Object.entries(plan.rules).filter((rule) => !isUsual(rule))),
  };
  const { groups = PRESETS, composite = NO_COMPOSITE } = plan;
  if (inOrder(groups) !== inOrder(PRESETS)) sealed.groups = groups;
  if (inOrder(composite) !== inOrder(NO_COMPOSITE)) sealed.composite = composite;
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
