// A field to sign in: by finger, pen or mouse. What is drawn is kept as strokes, each as x and y of its points in turn, in
// whole numbers. How large the field is in them, how many the server takes and from what on it is signed says the page
// (templates/parts/signature.html). Who cannot draw, or will not, says so by the box beside it, and signs on paper.

import { inTab } from "./storage.js";

// Points nearer than that to the one before say nothing more.
const NEAR = 4;
const FLASH = 900;

export class SignatureField {
  #strokes = [];
  // Which pointer draws, and whether it is a pen: where one comes down, the hand that rests there was not meant.
  #pointer = null;
  #isPen = false;
  #name = "";
  #of = "";

  // `changed`: called when it has become signed, or is so no more.
  constructor(element, changed) {
    this.element = element;
    this.changed = changed;
    this.picture = element.querySelector("svg");
    const { mostStrokes, mostNumbers, leastInk } = element.dataset;
    this.most = { strokes: Number(mostStrokes), numbers: Number(mostNumbers) };
    this.leastInk = Number(leastInk);
    this.ink = element.querySelector("path");
    this.onPaper = element.querySelector("input[type=checkbox]");
    this.picture.addEventListener("pointerdown", (event) => this.#begin(event));
    this.picture.addEventListener("pointermove", (event) => this.#go(event));
    // An iPad takes quick strokes of its pencil for handwriting (Scribble), and keeps them, unless their touches are refused.
    for (const touch of ["touchstart", "touchmove"])
      this.picture.addEventListener(touch, (event) => event.preventDefault(), { passive: false });
    for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
      this.picture.addEventListener(end, (event) => this.#end(event));
    element.querySelector("[data-clears]").addEventListener("click", () => this.#put([]));
    this.onPaper.addEventListener("change", () => this.#keep());
  }

  // What was drawn under this name and for this very text stands there again, after a reload as well; what was drawn for
  // another text does not.
  open(name, of) {
    const kept = inTab.read(name);
    const isSame = kept?.of === of;
    [this.#name, this.#of] = [name, of];
    this.onPaper.checked = isSame && kept.onPaper;
    this.#put(isSame ? kept.strokes : []);
  }

  get isSigned() {
    return this.onPaper.checked || inkOf(this.#strokes) >= this.leastInk;
  }

  // It comes into sight, and its frame says that it is meant.
  isAskedFor() {
    this.element.scrollIntoView({ block: "nearest", behavior: "smooth" });
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    this.picture.animate(
      [{ boxShadow: "0 0 0 0.5rem var(--amber)" }, { boxShadow: "0 0 0 0.5rem transparent" }],
      FLASH,
    );
  }

  // None, if it is signed on paper.
  get strokes() {
    return this.onPaper.checked ? [] : this.#strokes;
  }

  // The strokes, to be sent. Nothing of them stays here.
  taken() {
    const { strokes } = this;
    inTab.drop(this.#name);
    this.#strokes = [];
    this.#draw();
    return strokes;
  }

  #begin(event) {
    const isPen = event.pointerType === "pen";
    const isOfTheHand = this.#pointer !== null && isPen && !this.#isPen;
    if (isOfTheHand) this.#strokes.pop();
    if ((this.#pointer !== null && !isOfTheHand) || event.button !== 0 || !this.#hasRoom) return;
    event.preventDefault();
    if (!this.#holds(event.pointerId)) return;
    this.#pointer = event.pointerId;
    this.#isPen = isPen;
    this.#strokes.push(this.#place(event));
    this.#draw();
  }

  // Not one that was gone before it was heard of: no end of it would come, and nobody else could draw.
  #holds(pointer) {
    try {
      this.picture.setPointerCapture(pointer);
      return true;
    } catch {
      return false;
    }
  }

  #go(event) {
    if (event.pointerId !== this.#pointer) return;
    const passed = event.getCoalescedEvents?.() ?? [];
    for (const each of passed.length ? passed : [event]) this.#pass(each);
    this.#draw();
  }

  #pass(event) {
    const stroke = this.#strokes.at(-1);
    const [x, y] = this.#place(event);
    const isNear = Math.hypot(x - stroke.at(-2), y - stroke.at(-1)) < NEAR;
    if (!isNear && this.#hasRoom) stroke.push(x, y);
  }

  #end(event) {
    if (event.pointerId !== this.#pointer) return;
    this.#pointer = null;
    this.#keep();
  }

  get #hasRoom() {
    return this.#strokes.length < this.most.strokes && this.#strokes.flat().length + 2 <= this.most.numbers;
  }

  #place({ clientX, clientY }) {
    const { left, top, width, height } = this.picture.getBoundingClientRect();
    const whole = this.picture.viewBox.baseVal;
    const within = (share, most) => Math.round(Math.min(Math.max(share, 0), 1) * most);
    return [within((clientX - left) / width, whole.width), within((clientY - top) / height, whole.height)];
  }

  #put(strokes) {
    this.#strokes = strokes;
    this.#draw();
    this.#keep();
  }

  #keep() {
    inTab.keep(this.#name, { of: this.#of, strokes: this.#strokes, onPaper: this.onPaper.checked });
    this.element.dataset.signed = this.isSigned ? "yes" : "no";
    this.element.dataset.paper = this.onPaper.checked ? "yes" : "no";
    this.changed();
  }

  #draw() {
    this.ink.setAttribute("d", this.#strokes.map(pathOf).join(""));
    this.element.dataset.blank = this.#strokes.length ? "no" : "yes";
  }
}

function pathOf(stroke) {
  const points = stroke.reduce((text, number, at) => text + (at % 2 ? `,${number}` : ` ${number}`), "");
  return stroke.length > 2 ? `M${points}` : `M${points}h1`; // a dot is a line as short as can be
}

function inkOf(strokes) {
  let length = 0;
  for (const stroke of strokes)
    for (let at = 2; at < stroke.length; at += 2)
      length += Math.hypot(stroke[at] - stroke[at - 2], stroke[at + 1] - stroke[at - 1]);
  return length;
}
