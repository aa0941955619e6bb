// The moderator's console: the keys of a presenter's clicker, and the lamp that says whether they are heard.

import "./address.js";
import "./agenda.js";
import "./clock.js";
import "./wire.js";
import { actThrough } from "./actions.js";
import { pressThrough, takeBack } from "./big.js";
import { hear } from "./events.js";
import { reportHealth } from "./health.js";
import "./offline.js";
import { Outbox } from "./outbox.js";
import { say, toast } from "./page.js";
import "./paper.js";
import "./taken.js";

const outbox = new Outbox();
actThrough(outbox);
pressThrough(outbox);
reportHealth();

// The page of all comments is not live: what was done to one of them is shown by loading it again.
outbox.addEventListener("answered", ({ detail: { command, answer } }) => {
  if (answer.ack && command.comment && document.getElementById(`all-${command.comment}`)) location.reload();
});

// A form that htmx sends and that was declined: said as the answers to commands are.
document.addEventListener("htmx:response:error", ({ detail: { ctx } }) => {
  const isSentence = ctx.response.headers.get("content-type")?.startsWith("text/plain");
  toast(isSentence ? ctx.text : say("not_done"));
});

const FORWARD = new Set([" ", "ArrowRight", "PageDown"]);
const BACK = new Set(["ArrowLeft", "PageUp"]);

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (document.querySelector("dialog[open]")) return;
  // A clicker's keys mean nothing in a field; the others do, and a focused button keeps its own space bar.
  if (!event.key.startsWith("Page") && isTyping()) return;
  if (event.key === " " && event.target.matches("button, a, summary")) return;
  const button = FORWARD.has(event.key) ? "step-next" : BACK.has(event.key) ? "step-back" : null;
  if (!button) return;
  event.preventDefault();
  if (event.repeat || (button === "step-back" && takeBack())) return;
  document.getElementById(button)?.click();
});

// After a click by mouse or finger the space bar is the big button's again, not that of what was clicked: of what takes
// nothing yet as well, hence before settle.js.
window.addEventListener("click", (event) => event.detail && event.target.closest("button, summary, a")?.blur(), true);

// The lamp at the big button: whether the keys are the page's, and if not, why.
function isTyping() {
  return document.activeElement?.matches("input, textarea, select") ?? false;
}

function keysAre() {
  if (document.documentElement.dataset.connection === "off") return "offline";
  if (document.querySelector("dialog[open]")) return "asked";
  if (!document.hasFocus()) return "away";
  if (!document.getElementById("step-next")) return document.querySelector(".next.waits") ? "waits" : "over";
  return isTyping() ? "typing" : "ready";
}

function light() {
  const lamp = document.getElementById("keys");
  lamp.dataset.state = keysAre();
  const text = say(`keys_${lamp.dataset.state}`);
  const place = lamp.querySelector("[role=status]");
  if (place.textContent !== text) place.textContent = text;
}

const lightSoon = () => setTimeout(light);
hear("connection", lightSoon);
for (const kind of ["focusin", "focusout", "htmx:after:swap"]) document.addEventListener(kind, lightSoon);
for (const kind of ["focus", "blur"]) window.addEventListener(kind, lightSoon);
document.addEventListener("close", lightSoon, true);
light();
