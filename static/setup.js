// The set-up pages: drag rows, keep what is typed from being lost, put the cursor where it belongs. All of it is
// convenience: the pages work without a script, by the buttons of the form.

const form = () => document.getElementById("sheet");

function markChanged() {
  const sheet = form();
  sheet.dataset.changed = "";
  const said = sheet.querySelector(".unsaved");
  if (said) said.hidden = false;
  sheet.querySelector(".saved")?.remove();
}

document.addEventListener("input", (event) => {
  if (event.target.form === form()) markChanged();
});

let isLeavingOnPurpose = false;

document.addEventListener("submit", (event) => {
  if (event.target === form() && !event.defaultPrevented) isLeavingOnPurpose = true;
});

window.addEventListener("beforeunload", (event) => {
  if (!isLeavingOnPurpose && form() && "changed" in form().dataset) event.preventDefault();
});

window.addEventListener("pageshow", () => (isLeavingOnPurpose = false));

// The up and down buttons keep the keyboard: after a move the same button has the cursor again.
let lastPressed = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[name=do]");
  lastPressed = button ? { value: button.value, list: button.closest("ol")?.id } : null;
});

function putCursor() {
  const wanted = form()?.querySelector("[autofocus]");
  const pressed = lastPressed && form()?.querySelector(`button[name=do][value="${CSS.escape(lastPressed.value)}"]`);
  if (wanted && lastPressed?.value.startsWith("add")) wanted.focus();
  else if (pressed) pressed.focus({ preventScroll: true });
  else if (lastPressed?.list) document.getElementById(lastPressed.list)?.querySelector("input, select, button")?.focus();
}

function makeSortable() {
  if (!window.Sortable) return;
  for (const list of document.querySelectorAll("[data-sortable]")) {
    if (window.Sortable.get(list)) continue;
    window.Sortable.create(list, {
      handle: ".handle",
      draggable: ".row",
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 150,
      onEnd: () => {
        markChanged();
        form().dispatchEvent(new CustomEvent("kaimen:sorted", { bubbles: true }));
      },
    });
  }
}

document.addEventListener("htmx:after:swap", () => {
  makeSortable();
  putCursor();
});

// What the server declined is shown as a page: the form goes the ordinary way.
document.addEventListener("htmx:response:error", (event) => {
  const source = event.target.closest?.("button[name=do]");
  if (source?.form) {
    isLeavingOnPurpose = true;
    source.removeAttribute("hx-post");
    source.form.requestSubmit(source);
  }
});

makeSortable();
