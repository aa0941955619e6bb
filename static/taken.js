// For five seconds after a step: what has been done, and the way back, over a bar that runs out.

import { serverNow } from "./clock.js";

const SHOWN_FOR = 5000;
let shown = "";

function show() {
  const note = document.getElementById("step-taken");
  if (!note || note.dataset.step === shown) return;
  shown = note.dataset.step;
  const left = SHOWN_FOR - (serverNow() - Number(note.dataset.at));
  if (left <= 0) return; // a page that was opened later, or a step that has come to the front again
  const timing = { duration: left };
  note.animate({ opacity: [1, 1] }, timing); // gone at once: half faded it could not be read
  note.querySelector("i").animate({ scale: [`${left / SHOWN_FOR} 1`, "0 1"] }, timing);
}

document.addEventListener("htmx:after:swap", show);
show();
