// The total of a sheet that is entered from paper or corrected, as it grows: to be held against the one on the paper.

import { total } from "./numbers.js";
import { typedMark } from "./typed.js";

const UNREADABLE = "—";

function reckon(form) {
  const place = form.querySelector("[data-running-total]");
  if (!place) return;
  const fields = [...form.querySelectorAll("[data-mark]")];
  const marks = fields.map((field) => ({ ...typedMark(field.value, field.dataset), weight: field.dataset.weight }));
  const given = marks.filter(({ points }) => points !== null);
  place.textContent = marks.some(({ problem }) => problem)
    ? UNREADABLE
    : total(given.map((each) => [each.points, each.weight]));
}

document.addEventListener("input", ({ target }) => target.matches("[data-mark]") && reckon(target.form));
document.addEventListener("reset", ({ target }) => queueMicrotask(() => reckon(target)));

// What a reload has put back is there already.
for (const form of document.forms) reckon(form);
