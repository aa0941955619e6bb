// What is typed on a unit's page is kept on the server as it is typed: a reload, another device and another person of the
// unit find it there. Where the server cannot be reached, this browser keeps it until it can.

import { handsIn } from "./handing-in.js";
import { takeSignatures } from "./signed-forms.js";
import { onDevice } from "./storage.js";

const PAUSE = 700;
const AGAIN = 5000;
// A browser sends no more than that after its page is gone.
const MOST_IN_PASSING = 60_000;

const { done, unit } = document.querySelector("main").dataset;
// A tablet that goes round does not offer one unit the names of another.
const AUTHOR = `kaimen.author${location.pathname.replace(/\/findings\/.*/, "")}.${unit}`;
const forms = [...document.querySelectorAll("form[data-types]")];
const address = `${location.pathname}/typed`;
const placeOf = ({ dataset }) => `kaimen.unit${location.pathname}.${dataset.types}`;
const timers = new WeakMap();

const before = (form, { name }) => form.elements[`was.${name}`];
const textsOf = (form) => [...form.elements].filter((field) => before(form, field));

function waitsToBeKept(form) {
  const typed = textsOf(form).map((field) => [field.name, { text: field.value, was: before(form, field).value }]);
  onDevice.keep(placeOf(form), Object.fromEntries(typed));
  keepSoon(form, PAUSE);
}

function keepSoon(form, pause) {
  clearTimeout(timers.get(form));
  timers.set(
    form,
    setTimeout(() => keep(form), pause),
  );
}

async function keep(form) {
  const sent = textsOf(form).map((field) => [field, field.value]);
  const body = new URLSearchParams(new FormData(form)).toString();
  const status = form.querySelector("[data-kept]");
  try {
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const keepalive = body.length < MOST_IN_PASSING;
    const answer = await fetch(address, { method: "POST", headers, body, keepalive });
    if (!answer.ok) throw new Error();
    for (const [field, text] of sent) before(form, field).value = text;
    if (sent.every(([field, text]) => field.value === text)) onDevice.drop(placeOf(form));
    tellOfOthers(form, await answer.json());
    status.textContent = status.dataset.kept;
  } catch {
    status.textContent = status.dataset.unkept;
    keepSoon(form, AGAIN);
  }
}

// Two who type into one field see both texts.
function tellOfOthers(form, others) {
  for (const { name } of textsOf(form)) {
    const text = others[name];
    if (!text) continue;
    const said = document.getElementById(`beside-${name}`);
    form.elements[`beside.${name}`].value = text;
    said.querySelector("q").textContent = text;
    said.hidden = false;
  }
}

// What this browser could not bring to the server before it was closed; with what stood there as it was typed, so that
// the server knows what somebody else has written since.
function putBack(form) {
  const kept = onDevice.read(placeOf(form));
  if (!kept) return;
  for (const field of textsOf(form)) {
    if (!kept[field.name]) continue;
    field.value = kept[field.name].text;
    before(form, field).value = kept[field.name].was;
  }
  keepSoon(form, 0);
}

// What was sent is on the server. That is so once: the same page, loaded again, may have to put back what was typed since.
for (const form of forms) if (done === "keep" || done === form.dataset.types) onDevice.drop(placeOf(form));
if (done) {
  const address = new URL(location.href);
  address.searchParams.delete("done");
  history.replaceState(null, "", address);
}

for (const form of forms) {
  putBack(form);
  form.addEventListener("input", ({ target }) => {
    if (before(form, target)) waitsToBeKept(form);
  });
  form.addEventListener("submit", () => clearTimeout(timers.get(form)));
}

document.addEventListener("input", ({ target: { name, value } }) => {
  if (name.startsWith("author.")) onDevice.keep(AUTHOR, value);
});
const author = onDevice.read(AUTHOR);
for (const field of document.querySelectorAll("input[name^='author.']"))
  if (author && !field.value) field.value = author;

for (const form of document.querySelectorAll("form[data-hands-in]")) handsIn(form);

takeSignatures();
