// The moderator's console: keys of a presenter's clicker, the miniature of the display, editing a comment.

import "./clock.js";
import "./wire.js";
import { actThrough } from "./actions.js";
import { reportHealth } from "./health.js";
import "./offline.js";
import { Outbox } from "./outbox.js";
import { say, toast } from "./page.js";
import { markField } from "./typed.js";

const outbox = new Outbox();
actThrough(outbox);
reportHealth();

// The page of all comments is not live: what was done to one of them is shown by loading it again.
outbox.addEventListener("answered", ({ detail: { command, answer } }) => {
  if (answer.ack && command.comment && document.getElementById(`all-${command.comment}`)) location.reload();
});

const FORWARD = new Set([" ", "ArrowRight", "PageDown"]);
const BACK = new Set(["ArrowLeft", "PageUp"]);

document.addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return;
  if (document.querySelector("dialog[open]")) return;
  // A clicker's keys mean nothing in a field; the others do, and a focused button keeps its own space bar.
  if (!event.key.startsWith("Page") && event.target.matches("input, textarea, select")) return;
  if (event.key === " " && event.target.matches("button, a, summary")) return;
  const button = FORWARD.has(event.key) ? "step-next" : BACK.has(event.key) ? "step-back" : null;
  if (!button) return;
  event.preventDefault();
  document.getElementById(button)?.click();
});

// After a click by mouse or finger the space bar is the big button's again, not that of what was clicked.
document.addEventListener("click", (event) => event.detail && event.target.closest("button, summary")?.blur(), true);

document.addEventListener("kaimen:connection", (event) => {
  toast(event.detail === "off" ? say("connection_lost") : "");
});

// The dialogs of the frame, opened from the regions: data-opens="correct" data-fill='{"round": …}'.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (!opener) return;
  const dialog = document.getElementById(opener.dataset.opens);
  const fill = JSON.parse(opener.dataset.fill ?? "{}");
  const form = dialog.querySelector("form");
  form.reset();
  for (const input of form.querySelectorAll("input[data-mark]")) markField(input, "");
  form.dataset.with = JSON.stringify(fill.with ?? {});
  for (const [name, value] of Object.entries(fill.values ?? {})) form.elements[name].value = value;
  for (const place of dialog.querySelectorAll("[data-place]")) place.textContent = fill.places?.[place.dataset.place] ?? "";
  dialog.showModal();
});

document.addEventListener("click", (event) => {
  event.target.closest("[data-closes]")?.closest("dialog").close();
});
