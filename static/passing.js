// What stands on a display for a while only: <k-passing since="…" lasts="…">, by the server's clock. Whoever comes later
// sees what is left of its time, and after it nothing. Without `since` it stays. Whether it is there is said on the frame
// (data-passing), which no morph touches; how it comes and goes is the style sheet's.

import { serverNow } from "./clock.js";

const frame = document.querySelector("main");

class Passing extends HTMLElement {
  static observedAttributes = ["since", "lasts"];
  #timer = null;

  connectedCallback() {
    this.#look();
  }

  disconnectedCallback() {
    clearTimeout(this.#timer);
    delete frame.dataset.passing;
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#look();
  }

  #look() {
    clearTimeout(this.#timer);
    const begins = Number(this.getAttribute("since") ?? 0);
    const ends = this.hasAttribute("since") ? begins + Number(this.getAttribute("lasts")) : Number.POSITIVE_INFINITY;
    const now = serverNow();
    frame.dataset.passing = begins <= now && now < ends ? "yes" : "no";
    const next = [begins, ends].find((each) => each > now);
    if (Number.isFinite(next)) this.#timer = setTimeout(() => this.#look(), next - now + 5);
  }
}

customElements.define("k-passing", Passing);
