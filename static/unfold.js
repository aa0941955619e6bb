// On paper nobody can unfold anything: what is folded is printed open, and folded again on the screen.

let unfolded = [];

window.addEventListener("beforeprint", () => {
  const folded = [...document.querySelectorAll("details:not([open])")];
  for (const each of folded) each.open = true;
  unfolded.push(...folded);
});
window.addEventListener("afterprint", () => {
  for (const each of unfolded) each.open = false;
  unfolded = [];
});
