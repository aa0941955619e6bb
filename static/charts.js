// <k-chart table kind series unit label library>: the numbers of a table of the page as a chart that answers to the pointer, and
// to its legend of buttons, which a keyboard reaches. It is drawn where there is room for it, once somebody is near it; only then the library is asked for. The table
// stays: it is what is read aloud, printed and shown without scripts. The chart is in a shadow tree, out of reach of a morph;
// whenever the table changes it is drawn anew, and what the legend had switched off stays off.

const WIDE = matchMedia("(min-width: 48rem)");
const DARK = matchMedia("(prefers-color-scheme: dark)");
const NEAR = "300px";
const MARKS = ["circle", "rect", "triangle", "rectRot", "star", "crossRot"];
const SIGNS = ["●", "■", "▲", "◆", "✳", "✕"]; // those marks as the legend has them
const DASHES = [[], [8, 4], [2, 3], [10, 3, 2, 3]];
const OF_LINES = [1, 2, 3, 4, 5, 6, 7, 8];
// Of levels, best first: green, blue, amber, red, then the others.
const OF_LEVELS = [3, 1, 4, 2, 5, 6, 7, 8];
const A_MINUTE = 60_000;

let library = null;

class Chart extends HTMLElement {
  constructor() {
    super();
    this.box = this.attachShadow({ mode: "open" }).appendChild(document.createElement("div"));
    this.box.part = "box";
    this.canvas = this.box.appendChild(document.createElement("canvas"));
    this.canvas.setAttribute("role", "img");
    this.legend = this.shadowRoot.appendChild(document.createElement("div"));
    this.legend.part = "legend";
    this.legend.setAttribute("role", "group");
    this.drawn = null;
  }

  connectedCallback() {
    for (const each of [this.canvas, this.legend]) each.setAttribute("aria-label", this.getAttribute("label"));
    this.near = new IntersectionObserver((seen) => seen.some((each) => each.isIntersecting) && this.begin(), {
      rootMargin: NEAR,
    });
    this.near.observe(this);
    this.changes = new MutationObserver(() => this.draw());
    this.anew = () => this.drawn && this.draw();
    DARK.addEventListener("change", this.anew);
  }

  disconnectedCallback() {
    this.near.disconnect();
    this.changes.disconnect();
    DARK.removeEventListener("change", this.anew);
    this.drawn?.destroy();
    this.drawn = null;
  }

  async begin() {
    if (!WIDE.matches) return;
    this.near.disconnect();
    library ??= import(this.getAttribute("library")).catch(() => null); // without it, there is the table
    await library;
    if (!this.isConnected || !globalThis.Chart) return;
    globalThis.Chart.defaults.font.family = getComputedStyle(this).fontFamily;
    this.changes.observe(this.table, { subtree: true, childList: true, characterData: true, attributes: true });
    this.draw();
  }

  get table() {
    return document.getElementById(this.getAttribute("table"));
  }

  draw() {
    if (!this.table) return;
    const off = switchedOff(this.drawn);
    this.drawn?.destroy();
    const colours = coloursOf(this);
    const data = dataOf(this.table, this.getAttribute("series"), this.getAttribute("kind"), colours);
    for (const each of data.datasets) each.hidden = off.includes(each.label);
    this.drawn = new globalThis.Chart(this.canvas, { type: typeOf(this), data, options: optionsOf(this, colours) });
    this.showLegend(data.datasets);
  }

  // The buttons stay where they are when a table changes: whoever stands on one does not lose it.
  showLegend(series) {
    const buttons = [...this.legend.children];
    for (const left of buttons.slice(series.length)) left.remove();
    for (const [at, each] of series.entries()) {
      const button = buttons[at] ?? this.legend.appendChild(this.switchOf(at));
      const [sign, name] = button.children;
      sign.style.color = each.backgroundColor;
      sign.textContent = this.getAttribute("kind") === "line" ? SIGNS[at % SIGNS.length] : SIGNS[1];
      name.textContent = each.label;
      this.showSwitch(button, !each.hidden);
    }
  }

