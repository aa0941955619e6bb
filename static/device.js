// Which device this is: an id of its own making, the same for all its pages as long as the browser keeps anything.

const NAME = "kaimen.device";
const COOKIE = "kaimen-device";
const A_YEAR = 365 * 24 * 3600;

function inStorage() {
  try {
    return localStorage.getItem(NAME);
  } catch {
    return null;
  }
}

function inCookie() {
  return document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=([A-Za-z0-9_-]{8,64})(?:;|$)`))?.[1] ?? null;
}

function made() {
  // crypto.randomUUID needs a secure context, which plain http in a hall is not.
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const device = inStorage() ?? inCookie() ?? made();

try {
  localStorage.setItem(NAME, device);
} catch {
  // Without storage the cookie is the only copy.
}
// So that the server paints the next page for this device before any script runs.
// biome-ignore lint/suspicious/noDocumentCookie: the other way needs a secure context, which plain http in a hall is not
document.cookie = `${COOKIE}=${device}; path=/; max-age=${A_YEAR}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
