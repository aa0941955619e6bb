// Asking from a phone: a question goes by itself, and the page stays as it is, with what was typed, until it is known to
// have come. What others ask is taken from the page of its own (/CODE/ask), which those without this script have as well;
// it is asked for by a hand, never by a push, so that nothing moves under it.

import { answered } from "./patience.js";
import { onDevice as kept } from "./storage.js";

const PATIENCE = 15000;
const READS_WITHIN = 5000;

const form = document.querySelector(".to-ask");
const asked = document.getElementById("asked");
// None on the page of its own.
const place = document.getElementById("asking");
const unreached = (document.querySelector("meta[name=kaimen-unreached]") || {}).content;
let isSending = false;

function begin() {
  if (form) beginAsking();
  asked.addEventListener("submit", want);
  goesByItself();
  if (!place) return;
  place.addEventListener("click", read);
  // Whoever has asked sees what became of it, and those who return at once do not ask for it at once.
  if (kept.read(HAS_ASKED)) setTimeout(() => show(here), READS_WITHIN * Math.random());
}

// --- asking ---------------------------------------------------------------------------------------------------------

const here = form ? form.action : "";
const HAS_ASKED = `asked:${here}`;
const DRAFT = `asks:${here}`;
let isChosen = false;

function beginAsking() {
  // Without this script, forms.js sends it.
  form.dataset.goesByItself = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!isSending) ask();
  });
  form.addEventListener("input", () => {
    keepDraft();
    typed();
  });
  form.unit.addEventListener("change", () => {
    isChosen = true;
  });
  // It came as a form, and this page answers it.
  if (document.querySelector(".notice.good")) isReceived();
  const draft = kept.read(DRAFT);
  if (draft && !form.text.value) {
    form.text.value = draft.text;
    isChosen = choose(draft.unit);
  }
  typed();
  const now = document.getElementById("phone-now");
  if (now) new MutationObserver(() => followUnit(now)).observe(now, { attributeFilter: ["data-unit"] });
}

async function ask() {
  const text = form.text.value;
  isSending = true;
  say(form.dataset.sending);
  const { status, page } = await answer(form.action, new URLSearchParams(new FormData(form)));
  isSending = false;
  // Its cookies have gone: the answer is a page that says so, with what was typed.
  if (status === 403) return form.submit();
  const told = page && page.querySelector(".notice");
  if (!told || !told.classList.contains("good")) return refuse(reason(page));
  say(told.textContent);
  isReceived();
  for (const each of page.querySelectorAll(".to-ask input")) form[each.name].value = each.value;
  // Or somebody has typed on meanwhile.
  if (form.text.value === text) form.text.value = "";
  isChosen = false;
  keepDraft();
  typed();
  put(page);
}

function isReceived() {
  kept.keep(HAS_ASKED, true);
  kept.drop(DRAFT);
}

function keepDraft() {
  if (form.text.value) kept.keep(DRAFT, { text: form.text.value, unit: form.unit.value });
  else kept.drop(DRAFT);
}

// Whom a question goes to unless somebody chooses is the unit that is on.
function followUnit({ dataset }) {
  if (!form.text.value && !isChosen) choose(dataset.unit || "");
}

function choose(unit) {
  const isThere = Array.from(form.unit.options).some(({ value }) => value === unit);
  if (isThere) form.unit.value = unit;
  return isThere;
}

function typed() {
  const length = Array.from(form.text.value.trim()).length;
  const most = Number(form.dataset.most);
  const count = form.querySelector(".count");
  count.textContent = length > most / 2 ? `${length} / ${most}` : "";
  if (length > most) count.dataset.over = "";
  else delete count.dataset.over;
  if (place && form.text.value) place.dataset.typed = "";
  else if (place) delete place.dataset.typed;
}

function say(text) {
  form.querySelector(".received").textContent = text;
  refuse("", false);
}

function refuse(text, isSaid = true) {
  const problem = form.querySelector(".problem");
  problem.hidden = !text;
  problem.textContent = text;
  if (isSaid) form.querySelector(".received").textContent = "";
}

// --- what others ask ------------------------------------------------------------------------------------------------

function read(event) {
  const link = event.target.closest("a");
  if (!link || link.pathname !== new URL(here).pathname) return;
  event.preventDefault();
  show(link.href, true);
}

async function show(address, isByHand = false) {
  const { page } = await answer(address);
  if (page) put(page);
  const heading = asked.querySelector("h2");
  if (!isByHand) return;
  if (!page) return complain(asked, unreached);
  heading.tabIndex = -1;
  heading.focus();
}

function put(page) {
  asked.textContent = "";
  asked.append(...page.querySelector("#asked").childNodes);
  goesByItself();
}

async function want(event) {
  event.preventDefault();
  const wanted = event.target;
  if (wanted.dataset.sends) return;
  wanted.dataset.sends = "yes";
  const body = new URLSearchParams(new FormData(wanted));
  const { id } = wanted.closest("li");
  body.set("question", wanted.querySelector("button").value);
  const { status, page } = await answer(wanted.action, body);
  delete wanted.dataset.sends;
  if (status === 403) return wanted.submit();
  const now = page && page.getElementById(id);
  if (status !== 200 || !now) return complain(wanted, reason(page));
  document.getElementById(id).replaceWith(now);
  const line = now.querySelector(".wanted") || now;
  line.tabIndex = -1;
  line.focus();
}

function goesByItself() {
  for (const each of asked.querySelectorAll("form")) each.dataset.goesByItself = "";
}

function complain(where, text) {
  for (const each of asked.querySelectorAll(".problem")) each.remove();
  const problem = Object.assign(document.createElement("p"), { className: "problem", textContent: text });
  problem.setAttribute("role", "alert");
  where.append(problem);
}

// --- answers --------------------------------------------------------------------------------------------------------

// `page` is null where nobody has answered, or somebody else has, as the login of a Wi-Fi does.
async function answer(address, body = null) {
  const come = await answered(pageOf, PATIENCE, address, body ? { method: "POST", body } : {});
  return come || { status: 0, page: null };
}

async function pageOf(response) {
  const come = document.createElement("template");
  come.innerHTML = await response.text();
  const isOurs = come.content.getElementById("asked") !== null;
  return { status: response.status, page: isOurs ? come.content : null };
}

function reason(page) {
  const said = page && page.querySelector(".notice.bad, #problem:not([hidden])");
  return said ? said.textContent : unreached;
}

if (asked) begin();
