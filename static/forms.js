// A plain form goes once, and only to a server that is there: whoever presses it in vain would otherwise be shown a page
// of the browser's, and what was typed would be gone. Until the answer is there its buttons take nothing (settle.js).

import { answered } from "./patience.js";
import { rest } from "./settle.js";

// An answer that is a file leaves the page as it is, and so does one that never comes: hence not for ever.
const ANSWERED_WITHIN = 10000;
const THERE_WITHIN = 5000;
const NOBODY_BEHIND_THE_PROXY = new Set([502, 504]);

const sentAt = new WeakMap();
let passing = null;

function isUnderWay(form) {
  return performance.now() - (sentAt.has(form) ? sentAt.get(form) : Number.NEGATIVE_INFINITY) < ANSWERED_WITHIN;
}

function isSent(form) {
  sentAt.set(form, performance.now());
  restButtons(form, ANSWERED_WITHIN);
  for (const said of form.querySelectorAll("[data-unreached]")) said.remove();
}

function isAnswered(form) {
  sentAt.delete(form);
  restButtons(form);
}

function restButtons(form, time) {
  for (const element of form.elements) if (element.matches("button")) rest(element, time);
}

async function isThere() {
  const isOurs = ({ status }) => !NOBODY_BEHIND_THE_PROXY.has(status);
  return (await answered(isOurs, THERE_WITHIN, "/healthz", { cache: "no-store" })) === true;
}

// At the button that was pressed.
function sayUnreached(form, button) {
  const text = document.querySelector("meta[name=kaimen-unreached]").content;
  const notice = Object.assign(document.createElement("p"), { className: "problem", textContent: text });
  notice.setAttribute("role", "alert");
  notice.dataset.unreached = "";
  if (button) button.after(notice);
  else form.append(notice);
}

async function send(form, button) {
  isSent(form);
  if (!(await isThere())) {
    isAnswered(form);
    return sayUnreached(form, button);
  }
  const { dataset } = document.documentElement;
  dataset.sends = ANSWERED_WITHIN;
  setTimeout(() => delete dataset.sends, ANSWERED_WITHIN);
  passing = form;
  form.requestSubmit(button && button.form === form ? button : null);
  passing = null;
}

// Browsers that do not say by which button a form is sent (before Chromium 81) would send it without that button's value,
// or not at all: they send it themselves, at once.
function canBeSentAnew(form, event) {
  return form.requestSubmit && "submitter" in event && !("goesByItself" in form.dataset);
}

// Before all others hear of it.
window.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form === passing || form.method !== "post" || !canBeSentAnew(form, event)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!isUnderWay(form)) send(form, event.submitter);
  },
  true,
);

// Buttons whose answer htmx puts into the page.
const buttonOf = ({ target }) => (target instanceof Element ? target.closest("button[hx-post]") : null);
const formOf = (event) => buttonOf(event) && buttonOf(event).form;

document.addEventListener("htmx:before:request", (event) => formOf(event) && isSent(formOf(event)));
for (const kind of ["htmx:after:request", "htmx:finally:request"]) {
  document.addEventListener(kind, (event) => formOf(event) && isAnswered(formOf(event)));
}
document.addEventListener("htmx:error", (event) => {
  if (formOf(event)) sayUnreached(formOf(event), buttonOf(event));
});
