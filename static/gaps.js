// The words to say: a gap is put where the cursor is, the usual sentence where nothing is written yet.

function put(field, text) {
  field.focus();
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("click", ({ target }) => {
  const { gap, into, usual } = target.closest("button")?.dataset ?? {};
  if (gap) put(document.getElementById(into), gap);
  if (!usual) return;
  const field = document.getElementById(usual);
  if (!field.value.trim()) put(field, field.placeholder);
  else field.focus();
});
