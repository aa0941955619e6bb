// A display shows what it shows whole: nobody can scroll a projector. The stage is made smaller until all of it is on the
// screen, a page of comments larger as long as it is; the message to the speaker and the words to say get the letters that
// they have room for.

const SMALLEST = 0.3;
const STEP = 0.04;
const WHOLE_WORDS = 0.45;
const LARGEST_WORDS = 2.6;
const SMALLEST_WORDS = 0.2;
// What people have said is set larger than it must be, as far as there is room.
const LARGEST = { comments: 2.2, comment: 2.32, question: 2.32, summing_up: 1.8, promises: 1.8 };

const hall = document.querySelector("body.hall main");
const timer = document.querySelector("body.timer main");
const prompt = document.querySelector("body.prompt main");

const overflows = (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1;

// On the frame and not on what is in it, which every push brings anew. Words stay whole down to letters that a hall can
// read; one that is too long for that is broken.
function fitInto(frame, box, property, largest = 1, smallest = SMALLEST) {
  const wrap = `${property}-wrap`;
  frame.style.removeProperty(wrap);
  if (shrunk(frame, box, property, largest, smallest) >= WHOLE_WORDS) return;
  frame.style.setProperty(wrap, "anywhere");
  shrunk(frame, box, property, largest, smallest);
}

function shrunk(frame, box, property, largest, smallest) {
  let size = largest;
  const set = () => frame.style.setProperty(property, size.toFixed(2));
  frame.style.removeProperty(property);
  if (largest > 1) set();
  while (overflows(box) && size > smallest) {
    size -= STEP;
    set();
  }
  return size;
}

export function fit() {
  if (timer) fitInto(timer, document.getElementById("timer-message"), "--fit");
  if (prompt) fitInto(prompt, document.getElementById("prompt-words"), "--fit", LARGEST_WORDS, SMALLEST_WORDS);
  if (!hall) return;
  const stage = document.getElementById("hall-stage");
  fitInto(hall, stage, "--fit", LARGEST[stage.dataset.scene]);
  fitInto(hall, document.getElementById("hall-comments"), "--fit-beside");
}

if (hall || timer || prompt) {
  fit();
  document.addEventListener("htmx:after:swap", fit);
  addEventListener("resize", fit);
  document.fonts.ready.then(fit);
}
