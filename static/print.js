// Pages that are there to be printed: the button, and labels that are made smaller until they are whole.

const SMALLEST = 0.2;
const STEP = 0.02;

const isCut = (label) => label.scrollHeight > label.clientHeight + 1 || label.scrollWidth > label.clientWidth + 1;

// What is cut is measured in one go for all, so that a hundred cards cost no more than the longest of them.
function makeWhole() {
  let cut = [...document.querySelectorAll("[data-whole]")].filter(isCut);
  for (let size = 1 - STEP; cut.length && size >= SMALLEST; size -= STEP) {
    for (const label of cut) label.style.setProperty("--whole", size.toFixed(2));
    cut = cut.filter(isCut);
  }
}

makeWhole();
document.fonts.ready.then(makeWhole);
document.querySelector("[data-print]").addEventListener("click", () => window.print());
