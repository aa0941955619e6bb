// The dialogs of a page's frame: opened from the regions by data-opens="correct-sheet" data-fill='{"with": …}', put away
// by data-closes, and asked for in words what is still empty: at its field (data-empty), before anything is sent.

import { markField } from "./typed.js";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) open(document.getElementById(opener.dataset.opens), JSON.parse(opener.dataset.fill ?? "{}"));
  event.target.closest("[data-closes]")?.closest("dialog").close();
});

function open(dialog, fill) {
  prepare(dialog, fill);
  dialog.showModal();
}

// What was typed and not taken yet stands there again when the same is opened.
export function prepare(dialog, fill) {
  const form = dialog.querySelector("form");
  const filled = JSON.stringify(fill);
  if (form.dataset.filled !== filled) refill(form, fill);
  form.dataset.filled = filled;
  for (const place of dialog.querySelectorAll("[data-place]"))
    place.textContent = fill.places?.[place.dataset.place] ?? "";
}

function refill(form, fill) {
  form.reset();
  form.dataset.with = JSON.stringify(fill.with ?? {});
  for (const [name, value] of Object.entries(fill.values ?? {})) form.elements[name].value = value;
}

const isEmpty = (field) => !field.value.trim();

// Before all others hear of it: what is not complete is not sent.
document.addEventListener(
  "submit",
  (event) => {
    if (event.submitter?.value === "no") return;
    const fields = [...event.target.querySelectorAll("[data-empty]")];
    for (const field of fields.filter(isEmpty)) markField(field, field.dataset.empty);
    const first = fields.find(isEmpty);
    if (!first) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    first.focus();
  },
  true,
);

document.addEventListener("input", ({ target }) => {
  if (target.dataset.empty && !isEmpty(target)) markField(target, "");
});

// What was wrong when it was put away is not wrong in the next question.
document.addEventListener(
  "close",
  ({ target }) => {
    for (const field of target.querySelectorAll("[aria-invalid]")) markField(field, "");
  },
  true,
);
