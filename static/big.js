// The big button, which takes the step that it names. Where a step is asked about first, the question stands in the button
// itself, so that a clicker can answer it: a second press, once the button has settled, confirms; ←, Escape or half a
// minute take the question back.
//   data-takes  the command; data-with the step that is seen
//   data-word   where a word to go with it may have been typed
//   .asks       in it: the question, and in data-agrees what one agrees to (empty: nothing is asked)

import { performOnce } from "./actions.js";
import { toast } from "./page.js";
import { rest } from "./settle.js";

const FORGOTTEN_AFTER = 30_000;
// About which step, and what is agreed to by the next press; by the server also in which words, instead of what question
// of the page: when that changes, it knows more than those words.
let asked = null;
let wasAsked = false; // when it was last shown
let forgets = 0;

const theButton = () => document.querySelector("button.next[data-takes]");
const stepOf = (button) => JSON.parse(button.dataset.with).step;
const questionOf = (button) => button.querySelector(".asks");
const agreesTo = (button) => questionOf(button).dataset.agrees;

export function pressThrough(outbox) {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("button.next[data-takes]");
    if (button && !button.hasAttribute("aria-busy")) press(outbox, button);
  });
}

async function press(outbox, button) {
  const step = stepOf(button);
  const agrees = agreesTo(button);
  if (asked?.step !== step && agrees) return ask({ step, fields: JSON.parse(agrees) });
  const fields = { step, ...asked?.fields, ...wordOf(button) };
  takeBack();
  const answer = await performOnce(outbox, button.dataset.takes, fields, button);
  if (answer.again) ask({ step, fields: answer.again, words: answer.sentence, instead: agreesTo(button) });
  else if (answer.sentence) toast(answer.sentence);
}

function wordOf({ dataset }) {
  return dataset.word ? { word: document.querySelector(dataset.word)?.value ?? "" } : {};
}

function ask(question) {
  asked = question;
  clearTimeout(forgets);
  forgets = setTimeout(takeBack, FORGOTTEN_AFTER);
  show();
}

// Whether there was a question to be taken back.
export function takeBack() {
  const hadAsked = asked !== null;
  asked = null;
  clearTimeout(forgets);
  show();
  return hadAsked;
}

// A push brings the button without its question; one about another step is none any more. Where the way back took the
// question back and now takes back a step, it is another button, and settles like one.
function show() {
  const button = theButton();
  if (asked?.words && button && agreesTo(button) !== asked.instead) delete asked.words;
  if (asked && !(button && stepOf(button) === asked.step && (asked.words || agreesTo(button)))) asked = null;
  const back = document.getElementById("step-back");
  if (wasAsked && !asked && back) rest(back);
  wasAsked = asked !== null;
  if (!button) return;
  button.toggleAttribute("data-asked", asked !== null);
  const question = questionOf(button).firstElementChild;
  if (asked?.words && question.textContent !== asked.words) question.textContent = asked.words;
  const said = document.getElementById("asked");
  const text = asked ? questionOf(button).textContent : "";
  if (said.textContent !== text) said.textContent = text;
}

document.addEventListener("htmx:after:swap", show);

// Whoever presses the way back while a question is open takes that back, and no step.
document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest("#step-back") || !takeBack()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") takeBack();
});
