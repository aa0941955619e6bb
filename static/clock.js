// The server's clock on this device, and the element that shows it. No device's own clock is believed: the offset is
// measured against the server, and time is counted by performance.now(), which nobody can set.

let offset = Number(document.documentElement.dataset.now) - performance.now();
let rate = 1;
let roundTrip = null;

export function serverNow() {
  return performance.now() * rate + offset;
}

// In a replay it is the time of the record: it stands (a rate of 0), or goes so many times as fast as it did.
export function playClock(instant, times) {
  rate = times;
  offset = instant - performance.now() * rate;
  for (const clock of clocks) clock.show();
}

// The server said `clock` in answer to a question sent at `sent` (performance.now()): half of the way there and back is
// over. It may have been any part of the way: what is known already stays, unless this answer shows that it is wrong.
export function setServerClock(clock, sent) {
  const said = clock - (sent + performance.now()) / 2;
  const isFirst = roundTrip === null;
  roundTrip = performance.now() - sent;
  if (isFirst || Math.abs(said - offset) > roundTrip / 2) offset = said;
  for (const clock of clocks) clock.show();
}

// For the room-health board, in milliseconds; null before the first answer. Nothing here goes by the device's own clock.
export function measured() {
  return { roundTrip, clockOffset: roundTrip === null ? null : Date.now() - serverNow() };
}

const clocks = new Set();
const SOON = 60000;
const FAST = 100;

// <k-clock kind="remaining|elapsed|wall|projected" …> — instants and durations in milliseconds, see screens/parts.py.
// The digits live in a shadow tree, out of reach of a morph; only the attributes come from the server.
export class KaimenClock extends HTMLElement {
  static get observedAttributes() {
    return ["kind", "limit", "spent", "since", "due", "left", "after", "offset", "data-length", "data-state"];
  }

  constructor() {
    super();
    this.digits = this.attachShadow({ mode: "open" }).appendChild(document.createElement("span"));
  }

  connectedCallback() {
    clocks.add(this);
    this.show();
  }

  disconnectedCallback() {
    clocks.delete(this);
  }

  attributeChangedCallback() {
    if (this.isConnected) this.show();
  }

  show() {
    const kind = this.getAttribute("kind");
    const text = kind in this ? this[kind]() : "";
    if (this.digits.textContent !== text) this.digits.textContent = text;
    if (this.dataset.length !== String(text.length)) this.dataset.length = text.length;
  }

  number(name) {
    return this.hasAttribute(name) ? Number(this.getAttribute(name)) : null;
  }

  elapsedTime() {
    const since = this.number("since");
    return this.number("spent") + (since === null ? 0 : Math.max(serverNow() - since, 0));
  }

  elapsed() {
    return minutesAndSeconds(Math.floor(this.elapsedTime() / 1000));
  }

  // Counts down, then up: 0:07, 0:00, +0:01. The state is for the eye: calm, soon (a minute left), over.
  remaining() {
    const left = this.number("limit") - this.elapsedTime();
    const state = left < 0 ? "over" : left <= SOON ? "soon" : "calm";
    if (this.dataset.state !== state) this.dataset.state = state;
    return left < 0 ? `+${minutesAndSeconds(Math.floor(-left / 1000))}` : minutesAndSeconds(Math.ceil(left / 1000));
  }

  wall() {
    return this.timeOfDay(serverNow(), this.hasAttribute("seconds") ? 19 : 16);
  }

  projected() {
    const due = this.number("due");
    const end = due === null ? serverNow() + Math.max(this.number("left"), 0) : Math.max(due, serverNow());
    return this.timeOfDay(end + this.number("after"));
  }

  timeOfDay(instant, until = 16) {
    return new Date(instant + this.number("offset") * 60000).toISOString().slice(11, until);
  }
}

function minutesAndSeconds(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

customElements.define("k-clock", KaimenClock);

// One timer for all clocks, in step with the server's seconds.
(function tick() {
  for (const clock of clocks) clock.show();
  setTimeout(tick, rate > 1 ? FAST : 1000 - (serverNow() % 1000) + 5);
})();
