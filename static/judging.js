// Last year's promises, judged beside the sheet: what is said of each goes as it is pressed, like a mark, and what the
// outbox still holds is laid over what the server has.

import { say, show } from "./page.js";

export class Judging {
  constructor(outbox, sheet, seat) {
    this.outbox = outbox;
    this.sheet = sheet;
    this.seat = seat;
    document.addEventListener("click", (event) => this.#clicked(event));
  }

  get #region() {
    return document.getElementById("panel-promises");
  }

  get #round() {
    return this.#region.dataset.round;
  }

  get #promises() {
    return [...this.#region.querySelectorAll("[data-promise]")];
  }

  get #marks() {
    const marks = { ...this.sheet.recorded.promises };
    for (const command of this.sheet.pendingIn(this.#round)) {
      if (command.do === "judge_promise") marks[command.promise] = command.mark;
      if (command.do === "erase_judgement") delete marks[command.promise];
    }
    return marks;
  }

  render() {
    const marks = this.#marks;
    const open = this.#region.dataset.state === "open" ? this.#promises : [];
    const left = open.filter(({ dataset }) => marks[dataset.promise] === undefined).length;
    for (const promise of open) {
      for (const button of promise.querySelectorAll("[data-mark]"))
        button.setAttribute("aria-pressed", String(button.dataset.mark === marks[promise.dataset.promise]));
      promise.querySelector("[data-takes-back]").disabled = marks[promise.dataset.promise] === undefined;
    }
    const count = this.#region.querySelector("[data-to-judge]");
    if (count) {
      count.textContent = left ? say("to_judge", { number: left }) : say("all_judged");
      count.dataset.left = left ? "yes" : "no";
    }
    show(document.getElementById("unjudged"), left ? say("unjudged", { number: left }) : "");
  }

  // Pressed twice, a word stays what it is: it is taken back by a button of its own.
  #clicked({ target }) {
    const button = target.closest("#panel-promises :is([data-mark], [data-takes-back])");
    if (!button) return;
    const promise = Number(button.closest("[data-promise]").dataset.promise);
    const place = { round: this.#round, seat: this.seat, promise };
    const [said, mark] = [this.#marks[promise], button.dataset.mark];
    if (mark && mark !== said) this.outbox.perform("judge_promise", { ...place, mark });
    if (!mark && said) this.outbox.perform("erase_judgement", place);
  }
}
