// Keep the screen on. Browsers allow it on secure pages only (https, or this very machine); where not, it is said.

let lock = null;

export async function stayAwake() {
  document.documentElement.dataset.awake = (await request()) ? "yes" : "no";
  document.addEventListener("visibilitychange", () => document.hidden || request());
}

async function request() {
  try {
    lock = await navigator.wakeLock.request("screen");
    return true;
  } catch {
    return false;
  }
}
