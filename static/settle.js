// One rule for every hand: what has just appeared, changed or moved under a finger or a key takes nothing for a while, and
// a held key never acts twice. While it takes nothing it is aria-disabled and looks it (data-settling). Every page with
// something to press has this script, from its first picture on.

const REST = [
  [".pad", 450],
  ["button.next", 900],
  ["button, a[data-look], a.button", 700],
];
const WATCHED = REST.map(([selector]) => selector).join(", ");
const MOVED = 8;
// What says nothing about which button this is.
const PASSING = new Set(["aria-busy", "aria-disabled", "aria-expanded", "aria-pressed", "class", "style"]);
const isPassing = (name) => PASSING.has(name) || name === "data-settling" || name === "data-htmx-powered";

const known = new WeakMap();
const timers = new WeakMap();
let hasBegun = false;
let isDue = false;

// What an element does, and where it stands: in the window, and on a page that may have been scrolled meanwhile.
export function seen(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (!width || !height || !isVisible(element)) return null;
  const does = [...element.attributes]
    .filter(({ name }) => !isPassing(name))
    .map(({ name, value }) => `${name}=${value}`);
  let [across, down] = [left, top];
  for (let around = element.parentElement; around; around = around.parentElement) {
    across += around.scrollLeft;
    down += around.scrollTop;
  }
  return { does: [...does.sort(), ...asks(element.form)].join(" "), left, top, across, down };
}

// Older browsers are asked for the one of its two ways to be unseen that still takes room.
function isVisible(element) {
  if (element.checkVisibility) return element.checkVisibility({ visibilityProperty: true });
  return getComputedStyle(element).visibility === "visible";
}

// A form's button asks for what its form asks for: the third lot is not the second one.
function asks(form) {
  return form ? ["data-do", "data-with", "action"].map((name) => form.getAttribute(name)) : [];
}

function isNew(before, now, isResized) {
  if (!before || before.does !== now.does) return true;
  if (isResized) return false;
  const inWindow = Math.hypot(now.left - before.left, now.top - before.top);
  const onPage = Math.hypot(now.across - before.across, now.down - before.down);
  return Math.min(inWindow, onPage) > MOVED;
}

function look(isResized = false) {
  isDue = false;
  const isCovered = document.querySelector("dialog[open]") !== null;
  for (const element of document.querySelectorAll(WATCHED)) {
    // A pad settles as a whole.
    if (element.parentElement.closest(".pad")) continue;
    const now = isCovered && !element.closest("dialog") ? null : seen(element);
    const before = known.get(element);
    known.set(element, now);
    if (now && hasBegun && isNew(before, now, isResized)) rest(element);
  }
  hasBegun = true;
}

// For its usual time, or for as long as somebody knows better.
export function rest(element, time = restOf(element)) {
  clearTimeout(timers.get(element));
  element.dataset.settling = "";
  element.setAttribute("aria-disabled", "true");
  for (const animation of element.getAnimations ? element.getAnimations() : []) animation.currentTime = 0;
  timers.set(
    element,
    setTimeout(() => wake(element), time),
  );
}

// Where a key was pressed and a script has put the cursor back, nothing is new to that hand.
export function isStillThere(element) {
  known.set(element, seen(element));
  clearTimeout(timers.get(element));
  wake(element);
}

// Whether it has been there for a while, as far as it is there.
export function hasSettled(element) {
  if (isDue) look();
  return !element.closest("[data-settling]");
}

function restOf(element) {
  return REST.find(([selector]) => element.matches(selector))[1];
}

function wake(element) {
  element.removeAttribute("data-settling");
  element.removeAttribute("aria-disabled");
}

function lookSoon(records) {
  if (isDue || records.every(({ attributeName }) => attributeName && isPassing(attributeName))) return;
  isDue = true;
  requestAnimationFrame(() => isDue && look());
}

// What opens beside a button is new, and nothing else tells of it.
document.addEventListener("beforetoggle", () => lookSoon([{}]), true);

// Enter in a line of a form presses the form's button from afar: nobody has a finger on it, and what was typed there is
// meant. Where nothing was typed yet it is the second of two presses, of which the first has opened the form; then it only
// asks for what is missing.
let typedIn = null;

function isTypedIn(form) {
  typedIn = form;
}

document.addEventListener("input", ({ target }) => isTypedIn(target.form), true);
document.addEventListener("close", () => isTypedIn(null), true);

function isByEnterInALine({ detail, target: { form } }) {
  const typing = document.activeElement;
  if (detail !== 0 || !form || !typing || !typing.matches("input") || typing.form !== form) return false;
  return form === typedIn || [...form.querySelectorAll("[data-empty]")].some(({ value }) => !value.trim());
}

// The second tap of two in one place, when something else stands there by then: a link, a tick or a choice as well.
const BOUNCES_FOR = 450;
const NEAR = 24;
const PRESSED = "button, a, summary, label, select, input[type=checkbox], input[type=radio]";
let last = null;

function isBounce(event) {
  if (!event.detail) return false;
  const [at, pressed] = [performance.now(), pressedBy(event)];
  const isSoon = last && at - last.at < BOUNCES_FOR;
  const isElsewhere =
    isSoon && pressed !== last.pressed && Math.hypot(event.clientX - last.x, event.clientY - last.y) <= NEAR;
  last = { at, x: event.clientX, y: event.clientY, pressed: isElsewhere ? last.pressed : pressed };
  return isElsewhere && pressed !== null;
}

function pressedBy({ target }) {
  const pressed = target.closest(PRESSED);
  return (pressed && pressed.control) || pressed;
}

document.addEventListener(
  "click",
  (event) => {
    if (isDue) look();
    const bounces = isBounce(event);
    if (bounces || (event.target.closest("[data-settling]") && !isByEnterInALine(event))) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const big = event.target.closest("button.next");
    // Before the answer: a clicker's button bounces faster.
    if (big) rest(big);
  },
  true,
);

document.addEventListener(
  "keydown",
  (event) => {
    if (event.repeat && event.key === "Enter" && !event.target.closest("textarea")) event.preventDefault();
  },
  true,
);

// A window of another size moves everything, under no finger; what has appeared with it is new all the same, as when a
// dialog brings up a tablet's keyboard.
window.addEventListener("resize", () => look(true));

// Whether a press on a page of ours has brought this one: then there is a finger on it, which may come down once more.
// What a page opens with otherwise has been there before the hand.
function isBroughtByAPress() {
  const [{ type } = { type: "navigate" }] = performance.getEntriesByType("navigation");
  return type !== "navigate" || document.referrer.startsWith(`${location.origin}/`);
}

function begin() {
  hasBegun = isBroughtByAPress();
  look();
  new MutationObserver(lookSoon).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}

hasBegun = isBroughtByAPress();
look();

if (document.readyState === "complete") begin();
else window.addEventListener("load", begin, { once: true });
