// A calendar beside a field for a day. It writes into the field what a hand would; the field takes a day however it is
// typed or pasted, and keeps what is none, which a browser's own field for dates gives away without a word.

const A_DAY = /^\d{4}-\d{2}-\d{2}$/;
let picker = null;

if ("showPicker" in HTMLInputElement.prototype) document.documentElement.classList.add("has-calendar");

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.calendar");
  if (button) show(button, button.parentElement.querySelector("input[type=text]"));
});

function show(button, field) {
  picker?.remove();
  picker = document.createElement("input");
  picker.type = "date";
  picker.className = "picker";
  picker.tabIndex = -1;
  picker.setAttribute("aria-hidden", "true");
  const typed = field.value.trim();
  if (A_DAY.test(typed)) picker.value = typed;
  picker.addEventListener("input", (event) => event.stopPropagation());
  picker.addEventListener("change", (event) => {
    event.stopPropagation();
    write(field, event.target.value);
  });
  button.after(picker);
  try {
    picker.showPicker();
  } catch (_notAllowed) {
    field.focus();
  }
}

// To be wiped out in the calendar is no choice: what is typed stays. The cursor goes nowhere, for some calendars tell of
// each month that is passed on the way to a day, and close as soon as they lose it.
function write(field, day) {
  if (!day) return;
  field.value = day;
  for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
}
