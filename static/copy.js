// A press copies a text of the page. Plain http has no clipboard of its own: there the text is marked and copied the
// older way, and stays marked, so that it can still be copied by hand.

function mark(text) {
  const range = document.createRange();
  range.selectNodeContents(text);
  const selection = getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text.textContent.trim());
    return true;
  } catch {
    mark(text);
    return document.execCommand("copy");
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const done = await copy(document.querySelector(button.dataset.copies));
  button.textContent = done ? button.dataset.done : button.dataset.failed;
});
