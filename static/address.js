// <k-address path="/demo/record">: where that is, as this browser reaches the server. Said in a shadow tree, out of reach
// of a morph.

class Address extends HTMLElement {
  constructor() {
    super();
    this.attachShadow({ mode: "open" });
  }

  connectedCallback() {
    this.shadowRoot.textContent = location.host + this.getAttribute("path");
  }
}

customElements.define("k-address", Address);
