// The outbox: every command gets an id once, here, and is sent until the server has answered it. The server carries out
// an id once, however often it comes. Only an answer ends a command: nothing is called saved before.

import { serverNow } from "./clock.js";
import { Entries } from "./entries.js";
import { hear, tell } from "./events.js";
import { newId } from "./ids.js";
import { isConnected, send } from "./wire.js";

const RETRY_AFTER = 3000;
// Refused because it is so already: nothing is left to do. What was given and taken back without a connection was never
// given.
const DONE = new Set([
  ...["command.twice", "sheet.already_submitted", "comment.twice"],
  ...["score.not_given", "promise.not_judged_yet"],
]);

// In which place a mark stands: on the sheet, or beside a promise.
const PLACES = {
  give_score: "criterion",
  erase_score: "criterion",
  judge_promise: "promise",
  erase_judgement: "promise",
};

// Whether both are marks of one round in one place, so that the later one counts.
export function areInOnePlace(older, newer) {
  const place = PLACES[newer.do];
  return (
    place !== undefined && PLACES[older.do] === place && older.round === newer.round && older[place] === newer[place]
  );
}

// `keepUnder`: the name under which commands wait on the device, across reloads; without it they wait in memory, say
// when they were pressed, and nothing new is taken while there is no connection: a moderator's "next" must not be carried
// out minutes later. The server carries it out within three seconds or, as it then says, never.
export class Outbox extends EventTarget {
  #answers = new Map();
  #sent = new Set();
  // What this page has put in itself. What another page of the same seat has put in is shown and sent as well, for that
  // page may be closed; taken out is only what was answered.
  #own = new Set();

  constructor(keepUnder = null) {
    super();
    this.keepUnder = keepUnder;
    this.entries = keepUnder && new Entries(keepUnder, (id, command) => this.#changedElsewhere(id, command));
    this.waiting = this.entries?.all() ?? [];
    hear("connection", () => this.#connectionChanged());
    hear("ack", (answer) => this.#answered(answer.ack, answer));
    hear("refused", (answer) => this.#refused(answer));
    this.flush();
  }

  // Whether all that waits would still be there after a reload.
  get isKept() {
    return this.waiting.every(({ id }) => this.entries?.has(id));
  }

  // Resolves with the server's answer ({ack} or {refused, sentence, …}); with {offline: true} if it was not taken.
  perform(what, fields) {
    if (!this.keepUnder && !isConnected()) return Promise.resolve({ offline: true });
    const command = { id: newId(), do: what, ...fields };
    if (!this.keepUnder) command.made = Math.round(serverNow());
    for (const overtaken of this.waiting.filter((each) => this.#isOvertakenBy(each, command)))
      this.#takeOut(overtaken.id);
    this.#putIn(command);
    this.dispatchEvent(new CustomEvent("performed", { detail: command }));
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

  // Take out all that waits, once `keep` has it.
  setAside(keep) {
    const commands = this.waiting;
    if (!commands.length) return;
    keep(commands);
    for (const { id } of commands) this.#takeOut(id);
    this.#changed();
  }

  // Send these as well, before what waits already.
  takeUp(commands) {
    this.entries?.putBefore(commands);
    this.waiting = [...commands, ...this.waiting];
    this.#changed();
    this.flush();
  }

  // A mark not yet sent gives way to the next mark in the same place.
  #isOvertakenBy(older, newer) {
    return areInOnePlace(older, newer) && this.#own.has(older.id) && !this.#sent.has(older.id);
  }

  #putIn(command) {
    this.#own.add(command.id);
    this.waiting = [...this.waiting, command];
    this.entries?.put(command);
  }

  #takeOut(id) {
    this.#own.delete(id);
    this.#sent.delete(id);
    this.waiting = this.waiting.filter((each) => each.id !== id);
    this.entries?.drop(id);
  }

  // Another page of this seat has put a command in, or has its answer.
  #changedElsewhere(id, command) {
    const isKnown = this.waiting.some((each) => each.id === id);
    if (isKnown === (command !== null)) return;
    if (command) {
      this.waiting = [...this.waiting, command];
      setTimeout(() => this.flush(), RETRY_AFTER); // unless that page sends it
    } else {
      if (!this.#sent.has(id)) this.#settle(id, {});
      this.waiting = this.waiting.filter((each) => each.id !== id);
    }
    this.#changed();
  }

  #connectionChanged() {
    this.#sent.clear();
    this.flush();
  }

  #refused(answer) {
    if (answer.code.startsWith("record.") && this.keepUnder) {
      // nothing was recorded: it is good once the record is
      this.#sent.delete(answer.refused);
      setTimeout(() => this.flush(), RETRY_AFTER);
      this.dispatchEvent(new CustomEvent("delayed", { detail: answer }));
    } else if (answer.code === "command.other_seat" && this.keepUnder) {
      // this page must not be here; nothing is lost
      this.dispatchEvent(new CustomEvent("delayed", { detail: answer }));
    } else {
      const command = this.waiting.find((each) => each.id === answer.refused);
      if (command && this.#isWork(command, answer)) {
        this.dispatchEvent(new CustomEvent("declined", { detail: { command, answer } }));
      }
      this.#answered(answer.refused, answer);
    }
  }

  // Whether something is lost with this refusal. What a form asked for still stands in the form.
  #isWork(command, { code }) {
    return this.keepUnder && !DONE.has(code) && !(command.do === "revise_comment" && this.#answers.has(command.id));
  }

  #answered(id, answer) {
    const command = this.waiting.find((each) => each.id === id);
    if (command) {
      this.#takeOut(id);
      this.dispatchEvent(new CustomEvent("answered", { detail: { command, answer } }));
      this.#changed();
    }
    this.#settle(id, answer);
  }

  #settle(id, answer) {
    this.#answers.get(id)?.(answer);
    this.#answers.delete(id);
  }

  #changed() {
    this.dispatchEvent(new CustomEvent("changed"));
    tell("unsent");
  }
}
