// Lots on the display. A name that has just come out tumbles for a moment before it stands, and then takes its place.
// The name is in the page from the first moment, so that a reload shows it at once; only what a push brings moves. What
// tumbles is in a shadow tree, out of reach of a morph.

const TICK = 90;
const TUMBLE = 1700;
const BETWEEN = 400;

const calm = matchMedia("(prefers-reduced-motion: reduce)");
let fallen = [];

// <k-lot unit="court" names='["…"]'>: the lot that came out last; <k-lot unit="court" place="3">: one in its place.
class Lot extends HTMLElement {
  static observedAttributes = ["unit"];
  #timers = [];

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    this.drum = shadow.appendChild(document.createElement("span"));
    this.drum.ariaHidden = "true";
    this.name = shadow.appendChild(document.createElement("slot"));
  }

  attributeChangedCallback(_, before, unit) {
    this.#stand();
    if (before === null || before === unit || !unit || calm.matches) return;
    fallen.push(this);
    if (fallen.length === 1) queueMicrotask(takePlaces);
  }

  disconnectedCallback() {
    this.#stand();
  }

  get place() {
    return Number(this.getAttribute("place") ?? 0);
  }

  tumble() {
    const names = JSON.parse(this.getAttribute("names"));
    this.name.hidden = true;
    for (let at = 0; at * TICK < TUMBLE; at++) {
      this.#later(at * TICK, () => {
        this.drum.textContent = names[Math.floor(Math.random() * names.length)];
      });
    }
    this.#later(TUMBLE, () => this.#arrive({ transform: ["scale(1.15)", "none"] }));
  }

  wait(time) {
    this.name.hidden = true;
    this.#later(time, () => this.#arrive({ opacity: [0, 1], transform: ["translateY(0.4em)", "none"] }));
  }

  #arrive(how) {
    this.#stand();
    this.animate(how, { duration: 400, easing: "ease-out" });
  }

  #stand() {
    this.#timers.forEach(clearTimeout);
    this.#timers = [];
    this.drum.textContent = "";
    this.name.hidden = false;
  }

  #later(time, what) {
    this.#timers.push(setTimeout(what, time));
  }
}

// Of the lots that one push has brought, the big one tumbles; the places are filled after it, one after the other.
function takePlaces() {
  const lots = fallen.sort((one, other) => one.place - other.place);
  fallen = [];
  const begin = lots[0].place === 0 ? TUMBLE : 0;
  for (const [at, lot] of lots.filter((each) => each.place).entries()) lot.wait(begin + at * BETWEEN);
  if (begin) lots[0].tumble();
}

customElements.define("k-lot", Lot);
