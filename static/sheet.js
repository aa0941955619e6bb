// The sheet that is out: pads, total, what is missing, submission. What the server has comes in #panel-marks; what the
// outbox still holds is laid over it, so that a tap shows at once and a push never takes it back.

import { Acknowledged } from "./acknowledged.js";
import { faultOf, stepped, total } from "./numbers.js";
import { newId } from "./ids.js";
import { ask, say, show } from "./page.js";
import { SignatureField } from "./signature.js";
import { markField, typedMark } from "./typed.js";

const FLASH = 600;
const COMMA = document.documentElement.lang === "en" ? ", " : "、";

export class Sheet {
  // What is wrong with a typed field, by criterion, and of which round's sheet.
  #problems = new Map();
  #round = "";

  constructor(outbox, code, seat) {
    this.outbox = outbox;
    this.acknowledged = new Acknowledged(outbox);
    this.code = code;
    this.seat = seat;
    this.signature = new SignatureField(document.getElementById("signature"), () => this.#renderSigned());
    document.addEventListener("click", (event) => this.#clicked(event));
    document.addEventListener("change", ({ target }) => this.#typed(target));
    // A page that goes away, or a tablet that goes dark, never says that the field was left.
    window.addEventListener("pagehide", () => this.#typed(document.activeElement));
    document.addEventListener("visibilitychange", () => document.hidden && this.#typed(document.activeElement));
    document
      .querySelector("#submit-dialog [value=yes]")
      .addEventListener("click", (event) => this.#mustBeSigned(event));
    document.getElementById("submit").addEventListener("click", ({ target }) => target.dataset.look || this.#submit());
    const measuring = new ResizeObserver(() => this.#measure());
    for (const id of ["submission", "panel-top", "compose"]) measuring.observe(document.getElementById(id));
    window.addEventListener("resize", () => this.#measure());
  }

  get sheet() {
    return document.getElementById("panel-sheet");
  }

  get #picture() {
    return document.getElementById("panel-marks").dataset.sheet;
  }

  get recorded() {
    return JSON.parse(this.#picture);
  }

  get round() {
    return this.sheet.dataset.round ?? "";
  }

  get criteria() {
    return [...this.sheet.querySelectorAll("[data-criterion]")];
  }

  // All values of a criterion, where they are few: the pads lie in one place, and only the question changes.
  #padOf(criterion) {
    return [...this.sheet.querySelectorAll("[data-pad]")].find(
      ({ dataset }) => dataset.pad === criterion.dataset.criterion,
    );
  }

  #criterionOf(element) {
    const pad = element.closest("[data-pad]");
    if (!pad) return element.closest("[data-criterion]");
    return this.criteria.find(({ dataset }) => dataset.criterion === pad.dataset.pad);
  }

  // Commands for this round that the server has not answered yet, or that it has not shown yet.
  get pending() {
    return this.pendingIn(this.round);
  }

  pendingIn(round) {
    const commands = [...this.acknowledged.beyond(this.#picture), ...this.outbox.waiting];
    return commands.filter((command) => command.round === round);
  }

  get marks() {
    const marks = { ...this.recorded.marks };
    for (const command of this.pending) {
      if (command.do === "give_score") marks[command.criterion] = command.points;
      if (command.do === "erase_score") delete marks[command.criterion];
    }
    return marks;
  }

  get total() {
    const marks = this.marks;
    return total(this.criteria.map(({ dataset }) => [marks[dataset.criterion] ?? "0", dataset.weight]));
  }

  render() {
    const marks = this.marks;
    if (this.#round !== this.round) this.#problems.clear();
    this.#round = this.round;
    for (const criterion of this.criteria) this.#renderCriterion(criterion, marks[criterion.dataset.criterion]);
    this.#renderGiven();
    this.#renderSubmission(marks);
    this.#measure();
  }

  // A closed sheet is read only; its total is reckoned here, as before.
  #renderGiven() {
    const place = this.sheet.querySelector("[data-given-total]");
    const given = [...this.sheet.querySelectorAll(".given [data-points]")];
    if (place) place.textContent = total(given.map(({ dataset }) => [dataset.points, dataset.weight]));
  }

  #renderCriterion(criterion, points) {
    const isMarked = points !== undefined;
    criterion.dataset.marked = isMarked ? "yes" : "no";
    const value = criterion.querySelector("[data-unfold]");
    if (value) this.#renderValue(value, criterion.dataset.name, points);
    for (const place of [criterion, this.#padOf(criterion)]) {
      for (const key of place?.querySelectorAll("[data-points]") ?? [])
        key.setAttribute("aria-pressed", String(key.dataset.points === points));
    }
    for (const input of criterion.querySelectorAll("input[data-typed]")) {
      const problem = this.#problems.get(criterion.dataset.criterion) ?? "";
      markField(input, problem);
      if (document.activeElement !== input && !problem) input.value = points ?? "";
    }
  }

  #renderValue(value, criterion, points) {
    value.querySelector("output").textContent = points ?? "—";
    const outOf = value.querySelector("small").textContent;
    const label =
      points === undefined ? say("choose_points", { criterion }) : say("marked", { criterion, points, outOf });
    if (value.getAttribute("aria-label") !== label) value.setAttribute("aria-label", label);
  }

  // What stays in sight while the page is scrolled: how high the head is, the total, the place of the pads (pads.css).
  #measure() {
    const { style, dataset } = document.documentElement;
    const places = { top: "panel-top", submission: "submission", pads: "panel-pads", compose: "compose" };
    for (const [name, id] of Object.entries(places)) {
      const height = `${document.getElementById(id)?.offsetHeight ?? 0}px`;
      if (style.getPropertyValue(`--${name}`) !== height) style.setProperty(`--${name}`, height);
    }
    dataset.pads = document.getElementById("panel-pads")?.offsetHeight ? "yes" : "no";
  }

  #renderSubmission(marks) {
    const bar = document.getElementById("submission");
    const { standing, submitted, is_open: isOpen } = this.recorded;
    const submitting = this.pending.some((command) => command.do === "submit_sheet");
    const isOut = isOpen && (standing === "draft" || standing === "submitted");
    const isMissing = (id) => marks[id] === undefined || this.#problems.has(id);
    const missing = this.criteria.filter(({ dataset }) => isMissing(dataset.criterion));
    const isUnchanged = submitted !== null && same(marks, submitted);
    // Done with this sheet, the button leads to that of the unit that is on.
    const call = isOut ? isUnchanged && !submitting : this.sheet.dataset.state === "closed";
    const next = call ? document.getElementById("panel-call") : null;
    bar.hidden = !isOut && !next;
    if (bar.hidden) return;
    bar.dataset.only = isOut ? "no" : "next";
    const button = document.getElementById("submit");
    button.disabled = !next && (missing.length > 0 || submitting || isUnchanged);
    button.dataset.state = next
      ? "next"
      : submitting
        ? "submitting"
        : isUnchanged
          ? "submitted"
          : missing.length
            ? "incomplete"
            : "ready";
    if (next) button.dataset.look = next.dataset.look;
    else delete button.dataset.look;
    button.textContent = next
      ? next.textContent
      : this.#submitLabel(missing, submitting, isUnchanged, submitted !== null);
    document.getElementById("total").textContent = Object.keys(marks).length ? this.total : "—";
    show(
      document.getElementById("changed"),
      isOut && submitted !== null && !isUnchanged && !submitting ? say("changed_since") : "",
    );
  }

  #submitLabel(missing, submitting, isUnchanged, wasSubmitted) {
    if (submitting) return say(document.documentElement.dataset.connection === "off" ? "submits_later" : "submitting");
    if (isUnchanged) return say("submitted");
    if (missing.length)
      return say("still_missing", { criteria: missing.map(({ dataset }) => dataset.name).join(COMMA) });
    return say(wasSubmitted ? "submit_changes" : "submit");
  }

  // --- taps -----------------------------------------------------------------------------------------------------------

  #clicked(event) {
    const criterion = this.#criterionOf(event.target);
    if (!criterion) return;
    const key = event.target.closest("[data-points]");
    const step = event.target.closest("button[data-step]");
    if (key) this.#give(criterion, key.dataset.points, { goOn: true });
    else if (step) this.#step(criterion, Number(step.dataset.step));
    else if (event.target.closest("[data-erase]")) this.#erase(criterion);
    else if (event.target.closest("[data-unfold]")) this.#unfold(criterion, criterion.dataset.unfolded !== "yes");
  }

  #typed(element) {
    const input = element?.closest("input[data-typed]");
    if (!input) return;
    const criterion = input.closest("[data-criterion]");
    const id = criterion.dataset.criterion;
    const { points, problem } = typedMark(input.value, criterion.dataset);
    if (problem) this.#problems.set(id, problem);
    else this.#problems.delete(id);
    if (!problem && points === null) this.#erase(criterion);
    else if (!problem && points !== this.marks[id]) this.#give(criterion, points, { goOn: false });
    if (!problem) input.value = points ?? "";
    this.render();
  }

  #give(criterion, points, { goOn }) {
    this.outbox.perform("give_score", { ...this.#address(criterion), points });
    this.#flash(criterion);
    if (goOn) this.#goOn(criterion);
  }

  #erase(criterion) {
    if (this.marks[criterion.dataset.criterion] !== undefined) {
      this.outbox.perform("erase_score", this.#address(criterion));
    }
  }

  // One step up or down; from nothing, up to the middle of the pad rather than to a mark nobody meant.
  #step(criterion, direction) {
    const now = this.marks[criterion.dataset.criterion];
    if (now === undefined) return this.#unfold(criterion, true);
    const next = stepped(now, criterion.dataset.step, direction);
    if (faultOf(next, criterion.dataset) !== "range") this.#give(criterion, next, { goOn: false });
  }

  #flash(criterion) {
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const mark = criterion.querySelector(".value, [aria-pressed=true], input[data-typed]");
    mark?.animate([{ boxShadow: "0 0 0 0.5rem var(--amber)" }, { boxShadow: "0 0 0 0.5rem transparent" }], FLASH);
  }

  // Unfold the next pad without a mark; after the last one nothing moves.
  #goOn(criterion) {
    if (!criterion.querySelector("[data-unfold]")) return;
    const marks = this.marks;
    const next = this.criteria.find(({ dataset }) => marks[dataset.criterion] === undefined);
    if (next) this.#unfold(next, true);
  }

  #unfold(criterion, isUnfolded) {
    for (const each of this.criteria) {
      const unfolds = each === criterion && isUnfolded;
      for (const place of [each, this.#padOf(each)]) if (place) place.dataset.unfolded = unfolds ? "yes" : "no";
      each.querySelector("[data-unfold]")?.setAttribute("aria-expanded", String(unfolds));
    }
    if (isUnfolded) criterion.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }

  #address(criterion) {
    return { round: this.round, seat: this.seat, criterion: criterion.dataset.criterion };
  }

  // --- submission -----------------------------------------------------------------------------------------------------

  // What is confirmed is what is sent: unit, marks and total as they stood in the dialog.
  async #submit() {
    const dialog = document.getElementById("submit-dialog");
    const { unit, name } = this.sheet.dataset;
    const [round, marks, total] = [this.round, this.marks, this.total];
    dialog.querySelector("[data-unit]").textContent = name;
    dialog.querySelector("[data-total]").textContent = this.#totalInWords(marks, total);
    const { means } = this.recorded;
    dialog.querySelector("[data-marks]").replaceChildren(...this.criteria.map((each) => inAList(each, marks, means)));
    dialog.querySelector("[data-means]").hidden = Object.keys(means).length === 0;
    const signs = this.sheet.dataset.signs === "yes";
    dialog.dataset.signs = signs ? "yes" : "no";
    if (signs)
      this.signature.open(`kaimen.signature.${this.code}.${this.seat}.${round}`, JSON.stringify([total, marks]));
    this.#renderSigned();
    if ((await ask(dialog, say("confirm_sheet"))) === null) return;
    const salt = newId();
    this.outbox.perform("submit_sheet", { round, seat: this.seat, unit, marks, total, salt });
    if (signs) this.outbox.perform("sign_sheet", { round, seat: this.seat, salt, strokes: this.signature.taken() });
    this.#unfold(null, false);
    window.scrollTo({ top: 0 }); // where it will be said that it is submitted
  }

