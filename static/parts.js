// What is typed of the parts stays in this browser until it has been entered, also if the page or the browser is closed.

import { onDevice } from "./storage.js";

const form = document.querySelector("form[data-keeps]");
const name = `kaimen.parts.${form?.dataset.keeps}`;
const fields = () => [...(form?.querySelectorAll("td input[name^='points.']:not([readonly]), #author") ?? [])];

function keep() {
  const typed = Object.fromEntries(fields().flatMap((each) => (each.value ? [[each.name, each.value]] : [])));
  if (Object.keys(typed).length) onDevice.keep(name, typed);
  else onDevice.drop(name);
}

function putBack() {
  const typed = onDevice.read(name) ?? {};
  let isBack = false;
  for (const each of fields()) {
    if (each.value || !typed[each.name]) continue;
    each.value = typed[each.name];
    isBack = true;
  }
  if (isBack) form.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

if (form) {
  if (document.querySelector(".saved[data-done=enter]")) onDevice.drop(name);
  putBack();
  form.addEventListener("input", keep);
}
