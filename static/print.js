// The button of pages that are there to be printed.

document.querySelector("[data-print]").addEventListener("click", () => window.print());
