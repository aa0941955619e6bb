// A picture of a replay: a screen as it stood behind an entry of the log. It asks nobody for anything: what comes next, and
// how fast time goes, the page around it says (replay.js). Opened alone it stands still. Nothing on it can be pressed.

import "./dial.js";
import "./fit.js";
import "./lots.js";
import "./passing.js";
import "./reveal.js";
import "./scene.js";
import "./turn.js";
import { playClock, serverNow } from "./clock.js";
import { morph } from "./morph.js";
import { total } from "./numbers.js";

const root = document.documentElement;

// What is heard here is what a live page hears of htmx, so that the stage moves as it did in the hall.
const INCOMING = "htmx:ws:before:message:incoming";
const CAME = "htmx:ws:after:message:incoming";
const SWAPPED = "htmx:after:swap";

playClock(serverNow(), 0);
root.dataset.connection = "on"; // nothing is missing here because of a line

window.addEventListener("message", async ({ origin, source, data }) => {
  if (origin !== location.origin || source !== window.parent || !("at" in data)) return;
  playClock(data.at, data.rate);
  if (!data.regions) return;
  document.querySelector("[data-entry]").textContent = data.entry;
  document.querySelector("[data-time]").textContent = data.time;
  await bring(Object.entries(data.regions));
});

async function bring(regions) {
  if (!regions.length) return;
  const waits = [];
  const message = { data: regions.map(([, html]) => html).join("") };
  document.dispatchEvent(new CustomEvent(INCOMING, { detail: { message, waitUntil: (wait) => waits.push(wait) } }));
  await Promise.all(waits);
  for (const [name, html] of regions) place(name, html);
  drawMarks();
  document.dispatchEvent(new CustomEvent(SWAPPED));
  document.dispatchEvent(new CustomEvent(CAME));
}

function place(name, html) {
  const come = document.createElement("template");
  come.innerHTML = html;
  const before = document.getElementById(name);
  if (before) morph(before, come.content.firstElementChild);
}

// --- the marks of a tablet --------------------------------------------------------------------------------------------

// Pads and marks come apart, and a live tablet lays one over the other (sheet.js); here only what had been recorded.
function drawMarks() {
  const given = document.getElementById("panel-marks");
  if (!given) return;
  const { marks } = JSON.parse(given.dataset.sheet);
  for (const criterion of document.querySelectorAll("[data-criterion]")) {
    const points = marks[criterion.dataset.criterion];
    criterion.dataset.marked = points === undefined ? "no" : "yes";
    for (const key of criterion.querySelectorAll("[data-points]"))
      key.setAttribute("aria-pressed", String(key.dataset.points === points));
    const place = criterion.querySelector("output");
    if (place) place.textContent = points ?? "";
    const field = criterion.querySelector("[data-typed]");
    if (field) field.value = points ?? "";
  }
  const place = document.querySelector("[data-given-total]");
  const submitted = [...document.querySelectorAll(".given [data-points]")];
  if (place) place.textContent = total(submitted.map(({ dataset }) => [dataset.points, dataset.weight]));
}

drawMarks();

// --- nothing to press -------------------------------------------------------------------------------------------------

// But the parts of a page may be gone to, and what is folded unfolded.
function isOfThisPage(target) {
  return target.closest('summary, a[href^="#"]') !== null;
}

for (const kind of ["click", "submit", "auxclick"])
  document.addEventListener(
    kind,
    (event) => {
      if (!isOfThisPage(event.target)) event.preventDefault();
    },
    { capture: true },
  );
