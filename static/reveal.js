// A result that is being shown moves: the sheets turn and settle, what is dropped sinks, the score rolls up, the grade is
// stamped. Only what a push brings moves, and only if it was shown a moment ago: a page that is opened, or comes back to the
// net, stands as it is at once. The page is whole from the first moment; here is only said when each part comes to life
// (data-plays and --…-at on <main>), and how the sheets go, whose places nobody knows before they are laid out.

import { serverNow } from "./clock.js";
import { tell } from "./events.js";

const LASTS = { spread: 2100, trimmed: 1300, score: 2000, grade: 900 };
const IS_NEW_FOR = 10_000;
const TURNS_WITHIN = 1200;
const BETWEEN_TURNS = 80;
const TURN = 340;
const SETTLE = 500;

const main = document.querySelector("body.hall main");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const NOTHING = { round: "", steps: [], at: 0 };
const FADE = 300;

let known = NOTHING;
let latest = 0;
let plays = [];
let ends = 0;

function shown() {
  const result = document.querySelector("#hall-stage .result");
  if (!result) return NOTHING;
  const { round, steps, at } = result.dataset;
  return { round, steps: steps.split(" "), at: Number(at) };
}

function look() {
  const now = shown();
  const before = now.round === known.round ? known.steps : [];
  const added = now.steps.filter((step) => !before.includes(step));
  const isTakenBack = before.some((step) => !now.steps.includes(step));
  if (now.round !== known.round || isTakenBack) stand();
  if (now.round && now.round !== known.round) fadeIn();
  const isNew = now.at > latest && serverNow() - now.at < IS_NEW_FOR;
  known = now;
  latest = Math.max(latest, now.at);
  if (added.length && !isTakenBack && isNew) play(added);
}

function fadeIn() {
  document.getElementById("hall-stage").animate({ opacity: [0, 1] }, FADE);
  ends = performance.now() + FADE;
}

function stand() {
  plays = [];
  ends = 0;
  delete main.dataset.plays;
}

// One after the other, also where a step comes before the one ahead of it has come to its end.
function play(steps) {
  for (const step of steps) {
    const wait = Math.max(ends - performance.now(), 0);
    ends = performance.now() + wait + LASTS[step];
    plays.push(step);
    main.style.setProperty(`--${step}-at`, `${Math.round(wait)}ms`);
    main.dataset.plays = plays.join(" ");
    if (!calm.matches) SHEETS[step]?.(wait);
    tell("revealed", { step, wait });
  }
}

// --- the sheets -------------------------------------------------------------------------------------------------------

const SHEETS = { spread: turnAndSettle, trimmed: slideTogether };

function placesOf(sheets) {
  return sheets.map((each) => each.getBoundingClientRect());
}

function untrimmed(sheets) {
  main.dataset.untrimmed = "";
  const places = placesOf(sheets);
  delete main.dataset.untrimmed;
  return places;
}

// They lie face down in no order, turn one after the other, and then go to their places.
function turnAndSettle(wait) {
  const sheets = [...main.querySelectorAll(".sheets:not(.closed) > .sheet")];
  const places = untrimmed(sheets);
  const between = Math.min(BETWEEN_TURNS, TURNS_WITHIN / sheets.length);
  const turned = wait + sheets.length * between + TURN;
  const whole = turned + SETTLE;
  for (const [at, other] of shuffled(sheets.length).entries()) {
    const away = `${places[other].x - places[at].x}px ${places[other].y - places[at].y}px`;
    const begins = wait + other * between;
    const offset = (time) => time / whole;
    const how = { duration: whole, fill: "backwards" };
    sheets[at].animate(
      [
        { translate: away, scale: "1 1", offset: 0 },
        { translate: away, scale: "1 1", offset: offset(begins), easing: "ease-in" },
        { translate: away, scale: "0 1", offset: offset(begins + TURN / 2), easing: "ease-out" },
        { translate: away, scale: "1 1", offset: offset(begins + TURN) },
        { translate: away, scale: "1 1", offset: offset(turned), easing: "cubic-bezier(0.4, 0, 0.2, 1)" },
        { translate: "0 0", scale: "1 1", offset: 1 },
      ],
      how,
    );
    const back = { duration: begins + TURN / 2, easing: "steps(1, end)", pseudoElement: "::before" };
    sheets[at].animate({ opacity: [1, 0] }, back);
  }
}

// No order that says anything: the same for every display, whatever is on the sheets.
function shuffled(number) {
  const order = [...Array(number).keys()];
  return order.sort((one, other) => ((one * 7 + 3) % 11) - ((other * 7 + 3) % 11) || one - other);
}

function slideTogether(wait) {
  const sheets = [...main.querySelectorAll(".sheets:not(.closed) > .sheet")];
  const before = untrimmed(sheets);
  for (const [at, place] of placesOf(sheets).entries()) {
    const away = `translate(${before[at].x - place.x}px, ${before[at].y - place.y}px)`;
    const delay = wait + ("dropped" in sheets[at].dataset ? 0 : 700);
    sheets[at].animate([{ transform: away }, { transform: "none" }], {
      duration: 500,
      delay,
      easing: "cubic-bezier(0.4, 0, 0.2, 1)",
      fill: "backwards",
    });
  }
}

if (main) {
  known = shown();
  latest = known.at;
  document.addEventListener("htmx:after:swap", look);
}
