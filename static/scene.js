// A display goes from one picture to the next by one cross-fade of the whole stage. What changes within a picture moves by
// its own style, under [data-motion="step"]: only there, so that a page that has just been loaded stands still.

const root = document.documentElement;
const stage = document.getElementById("hall-stage");
const BROUGHT = /id="hall-stage"[^>]*data-picture="(\w*)"/;
// A result fades in by itself (reveal.js): to fade two pictures into each other costs a machine without a graphics card
// frames that the sheets need.
const FADES_BY_ITSELF = /id="hall-stage"[^>]*data-scene="result"/;
const LONGEST_WAIT = 500;

let isSwapped = null;

// htmx swaps what a message brings as soon as the browser has kept the picture that is to fade.
function fadeOver(message) {
  message.waitUntil(
    new Promise((isKept) => {
      const fading = document.startViewTransition(() => {
        isKept();
        return new Promise((done) => {
          isSwapped = done;
          setTimeout(done, LONGEST_WAIT);
        });
      });
      for (const each of [fading.ready, fading.finished]) each.catch(() => {}); // the next one may come before its end
    }),
  );
}

if (stage) {
  document.addEventListener("htmx:ws:before:message:incoming", ({ detail }) => {
    const brought = BROUGHT.exec(detail.message.data)?.[1];
    if (brought === undefined) return;
    const isOther = brought !== document.getElementById("hall-stage").dataset.picture;
    root.dataset.motion = isOther ? "scene" : "step";
    const fades = isOther && !FADES_BY_ITSELF.test(detail.message.data);
    if (fades && "startViewTransition" in document) fadeOver(detail);
  });
  document.addEventListener("htmx:ws:after:message:incoming", () => isSwapped?.());
}
