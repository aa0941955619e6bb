// The sound of a result: a low beat under the score, and the stamp. Off until somebody who stands before this display
// presses the button, which is seen only while a mouse moves: no browser lets a page be heard before that, and no hall
// should hear what nobody asked for. It is made here; there is no file.

import { hear } from "./events.js";

const SEEN_FOR = 3_000;
const STAMPED = 0.17; // seconds after the seal begins to fall
const LANDED = 1.8; // after the score begins to roll

const root = document.documentElement;
const SOUNDS = { score: (at) => beat(at + LANDED), grade: (at) => stamp(at + STAMPED) };

let context = null;
let timer = null;

function louder(at, peak, lasts) {
  const gain = context.createGain();
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(peak, at + 0.006);
  gain.gain.exponentialRampToValueAtTime(0.001, at + lasts);
  gain.connect(context.destination);
  return gain;
}

function thump(at, from, to, peak, lasts) {
  const tone = context.createOscillator();
  tone.frequency.setValueAtTime(from, at);
  tone.frequency.exponentialRampToValueAtTime(to, at + lasts);
  tone.connect(louder(at, peak, lasts));
  tone.start(at);
  tone.stop(at + lasts);
}

// With its octave: small loudspeakers have nothing of the low tone itself.
function beat(at) {
  thump(at, 74, 38, 0.6, 0.7);
  thump(at, 148, 76, 0.25, 0.5);
}

// Rubber on paper: a short, dull knock over a thump.
function stamp(at) {
  thump(at, 130, 48, 0.65, 0.28);
  const lasts = 0.09;
  const noise = context.createBuffer(1, Math.ceil(lasts * context.sampleRate), context.sampleRate);
  const samples = noise.getChannelData(0);
  for (let each = 0; each < samples.length; each++) samples[each] = Math.random() * 2 - 1;
  const dull = Object.assign(context.createBiquadFilter(), { type: "lowpass" });
  dull.frequency.value = 1600;
  const source = Object.assign(context.createBufferSource(), { buffer: noise });
  source.connect(dull).connect(louder(at, 0.6, lasts));
  source.start(at);
}

async function turn(button) {
  if (context) {
    await context.close();
    context = null;
  } else {
    context = new AudioContext();
    stamp(context.currentTime + 0.05); // so that one hears how loud it is
  }
  button.ariaPressed = String(context !== null);
}

function offer() {
  const button = Object.assign(document.createElement("button"), { className: "sound", type: "button" });
  button.textContent = document.querySelector("main").dataset.sound;
  button.ariaPressed = "false";
  button.addEventListener("click", () => turn(button));
  document.body.append(button);
}

// A projector without a mouse has nobody who moves one.
function isNear({ movementX, movementY }) {
  if (!movementX && !movementY) return;
  root.dataset.near = "yes";
  clearTimeout(timer);
  timer = setTimeout(() => delete root.dataset.near, SEEN_FOR);
}

if (document.querySelector("body.hall") && window.top === window) {
  offer();
  document.addEventListener("pointermove", isNear);
  hear("revealed", ({ step, wait }) => context && SOUNDS[step]?.(context.currentTime + wait / 1000));
}
