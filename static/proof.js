// <k-proof address holds found>: what the server found when it went through the whole record, asked once the element is
// there. "{entries}" and "{seal}" in its sentences are filled in. Of a record that was not found right, or of no answer,
// nothing is said. What it says is in a shadow tree, out of reach of a morph.

class Proof extends HTMLElement {
  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    [this.verdict, this.facts] = ["verdict", "facts"].map((part) => {
      const line = document.createElement("p");
      line.setAttribute("part", part);
      return shadow.appendChild(line);
    });
  }

  async connectedCallback() {
    const answer = await fetch(this.getAttribute("address")).catch(() => null);
    if (!answer?.ok) return;
    const { entries, seal, holds } = await answer.json();
    if (!holds) return;
    const fours = seal.slice(0, 16).match(/.{4}/g).join(" ");
    const filled = (name) => this.getAttribute(name).replace("{entries}", entries).replace("{seal}", fours);
    this.verdict.textContent = filled("holds");
    this.facts.textContent = filled("found");
  }
}

customElements.define("k-proof", Proof);
