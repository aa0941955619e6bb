// What every page can do: its words, and dialogs that ask.

export const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

// Fill the {names} of a sentence.
export function say(name, facts = {}) {
  return words[name].replace(/\{(\w+)\}/g, (_, fact) => facts[fact] ?? "");
}

export function show(element, text) {
  element.textContent = text;
  element.hidden = !text;
}

const questions = new WeakMap();

// Ask in words. Resolves with null (no), or with the fields of the dialog's form (yes). One question after the other: a
// yes never answers what has come meanwhile.
export function ask(dialog, sentence, confirmLabel = null) {
  const answer = (questions.get(dialog) ?? Promise.resolve()).then(() => askNow(dialog, sentence, confirmLabel));
  questions.set(dialog, answer);
  return answer;
}

function askNow(dialog, sentence, confirmLabel) {
  dialog.querySelector("[data-sentence]").textContent = sentence;
  if (confirmLabel) dialog.querySelector("[value=yes]").textContent = confirmLabel;
  dialog.returnValue = "";
  dialog.showModal();
  dialog.scrollTop = 0; // a long one begins with what it asks about, wherever the cursor is
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        const isYes = dialog.returnValue === "yes";
        resolve(isYes ? Object.fromEntries(new FormData(dialog.querySelector("form"))) : null);
      },
      { once: true },
    );
  });
}

let toastTimer;

// One sentence at the bottom of the page, read out; it goes by itself, or when it is touched.
export function toast(text) {
  const element = document.getElementById("toast");
  if (!element) return; // a display, to which nobody comes close
  show(element, text);
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => show(element, ""), 9000);
}

document.getElementById("toast")?.addEventListener("click", (event) => show(event.currentTarget, ""));
