// Which device this is: an id of its own making, the same for all its pages as long as the browser keeps anything.

import { newId } from "./ids.js";
import { onDevice } from "./storage.js";

const NAME = "kaimen.device";
const COOKIE = "kaimen-device";
const A_YEAR = 365 * 24 * 3600;

function inCookie() {
  return document.cookie.match(new RegExp(`(?:^|; )${COOKIE}=([A-Za-z0-9_-]{8,64})(?:;|$)`))?.[1] ?? null;
}

export const device = onDevice.text(NAME) ?? inCookie() ?? newId(6);

onDevice.keepText(NAME, device); // where it is not kept the cookie is the only copy
// So that the server paints the next page for this device before any script runs.
// biome-ignore lint/suspicious/noDocumentCookie: the other way needs a secure context, which plain http in a hall is not
document.cookie = `${COOKIE}=${device}; path=/; max-age=${A_YEAR}; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
