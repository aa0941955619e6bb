// Buttons and forms that ask something of the server: <button data-do="pause">, <form data-do="tell_speaker">.
//   data-with   further fields, as JSON
//   data-ask    a sentence to confirm first; data-ask-reason the same, with a reason to type
//   data-then   what is asked for once this is done, as JSON with its "do"
//   data-salted on a form: a random part for a receipt goes with it
//   data-instead on a form's button: what this button asks for in place of the form's data-do
//   data-done   on a form: what is said once it is done
//   data-mark   on a form's field: points of a criterion, read and found wrong before anything is sent (typed.js)

import "./dialogs.js";
import { newId } from "./ids.js";
import { ask, say, show, toast } from "./page.js";
import "./reloaded.js";
import "./settle.js";
import { readMark, readMarks } from "./typed.js";

const confirmDialog = document.getElementById("confirm");
const reasonDialog = document.getElementById("reason");

export function actThrough(outbox) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (button && !button.disabled && !button.hasAttribute("aria-busy")) act(outbox, button);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("form[data-do]")) return;
    event.preventDefault();
    if (readMarks(event.target)) actForm(outbox, event.target, event.submitter);
  });
  document.addEventListener("change", (event) => {
    if (event.target.matches("input[data-mark]")) readMark(event.target);
  });
}

async function act(outbox, button) {
  const fields = JSON.parse(button.dataset.with ?? "{}");
  const question = button.dataset.askReason;
  if (question) {
    const typed = await askReason(question, button.textContent.trim());
    if (typed === null) return;
    Object.assign(fields, typed);
  } else if (button.dataset.ask) {
    if ((await ask(confirmDialog, button.dataset.ask, button.textContent.trim())) === null) return;
  }
  const answer = await performAskingAgain(outbox, button.dataset.do, fields, button);
  if (answer?.ack) await goOn(outbox, button);
  if (answer?.ack && question && !reasonDialog.open) reasonDialog.querySelector("form").reset();
  if (answer?.sentence) toast(answer.sentence);
}

// What was done is put away, and what was to follow it follows.
async function goOn(outbox, button) {
  closeMenu(button);
  if (!button.dataset.then) return;
  const { do: what, ...fields } = JSON.parse(button.dataset.then);
  const answer = await outbox.perform(what, fields);
  if (answer.sentence) toast(answer.sentence);
}

function closeMenu(within) {
  const menu = within.closest("[popover]");
  if (menu?.matches(":popover-open")) menu.hidePopover();
}

// A reason that has not been taken yet stands there again when the same is asked.
function askReason(question, label) {
  if (reasonDialog.dataset.question !== question) reasonDialog.querySelector("form").reset();
  reasonDialog.dataset.question = question;
  return ask(reasonDialog, question, label);
}

// What a form is asking for and has no answer to yet: the same, pressed again, is the same.
const underWay = new WeakMap();

async function actForm(outbox, form, submitter) {
  const fields = { ...JSON.parse(form.dataset.with ?? "{}"), ...fieldsOf(form) };
  if (submitter?.name) fields[submitter.name] = submitter.value;
  const what = submitter?.dataset.instead ?? form.dataset.do;
  const asked = JSON.stringify([what, fields]);
  if (underWay.get(form) === asked) return;
  underWay.set(form, asked);
  if ("salted" in form.dataset) fields.salt = newId();
  const answer = await performAskingAgain(outbox, what, fields, submitter);
  if (underWay.get(form) === asked) underWay.delete(form);
  show(form.querySelector("[data-problem]"), answer?.sentence ?? "");
  point(form, answer?.at ?? []);
  if (answer?.ack) {
    if (form.dataset.done) toast(form.dataset.done);
    delete form.dataset.filled;
    form.closest("dialog")?.close();
    closeMenu(form);
    form.reset();
    if (form.contains(document.activeElement)) document.activeElement.blur(); // keys and clicker are the page's again
  }
}

// Mark the fields that a refusal is about ("numbers.court" by the id "court"), and go to the first of them.
function point(form, ids) {
  const isWrong = (field) => ids.includes(field.name.split(".").at(-1));
  for (const field of form.querySelectorAll("input, select, textarea")) {
    if (isWrong(field)) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  form.querySelector("[aria-invalid]")?.focus();
}

// The fields of a form: "marks.duty" goes into marks.
function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    const [outer, inner] = name.split(".");
    if (!inner) fields[outer] = value;
    else fields[outer] = { ...fields[outer], [inner]: value };
  }
  return fields;
}

// Perform; if the refusal says with which fields the same would be accepted, ask and perform that.
async function performAskingAgain(outbox, what, fields, button) {
  const answer = await performOnce(outbox, what, fields, button);
  if (!answer.again) return answer;
  const agreed = await ask(confirmDialog, answer.sentence, button?.textContent.trim());
  return agreed === null ? null : performOnce(outbox, what, { ...fields, ...answer.again }, button);
}

export async function performOnce(outbox, what, fields, button) {
  button?.setAttribute("aria-busy", "true");
  const answer = await outbox.perform(what, fields);
  button?.removeAttribute("aria-busy");
  return answer.offline ? { sentence: say("offline") } : answer;
}
