// What is typed on a unit's page is kept on the server as it is typed: a reload, another device and another person of the
// unit find it there. Where the server cannot be reached, this browser keeps it until it can.

import { onDevice } from "./storage.js";

const PAUSE = 700;
const AGAIN = 5000;
const AUTHOR = "kaimen.unit.author";

const forms = [...document.querySelectorAll("form[data-types]")];
const address = `${location.pathname}/typed`;
const shelf = `kaimen.unit${location.pathname}`;
const timers = new WeakMap();

const textsOf = (form) => [...form.elements].filter(({ name }) => form.elements[`was.${name}`]);

function waitsToBeKept(form) {
  onDevice.keep(
    `${shelf}.${form.dataset.types}`,
    Object.fromEntries(textsOf(form).map(({ name, value }) => [name, value])),
  );
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
  const body = new URLSearchParams(new FormData(form));
  const status = form.querySelector("[data-kept]");
  try {
    const { ok } = await fetch(address, { method: "POST", body, keepalive: true });
    if (!ok) throw new Error();
    for (const [field, text] of sent) form.elements[`was.${field.name}`].value = text;
    if (sent.every(([field, text]) => field.value === text)) onDevice.drop(`${shelf}.${form.dataset.types}`);
    status.textContent = status.dataset.kept;
  } catch {
    status.textContent = status.dataset.unkept;
    keepSoon(form, AGAIN);
  }
}

// What this browser could not bring to the server before it was closed.
function putBack(form) {
  const kept = onDevice.read(`${shelf}.${form.dataset.types}`);
  if (!kept) return;
  for (const field of textsOf(form)) if (field.name in kept) field.value = kept[field.name];
  keepSoon(form, 0);
}

// What was sent is on the server.
const { done } = document.querySelector("main").dataset;
for (const { dataset } of done === "keep" ? forms : []) onDevice.drop(`${shelf}.${dataset.types}`);
onDevice.drop(`${shelf}.${done}`);

for (const form of forms) {
  putBack(form);
  form.addEventListener("input", ({ target }) => {
    if (target.name.startsWith("author.")) onDevice.keep(AUTHOR, target.value);
    else waitsToBeKept(form);
  });
  form.addEventListener("submit", () => clearTimeout(timers.get(form)));
}

const author = onDevice.read(AUTHOR);
for (const field of document.querySelectorAll("input[name^='author.']"))
  if (author && !field.value) field.value = author;
