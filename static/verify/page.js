// The page: files are dropped on it, and what was found is said in words, in either language. Nothing leaves it.

import { joined, voted } from "./composites.js";
import { examine, verdictOf } from "./examine.js";
import { reckon } from "./reckon.js";
import { ranked } from "./ranks.js";
import { replay, resultOf } from "./replay.js";
import { drawnOrder } from "./draws.js";
import { decimal, divided, rounded } from "./exact.js";
import { readLog } from "./chain.js";
import { ruleSeal, sealedText, wholePlan } from "./plan.js";
import { sha256 } from "./sha256.js";

const WORDS = JSON.parse(document.getElementById("words").textContent);
const SIGNS = { holds: "✓", fails: "✗", unknown: "–" };
const files = new Map();
const unread = new Map();

function say(code, facts = {}) {
  const sentence = WORDS[document.documentElement.lang][code] ?? code;
  return sentence.replace(/\{(\w+)\}/g, (gap, name) => facts[name] ?? gap);
}

function speak(language) {
  document.documentElement.lang = language;
  document.title = say("verifier.title");
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const button of document.querySelectorAll("[data-language]"))
    button.setAttribute("aria-pressed", String(button.dataset.language === language));
  render();
}

function render() {
  const examined = files.size ? examine([...files.values()], asked()) : [];
  const sections = [...unread.values(), ...examined];
  const verdict = document.getElementById("verdict");
  verdict.dataset.state = sections.length || files.size ? verdictOf(sections) : "nothing";
  verdict.textContent = say(`verifier.verdict_${verdict.dataset.state}`, { number: files.size });
  document.getElementById("found").replaceChildren(...sections.map(asSection));
  document.getElementById("again").hidden = files.size + unread.size === 0;
}

function asked() {
  const typed = (id) => document.getElementById(id).value;
  return { receipt: typed("receipt"), number: typed("number"), seal: typed("seal") };
}

function asSection({ title, looked }) {
  const section = document.createElement("section");
  const list = document.createElement("ul");
  list.append(...looked.map(asLine));
  section.append(element("h2", WORDS.en[`verifier.title_${title}`] ? say(`verifier.title_${title}`) : title), list);
  return section;
}

function asLine({ state, code, facts }) {
  const line = element("li", say(code, facts));
  Object.assign(line.dataset, { state, code });
  line.prepend(Object.assign(element("span", SIGNS[state]), { ariaLabel: say(`verifier.${state}`) }), " ");
  return line;
}

function element(name, text) {
  return Object.assign(document.createElement(name), { textContent: text });
}

// --- files ------------------------------------------------------------------------------------------------------------

// One that cannot be read (another program has it open, a stick was pulled out) is said, and the others are looked at.
async function take(found) {
  await Promise.all(found.map(({ name, file }) => read(name, file)));
  render();
}

async function read(name, file) {
  try {
    files.set(name, { name, bytes: new Uint8Array(await file.arrayBuffer()) });
    unread.delete(name);
  } catch {
    isUnread(name, "verifier.not_read");
  }
}

function isUnread(name, code) {
  unread.set(name, { title: name, looked: [{ state: "unknown", code, facts: {} }] });
}

function chosen(list) {
  return [...list].map((file) => ({ name: file.webkitRelativePath || file.name, file }));
}

// Of what was dropped, folders with all that is in them.
async function dropped(items) {
  return (await Promise.all([...items].filter(({ kind }) => kind === "file").map(entered))).flat();
}

// On a page opened from a file Chromium refuses the older way into a folder, by its entry. Everything is asked for at once:
// when the drop is over, nobody is answered.
async function entered(item) {
  const entry = item.webkitGetAsEntry();
  if (!entry?.isDirectory) return chosen([item.getAsFile()].filter(Boolean));
  const handle = item.getAsFileSystemHandle?.();
  try {
    return handle ? await ofHandle(await handle, entry.name) : await ofEntry(entry, entry.name);
  } catch {
    isUnread(entry.name, "verifier.not_entered");
    return [];
  }
}

async function ofHandle(handle, name) {
  if (handle.kind === "file") return [{ name, file: await handle.getFile() }];
  const inside = [];
  for await (const each of handle.values()) inside.push(ofHandle(each, `${name}/${each.name}`));
  return (await Promise.all(inside)).flat();
}

async function ofEntry(entry, name) {
  if (entry.isFile) return [{ name, file: await new Promise((done, failed) => entry.file(done, failed)) }];
  const reader = entry.createReader();
  const next = () => new Promise((done, failed) => reader.readEntries(done, failed));
  const inside = [];
  for (let some = await next(); some.length; some = await next()) inside.push(...some);
  return (await Promise.all(inside.map((each) => ofEntry(each, `${name}/${each.name}`)))).flat();
}

document.addEventListener("dragover", (event) => event.preventDefault());
document.addEventListener("drop", async (event) => {
  event.preventDefault();
  take(await dropped(event.dataTransfer.items));
});
for (const id of ["files", "folder"])
  document.getElementById(id).addEventListener("change", ({ target }) => take(chosen(target.files)));
for (const id of ["receipt", "number", "seal"]) document.getElementById(id).addEventListener("input", render);
document.getElementById("again").addEventListener("click", () => {
  files.clear();
  unread.clear();
  render();
});
for (const button of document.querySelectorAll("[data-language]"))
  button.addEventListener("click", () => speak(button.dataset.language));
speak(navigator.language.startsWith("zh") ? "zh-CN" : "en");

// For whoever wants to try the arithmetic by hand, and for our own tests.
globalThis.kaimen = {
  examine,
  verdictOf,
  reckon,
  ranked,
  joined,
  replay,
  resultOf,
  drawnOrder,
  decimal,
  divided,
  rounded,
  readLog,
  ruleSeal,
  sealedText,
  wholePlan,
  sha256,
  voted,
};
