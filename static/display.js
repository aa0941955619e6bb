// A display: the screen stays awake where the browser allows it.

import "./clock.js";
import "./dial.js";
import "./fit.js";
import "./lots.js";
import "./passing.js";
import "./proof.js";
import "./scene.js";
import "./sound.js";
import "./reveal.js";
import "./turn.js";
import "./wire.js";
import { stayAwake } from "./awake.js";
import { hear } from "./events.js";
import { reportHealth } from "./health.js";

stayAwake();
reportHealth();

const IDENTIFIED_FOR = 5_000;
const identity = document.getElementById("identify");
let timer = null;

hear("identify", ({ identify }) => {
  identity.querySelector("p").textContent = identify;
  identity.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(() => {
    identity.hidden = true;
  }, IDENTIFIED_FOR);
});

// Told to be something else, or to speak another language: the page of the same address is that now.
document.addEventListener("htmx:after:swap", () => {
  const { view, language } = document.querySelector('[id$="-told"]').dataset;
  const isOther =
    (view && view !== document.body.dataset.view) || (language && language !== document.documentElement.lang);
  if (isOther) location.reload();
});
