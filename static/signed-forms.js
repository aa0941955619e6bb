// What is signed for by finger in a form: the drawing goes with it, and nothing goes unsigned. `data-signs` says what it is
// that is signed: what was drawn for something else does not stand there again.

import { SignatureField } from "./signature.js";

export function takeSignatures() {
  for (const form of document.querySelectorAll("form[data-signs]")) {
    const button = form.querySelector("button.primary");
    const { unsigned } = button.dataset;
    const signs = button.textContent;
    const field = new SignatureField(form.querySelector(".signature"), () => {
      button.disabled = !field.isSigned;
      button.textContent = field.isSigned ? signs : unsigned;
      form.elements.strokes.value = JSON.stringify(field.strokes);
    });
    field.open(`kaimen.signing.${location.pathname}.${form.dataset.signs.split(" ", 1)}`, form.dataset.signs);
  }
}
