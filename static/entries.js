// What waits in this browser, one entry for each command: two pages of one seat never write over what the other put there,
// and what one puts in or takes out the other is told.

const SEPARATOR = "/"; // which no id of a command has in it

export class Entries {
  // The time of the youngest: what is put later also comes later.
  #last = 0;

  // `changed(id, command or null)`: called when another page has put a command in, or taken it out.
  constructor(name, changed) {
    this.prefix = name + SEPARATOR;
    this.#takeOver(name);
    window.addEventListener("storage", ({ storageArea, key, newValue }) => {
      if (storageArea !== stored() || !key?.startsWith(this.prefix)) return;
      changed(key.slice(this.prefix.length), read(newValue)?.command ?? null);
    });
  }

  // All commands, the oldest first.
  all() {
    const entries = this.#read();
    this.#last = Math.max(this.#last, entries.at(-1)?.since ?? 0);
    return entries.map(({ command }) => command);
  }

  #read() {
    const own = names(this.prefix).filter((name) => !name.slice(this.prefix.length).includes(SEPARATOR));
    const entries = own.map((name) => read(stored().getItem(name)));
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
    return (stored()?.getItem(this.prefix + id) ?? null) !== null;
  }

  drop(id) {
    try {
      localStorage.removeItem(this.prefix + id);
    } catch {
      // Where nothing may be stored there is nothing to take out.
    }
  }

  #write(entry) {
    try {
      localStorage.setItem(this.prefix + entry.command.id, JSON.stringify(entry));
      return true;
    } catch {
      return false; // a device that may not store anything still sends what it has in memory
    }
  }

  // Earlier pages kept all commands as one list. It is older than all that is kept singly.
  #takeOver(name) {
    const list = read(stored()?.getItem(name) ?? null);
    if (!Array.isArray(list)) return;
    const commands = list.filter((each) => each?.id);
    const isTaken = (command, place) =>
      stored().getItem(this.prefix + command.id) !== null || this.#write({ since: place, command });
    if (commands.every(isTaken)) stored().removeItem(name);
  }
}

// Whether this device keeps anything at this moment: not where it is forbidden, and not where there is no room.
export function keeps() {
  try {
    localStorage.setItem("kaimen.room", "-".repeat(1024));
    localStorage.removeItem("kaimen.room");
    return true;
  } catch {
    return false;
  }
}

// Whether somebody else's commands wait here, of those whose names begin alike.
export function othersWait(beginning, own) {
  const isOthers = (name) => name !== own && !name.startsWith(own + SEPARATOR);
  return names(beginning).some(
    (name) => isOthers(name) && (name.includes(SEPARATOR) || read(stored().getItem(name))?.length > 0),
  );
}

function stored() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function names(beginning) {
  return Object.keys(stored() ?? {}).filter((name) => name.startsWith(beginning));
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
