// Keep the screen on. Browsers allow it on secure pages only (https, or this very machine); where not, it is said.

import { tell } from "./events.js";

let lock = null;

export async function stayAwake() {
  document.addEventListener("visibilitychange", () => document.hidden || request());
  await request();
}

// held, unavailable, refused; unasked on pages that do not ask for it.
export function wakeLock() {
  return document.documentElement.dataset.awake ?? "unasked";
}

async function request() {
  if (!("wakeLock" in navigator)) return say("unavailable");
  try {
    lock = await navigator.wakeLock.request("screen");
    lock.addEventListener("release", () => say("refused"), { once: true });
    say("held");
  } catch {
    say("refused");
  }
}

function say(state) {
  document.documentElement.dataset.awake = state;
  tell("awake", state);
}
