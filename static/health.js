// How this device is, said to the server as it connects and when something has changed: never more often than every
// fifteen seconds, and never again what has been said already.

import { measured } from "./clock.js";
import { wakeLock } from "./awake.js";
import { hear } from "./events.js";
import { isConnected, send } from "./wire.js";

const AT_MOST_EVERY = 15_000;
const SETTLES_AFTER = 2_000;
const FIRST_AFTER = 1_000;
const ROUGHLY = 10;
const CLOCK_ROUGHLY = 10_000;

// `unsent`: a function that counts what this page has not been able to send.
export function reportHealth(unsent = () => 0) {
  let said = "";
  let saidAt = -AT_MOST_EVERY;
  let timer = null;

  function report() {
    timer = null;
    const health = JSON.stringify(healthNow(unsent()));
    if (!isConnected() || health === said) return;
    said = health;
    saidAt = performance.now();
    send({ do: "report_device", ...JSON.parse(health) });
  }

  function later() {
    timer ??= setTimeout(report, Math.max(SETTLES_AFTER, saidAt + AT_MOST_EVERY - performance.now()));
  }

  hear("connection", () => {
    said = "";
    saidAt = -AT_MOST_EVERY;
    clearTimeout(timer);
    timer = null;
  });
  // The first answer about the clock follows every connection; a moment later the wake lock is decided, too.
  hear("clock", () => {
    if (said === "") timer ??= setTimeout(report, FIRST_AFTER);
    else later();
  });
  document.addEventListener("visibilitychange", later);
  hear("awake", later);
  hear("unsent", later);
  window.addEventListener("resize", later);
}

function healthNow(unsent) {
  const { roundTrip, clockOffset } = measured();
  return {
    unsent,
    round_trip: roughly(roundTrip, ROUGHLY),
    clock_offset: roughly(clockOffset, CLOCK_ROUGHLY),
    wake_lock: wakeLock(),
    width: window.innerWidth,
    height: window.innerHeight,
    is_visible: !document.hidden,
  };
}

function roughly(milliseconds, step) {
  return milliseconds === null ? null : Math.round(milliseconds / step) * step;
}
