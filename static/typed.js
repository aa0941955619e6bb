// A mark that is typed into a text field: read as the set-up pages read numbers, and found wrong before it is sent.

import { faultOf, readNumber } from "./numbers.js";
import { say, show } from "./page.js";

// The points a text means for a criterion (null: the field is empty), or what is wrong with it, in words.
export function typedMark(text, { name, minimum, maximum, step }) {
  if (!text.trim()) return { points: null, problem: "" };
  const points = readNumber(text);
  const facts = { criterion: name, minimum, maximum, step, points: points ?? text.trim() };
  if (points === null) return { points, problem: say("no_number", facts) };
  const fault = faultOf(points, { minimum, maximum, step });
  return { points, problem: fault ? say(fault === "range" ? "out_of_range" : "off_step", facts) : "" };
}

// Say at a field what is wrong with it; with an empty sentence, that nothing is.
export function markField(input, problem) {
  if (problem) input.setAttribute("aria-invalid", "true");
  else input.removeAttribute("aria-invalid");
  const place = document.getElementById(input.getAttribute("aria-describedby"));
  if (place && place.textContent !== problem) show(place, problem);
}

// The fields of a dialog's form that hold marks: whether all can be read. The first that cannot gets the cursor.
export function readMarks(form) {
  const inputs = [...form.querySelectorAll("input[data-mark]")];
  for (const input of inputs) readMark(input);
  const wrong = inputs.find((input) => input.hasAttribute("aria-invalid"));
  wrong?.focus();
  return !wrong;
}

// What was wrong and is being put right is right at once: a sentence that goes away only as the field is left would move
// the button under the finger that is on its way to it.
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("input[data-mark][aria-invalid]")) return;
  const { problem } = typedMark(target.value, target.dataset);
  if (!problem) markField(target, "");
});

export function readMark(input) {
  const { points, problem } = typedMark(input.value, input.dataset);
  markField(input, problem);
  if (!problem && points !== null) input.value = points;
}
