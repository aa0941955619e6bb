// What is half typed on a page of the second half stays in this tab until it is sent: a reload takes nothing, nor does a
// browser that had to let go of the page, nor the sending of another form beside it. Where a field holds something else by
// now than when somebody typed into it, it is left alone.

import { inTab } from "./storage.js";

const PLACE = `kaimen.half-typed${location.pathname}${new URLSearchParams(location.search).get("unit") ?? ""}`;
const NOT_TYPED = new Set(["hidden", "file", "submit", "button"]);

const forms = [...document.querySelectorAll('form[method="post"]')];
const fieldsOf = (form) => [...form.elements].filter(({ name, type }) => name && !NOT_TYPED.has(type));
const isTicked = ({ type }) => type === "checkbox" || type === "radio";
const idOf = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);
const nowIn = (field) => (isTicked(field) ? field.checked : field.value);

function firstIn(field) {
  if (isTicked(field)) return field.defaultChecked;
  if (field.localName !== "select") return field.defaultValue;
  return ([...field.options].find(({ defaultSelected }) => defaultSelected) ?? field.options[0])?.value;
}

// Of all forms but the one that is sent.
function keep(sent = null) {
  const fields = forms.filter((form) => form !== sent).flatMap(fieldsOf);
  const typed = fields.filter((field) => nowIn(field) !== firstIn(field));
  const kept = typed.map((field) => [idOf(field), { typed: nowIn(field), first: firstIn(field) }]);
  if (kept.length) inTab.keep(PLACE, Object.fromEntries(kept));
  else inTab.drop(PLACE);
}

function putBack() {
  const kept = inTab.read(PLACE) ?? {};
  for (const field of forms.flatMap(fieldsOf)) {
    const { typed, first } = kept[idOf(field)] ?? {};
    if (typed === undefined || first !== firstIn(field)) continue;
    field[isTicked(field) ? "checked" : "value"] = typed;
    const folded = field.closest("details");
    if (folded) folded.open = true;
  }
}

putBack();
document.addEventListener("input", () => keep());
document.addEventListener("submit", ({ target, defaultPrevented }) => defaultPrevented || keep(target));
