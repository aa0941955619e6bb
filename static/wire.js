// The socket of this page. htmx's own extension connects, reconnects and swaps the html it brings (text starting with
// "<"); here we say which picture we have, and hand on what is for scripts (text starting with "{").

import { setServerClock } from "./clock.js";
import { device } from "./device.js";
import { ANSWERS, hear, tell } from "./events.js";
import { keepable } from "./keepable.js";
import { say, toast } from "./page.js";

const root = document.documentElement;
const element = document.getElementById("socket");
let connection = null;
let have = element.dataset.have;

// A socket that is open may long be dead: what counts is whether the server is heard.
export function isConnected() {
  return root.dataset.connection === "on" && isOpen();
}

function isOpen() {
  return connection?.socket?.readyState === WebSocket.OPEN;
}

// Send one message now; false if there is no connection (nothing is queued here, see outbox.js). Whatever was typed, on
// whichever page, goes through here.
export function send(message) {
  if (!isConnected()) return false;
  connection.socket.send(JSON.stringify(message, (_, value) => (typeof value === "string" ? keepable(value) : value)));
  return true;
}

function announce(message) {
  const kind = ANSWERS.find((each) => each in message);
  if (kind) tell(kind, message);
}

// Change a parameter of the address that the next (re)connection goes to.
export function setParameter(name, value) {
  const address = new URL(connection.url);
  address.searchParams.set(name, value);
  connection.url = address.toString();
}

function setState(state) {
  if (root.dataset.connection === state) return;
  root.dataset.connection = state;
  tell("connection", state);
}

document.addEventListener("htmx:ws:before:connection", (event) => {
  connection = event.detail.connection;
  setParameter("have", have);
  setParameter("device", device);
});

document.addEventListener("htmx:ws:after:connection", (event) => {
  // htmx 4.0.1 leaves the timer of an earlier attempt running; it would replace a healthy socket.
  clearTimeout(event.detail.connection.timer);
  const { socket } = connection;
  socket.addEventListener("message", () => socket === connection.socket && heard());
  heard();
  askClock();
});

document.addEventListener("htmx:ws:close", () => setState("off"));

document.addEventListener("htmx:ws:before:message:incoming", (event) => {
  const text = event.detail.message.data;
  if (text.startsWith("{")) {
    event.preventDefault();
    announce(JSON.parse(text));
  } else {
    have = text.slice(4, text.indexOf("-->"));
    setParameter("have", have);
  }
});

hear("clock", ({ clock, sent }) => setServerClock(clock, sent));
// Not before a form that is under way has its answer (forms.js): a reload would take that away.
hear("reload", () => {
  if ("sends" in root.dataset) setTimeout(() => location.reload(), Number(root.dataset.sends));
  else location.reload();
});

// A refusal that names no command is about something without an id, hence about nothing that waits here: what waits goes
// on waiting for its own answer, and the sentence is said.
hear("refused", ({ refused, sentence }) => refused === "" && toast(sentence));

// The key was revoked, or is now another seat's: the server closes for good, and says why. What was typed stays where it
// is. The word may be here long before the close, and the close may be lost on the way: nothing waits for it.
function stop(sentence, wayBack = "") {
  if (isStopped()) return;
  root.dataset.stopped = "yes";
  hangUp();
  const notice = Object.assign(document.createElement("p"), { className: "revoked", textContent: sentence });
  notice.setAttribute("role", "alert");
  notice.popover = "manual"; // above a dialog that may be open
  if (wayBack) notice.append(" ", Object.assign(document.createElement("a"), { href: "/join", textContent: wayBack }));
  document.body.append(notice);
  notice.showPopover?.();
  setState("off");
  tell("stopped");
}

const isStopped = () => "stopped" in root.dataset;

// Neither htmx nor this page comes back after this, not even when somebody looks at a page that was hidden.
function hangUp() {
  clearTimeout(connection.timer);
  document.removeEventListener("visibilitychange", connection.visibilityHandler);
  connection.abortController.abort();
  connection.socket.close();
}

