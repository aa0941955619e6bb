// What the scripts of a page tell each other. It goes over the document as `kaimen:…`, so that an attribute of htmx can wait
// for it as well. Nothing is told, and nothing heard, that is not in this list.

// What the server answers: the message as it came (docs/wire.md).
export const ANSWERS = ["ack", "refused", "draft", "clock", "reload", "revoked", "other_seat", "identify", "clock_set"];

const OWN = [
  "connection", // the socket is there, or not: "on", "off"
  "stopped", // the server has closed for good
  "awake", // whether the screen stays on: "held", "refused", "unavailable"
  "unsent", // something waits now that did not, or waits no more
  "seat", // the seat is taken, or was not to be had
  "revealed", // a step of a result begins to move, after a wait in milliseconds
  "sorted", // rows of a form have been dragged into another order
];

export function tell(kind, detail = null, from = document) {
  from.dispatchEvent(new CustomEvent(named(kind), { detail, bubbles: true }));
}

export function hear(kind, then) {
  document.addEventListener(named(kind), ({ detail }) => then(detail));
}

function named(kind) {
  if (!ANSWERS.includes(kind) && !OWN.includes(kind)) throw new Error(`nobody tells ${kind}`);
  return `kaimen:${kind}`;
}
