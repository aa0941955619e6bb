// A piece of a page that is asked for again while somebody looks at it: <div data-asks="/demo/record/waiting">.

const EVERY = 3_000;

const place = document.querySelector("[data-asks]");

async function look() {
  if (document.hidden) return;
  const answer = await fetch(place.dataset.asks).catch(() => null);
  if (!answer?.ok) return;
  const { body } = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (body.textContent.trim() !== place.textContent.trim()) place.replaceChildren(...body.childNodes);
}

if (place) {
  setInterval(look, EVERY);
  document.addEventListener("visibilitychange", look);
}
