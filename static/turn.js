// Pages of comments on a display turn by themselves, by this display's own clock: nothing ticks over the wire.

import { fit } from "./fit.js";

const EVERY = 12_000;
const PLACES = ["hall-stage", "hall-comments", "lower-third"];

const turned = new Map();

function pagesOf(place) {
  return [...document.querySelectorAll(`#${place} [data-page]`)];
}

function show(place, at) {
  for (const [number, page] of pagesOf(place).entries()) page.hidden = number !== at;
  const dots = document.querySelectorAll(`#${place} .leaves i`);
  for (const [number, dot] of dots.entries()) dot.classList.toggle("here", number === at);
}

// What is new begins with its first page; what stands as it was stays where it had been turned to.
function look() {
  for (const place of PLACES) {
    const pages = pagesOf(place);
    if (pages.length < 2 && !turned.has(place)) continue;
    const text = pages.map((page) => page.textContent).join("\f");
    const before = turned.get(place);
    if (before?.text === text) {
      show(place, before.at);
      continue;
    }
    clearInterval(before?.timer);
    const now = { text, at: 0, timer: null };
    if (pages.length > 1) now.timer = setInterval(() => turn(place, now, pages.length), EVERY);
    turned.set(place, now);
    show(place, 0);
  }
  if (turned.size) fit();
}

function turn(place, now, number) {
  now.at = (now.at + 1) % number;
  show(place, now.at);
  fit();
}

if (PLACES.some((place) => document.getElementById(place))) {
  look();
  document.addEventListener("htmx:after:swap", look);
}
