// The set-up pages: drag rows, keep what is typed from being lost, put the cursor where it belongs. All of it is
// convenience: the pages work without a script, by the buttons of the form.

import { tell } from "./events.js";
import { isStillThere } from "./settle.js";

const form = () => document.getElementById("sheet");

function markChanged() {
  const sheet = form();
  sheet.dataset.changed = "";
  const said = sheet.querySelector(".unsaved");
  if (said) said.hidden = false;
  sheet.querySelector(".saved")?.remove();
}

document.addEventListener("input", (event) => {
  if (event.target.form === form()) markChanged();
});

let isLeavingOnPurpose = false;

document.addEventListener("submit", (event) => {
  if (event.target === form() && !event.defaultPrevented) isLeavingOnPurpose = true;
});

window.addEventListener("beforeunload", (event) => {
  if (!isLeavingOnPurpose && form() && "changed" in form().dataset) event.preventDefault();
});

window.addEventListener("pageshow", () => {
  isLeavingOnPurpose = false;
});

// The up and down buttons keep the keyboard: after a move the same button has the cursor again.
let lastPressed = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  lastPressed = button ? { value: button.value, list: button.closest("ol")?.id, isByKey: !event.detail } : null;
});

function putCursor() {
  const wanted = form()?.querySelector("[autofocus]");
  const pressed = lastPressed && form()?.querySelector(`button[name=do][value="${CSS.escape(lastPressed.value)}"]`);
  if (wanted && lastPressed?.value.startsWith("add")) wanted.focus();
  else if (pressed) {
    pressed.focus({ preventScroll: true });
    if (lastPressed.isByKey) isStillThere(pressed);
  } else if (lastPressed?.list)
    document.getElementById(lastPressed.list)?.querySelector("input, select, button")?.focus();
}

// What is typed while an answer is under way is not in it. It goes on standing in the fields of the same names, and the
// cursor with it.
let sent = null;
let typedSince = [];
let typing = null;

const fields = () => [...form().elements].filter(({ name, type }) => name && type !== "hidden" && type !== "submit");
const isTicked = ({ type }) => type === "checkbox" || type === "radio";
const stateOf = (field) => (isTicked(field) ? field.checked : field.value);

function whereItIsTyped() {
  const field = document.activeElement;
  if (!form()?.contains(field) || !field.matches("input, textarea")) return null;
  return { name: field.name, from: field.selectionStart, to: field.selectionEnd };
}

function putBack() {
  for (const { name, type, value, state } of typedSince) {
    const field = fields().find((each) => each.name === name && (type !== "radio" || each.value === value));
    if (field && isTicked(field)) field.checked = state;
    else if (field) field.value = state;
  }
  const field = typing && fields().find(({ name }) => name === typing.name);
  if (!field) return putCursor();
  field.focus({ preventScroll: true });
  if (typing.from !== null) field.setSelectionRange(typing.from, typing.to);
}

document.addEventListener("htmx:before:request", ({ target }) => {
  if (target.matches?.("button[name=do]")) sent = new Map(fields().map((field) => [field, stateOf(field)]));
});

document.addEventListener("htmx:before:swap", ({ target }) => {
  if (!sent || !target.matches?.("button[name=do]")) return;
  const changed = [...sent].filter(([field, state]) => stateOf(field) !== state);
  typedSince = changed.map(([field]) => ({
    name: field.name,
    type: field.type,
    value: field.value,
    state: stateOf(field),
  }));
  typing = whereItIsTyped();
});

function makeSortable() {
  if (!window.Sortable) return;
  for (const list of document.querySelectorAll("[data-sortable]")) {
    if (window.Sortable.get(list)) continue;
    window.Sortable.create(list, {
      handle: ".handle",
      draggable: ".row",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      onEnd: () => {
        markChanged();
        tell("sorted", null, form());
      },
    });
  }
}

document.addEventListener("htmx:after:swap", () => {
  makeSortable();
  if (!sent || [...sent.keys()].some(({ isConnected }) => isConnected)) return;
  sent = null;
  putBack();
});

// A group that is renamed is called so at once where seats choose it.
document.addEventListener("input", ({ target }) => {
  const row = target.closest?.("[data-group]");
  if (!row) return;
  const { group, usual } = row.dataset;
  for (const option of document.querySelectorAll('select[name$=".group"] option')) {
    if (option.value === group) option.textContent = target.value.trim() || usual;
  }
});

// What the server declined is shown as a page: the form goes the ordinary way.
document.addEventListener("htmx:response:error", (event) => {
  const source = event.target.closest?.("button[name=do]");
  if (source?.form) {
    isLeavingOnPurpose = true;
    source.removeAttribute("hx-post");
    source.form.requestSubmit(source);
  }
});

makeSortable();
