// What this browser keeps for us. It may be forbidden, and there may be no room: then nothing is there, nothing is kept,
// and whoever asks is told so. No other script touches the storage of the browser.

function shelf(name) {
  function tried(what) {
    try {
      return what(window[name]);
    } catch (_none) {
      return undefined;
    }
  }

  const text = (key) => {
    const found = tried((storage) => storage.getItem(key));
    return found === undefined ? null : found;
  };
  const keepText = (key, kept) =>
    tried((storage) => {
      storage.setItem(key, kept);
      return true;
    }) || false;
  const drop = (key) => tried((storage) => storage.removeItem(key));

  return {
    // What was kept under a name; null if nothing was, or if nothing may be read.
    read: (key) => parsed(text(key)),
    text,

    // Both return whether it is kept now.
    keep: (key, value) => keepText(key, JSON.stringify(value)),
    keepText,

    drop,

    names: (beginning) => tried((storage) => Object.keys(storage).filter((key) => key.startsWith(beginning))) || [],

    // Whether anything more is kept at this moment: not where it is forbidden, and not where there is no room.
    get hasRoom() {
      const isKept = keepText("kaimen.room", "-".repeat(1024));
      drop("kaimen.room");
      return isKept;
    },

    // `changed(name, value or null)`: another page of this browser has kept something, or dropped it.
    watch(changed) {
      window.addEventListener("storage", ({ storageArea, key, newValue }) => {
        if (key !== null && storageArea === tried((storage) => storage)) changed(key, parsed(newValue));
      });
    },
  };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (_none) {
    return null;
  }
}

// For all pages, and for as long as the browser keeps anything; and for one page, until it is closed.
export const onDevice = shelf("localStorage");
export const inTab = shelf("sessionStorage");
