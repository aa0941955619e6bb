// One rule for every hand: what has just appeared, changed or moved under a finger or a key takes nothing for a while, and
// a held key never acts twice. While it takes nothing it is aria-disabled and looks it (data-settling).

const REST = [
  [".pad", 450],
  ["button.next", 900],
  ["button, a[data-look]", 700],
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
function seen(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  if (!width || !height || !element.checkVisibility({ visibilityProperty: true })) return null;
  const does = [...element.attributes].filter(({ name }) => !isPassing(name)).map(({ name, value }) => `${name}=${value}`);
  let [across, down] = [left, top];
  for (let around = element.parentElement; around; around = around.parentElement) {
    across += around.scrollLeft;
    down += around.scrollTop;
  }
  return { does: does.sort().join(" "), left, top, across, down };
}

function isNew(before, now) {
  if (!before || before.does !== now.does) return true;
  const inWindow = Math.hypot(now.left - before.left, now.top - before.top);
  const onPage = Math.hypot(now.across - before.across, now.down - before.down);
  return Math.min(inWindow, onPage) > MOVED;
}

function look() {
  isDue = false;
  for (const element of document.querySelectorAll(WATCHED)) {
    if (element.parentElement.closest(".pad")) continue; // a pad settles as a whole
    const now = seen(element);
    const before = known.get(element);
    known.set(element, now);
    if (now && hasBegun && isNew(before, now)) rest(element);
  }
  hasBegun = true;
}

function rest(element) {
  clearTimeout(timers.get(element));
  element.dataset.settling = "";
  element.setAttribute("aria-disabled", "true");
  for (const animation of element.getAnimations()) animation.currentTime = 0;
  const [, time] = REST.find(([selector]) => element.matches(selector));
  timers.set(element, setTimeout(() => wake(element), time));
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

// Enter in a line of a form presses the form's button from afar: nobody has a finger on it, and what is typed is meant.
function isByEnterInALine({ detail, target }) {
  const typing = document.activeElement;
  return detail === 0 && target.form && typing?.matches("input") && typing.form === target.form;
}

document.addEventListener(
  "click",
  (event) => {
    if (isDue) look();
    if (event.target.closest("[data-settling]") && !isByEnterInALine(event)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const big = event.target.closest("button.next");
    if (big) rest(big); // before the answer: a clicker's button bounces faster
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

// A window of another size moves everything, under no finger.
window.addEventListener("resize", () => {
  hasBegun = false;
  look();
});

function begin() {
  look();
  new MutationObserver(lookSoon).observe(document, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}

// What a page opens with has been there before the hand.
if (document.readyState === "complete") begin();
else window.addEventListener("load", begin, { once: true });