  switchOf(at) {
    const button = Object.assign(document.createElement("button"), { type: "button" });
    const sign = button.appendChild(document.createElement("span"));
    sign.setAttribute("aria-hidden", "true");
    button.append(document.createElement("span"));
    button.addEventListener("click", () => {
      const isOn = !this.drawn.isDatasetVisible(at);
      this.drawn.setDatasetVisibility(at, isOn);
      this.drawn.update();
      this.showSwitch(button, isOn);
    });
    return button;
  }

  showSwitch(button, isOn) {
    button.setAttribute("aria-pressed", String(isOn));
    button.part = isOn ? "series" : "series off";
  }
}

function switchedOff(drawn) {
  const all = drawn?.data.datasets ?? [];
  return all.filter((_, at) => !drawn.isDatasetVisible(at)).map((each) => each.label);
}

function typeOf(chart) {
  return chart.getAttribute("kind") === "line" ? "line" : "bar";
}

// What stands in the table: a row for each unit, a column for each criterion, level or time. `data-value` is the number to
// draw, the text of the cell the one to say.
function dataOf(table, series, kind, colours) {
  const columns = [...table.tHead.rows[0].cells].slice(1).map((each) => each.textContent.trim());
  const rows = [...table.tBodies[0].rows].map(({ cells: [head, ...cells] }) => ({
    name: head.textContent.trim(),
    values: cells.map((each) => Number(each.dataset.value)),
    said: cells.map((each) => each.textContent.trim()),
  }));
  const ofRows = rows.map(({ name, values, said }) => ({ label: name, data: values, said }));
  const ofColumns = columns.map((name, at) => ({
    label: name,
    data: rows.map((each) => each.values[at]),
    said: rows.map((each) => each.said[at]),
  }));
  return {
    labels: series === "rows" ? columns : rows.map((each) => each.name),
    datasets: (series === "rows" ? ofRows : ofColumns).map((each, at) => ({ ...each, ...looksOf(at, kind, colours) })),
  };
}

// Told apart by more than colour: lines by their marks and dashes as well.
function looksOf(at, kind, { series, ground }) {
  const colour = series[at % series.length];
  if (kind !== "line") return { backgroundColor: colour, borderColor: ground, borderWidth: 1 };
  return {
    borderColor: colour,
    backgroundColor: colour,
    borderDash: DASHES[Math.floor(at / 2) % DASHES.length],
    pointStyle: MARKS[at % MARKS.length],
    pointRadius: 5,
    pointHoverRadius: 8,
    borderWidth: 2,
  };
}

function optionsOf(chart, { ink, line }) {
  const [kind, unit] = ["kind", "unit"].map((name) => chart.getAttribute(name));
  const inMinutes = unit === "minutes";
  const ticks = inMinutes
    ? { color: ink, stepSize: 2 * A_MINUTE, callback: (value) => value / A_MINUTE }
    : { color: ink, precision: 0 };
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    color: ink,
    interaction: { mode: kind === "line" ? "nearest" : "index", intersect: kind === "line" },
    scales: {
      x: { stacked: kind === "stacked", ticks: { color: ink }, grid: { color: line } },
      y: {
        stacked: kind === "stacked",
        beginAtZero: kind !== "line",
        title: { display: true, text: chart.getAttribute("axis"), color: ink },
        ticks,
        grid: { color: line },
      },
    },
    plugins: {
      legend: { display: false },
      tooltip: { callbacks: { label: ({ dataset, dataIndex }) => `${dataset.label}: ${dataset.said[dataIndex]}` } },
    },
  };
}

// As the style sheets say, for the light or the dark: a canvas reads no variables.
function coloursOf(chart) {
  const { box } = chart;
  const named = (name) => {
    box.style.color = `var(${name})`;
    return getComputedStyle(box).color;
  };
  const order = chart.getAttribute("kind") === "stacked" ? OF_LEVELS : OF_LINES;
  const series = order.map((number) => named(`--series-${number}`));
  return { series, ink: named("--ink"), line: named("--line"), ground: named("--ground") };
}

customElements.define("k-chart", Chart);
