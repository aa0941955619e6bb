// The device of a seat. Opened by the seat's link, this device takes the seat over. When another one has, nothing is
// given or sent from here any more: what had not been sent is set aside, shown, and sent or dropped only when somebody
// says so.

import { device } from "./device.js";
import { isConnected, send } from "./wire.js";
import { newId } from "./outbox.js";
import { ask, say, show, toast, words } from "./page.js";

const SETTLES_AFTER = 1_000;
const { names } = words;

export class Seat {
  // The id of the command under way, and whether it is carried out: the picture that says so comes apart from the ack.
  #taking = null;
  #isTaken = false;

  constructor(outbox, compose, code, seat) {
    this.outbox = outbox;
    this.compose = compose;
    this.seat = seat;
    this.keepUnder = `kaimen.kept.${code}.${seat}`;
    this.kept = this.#load();
    outbox.addEventListener("elsewhere", (event) => this.#keep([event.detail]));
    document.addEventListener("kaimen:connection", () => this.#ask());
    document.addEventListener("kaimen:ack", (event) => this.#acked(event.detail.ack));
    document.addEventListener("kaimen:refused", (event) => this.#refused(event.detail));
    document.addEventListener("click", (event) => this.#clicked(event));
    if (new URL(location).searchParams.has("opened")) this.#opened();
  }

  get region() {
    return document.getElementById("panel-seat");
  }

  get isElsewhere() {
    return this.region.dataset.elsewhere === "yes" && this.#taking === null;
  }

  render() {
    if (this.#isTaken && this.region.dataset.elsewhere === "no") this.#taking = null;
    if (this.#taking === null) this.#isTaken = false;
    document.querySelector("main").inert = this.isElsewhere;
    document.documentElement.dataset.taking = this.#taking === null ? "no" : "yes";
    if (this.isElsewhere) this.#setAside();
    this.#renderKept();
  }

  // --- taking the seat --------------------------------------------------------------------------------------------------

  // Once: a reload of this page is no new opening.
  #opened() {
    const unit = document.getElementById("panel-head").dataset.unit;
    history.replaceState(null, "", unit ? `?unit=${encodeURIComponent(unit)}` : location.pathname);
    this.#take();
  }

  #take() {
    this.#taking = newId();
    this.#ask();
  }

  #ask() {
    if (this.#taking) send({ id: this.#taking, do: "take_seat", seat: this.seat, device });
  }

  #acked(id) {
    if (this.kept.some((each) => each.id === id)) this.#replace(this.kept.filter((each) => each.id !== id));
    if (id !== this.#taking) return;
    // What was typed on the other device until now, and the picture in which the seat is led from here.
    const unit = document.getElementById("panel-head").dataset.unit;
    if (unit) send({ id: newId(), do: "look_at", unit });
    this.#isTaken = true;
    document.dispatchEvent(new CustomEvent("kaimen:seat"));
    setTimeout(() => this.#taking === id && this.#settle(), SETTLES_AFTER);
  }

  #settle() {
    this.#taking = null;
    this.#isTaken = false;
    document.dispatchEvent(new CustomEvent("kaimen:seat"));
  }

  #refused({ refused, sentence }) {
    if (refused !== this.#taking) return;
    toast(sentence);
    this.#settle();
  }

  async #clicked(event) {
    if (event.target.closest("[data-takes-seat]")) return this.#takeBack(event.target.textContent.trim());
    if (event.target.closest("[data-sends-kept]")) return this.#sendKept();
    const drops = event.target.closest("[data-drops-kept]");
    if (drops) return this.#dropKept(drops.textContent.trim());
  }

  async #takeBack(label) {
    if (!isConnected()) return toast(say("offline"));
    if ((await ask(document.getElementById("confirm"), say("take_back"), label)) !== null) this.#take();
  }

  // --- what was not sent ------------------------------------------------------------------------------------------------

  #setAside() {
    const draft = this.compose.setAside();
    const commands = this.outbox.setAside();
    this.#keep(draft ? [...commands, { id: newId(), do: "save_draft", ...draft }] : commands);
  }

  #keep(commands) {
    const known = new Set(this.kept.map((each) => each.id));
    const more = commands.filter((each) => !known.has(each.id));
    if (more.length) this.#replace([...this.kept, ...more]);
  }

  // Under their own ids: what the server had taken already is not carried out twice.
  #sendKept() {
    if (this.isElsewhere || !isConnected()) return toast(say("offline"));
    const commands = this.kept.filter((each) => each.do !== "save_draft");
    const drafts = this.kept.filter((each) => each.do === "save_draft");
    this.#replace(drafts.filter((each) => !this.compose.takeBack(each)));
    this.outbox.takeUp(commands);
  }

  async #dropKept(label) {
    if ((await ask(document.getElementById("confirm"), say("drop_kept"), label)) !== null) this.#replace([]);
  }

  #replace(commands) {
    this.kept = commands;
    try {
      localStorage.setItem(this.keepUnder, JSON.stringify(commands));
    } catch {
      // A device that may not store anything still shows what it has in memory.
    }
    this.#renderKept();
    document.dispatchEvent(new CustomEvent("kaimen:unsent"));
  }

  #load() {
    try {
      return JSON.parse(localStorage.getItem(this.keepUnder) ?? "[]");
    } catch {
      return [];
    }
  }

  #renderKept() {
    const section = document.getElementById("kept");
    section.hidden = this.kept.length === 0;
    section.querySelector("[data-sends-kept]").disabled = this.isElsewhere;
    show(section.querySelector("[data-when]"), say(this.isElsewhere ? "kept_elsewhere" : "kept_here"));
    section.querySelector("ul").replaceChildren(
      ...this.kept.map((command) => Object.assign(document.createElement("li"), { textContent: inWords(command) })),
    );
  }
}

function inWords(command) {
  const unit = names.rounds[command.round] ?? names.units[command.unit] ?? "";
  const criterion = names.criteria[command.criterion] ?? "";
  const sentence = names.sentences[command.do] ?? command.do;
  return sentence.replace(/\{(\w+)\}/g, (_, fact) => ({ ...command, unit, criterion })[fact] ?? "");
}
