// Those who sign a result, each in a form of their own: what is drawn goes with the form, and nothing goes unsigned.

import { SignatureField } from "./signature.js";

for (const form of document.querySelectorAll("form[data-signs]")) {
  const button = form.querySelector("button.primary");
  const { task, seen, strokes } = form.elements;
  const field = new SignatureField(form.querySelector(".signature"), () => {
    button.disabled = !field.isSigned;
    strokes.value = JSON.stringify(field.strokes);
  });
  field.open(`kaimen.signing.${location.pathname}.${task.value}`, seen.value);
}