  // Where a sheet is signed as it is submitted, what is missing is said on the button, which then leads there.
  get #isUnsigned() {
    return document.getElementById("submit-dialog").dataset.signs === "yes" && !this.signature.isSigned;
  }

  #renderSigned() {
    const button = document.querySelector("#submit-dialog [value=yes]");
    const isUnsigned = this.#isUnsigned;
    button.dataset.unsigned = isUnsigned ? "yes" : "no";
    const label = say(isUnsigned ? "sign_first" : "submit_this");
    if (button.textContent !== label) button.textContent = label;
  }

  #mustBeSigned(event) {
    if (!this.#isUnsigned) return;
    event.preventDefault();
    this.signature.isAskedFor();
  }

  // A level by its name; points as they are.
  #totalInWords(marks, total) {
    const [only] = this.criteria;
    const level = only?.querySelector(`[data-level][data-points="${marks[only.dataset.criterion]}"]`);
    return level ? level.dataset.level : total;
  }
}

// A criterion and its mark, as a line of the list that is confirmed: a name, a bar, a figure.
function inAList(criterion, marks, means) {
  const { dataset } = criterion;
  const line = document.createElement("div");
  const points = marks[dataset.criterion];
  const level = criterion.querySelector(`[data-level][data-points="${points}"]`)?.dataset.level;
  const text = level ?? (dataset.weight === "1" ? points : `${points} × ${dataset.weight}`);
  line.append(
    Object.assign(document.createElement("dt"), { textContent: dataset.name }),
    bar(dataset, points, means[dataset.criterion]),
    Object.assign(document.createElement("dd"), { textContent: text }),
  );
  return line;
}

// How much of what can be given, and a hairline where this seat's mean of the other units stands.
function bar({ minimum, maximum }, points, mean) {
  const share = (number) => (100 * (Number(number) - Number(minimum))) / (Number(maximum) - Number(minimum) || 1);
  const picture = drawn("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", class: "bar", role: "img" });
  picture.setAttribute("aria-label", mean === undefined ? say("no_mean") : say("own_mean", { mean }));
  picture.append(
    drawn("rect", { class: "ground", width: 100, height: 10 }),
    drawn("rect", { class: "value", width: share(points), height: 10 }),
  );
  if (mean !== undefined) picture.append(drawn("line", { x1: share(mean), x2: share(mean), y1: 0, y2: 10 }));
  return picture;
}

function drawn(name, attributes) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}

function same(marks, others) {
  const names = Object.keys(marks);
  return names.length === Object.keys(others).length && names.every((name) => marks[name] === others[name]);
}
