// A vote from a phone: sent by itself, so that the page stays where it is, and again until the server has said whether it is
// counted. What was chosen is known to this phone alone, and to no picture. Without this script the form does the same.

import { onDevice as kept } from "./storage.js";

const form = document.getElementById("ballot");
const TRIES = 6;
const FIRST_PAUSE = 700;
const LATEST = `press:${form.action}`;
const known = new Map();
let sending = 0;

form.dataset.goesByItself = ""; // without this script, forms.js sends it
form.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button?.value) return;
  event.preventDefault();
  vote(button);
});

async function vote(button) {
  const cut = button.value.lastIndexOf(":");
  const [poll, choice] = [button.value.slice(0, cut), button.value.slice(cut + 1)];
  const number = nextNumber();
  sending = number;
  const body = new URLSearchParams(new FormData(form));
  body.set("vote", button.value);
  body.set("press", number);
  mark(poll, { choice, state: "sending" });
  for (let at = 0; at < TRIES && sending === number; at += 1) {
    const answer = await sent(body);
    if (sending !== number) return;
    if (answer?.receipt) return mark(poll, { choice, receipt: answer.receipt, state: "counted" });
    if (answer?.again) return location.reload();
    if (answer?.final) return mark(poll, { ...recall(poll), state: "refused", said: answer.sentence });
    await new Promise((done) => setTimeout(done, FIRST_PAUSE * 2 ** at * (0.7 + 0.6 * Math.random())));
  }
  if (sending === number) mark(poll, { choice, state: "unsent" });
}

// Later than the one before, also where the clock was set back meanwhile: by an earlier one nothing would be chosen anew.
function nextNumber() {
  const latest = Math.max(Date.now(), sending + 1, (Number(kept.read(LATEST)) || 0) + 1);
  kept.keep(LATEST, latest);
  return latest;
}

// What the server says: a receipt, a refusal that is final, or that the page is to be loaded again; null: ask once more.
async function sent(body) {
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { accept: "application/json" } });
    if (response.ok) return await response.json();
    if (response.status === 409) return { ...(await response.json()), final: true };
    return response.status === 403 ? { again: true } : null;
  } catch {
    return null;
  }
}

const name = (poll) => `vote:${form.action}:${poll}`;

// Where this browser keeps nothing, the page itself knows it as long as it is there.
const recall = (poll) => kept.read(name(poll)) ?? known.get(poll) ?? {};

function mark(poll, said) {
  known.set(poll, said);
  kept.keep(name(poll), said);
  show();
}

// Each push brings the ballots as they are for everybody; what this phone has chosen is put upon them.
function show() {
  for (const ballot of document.querySelectorAll(".ballot[data-poll]")) {
    const said = recall(ballot.dataset.poll);
    for (const button of ballot.querySelectorAll("button")) {
      const isChosen = String(button.value.endsWith(`:${said.choice}`));
      if (button.getAttribute("aria-pressed") !== isChosen) button.setAttribute("aria-pressed", isChosen);
    }
    const line = ballot.querySelector("output");
    const text = sentence(line.dataset, said);
    if (line.textContent !== text) line.textContent = text;
  }
}

function sentence(words, { state, receipt, said }) {
  if (state === "counted") return `${words.counted} ${receipt.slice(0, 4)} ${receipt.slice(4)}`;
  return state === "refused" ? said : (words[state] ?? "");
}

new MutationObserver(show).observe(document.getElementById("phone-polls"), {
  childList: true,
  subtree: true,
  attributes: true,
});

// What the page before this one was still sending is not known to have come.
for (const { dataset } of document.querySelectorAll(".ballot[data-poll]")) {
  const said = recall(dataset.poll);
  if (said.state === "sending") mark(dataset.poll, { ...said, state: "unsent" });
}
show();
