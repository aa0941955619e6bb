// The outbox: every command gets an id once, here, and is sent until the server has answered it. The server carries out
// an id once, however often it comes. Only an answer ends a command: nothing is called saved before.

import { serverNow } from "./clock.js";
import { isConnected, send } from "./wire.js";

const RETRY_AFTER = 3000;

export function newId() {
  // crypto.randomUUID needs a secure context, which plain http in a hall is not.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// `keepUnder`: the name under which commands wait in localStorage, across reloads; without it they wait in memory, say
// when they were pressed, and nothing new is taken while there is no connection: a moderator's "next" must not be carried
// out minutes later. The server carries it out within three seconds or, as it then says, never.
export class Outbox extends EventTarget {
  #answers = new Map();
  #sent = new Set();

  constructor(keepUnder = null) {
    super();
    this.keepUnder = keepUnder;
    this.waiting = this.#load();
    document.addEventListener("kaimen:connection", () => this.#connectionChanged());
    document.addEventListener("kaimen:ack", (event) => this.#answered(event.detail.ack, event.detail));
    document.addEventListener("kaimen:refused", (event) => this.#refused(event.detail));
    this.flush();
  }

  // Resolves with the server's answer ({ack} or {refused, sentence, …}); with {offline: true} if it was not taken.
  perform(what, fields) {
    if (!this.keepUnder && !isConnected()) return Promise.resolve({ offline: true });
    const command = { id: newId(), do: what, ...fields };
    if (!this.keepUnder) command.made = Math.round(serverNow());
    this.waiting = [...this.waiting.filter((each) => !this.#isOvertakenBy(each, command)), command];
    this.#changed();
    return new Promise((resolve) => {
      this.#answers.set(command.id, resolve);
      this.flush();
    });
  }

  flush() {
    for (const command of this.waiting) {
      if (!this.#sent.has(command.id) && send(command)) this.#sent.add(command.id);
    }
  }

  // Take out all that waits: from here on somebody else keeps it.
  setAside() {
    const commands = this.waiting;
    this.waiting = [];
    this.#sent.clear();
    if (commands.length) this.#changed();
    return commands;
  }

  // Send these as well, before what waits already.
  takeUp(commands) {
    this.waiting = [...commands, ...this.waiting];
    this.#changed();
    this.flush();
  }

  // A mark not yet sent gives way to the next mark in the same place.
  #isOvertakenBy(older, newer) {
    const isMark = (each) => each.do === "give_score" || each.do === "erase_score";
    return (
      isMark(older) && isMark(newer) && !this.#sent.has(older.id) &&
      older.round === newer.round && older.criterion === newer.criterion
    );
  }

  #connectionChanged() {
    this.#sent.clear();
    this.flush();
  }

  #refused(answer) {
    if (answer.code.startsWith("record.") && this.keepUnder) { // nothing was recorded: it is good once the record is
      this.#sent.delete(answer.refused);
      setTimeout(() => this.flush(), RETRY_AFTER);
      this.dispatchEvent(new CustomEvent("delayed", { detail: answer }));
    } else {
      const command = this.waiting.find((each) => each.id === answer.refused);
      if (command && answer.code === "seat.elsewhere") this.dispatchEvent(new CustomEvent("elsewhere", { detail: command }));
      this.#answered(answer.refused, answer);
    }
  }

  #answered(id, answer) {
    const command = this.waiting.find((each) => each.id === id);
    if (!command) return;
    this.waiting = this.waiting.filter((each) => each.id !== id);
    this.#sent.delete(id);
    this.#changed();
    this.#answers.get(id)?.(answer);
    this.#answers.delete(id);
    this.dispatchEvent(new CustomEvent("answered", { detail: { command, answer } }));
  }

  #load() {
    try {
      return JSON.parse((this.keepUnder && localStorage.getItem(this.keepUnder)) || "[]");
    } catch {
      return [];
    }
  }

  #changed() {
    if (this.keepUnder) {
      try {
        localStorage.setItem(this.keepUnder, JSON.stringify(this.waiting));
      } catch {
        // A device that may not store anything still sends what it has in memory.
      }
    }
    this.dispatchEvent(new CustomEvent("changed"));
    document.dispatchEvent(new CustomEvent("kaimen:unsent"));
  }
}
