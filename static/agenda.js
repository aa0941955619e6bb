// The agenda on the console scrolls by itself to what is on now, and not under a hand that has just scrolled it.

const HANDS_OFF_FOR = 15_000;
const rows = () => document.getElementById("agenda-rows");
let shown = null;
let touchedAt = -HANDS_OFF_FOR;

function isTouched({ target }) {
  if (rows()?.contains(target)) touchedAt = performance.now();
}

for (const kind of ["wheel", "touchmove", "pointerdown", "keydown"]) {
  document.addEventListener(kind, isTouched, { passive: true });
}

function keepNowInTheMiddle({ behavior }) {
  const now = rows()?.querySelector("[aria-current]");
  if (!now || now.id === shown || performance.now() - touchedAt < HANDS_OFF_FOR) return;
  shown = now.id;
  const top = now.offsetTop + now.offsetHeight / 2 - rows().clientHeight / 2;
  rows().scrollTo({ top, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : behavior });
}

document.addEventListener("htmx:after:swap", () => keepNowInTheMiddle({ behavior: "smooth" }));
keepNowInTheMiddle({ behavior: "instant" });
