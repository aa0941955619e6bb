// What this browser keeps for us. It may be forbidden, and there may be no room: then nothing is there, nothing is kept,
// and whoever asks is told so. No other script touches the storage of the browser.

class Shelf {
  #name;

  constructor(name) {
    this.#name = name;
  }

  // What was kept under a name; null if nothing was, or if nothing may be read.
  read(name) {
    return parsed(this.text(name));
  }

  text(name) {
    return this.#tried((storage) => storage.getItem(name)) ?? null;
  }

  // Both return whether it is kept now.
  keep(name, value) {
    return this.keepText(name, JSON.stringify(value));
  }

  keepText(name, text) {
    const kept = (storage) => {
      storage.setItem(name, text);
      return true;
    };
    return this.#tried(kept) ?? false;
  }

  drop(name) {
    this.#tried((storage) => storage.removeItem(name));
  }

  names(beginning) {
    return this.#tried((storage) => Object.keys(storage).filter((name) => name.startsWith(beginning))) ?? [];
  }

  // Whether anything more is kept at this moment: not where it is forbidden, and not where there is no room.
  get hasRoom() {
    const isKept = this.keepText("kaimen.room", "-".repeat(1024));
    this.drop("kaimen.room");
    return isKept;
  }

  // `changed(name, value or null)`: another page of this browser has kept something, or dropped it.
  watch(changed) {
    window.addEventListener("storage", ({ storageArea, key, newValue }) => {
      if (key !== null && storageArea === this.#tried((storage) => storage)) changed(key, parsed(newValue));
    });
  }

  #tried(what) {
    try {
      return what(window[this.#name]);
    } catch {
      return undefined;
    }
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

// For all pages, and for as long as the browser keeps anything; and for one page, until it is closed.
export const onDevice = new Shelf("localStorage");
export const inTab = new Shelf("sessionStorage");