hear("revoked", ({ revoked }) => stop(revoked));
hear("other_seat", ({ other_seat }) => stop(other_seat, say("type_code")));

// --- silence ----------------------------------------------------------------------------------------------------------

// A link may be cut without anything being closed: packets are dropped, and nobody is told. So this page asks when it has
// heard nothing for a while, and connects anew if nobody answers. Phones of the audience, which are many and look at
// nothing that a wrong picture would harm, ask only when somebody looks at them again (follow.js).
const LOOKS_EVERY = 500;
const QUIET_FOR = 5_000;
const ANSWERS_WITHIN = 3_000;
const OPENS_WITHIN = 5_000;
// A timer that comes so late was held up, in a hidden tab or a sleeping machine: perhaps the answer is waiting as well.
const LATE = 2_000;
const CLOCK_AT_EVERY = 12;
const ABNORMAL = 1006;

let heardAt = 0;
let askedAt = null;
let isAskedAgain = false;
let questions = 0;
let opening = { socket: null, since: 0 };
let lookedAt = performance.now();

function heard() {
  if (isStopped()) return;
  heardAt = performance.now();
  askedAt = null;
  isAskedAgain = false;
  setState("on");
}

function ask(question) {
  if (!isOpen()) return;
  askedAt ??= performance.now();
  connection.socket.send(JSON.stringify(question));
}

function askClock() {
  ask({ do: "ask_clock", sent: Math.round(performance.now()) });
}

// Now and then the clock is asked for as well: on a device that sleeps or is hot it drifts.
function askWhetherAnybodyIsThere() {
  questions += 1;
  if (questions % CLOCK_AT_EVERY === 0) askClock();
  else ask({ do: "ping" });
}

function look() {
  const now = performance.now();
  const isLate = now - lookedAt > LATE;
  lookedAt = now;
  const socket = connection?.socket;
  if (socket?.readyState === WebSocket.CONNECTING) lookAtOpening(socket, now, isLate);
  else if (isOpen() && askedAt === null && now - heardAt >= QUIET_FOR) askWhetherAnybodyIsThere();
  else if (isOpen() && askedAt !== null && now - askedAt >= ANSWERS_WITHIN) lookAtSilence(isLate);
}

function lookAtSilence(isLate) {
  if (!isLate || isAskedAgain) return connectAnew();
  isAskedAgain = true;
  askedAt = null;
  askWhetherAnybodyIsThere();
}

function lookAtOpening(socket, now, isLate) {
  if (opening.socket !== socket || isLate) opening = { socket, since: now };
  else if (now - opening.since >= OPENS_WITHIN) connectAnew();
}

// To close the socket does not do: the browser would wait a minute for the other side to agree. htmx is told that it is
// closed, and connects anew after its usual delay; from then on it hears nothing of the old one.
function connectAnew() {
  const { socket, abortController } = connection;
  askedAt = null;
  socket.dispatchEvent(new CloseEvent("close", { code: ABNORMAL }));
  abortController.abort();
  socket.close();
}

setInterval(look, LOOKS_EVERY);

hear("clock_set", askClock);
hear("refused", ({ code }) => code === "command.too_late" && askClock());
document.addEventListener("visibilitychange", () => document.hidden || askClock());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
// The socket may outlive it: if it answers, all is well.
window.addEventListener("offline", () => {
  setState("off");
  askClock();
});
window.addEventListener("online", askClock);

// Only now, with all ears open: htmx may have looked through the page before this script came.
element.setAttribute("hx-ws:connect", element.dataset.address);
htmx.process(element);

// What this device has unfolded stays unfolded: a push never takes away an attribute named in data-keeps.
htmx.registerExtension("kaimen", {
  htmx_before_morph_attr: ({ dataset }, { attrName }) =>
    !(dataset.keeps ?? "").split(" ").includes(attrName) &&
    !("settling" in dataset && (attrName === "data-settling" || attrName === "aria-disabled")),
});
