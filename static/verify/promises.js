// Last year's promises as the panel judged them: counted again from what each seat said, beside its sheet and no part of it.

import { entitledSeats } from "./plan.js";

const MARKS = ["kept", "largely_kept", "not_kept"];
const LEFT = ["recused", "abstained"];
const FEWEST = 3;

export function toPromises({ promises }, kind, { promise, mark }) {
  if (kind === "PromiseJudged") promises.set(promise, mark);
  if (kind === "JudgementErased") promises.delete(promise);
}

// Whether these counts are not what the seats said. Members: who neither left nor was absent, without a sheet or a word.
export function areOtherwise(told, plan, { unit, sheets }) {
  const here = entitledSeats(plan, unit).flatMap(({ id }) => sheets.get(id) ?? []);
  const members = here.filter(({ standing, promises }) => {
    return !LEFT.includes(standing) && (standing === "submitted" || promises.size > 0);
  });
  const counts = (plan.units.find(({ id }) => id === unit)?.promises ?? []).map(({ number }) => {
    const said = members.map(({ promises }) => promises.get(number));
    const numbers = MARKS.map((mark) => said.filter((each) => each === mark).length);
    return { promise: number, members: members.length, numbers };
  });
  const few = ({ numbers }) => numbers.some(Boolean) && numbers.reduce((sum, each) => sum + each, 0) < FEWEST;
  return asText(told.map(numbered)) !== asText(counts.filter((each) => !few(each)));
}

// Whether results say of promises what the log says was told.
export function areTold(said = [], told = []) {
  return asText(said.map(numbered)) === asText(told.map(numbered));
}

const numbered = ({ promise, members, ...count }) => ({ promise, members, numbers: MARKS.map((mark) => count[mark]) });

function asText(counts) {
  return JSON.stringify(counts.map(({ promise, members, numbers }) => [promise, members, ...numbers]));
}
