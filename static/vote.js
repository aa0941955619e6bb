// A vote from a phone: sent by itself, so that the page stays where it is, and again until the server has said whether it is
// counted. What was chosen is known to this phone alone, and to no picture. Without this script the form does the same.

import { answered } from "./patience.js";
import { onDevice as kept } from "./storage.js";

const root = document.documentElement;
const form = document.getElementById("ballot");
const polls = document.getElementById("phone-polls");
const aloud = document.getElementById("aloud");
const TRIES = 6;
const FIRST_PAUSE = 700;
const PATIENCE = 15000;
const SLOW = 1000;
const known = new Map();
const underWay = new Map();
let pressed = null;
let saying = null;

function begin() {
  // Without this script, forms.js sends it.
  form.dataset.goesByItself = "";
  // Older browsers do not say by which button a form is sent.
  const isPressed = ({ target }) => {
    pressed = target.closest("button[form=ballot]");
  };
  document.addEventListener("click", isPressed, true);
  form.addEventListener("submit", (event) => {
    const button = event.submitter || pressed;
    if (!button || !button.value) return;
    event.preventDefault();
    const cut = button.value.lastIndexOf(":");
    vote(button.value.slice(0, cut), button.value.slice(cut + 1));
  });
  new MutationObserver(show).observe(polls, { childList: true, subtree: true });
  // What another page of this phone has chosen.
  kept.watch(show);
  const isBack = ({ oldValue }) => oldValue !== "on" && root.dataset.connection === "on";
  new MutationObserver(([first]) => isBack(first) && sendWhatWaits()).observe(root, {
    attributeFilter: ["data-connection"],
    attributeOldValue: true,
  });
  // What the page before this one was still sending is not known to have come.
  for (const { dataset } of polls.querySelectorAll("[data-poll]")) {
    const said = recall(dataset.poll);
    if (said.state === "sending") mark(dataset.poll, { ...said, state: "unsent" });
  }
  show();
  if (root.dataset.connection === "on") sendWhatWaits();
}

// A later press of this phone, on whichever page, ends the sending. `facts`: what is known of one that is sent once more.
async function vote(poll, choice, press = nextNumber(poll), facts = {}) {
  const body = new URLSearchParams(new FormData(form));
  body.set("vote", `${poll}:${choice}`);
  body.set("press", press);
  underWay.set(poll, press);
  mark(poll, { ...facts, choice, press, state: "sending" });
  const isLatest = () => underWay.get(poll) === press && recall(poll).press === press;
  for (let at = 0; at < TRIES && isLatest(); at += 1) {
    const answer = await sent(body);
    if (!isLatest()) return;
    if (answer && answer.receipt) return mark(poll, { choice, press, receipt: answer.receipt, state: "counted" });
    if (answer && answer.again) return comesAgain(poll, { choice, press, ...facts });
    if (answer && answer.final) return mark(poll, { choice, press, said: answer.sentence, state: "refused" });
    await new Promise((done) => setTimeout(done, FIRST_PAUSE * 2 ** at * (0.7 + 0.6 * Math.random())));
  }
  if (isLatest()) mark(poll, { choice, press, state: "unsent" });
}

// What is known not to have come goes once more as soon as there is a connection, and counts once.
function sendWhatWaits() {
  for (const { dataset } of polls.querySelectorAll("[data-poll]")) {
    const { choice, press, state, ...facts } = recall(dataset.poll);
    if (state === "unsent") vote(dataset.poll, choice, press, facts);
  }
}

// The cookies of this page have gone. A new page has others, and sends what waits; where that was of no use, or nothing is
// kept, it goes as a form, and a page says in words what is wrong.
function comesAgain(poll, { choice, press, isNewPage }) {
  const waits = { choice, press, isNewPage: true, state: "unsent" };
  if (mark(poll, waits) && !isNewPage) return location.reload();
  const field = { type: "hidden", name: "vote", value: `${poll}:${choice}` };
  form.append(Object.assign(document.createElement("input"), field));
  form.elements.press.value = press;
  form.submit();
}

// Later than the one before, also where the clock was set back meanwhile: by an earlier one nothing would be chosen anew.
function nextNumber(poll) {
  return Math.max(Date.now(), (recall(poll).press || 0) + 1);
}

// What the server says: a receipt, a refusal that is final, or that the page is to be loaded again; null: ask once more.
function sent(body) {
  return answered(verdict, PATIENCE, form.action, { method: "POST", body, headers: { accept: "application/json" } });
}

async function verdict(response) {
  if (response.ok) return response.json();
  if (response.status === 409) return { ...(await response.json()), final: true };
  return response.status === 403 ? { again: true } : null;
}

// A ballot with a ticket is another one than what the phone has cast, or was refused, before it took the ticket.
const name = (poll) => ["vote", form.action, form.dataset.ticket, poll].filter(Boolean).join(":");

// Where this browser keeps nothing, the page itself knows it as long as it is there.
const recall = (poll) => kept.read(name(poll)) || known.get(poll) || {};

function mark(poll, said) {
  known.set(poll, said);
  const isKept = kept.keep(name(poll), said);
  show();
  say(poll, said);
  return isKept;
}

// For those who do not see it; letter by letter, for no voice can pronounce a receipt. What is answered at once is not said
// to be on its way, and what is as it was before is said once more.
function say(poll, said) {
  const text = sentence(polls.dataset, said, document.getElementById(`poll-${poll}`), spelled);
  clearTimeout(saying);
  aloud.textContent = "";
  saying = setTimeout(() => aloud.append(text), said.state === "sending" ? SLOW : 0);
}

// Each push brings the ballots as they are for everybody; what this phone has chosen is put upon them. Once a poll has
// closed it says no more than that a ballot is counted, or why not.
function show() {
  for (const ballot of polls.querySelectorAll("[data-poll]")) {
    const said = recall(ballot.dataset.poll);
    for (const button of ballot.querySelectorAll("button[name=vote]")) {
      const isChosen = String(said.state !== "refused" && button.value.endsWith(`:${said.choice}`));
      if (button.getAttribute("aria-pressed") !== isChosen) button.setAttribute("aria-pressed", isChosen);
    }
    const line = ballot.querySelector("output");
    const text = sentence(polls.dataset, said, ballot.localName === "article");
    if (line.textContent !== text) line.textContent = text;
  }
}

const inFours = (receipt) => receipt.replace(/.{4}/, "$&\u00a0");
const spelled = (receipt) => receipt.split("").join(" ");

function sentence(words, { state, receipt, said }, hasClosed, written = inFours) {
  if (state === "counted") return words.counted.replace("{receipt}", written(receipt));
  if (state === "refused") return said;
  return (state === "unsent" && hasClosed ? words.missed : words[state]) || "";
}

if (form) begin();
