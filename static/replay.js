// A replay is led from here: which entry is shown, and how fast it goes on. The picture is a page of its own in a frame
// (replayed.js), which asks nobody for anything; this page asks the server what stood behind an entry, by GET alone.

import { say, show } from "./page.js";

const OFTENEST = 250;
const LONGEST_WAIT = 10_000; // of somebody who has asked for more than the speed it had
const BEFORE_IT = 1_000;
const AN_ENTRY = 1_000;
const A_MINUTE = 60_000;

const frame = document.querySelector(".picture iframe");
const plays = document.getElementById("plays");
const speed = document.getElementById("speed");
const full = document.getElementById("full");
const place = document.querySelector("progress");
const problem = document.getElementById("problem");
const picture = new URL(frame.src);

let now = null; // what the server said last
let begun = null; // while it plays: { at: instant of the record, since: performance.now() }
let timer = null;
let asked = 0;
let opening = null; // the entry with which the picture is being opened

// --- what is shown ----------------------------------------------------------------------------------------------------

// Only the last question counts, however late the answers to others come.
async function ask(question) {
  asked += 1;
  const mine = asked;
  const address = new URL(`${picture.pathname}/regions${picture.search}`, location.href);
  address.searchParams.delete("entry");
  for (const [name, value] of Object.entries({ have: now?.have ?? "", ...question }))
    address.searchParams.set(name, value);
  const answer = await fetch(address).catch(() => null);
  if (mine !== asked) return null;
  if (answer?.ok) return answer.json();
  stop();
  show(problem, say("unreached"));
  return null;
}

async function go(question) {
  const answer = await ask(question);
  if (answer) bring(answer);
  return answer;
}

function bring(answer) {
  const before = now;
  now = answer;
  if (begun) begun = { at: answer.at, since: performance.now() };
  show(problem, answer.is_at_the_end ? say("no_change") : "");
  for (const [name, text] of Object.entries({
    entry: answer.entry,
    time: answer.time,
    by: answer.by,
    said: answer.said,
  }))
    document.querySelector(`#said [data-${name}]`).textContent = text;
  place.max = answer.of;
  place.value = answer.entry;
  keepPlace(answer.entry);
  if (opening !== null) return; // there is nobody yet who could be told
  const isBack = before !== null && answer.entry < before.entry;
  if (isBack || before === null || before.view !== answer.view) openAnew(answer.entry);
  else tellPicture(answer);
}

// What goes back, or is another screen now, stands as a page that has just been opened: nothing moves backwards.
function openAnew(entry) {
  opening = entry;
  picture.searchParams.set("entry", entry);
  frame.contentWindow.location.replace(picture);
}

// It may have been asked to go on meanwhile. What had begun to load before may still come first.
function hasOpened() {
  const opened = opening;
  if (opened !== null && stands() !== null && stands() !== String(opened)) return;
  opening = null;
  if (opened !== null && opened !== now.entry) openAnew(now.entry);
  else tellClock();
}

// null for what is no page of ours: the browser's own word that it could not load one.
function stands() {
  try {
    return new URL(frame.contentWindow.location).searchParams.get("entry");
  } catch (_none) {
    return null;
  }
}

function tellPicture({ regions, entry, time }) {
  frame.contentWindow.postMessage({ regions, entry, time, ...clock() }, location.origin);
}

// A page that is loaded again, or in the other language, stands at the same entry; so do the other forms.
function keepPlace(entry) {
  const here = new URL(location.href);
  for (const name of ["time", "at", "change"]) here.searchParams.delete(name);
  here.searchParams.set("entry", entry);
  history.replaceState(null, "", here);
  for (const field of document.querySelectorAll('.choose [name="entry"]')) field.value = entry;
  for (const link of document.querySelectorAll(".masthead .language")) {
    const other = new URL(link.href);
    other.searchParams.set("entry", entry);
    link.href = other;
  }
}

// --- how time goes ----------------------------------------------------------------------------------------------------

const byEntries = () => speed.value === "entries";
const rate = () => (begun && !byEntries() ? Number(speed.value) : 0);

function clock() {
  const at = begun ? begun.at + (performance.now() - begun.since) * rate() : (now?.at ?? 0);
  return { at: Math.round(at), rate: rate() };
}

function tellClock() {
  if (now) frame.contentWindow.postMessage(clock(), location.origin);
}

async function play() {
  const here = now ?? (await go({ entry: place.value }));
  if (!here) return;
  begun = { at: here.at, since: performance.now() };
  plays.textContent = say("pause");
  plays.setAttribute("aria-pressed", "true");
  tellClock();
  wait();
}

function stop() {
  clearTimeout(timer);
  if (begun && now) now.at = clock().at;
  begun = null;
  plays.textContent = say("play");
  plays.setAttribute("aria-pressed", "false");
  tellClock();
}

function wait() {
  clearTimeout(timer);
  if (!begun) return;
  if (now.next_at === null) return stop();
  timer = setTimeout(next, byEntries() ? AN_ENTRY : Math.max(untilNext(), OFTENEST));
}

// In milliseconds here; whoever plays fast does not sit through a break.
function untilNext() {
  const ahead = now.next_at - clock().at;
  const left = ahead / rate();
  if (rate() === 1 || left <= LONGEST_WAIT) return left;
  show(problem, say("skipped", { minutes: Math.floor(ahead / A_MINUTE) }));
  begun = { at: now.next_at - BEFORE_IT * rate(), since: performance.now() };
  tellClock();
  return BEFORE_IT;
}

async function next() {
  const answer = await go(byEntries() ? { entry: now.entry + 1 } : { at: clock().at });
  if (answer) wait();
}

// --- what is pressed --------------------------------------------------------------------------------------------------

const WAYS = {
  first: () => ({ entry: 0 }),
  "previous-change": ({ entry }) => ({ entry, change: "previous" }),
  previous: ({ entry }) => ({ entry: Math.max(entry - 1, 0) }),
  next: ({ entry }) => ({ entry: entry + 1 }),
  "next-change": ({ entry }) => ({ entry, change: "next" }),
  last: ({ of }) => ({ entry: of }),
};

async function goes(way) {
  stop();
  const here = now ?? { entry: place.value, of: place.max };
  await go(WAYS[way](here));
}

for (const link of document.querySelectorAll("[data-goes]"))
  link.addEventListener("click", (event) => {
    event.preventDefault();
    goes(link.dataset.goes);
  });
plays.addEventListener("click", () => (begun ? stop() : play()));
speed.addEventListener("change", () => {
  if (!begun) return;
  begun = { at: now.at, since: performance.now() };
  tellClock();
  wait();
});
for (const field of document.querySelectorAll(".choose select[name]"))
  field.addEventListener("change", () => field.form.requestSubmit());
full.addEventListener("click", () => frame.requestFullscreen());
frame.addEventListener("load", hasOpened);

for (const each of [plays, speed.closest("label")]) each.hidden = false;
full.hidden = !document.fullscreenEnabled;
