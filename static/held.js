// What a finger or a mouse came down on. If it moves away before it is let go, as when a field loses the cursor to the
// press, or others make a list longer, browsers give the press to whatever is around both places, or a finger's to what
// has come under it. It was meant for what it came down on, if that is still there and does the same. Phones of the
// audience go without.

import { hasSettled, isStillThere, seen } from "./settle.js";

// A hand that is drawn further away has thought better of it.
const NEAR = 8;
let held = null;

window.addEventListener(
  "pointerdown",
  ({ target, isPrimary, clientX, clientY }) => {
    const pressed = target.closest("button, a[href], summary");
    const now = pressed && isPrimary && hasSettled(pressed) ? seen(pressed) : null;
    held = now && { pressed, does: now.does, x: clientX, y: clientY };
  },
  true,
);

// Before anybody else is told of a press.
window.addEventListener(
  "click",
  (event) => {
    const { detail, clientX, clientY } = event;
    const pressed = missedBy(event);
    if (detail) {
      if (isMovedBeneath(event)) isStillThere(held.pressed);
      held = null;
    }
    if (!pressed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    isStillThere(pressed);
    const press = { bubbles: true, cancelable: true, composed: true, detail, clientX, clientY };
    pressed.dispatchEvent(new MouseEvent("click", press));
  },
  true,
);

// Moved, but not away from under the finger: new to nobody who had come down on it.
function isMovedBeneath({ target }) {
  return held?.pressed.contains(target) && seen(held.pressed)?.does === held.does;
}

function missedBy({ detail, target, clientX, clientY }) {
  if (!detail || !held || held.pressed.contains(target)) return null;
  if (Math.hypot(clientX - held.x, clientY - held.y) > NEAR) return null;
  const dialog = document.querySelector("dialog[open]");
  const now = dialog && !dialog.contains(held.pressed) ? null : seen(held.pressed);
  return now?.does === held.does ? held.pressed : null;
}
