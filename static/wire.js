// The socket of this page. htmx's own extension connects, reconnects and swaps the html it brings (text starting with
// "<"); here we say which picture we have, and hand on what is for scripts (text starting with "{").

import { setServerClock } from "./clock.js";
import { device } from "./device.js";
import { keepable } from "./keepable.js";
import { toast } from "./page.js";

const root = document.documentElement;
const element = document.getElementById("socket");
let connection = null;
let have = element.dataset.have;

export function isConnected() {
  return connection?.socket?.readyState === WebSocket.OPEN;
}

// Send one message now; false if there is no connection (nothing is queued here, see outbox.js). Whatever was typed, on
// whichever page, goes through here.
export function send(message) {
  if (!isConnected()) return false;
  connection.socket.send(JSON.stringify(message, (_, value) => (typeof value === "string" ? keepable(value) : value)));
  return true;
}

// Answers of the server come as events on document: kaimen:ack, kaimen:refused, kaimen:draft, kaimen:clock, kaimen:reload,
// kaimen:revoked, kaimen:identify, kaimen:clock_set.
function announce(message) {
  const kind = ["ack", "refused", "draft", "clock", "reload", "revoked", "identify", "clock_set"].find((each) => each in message);
  if (kind) document.dispatchEvent(new CustomEvent(`kaimen:${kind}`, { detail: message }));
}

// Change a parameter of the address that the next (re)connection goes to.
export function setParameter(name, value) {
  const address = new URL(connection.url);
  address.searchParams.set(name, value);
  connection.url = address.toString();
}

function askClock() {
  send({ do: "ask_clock", sent: performance.now() });
}

function setState(state) {
  if (root.dataset.connection === state) return;
  root.dataset.connection = state;
  document.dispatchEvent(new CustomEvent("kaimen:connection", { detail: state }));
}

document.addEventListener("htmx:ws:before:connection", (event) => {
  connection = event.detail.connection;
  setParameter("have", have);
  setParameter("device", device);
});

document.addEventListener("htmx:ws:after:connection", (event) => {
  // htmx 4.0.1 leaves the timer of an earlier attempt running; it would replace a healthy socket.
  clearTimeout(event.detail.connection.timer);
  askClock();
  setState("on");
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

document.addEventListener("kaimen:clock", (event) => {
  setServerClock(event.detail.clock, event.detail.sent);
  setState("on");
});
document.addEventListener("kaimen:reload", () => location.reload());

// A refusal that names no command is about something without an id, hence about nothing that waits here: what waits goes
// on waiting for its own answer, and the sentence is said.
document.addEventListener("kaimen:refused", ({ detail }) => detail.refused === "" && toast(detail.sentence));

// The key was revoked: the server has closed for good, and says why. What was typed stays where it is.
document.addEventListener("kaimen:revoked", (event) => {
  const notice = Object.assign(document.createElement("p"), { className: "revoked", textContent: event.detail.revoked });
  notice.setAttribute("role", "alert");
  notice.popover = "manual"; // above a dialog that may be open
  document.body.append(notice);
  notice.showPopover?.();
});

document.addEventListener("kaimen:clock_set", askClock);
document.addEventListener("visibilitychange", () => document.hidden || askClock());
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
window.addEventListener("offline", () => setState("off"));
// The socket may have outlived it: if it answers, all is well.
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
