// The panelist's tablet: the sheet, the comments, and which unit's sheet is out.

import "./clock.js";
import { isConnected, send, setParameter } from "./wire.js";
import { actThrough } from "./actions.js";
import { stayAwake } from "./awake.js";
import { Compose } from "./compose.js";
import { othersWait } from "./entries.js";
import { hear } from "./events.js";
import { Outbox } from "./outbox.js";
import { say, show, toast } from "./page.js";
import { reportHealth } from "./health.js";
import { Judging } from "./judging.js";
import { newId } from "./ids.js";
import { Seat } from "./seat.js";
import { Sheet } from "./sheet.js";
import { onDevice } from "./storage.js";
import { Witness } from "./witness.js";

const { code, seat } = document.body.dataset;
const PREFIX = `kaimen.outbox.${code}.`;
const outbox = new Outbox(PREFIX + seat);
const sheet = new Sheet(outbox, code, seat);
const judging = new Judging(outbox, sheet, seat);
const compose = new Compose(outbox, code, seat);
const place = new Seat(outbox, compose, code, seat);
const witness = new Witness(code, seat);
actThrough(outbox);
reportHealth(() => outbox.waiting.length + place.kept.length);

function unitOut() {
  return document.getElementById("panel-head").dataset.unit;
}

function render() {
  sheet.render();
  judging.render();
  showReport();
  const { name, comments } = document.getElementById("panel-head").dataset;
  compose.render(unitOut(), name, comments === "yes");
  place.render();
  witness.render();
  renderState();
}

// The unit's written report stands beside its comments, where the browser has what it takes to show it in a page.
function showReport() {
  for (const paper of document.querySelectorAll("[data-report]:not([src])")) {
    if (paper.matches("iframe") && !navigator.pdfViewerEnabled) continue;
    paper.src = paper.dataset.report;
    paper.closest(".report").hidden = false;
  }
}

// What has become of what was tapped, in plain words: saved only after the server's word.
function renderState() {
  const waiting = outbox.waiting.length;
  const online = document.documentElement.dataset.connection === "on";
  const text = online ? onlineInWords(waiting) : offlineInWords(waiting);
  const element = document.getElementById("sync");
  if ("stopped" in document.documentElement.dataset) {
    element.dataset.state = "offline";
    element.textContent = say("stopped", { number: waiting });
    return;
  }
  if (online && place.isElsewhere) {
    element.dataset.state = "reads";
    element.textContent = say("only_reads");
    return;
  }
  element.dataset.state = online ? (waiting ? "sending" : "saved") : "offline";
  if (element.textContent !== text) element.textContent = text;
}

// Where nothing was given yet, nothing is saved.
function onlineInWords(waiting) {
  if (waiting) return say("sending", { number: waiting });
  return say(isAnythingGiven() ? "saved" : "connected");
}

let wasAnswered = false;

function isAnythingGiven() {
  const { marks, promises, submitted } = sheet.recorded;
  wasAnswered ||= Object.keys({ ...marks, ...promises }).length > 0 || submitted !== null;
  return wasAnswered || compose.isAnythingWritten || document.querySelector("#panel-comments li") !== null;
}

function offlineInWords(waiting) {
  if (onDevice.hasRoom && outbox.isKept) return say(waiting ? "waiting" : "offline_now", { number: waiting });
  return say("unkept", { number: waiting });
}

// Another sheet is taken out by a tap only. Without a connection the sheet that is out stays out.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-look]");
  if (!link) return;
  event.preventDefault();
  if (!isConnected()) return toast(say("cannot_switch"));
  const unit = link.dataset.look;
  compose.keep();
  send({ id: newId(), do: "look_at", unit });
  setParameter("unit", unit);
  history.replaceState(null, "", `?unit=${encodeURIComponent(unit)}`);
  document.querySelector("details.units")?.removeAttribute("open");
  window.scrollTo({ top: 0 });
});

// What another seat left unsent on this device is that seat's: it is kept, said, and never sent under this one.
function renderStrangers() {
  show(document.getElementById("strangers"), othersWait(PREFIX, PREFIX + seat) ? say("strangers") : "");
}

outbox.addEventListener("changed", render);
outbox.addEventListener("answered", ({ detail: { answer } }) => {
  wasAnswered ||= "ack" in answer;
  if (!answer.sentence) return;
  if (answer.code === "seat.elsewhere") return render();
  toast(answer.sentence);
});
outbox.addEventListener("delayed", ({ detail }) => toast(detail.sentence));
document.addEventListener("htmx:after:swap", render);
hear("seat", render);
hear("stopped", render);
hear("connection", () => {
  render();
  compose.connectionChanged();
});

hear("awake", (state) => {
  show(document.getElementById("awake"), state === "held" || document.hidden ? "" : say("may_sleep"));
});
stayAwake();
renderStrangers();
render();
