// What waits in this browser, one entry for each command: two pages of one seat never write over what the other put there,
// and what one puts in or takes out the other is told.

import { onDevice } from "./storage.js";

const SEPARATOR = "/"; // which no id of a command has in it

export class Entries {
  // The time of the youngest: what is put later also comes later.
  #last = 0;

  // `changed(id, command or null)`: called when another page has put a command in, or taken it out.
  constructor(name, changed) {
    this.prefix = name + SEPARATOR;
    this.#takeOver(name);
    onDevice.watch((place, entry) => {
      if (place.startsWith(this.prefix)) changed(place.slice(this.prefix.length), entry?.command ?? null);
    });
  }

  // All commands, the oldest first.
  all() {
    const entries = this.#read();
    this.#last = Math.max(this.#last, entries.at(-1)?.since ?? 0);
    return entries.map(({ command }) => command);
  }

  #read() {
    const own = onDevice.names(this.prefix).filter((name) => !name.slice(this.prefix.length).includes(SEPARATOR));
    const entries = own.map((name) => onDevice.read(name));
    return entries.filter((each) => each?.command?.id).sort((one, other) => one.since - other.since);
  }

  put(command) {
    this.#last = Math.max(Date.now(), this.#last + 1);
    this.#write({ since: this.#last, command });
  }

  putBefore(commands) {
    const oldest = this.#read()[0]?.since ?? Date.now();
    for (const [place, command] of commands.entries())
      this.#write({ since: oldest - commands.length + place, command });
  }

  has(id) {
    return onDevice.text(this.prefix + id) !== null;
  }

  drop(id) {
    onDevice.drop(this.prefix + id);
  }

  // A device that may not keep anything still sends what it has in memory.
  #write(entry) {
    return onDevice.keep(this.prefix + entry.command.id, entry);
  }

  // Earlier pages kept all commands as one list. It is older than all that is kept singly.
  #takeOver(name) {
    const list = onDevice.read(name);
    if (!Array.isArray(list)) return;
    const commands = list.filter((each) => each?.id);
    const isTaken = (command, place) => this.has(command.id) || this.#write({ since: place, command });
    if (commands.every(isTaken)) onDevice.drop(name);
  }
}

// Whether somebody else's commands wait here, of those whose names begin alike.
export function othersWait(beginning, own) {
  const isOthers = (name) => name !== own && !name.startsWith(own + SEPARATOR);
  return onDevice
    .names(beginning)
    .some((name) => isOthers(name) && (name.includes(SEPARATOR) || onDevice.read(name)?.length > 0));
}
