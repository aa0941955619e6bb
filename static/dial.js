// A clock as a shape: <k-dial shape="ring|bar|bead" limit spent since>. Ring and bar empty, a bead fills; it runs by the
// server's clock like the digits beside it. What is drawn is in a shadow tree, out of reach of a morph; colours come from
// the style sheet by part, and by data-state on the element.

import { KaimenClock } from "./clock.js";

const SVG = "http://www.w3.org/2000/svg";
const RADIUS = 46;

function drawn(kind, part, facts, parent) {
  const made = document.createElementNS(SVG, kind);
  for (const [name, value] of Object.entries({ part, ...facts })) made.setAttribute(name, value);
  return parent.appendChild(made);
}

class Dial extends KaimenClock {
  static observedAttributes = ["shape", "limit", "spent", "since", "marks", "data-state"];

  connectedCallback() {
    if (!this.hand) this.#draw();
    super.connectedCallback();
  }

  show() {
    if (!this.hand) return;
    this.remaining();
    const elapsed = this.number("limit") > 0 ? Math.min(this.elapsedTime() / this.number("limit"), 1) : 1;
    this.#fill(this.getAttribute("shape") === "bead" ? elapsed : 1 - elapsed);
    for (const mark of this.marks) this.#place(mark, mark.before / this.number("limit"));
  }

  #draw() {
    const isRing = this.getAttribute("shape") === "ring";
    const box = isRing ? "0 0 100 100" : "0 0 100 1";
    const svg = drawn(
      "svg",
      "face",
      { viewBox: box, preserveAspectRatio: isRing ? "xMidYMid" : "none" },
      this.shadowRoot,
    );
    const shape = isRing ? { cx: 50, cy: 50, r: RADIUS, pathLength: 100, fill: "none" } : { width: 100, height: 1 };
    drawn(isRing ? "circle" : "rect", "track", shape, svg);
    this.hand = drawn(isRing ? "circle" : "rect", "hand", shape, svg);
    if (isRing) this.hand.setAttribute("transform", "rotate(-90 50 50)");
    const before = (this.getAttribute("marks") ?? "").split(" ").filter(Boolean).map(Number);
    this.marks = before.map((each) => Object.assign(drawn("path", "mark", {}, svg), { before: each }));
    this.digits.remove();
  }

  #fill(share) {
    if (this.getAttribute("shape") === "ring") this.hand.setAttribute("stroke-dasharray", `${100 * share} 200`);
    else this.hand.setAttribute("width", 100 * share);
  }

  #place(mark, share) {
    const isRing = this.getAttribute("shape") === "ring";
    mark.setAttribute("d", isRing ? "M50 0.5V7.5" : `M${100 * share} 0V1`);
    if (isRing) mark.setAttribute("transform", `rotate(${360 * share} 50 50)`);
    mark.setAttribute("visibility", share < 1 ? "visible" : "hidden");
  }
}

customElements.define("k-dial", Dial);
