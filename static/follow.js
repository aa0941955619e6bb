// A page that follows and asks for nothing: a phone of the audience, the results. Its own socket, and its own way to put what
// comes into its place: these two are all that a phone needs, and they come in a fifth of the time that htmx takes. What the
// server sends is said in docs/wire.md; wire.js is the same for those who also give something.

import { setServerClock } from "./clock.js";
import { morph } from "./morph.js";

const root = document.documentElement;
const { address, have, snapshot, build } = document.getElementById("socket").dataset;
const url = new URL(address, location.href);
url.protocol = url.protocol.replace("http", "ws");
url.searchParams.set("have", have);

// After these the server is there again, or may be. After others it has closed for good, and has said why.
const COMES_BACK = new Set([1001, 1005, 1006, 1011, 1012, 1013, 1014]);
const FIRST_DELAY = 500;
const LAST_DELAY = 4000;
const LAST_DELAY_BESIDE = 30000;
const OPENS_WITHIN = 20000;
const ANSWERS_WITHIN = 1000;
const LOOKS_EVERY = 1000;
const LATE = 3000;

let socket = null;
let attempts = 0;
let timer = null;
let asking = null;
let isStopped = false;
let looking = null;

const isConnected = () => socket !== null && socket.readyState === WebSocket.OPEN;

function connect() {
  clearTimeout(timer);
  const opening = new WebSocket(url);
  socket = opening;
  timer = setTimeout(() => opening.close(), OPENS_WITHIN);
  opening.addEventListener("open", () => {
    clearTimeout(timer);
    clearTimeout(looking);
    looking = null;
    attempts = 0;
    root.dataset.connection = "on";
    askClock();
  });
  opening.addEventListener("message", ({ data }) => socket === opening && heard(data));
  opening.addEventListener("close", ({ code }) => socket === opening && closed(code));
}

// A phone in a pocket is disconnected, and asks for nothing until somebody looks at it again. All others come back at
// different times: a server that has just started must not meet two hundred of them at once.
function closed(code) {
  if (looking === null) root.dataset.connection = "off";
  clearTimeout(timer);
  if (!COMES_BACK.has(code)) isStopped = true;
  if (isStopped || document.hidden) return;
  const isRefused = snapshot && attempts > 0;
  const delay = Math.min(FIRST_DELAY * 2 ** attempts, isRefused ? LAST_DELAY_BESIDE : LAST_DELAY);
  attempts += 1;
  if (isRefused && looking === null) look();
  timer = setTimeout(connect, delay * (0.7 + 0.6 * Math.random()));
}

// Where there is no socket to be had, the same picture is asked for every few seconds, from whatever cache is on the way.
async function look() {
  let next = LAST_DELAY;
  try {
    const response = await fetch(snapshot, { credentials: "same-origin" });
    const seen = response.ok ? await response.json() : null;
    if (seen && seen.build !== build) location.reload();
    if (seen && !isConnected() && !isStopped) {
      if (seen.have !== url.searchParams.get("have")) show(seen.html);
      root.dataset.connection = "on";
      next = seen.next_ms;
    }
  } catch (_none) {
    root.dataset.connection = "off";
  }
  const goesOn = !isConnected() && !document.hidden && !isStopped;
  looking = goesOn ? setTimeout(look, next * (0.7 + 0.6 * Math.random())) : null;
}

function askClock() {
  if (isConnected()) socket.send(JSON.stringify({ do: "ask_clock", sent: Math.round(performance.now()) }));
}

function isAway() {
  clearTimeout(timer);
  clearTimeout(asking);
  clearTimeout(looking);
  looking = null;
  socket.close();
}

// Its socket may be dead although nobody has said so: the network forgets whoever sleeps. Who is not answered connects anew.
function isBack() {
  if (isStopped || document.hidden) return;
  if (isConnected()) {
    askClock();
    clearTimeout(asking);
    asking = setTimeout(connectAnew, ANSWERS_WITHIN);
  } else if (socket.readyState > WebSocket.OPEN) {
    if (snapshot && attempts > 1 && looking === null) look();
    connect();
  }
}

function connectAnew() {
  const dead = socket;
  connect();
  dead.close();
}

document.addEventListener("visibilitychange", () => (document.hidden ? isAway() : isBack()));

// Not every browser within an app tells its pages that they slept, or that they are back. A look that comes late tells it.
let lookedAt = Date.now();
setInterval(() => {
  const slept = Date.now() - lookedAt > LATE;
  lookedAt = Date.now();
  if (slept) isBack();
}, LOOKS_EVERY);

window.addEventListener("pagehide", () => socket.close());
window.addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
window.addEventListener("offline", () => {
  root.dataset.connection = "off";
  askClock();
});
window.addEventListener("online", isBack);

function heard(data) {
  clearTimeout(asking);
  if (data.startsWith("{")) hear(JSON.parse(data));
  else show(data);
}

function hear(message) {
  if (socket.readyState === WebSocket.OPEN) root.dataset.connection = "on";
  if ("clock" in message) setServerClock(message.clock, message.sent);
  if ("clock_set" in message) askClock();
  if ("reload" in message) location.reload();
  if ("revoked" in message) stop(message.revoked);
}

function stop(sentence) {
  isStopped = true;
  root.dataset.connection = "off";
  socket.close();
  const notice = Object.assign(document.createElement("p"), { className: "revoked", textContent: sentence });
  notice.setAttribute("role", "alert");
  document.body.append(notice);
}

// That the connection is gone is heard once it stays away, and then that it is back: a phone that wakes up says neither.
const aloud = document.getElementById("aloud");
const lost = document.querySelector(".offline-mark");
const SHORT = 3000;
const isLost = () => root.dataset.connection === "off" && !document.hidden;
const isSaid = () => aloud.textContent === lost.textContent;

function hearConnection() {
  if (root.dataset.connection === "on" && isSaid()) aloud.textContent = lost.dataset.back;
  setTimeout(() => {
    if (isLost() && !isSaid()) aloud.textContent = lost.textContent;
  }, SHORT);
}

if (aloud) new MutationObserver(hearConnection).observe(root, { attributeFilter: ["data-connection"] });

// --- what comes -------------------------------------------------------------------------------------------------------

// `<!--fingerprint--><hx-partial id="phone-now" …><section id="phone-now">…</section></hx-partial>…`
function show(text) {
  url.searchParams.set("have", text.slice(4, text.indexOf("-->")));
  const come = document.createElement("template");
  come.innerHTML = text;
  for (const { id, firstElementChild: now } of come.content.querySelectorAll("hx-partial")) {
    const before = document.getElementById(id);
    if (before && now) morph(before, now);
  }
}

connect();
