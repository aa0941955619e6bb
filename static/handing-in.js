// Proofs are handed in by a request of their own: it is seen how far they have come, and whatever is wrong, the files that
// were chosen need not be chosen again. Without this script the form goes as any other (forms.js).

import { rest } from "./settle.js";

const MEGABYTE = 1024 * 1024;
const UNTIL_ANSWERED = 3_600_000;
const NOBODY_THERE = new Set([0, 502, 504]);

export function handsIn(form) {
  form.dataset.goesByItself = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!("sends" in form.dataset)) send(form);
  });
  form.elements.files.addEventListener("change", () => complain(form, tooLarge(form)));
}

// Before it has been sent for minutes in vain.
function tooLarge({ dataset, elements }) {
  const sizes = [...elements.files.files];
  const largest = sizes.find(({ size }) => size > dataset.mostOfOne * MEGABYTE);
  if (largest) return dataset.oneTooLarge.replace("{name}", largest.name);
  const together = sizes.reduce((sum, { size }) => sum + size, 0);
  return together > dataset.mostOfAll * MEGABYTE ? dataset.allTooLarge : "";
}

function send(form) {
  const problem = tooLarge(form);
  if (problem) return complain(form, problem);
  const button = form.querySelector("button.primary");
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.responseType = "document";
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    tell(form, "hint", form.dataset.sending.replace("{percent}", Math.floor((loaded * 100) / total)));
  });
  request.addEventListener("loadend", () => {
    delete form.dataset.sends;
    rest(button);
    isAnswered(form, request);
  });
  form.dataset.sends = "";
  rest(button, UNTIL_ANSWERED);
  request.send(new FormData(form));
}

function isAnswered(form, { status, responseURL, response }) {
  if (NOBODY_THERE.has(status)) return complain(form, document.querySelector("meta[name=kaimen-unreached]").content);
  if (status < 400) return location.assign(responseURL);
  const again = response?.querySelector("form[data-hands-in]");
  if (!again) return putInPlace(response, "main");
  putInPlace(response, "#standards"); // some of the files may have been taken
  again.querySelector("input[type=file]").replaceWith(form.elements.files);
  form.replaceWith(again);
  handsIn(again);
  again.querySelector("[role=alert], .problem")?.scrollIntoView({ block: "center" });
}

function putInPlace(response, selector) {
  const fresh = response?.querySelector(selector);
  if (fresh) document.querySelector(selector).replaceWith(fresh);
}

function complain(form, problem) {
  tell(form, "problem", problem);
}

function tell(form, kind, text) {
  const said = form.querySelector("[data-said]");
  said.className = kind;
  said.textContent = text;
}
