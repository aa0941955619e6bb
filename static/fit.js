// The stage of a display is made smaller until all of it is on the screen: nobody can scroll a projector.

const SMALLEST = 0.4;
const STEP = 0.04;

const frame = document.querySelector("body.hall main");

const overflows = (stage) => stage.scrollHeight > stage.clientHeight + 1 || stage.scrollWidth > stage.clientWidth + 1;

// On the frame and not on the stage, which every push brings anew.
const fit = () => {
  const stage = document.getElementById("hall-stage");
  let size = 1;
  frame.style.removeProperty("--fit");
  while (overflows(stage) && size > SMALLEST) {
    size -= STEP;
    frame.style.setProperty("--fit", size.toFixed(2));
  }
};

if (frame) {
  fit();
  document.addEventListener("htmx:after:swap", fit);
  addEventListener("resize", fit);
  document.fonts.ready.then(fit);
}
