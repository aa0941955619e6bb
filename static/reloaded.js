// A reload, whoever asked for it, takes nothing that was typed, nor does the way back to this page: what stood in a form
// and was not taken yet stands there again, in its dialog; where the browser keeps nothing it is gone. Comments and marks of
// a tablet are kept by compose.js and the outbox.

import { prepare } from "./dialogs.js";
import { inTab } from "./storage.js";

const NAME = `kaimen.typed.${location.pathname}.${document.body.dataset.seat ?? ""}`;

function forms() {
  const all = [...document.querySelectorAll("form[data-do], #reason form")];
  return new Map(
    all.map((form) => [form.closest("dialog")?.id ?? `${form.dataset.do} ${form.dataset.with ?? ""}`, form]),
  );
}

function typedIn(form) {
  const fields = [...form.elements].filter(
    ({ name, localName, type }) => name && localName !== "button" && type !== "checkbox",
  );
  const chosen = fields.filter(({ type, checked, value }) => value && (type !== "radio" || checked));
  return chosen.map(({ name, value }) => [name, value]);
}

function keep() {
  const kept = [];
  for (const [name, form] of forms()) {
    const { filled } = form.dataset;
    const { question } = form.closest("dialog")?.dataset ?? {};
    const isOpen = form.closest("dialog")?.open ?? false;
    const typed = typedIn(form);
    if (isOpen || typed.length) kept.push({ name, typed, filled, question, isOpen });
  }
  if (kept.length) inTab.keep(NAME, kept);
}

function putBack() {
  const kept = inTab.read(NAME) ?? [];
  inTab.drop(NAME);
  const [{ type }] = performance.getEntriesByType("navigation");
  if (type === "navigate") return;
  const there = forms();
  for (const { name, typed, filled, question, isOpen } of kept) {
    const form = there.get(name);
    if (!form) continue;
    const dialog = form.closest("dialog");
    if (filled) prepare(dialog, JSON.parse(filled));
    if (question) dialog.dataset.question = question;
    for (const [field, value] of typed) if (form.elements[field]) form.elements[field].value = value;
    if (filled && isOpen) dialog.showModal();
  }
}

window.addEventListener("pagehide", keep);
putBack();
