// Writing comments. The text field is part of no region: no push can reach it. What is typed is kept on the device at
// once and on the server a moment later, for each unit apart.

import { hear } from "./events.js";
import { keepable } from "./keepable.js";
import { isConnected, send } from "./wire.js";
import { newId } from "./ids.js";
import { say, show } from "./page.js";
import { rest } from "./settle.js";
import { onDevice } from "./storage.js";

const SAVE_AFTER = 600;
const NOTHING = { kind: "", text: "" };

export class Compose {
  #unit = null;
  #timer = null;
  #saving = new Map();
  // What this page keeps, by name, whether or not the device has room for it.
  #kept = new Map();

  constructor(outbox, code, seat) {
    this.outbox = outbox;
    this.code = code;
    this.seat = seat;
    this.form = document.getElementById("compose");
    this.text = this.form.elements.text;
    this.form.addEventListener("input", () => this.#changed());
    this.form.addEventListener("submit", (event) => this.#send(event));
    this.form.addEventListener("click", (event) => this.#phrase(event));
    hear("draft", (answer) => this.#draftFromServer(answer));
    hear("ack", ({ ack }) => this.#saved(ack));
    onDevice.watch((name, draft) => this.#typedElsewhere(name, draft));
  }

  // Where no comments are taken any more the form goes, unless something still stands in it.
  render(unit, name, takesComments) {
    this.form.querySelector("[data-unit]").textContent = name ?? "";
    if (unit && unit !== this.#unit) {
      this.#unit = unit;
      this.#put(this.#local() ?? NOTHING);
    }
    this.form.hidden = !unit || (!takesComments && !this.text.value.trim());
    this.#renderWaiting();
    this.#renderCount();
  }

  // Before another unit's sheet comes out.
  keep() {
    if (this.#timer) this.#save();
  }

  connectionChanged() {
    if (isConnected() && this.#isUnsaved) this.#save();
  }

  get isAnythingWritten() {
    return this.text.value.trim() !== "";
  }

  // A comment the server declined comes back into the field, unless something new is being written there. Returns
  // whether it did.
  takeBack(command) {
    if (command.unit !== this.#unit || this.text.value.trim()) return false;
    this.#put(command);
    this.#changed();
    return true;
  }

  // What was typed and not yet saved: from here on somebody else keeps it, and the server's draft counts.
  setAside() {
    clearTimeout(this.#timer);
    this.#timer = null;
    if (!this.#unit || !this.#local()?.isUnsaved) return null;
    this.#keepLocally(false);
    const text = this.text.value.trim();
    return text ? { seat: this.seat, unit: this.#unit, kind: this.#kind, text } : null;
  }

  // --- typing -----------------------------------------------------------------------------------------------------------

  #changed() {
    if (this.#kind) show(this.form.querySelector("[data-problem]"), "");
    this.#keepLocally(true);
    this.#renderCount();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), SAVE_AFTER);
  }

  #save() {
    clearTimeout(this.#timer);
    this.#timer = null;
    const id = newId();
    const draft = { seat: this.seat, unit: this.#unit, kind: this.#kind, text: this.text.value };
    if (send({ id, do: "save_draft", ...draft })) this.#saving.set(id, draft);
  }

  #saved(id) {
    const draft = this.#saving.get(id);
    if (!draft) return;
    this.#saving.delete(id);
    const isCurrent = draft.unit === this.#unit && draft.text === this.text.value;
    if (isCurrent) this.#keepLocally(false);
  }

  // What the server has, perhaps typed on another device: taken over unless this device has something newer.
  #draftFromServer({ draft, unit }) {
    if (unit !== this.#unit) return;
    if (this.#isUnsaved) return this.#save();
    if (onDevice.read(this.#name)?.isUnsaved) return; // another page of this seat is about to tell
    if (document.activeElement === this.text && this.text.value) return;
    this.#put(draft ?? { kind: this.#kind, text: "" });
    this.#keepLocally(false);
    this.#renderCount();
  }

  // Another page of this seat has gone on with what stands here as well.
  #typedElsewhere(name, now) {
    if (name !== this.#name) {
      if (!this.#kept.get(name)?.isUnsaved) this.#kept.delete(name);
      return;
    }
    const before = this.#kept.get(name);
    if (this.text.value !== (before?.text ?? "")) return; // here something else is being written
    if (!now) return;
    if (before?.isUnsaved && !now.isUnsaved) return this.#keepLocally(true); // saved before this was typed on
    this.#kept.set(name, { ...now, isUnsaved: false }); // that page sees to it
    this.#put(now);
    this.#renderCount();
  }

  #phrase(event) {
    const phrase = event.target.closest("[data-phrase]");
    if (!phrase) return;
    rest(phrase);
    this.text.setRangeText(phrase.textContent.trim(), this.text.selectionStart, this.text.selectionEnd, "end");
    this.text.focus();
    this.#changed();
  }

  // --- sending ----------------------------------------------------------------------------------------------------------

  #send(event) {
    event.preventDefault();
    const text = keepable(this.text.value).trim();
    if (!text) return this.text.focus();
    if (!this.#kind) return this.#askKind();
    const comment = { comment: newId(), seat: this.seat, unit: this.#unit, kind: this.#kind, text };
    this.#put(NOTHING);
    this.#keepLocally(true);
    this.#save();
    this.outbox.perform("send_comment", comment);
  }

  // Only the author knows what it is; nothing is sent before it is said.
  #askKind() {
    show(this.form.querySelector("[data-problem]"), say("kind_missing"));
    this.form.querySelector("[name=kind]").focus();
  }

  #renderWaiting() {
    const list = document.getElementById("waiting-comments");
    const waiting = this.outbox.waiting.filter((each) => each.do === "send_comment" && each.unit === this.#unit);
    list.replaceChildren(
      ...waiting.map(({ text }) => {
        const item = document.createElement("li");
        item.textContent = `${text} — ${say("comment_waiting")}`;
        return item;
      }),
    );
  }

  #renderCount() {
    const left = this.text.maxLength - this.text.value.length;
    show(this.form.querySelector("[data-count]"), left < 200 ? say("characters_left", { number: left }) : "");
  }

  // --- the device's own copy --------------------------------------------------------------------------------------------

  get #kind() {
    return this.form.querySelector("[name=kind]:checked")?.value ?? "";
  }

  get #name() {
    return `kaimen.draft.${this.code}.${this.seat}.${this.#unit}`;
  }

  #put({ kind, text }) {
    for (const each of this.form.querySelectorAll("[name=kind]")) each.checked = each.value === kind;
    this.text.value = text;
  }

  #local() {
    const kept = this.#kept.get(this.#name) ?? onDevice.read(this.#name);
    if (kept) this.#kept.set(this.#name, kept);
    return kept;
  }

  // By this page, or by another one of this seat, which may be closed by now.
  get #isUnsaved() {
    if (this.#local()?.isUnsaved) return true;
    const kept = onDevice.read(this.#name);
    return kept?.isUnsaved && kept.text === this.text.value;
  }

  #keepLocally(isUnsaved) {
    const draft = { kind: this.#kind, text: this.text.value, isUnsaved };
    this.#kept.set(this.#name, draft);
    onDevice.keep(this.#name, draft); // where it is not kept this page's copy and the server's are the only ones
  }
}
