// The device of a seat. Opened by the seat's link, this device takes the seat over. When another one has, nothing is
// given or sent from here any more: what had not been sent is set aside, shown, and sent or dropped only when somebody
// says so. The same becomes of what the server refused.

import { device } from "./device.js";
import { isConnected, send } from "./wire.js";
import { Entries } from "./entries.js";
import { hear, tell } from "./events.js";
import { newId } from "./ids.js";
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
    this.entries = new Entries(`kaimen.kept.${code}.${seat}`, (id, command) => this.#keptElsewhere(id, command));
    this.kept = this.entries.all();
    outbox.addEventListener("declined", ({ detail }) => this.#declined(detail.command, detail.answer));
    outbox.addEventListener("performed", ({ detail }) => this.#replaceDeclined(detail));
    hear("connection", () => this.#ask());
    hear("ack", ({ ack }) => this.#acked(ack));
    hear("refused", (answer) => this.#refused(answer));
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
    for (const place of document.querySelectorAll("main, #panel-promises ol"))
      place.inert = this.isElsewhere || "stopped" in document.documentElement.dataset;
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
    this.#letGo([id]);
    if (id !== this.#taking) return;
    // What was typed on the other device until now, and the picture in which the seat is led from here. The address knows
    // of a sheet that has been asked for and is not here yet.
    const asked = new URLSearchParams(location.search).get("unit");
    const unit = asked ?? document.getElementById("panel-head").dataset.unit;
    if (unit) send({ id: newId(), do: "look_at", unit });
    this.#isTaken = true;
    tell("seat");
    setTimeout(() => this.#taking === id && this.#settle(), SETTLES_AFTER);
  }

  #settle() {
    this.#taking = null;
    this.#isTaken = false;
    tell("seat");
  }

  #refused({ refused, sentence }) {
    if (refused !== this.#taking) return;
    toast(sentence);
    this.#settle();
  }

  async #clicked(event) {
    if (event.target.closest("[data-takes-seat]")) return this.#takeBack(event.target.textContent.trim());
    if (event.target.closest("[data-sends-kept]")) return this.#sendKept();
    const changes = event.target.closest("[data-changes-kept]");
    if (changes) return this.#changeKept(changes.dataset.changesKept);
    const drops = event.target.closest("[data-drops-kept]");
    if (drops) return this.#dropKept(drops.textContent.trim());
  }

  async #takeBack(label) {
    if (!isConnected()) return toast(say("offline"));
    if ((await ask(document.getElementById("confirm"), say("take_back"), label)) !== null) this.#take();
  }

  // --- what was not sent ------------------------------------------------------------------------------------------------

  #setAside() {
    this.outbox.setAside((commands) => this.#keep(commands));
    const draft = this.compose.setAside();
    if (draft) this.#keep([{ id: newId(), do: "save_draft", ...draft }]);
  }

  // A comment goes back into its field, where that is free; all else is kept, with the reason.
  #declined(command, { code, sentence }) {
    if (code === "seat.elsewhere") return this.#keep([command]);
    if (command.do === "send_comment" && this.compose.takeBack(command)) return;
    this.#keep([{ ...command, refusal: sentence }]);
  }

  // What was refused and is now given anew, by the same hand.
  #replaceDeclined(command) {
    const isReplaced = (each) => each.refusal && each.id !== command.id && placeOf(each) === placeOf(command);
    this.#letGo(this.kept.filter(isReplaced).map(({ id }) => id));
  }

  #keep(commands) {
    for (const command of commands) this.entries.put(command);
    const ids = new Set(commands.map(({ id }) => id));
    this.#keptAre([...this.kept.filter((each) => !ids.has(each.id)), ...commands]);
  }

  #letGo(ids) {
    const isLetGo = ({ id }) => ids.includes(id);
    if (!this.kept.some(isLetGo)) return;
    for (const id of ids) this.entries.drop(id);
    this.#keptAre(this.kept.filter((each) => !isLetGo(each)));
  }

  // Another page of this seat keeps a command, or keeps it no more.
  #keptElsewhere(id, command) {
    const others = this.kept.filter((each) => each.id !== id);
    this.#keptAre(command ? [...others, command] : others);
  }

  // Under their own ids: what the server had taken already is not carried out twice.
  #sendKept() {
    if (this.isElsewhere || !isConnected()) return toast(say("offline"));
    const commands = this.kept.filter((each) => each.do !== "save_draft");
    const drafts = this.kept.filter((each) => each.do === "save_draft" && this.compose.takeBack(each));
    this.outbox.takeUp(commands.map(({ refusal, ...command }) => command));
    this.#letGo([...commands, ...drafts].map(({ id }) => id));
  }

  // Back into the field it came from.
  #changeKept(id) {
    const command = this.kept.find((each) => each.id === id);
    if (command && this.compose.takeBack(command)) this.#letGo([id]);
    else if (command) toast(say("cannot_change", { unit: names.units[command.unit] ?? "" }));
  }

  async #dropKept(label) {
    const ids = this.kept.map(({ id }) => id);
    if ((await ask(document.getElementById("confirm"), say("drop_kept"), label)) !== null) this.#letGo(ids);
  }

  #keptAre(commands) {
    this.kept = commands;
    this.#renderKept();
    tell("unsent");
  }

  #renderKept() {
    const section = document.getElementById("kept");
    section.hidden = this.kept.length === 0;
    section.querySelector("[data-sends-kept]").disabled = this.isElsewhere;
    const why = this.isElsewhere
      ? "kept_elsewhere"
      : this.kept.some((each) => !each.refusal)
        ? "kept_here"
        : "kept_refused";
    show(section.querySelector("[data-when]"), say(why));
    section.querySelector("ul").replaceChildren(...this.kept.map(inAList));
  }
}

// A mark stands for its criterion, a submission for its sheet, and so does its signature; all else stands for itself.
function placeOf({ id, do: what, round, criterion, promise }) {
  if (what === "give_score" || what === "erase_score") return `${round}/${criterion}`;
  if (what === "judge_promise" || what === "erase_judgement") return `${round}/promise/${promise}`;
  if (what === "sign_sheet") return `${round}/signature`;
  return what === "submit_sheet" ? round : id;
}

function inAList(command) {
  const item = Object.assign(document.createElement("li"), { textContent: inWords(command) });
  if (command.refusal)
    item.append(Object.assign(document.createElement("p"), { className: "problem", textContent: command.refusal }));
  if (command.refusal && command.do === "send_comment") {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: say("change") });
    button.dataset.changesKept = command.id;
    item.append(button);
  }
  return item;
}

function inWords(command) {
  const unit = names.rounds[command.round] ?? names.units[command.unit] ?? "";
  const criterion = names.criteria[command.criterion] ?? "";
  const mark = names.marks[command.mark] ?? "";
  const sentence = names.sentences[command.do] ?? command.do;
  return sentence.replace(/\{(\w+)\}/g, (_, fact) => ({ ...command, unit, criterion, mark })[fact] ?? "");
}
