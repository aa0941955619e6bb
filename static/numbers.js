// Numbers as people type them, and decimals reckoned exactly: as text, in whole units, never as a float.

const WIDE = { "．": ".", "：": ":", "－": "-", "−": "-", "＋": "+", "，": "," };
const NUMBER = /^[-+]?\d{1,9}(\.\d{1,40})?$/;
const THOUSANDS = /\d,\d{3}(?!\d)/;

// The number that a text means, as plain text; null if it means none. What is read here the set-up pages read alike
// (app/papers/plan/cells.py, number_of): wide digits, and a 。 or a comma between digits for a point.
export function readNumber(text) {
  let said = plainDigits(text).trim();
  if (said.endsWith("分")) said = said.slice(0, -1).trim();
  if (THOUSANDS.test(said)) return null;
  said = said.replace(/(\d)[。,](?=\d)/g, "$1.");
  return NUMBER.test(said) ? shown(parse(said)) : null;
}

function plainDigits(text) {
  return [...text]
    .map((each) => WIDE[each] ?? (/[０-９]/.test(each) ? String(each.charCodeAt(0) - 0xff10) : each))
    .join("");
}

// A decimal as whole units and how many places they stand behind the point: 8.50 is [850n, 2], 1E-7 is [1n, 7].
function parse(text) {
  const [number, exponent = "0"] = text.split("E");
  const [whole, behind = ""] = number.split(".");
  const [all, places] = [BigInt(whole.replace("+", "") + behind), behind.length - Number(exponent)];
  return places < 0 ? [all * 10n ** BigInt(-places), 0] : [all, places];
}

function shown([units, places]) {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, "0");
  const behind = digits.slice(digits.length - places).replace(/0+$/, "");
  const whole = digits.slice(0, digits.length - places);
  return (units < 0n ? "-" : "") + whole + (places && behind ? `.${behind}` : "");
}

const units = ([number, places], at) => number * 10n ** BigInt(at - places);

function together(texts) {
  const parsed = texts.map(parse);
  const places = Math.max(...parsed.map(([, each]) => each));
  return { places, numbers: parsed.map((each) => units(each, places)) };
}

// The sum of points times weights, exact whatever their decimals.
export function total(pairs) {
  const products = pairs.map(([points, weight]) => {
    const [[one, places], [other, more]] = [parse(points), parse(weight)];
    return [one * other, places + more];
  });
  const places = Math.max(0, ...products.map(([, each]) => each));
  return shown([products.reduce((sum, each) => sum + units(each, places), 0n), places]);
}

export function stepped(points, step, direction) {
  const { places, numbers } = together([points, step]);
  return shown([numbers[0] + BigInt(direction) * numbers[1], places]);
}

// What is wrong with these points: "range", "step" or nothing.
export function faultOf(points, { minimum, maximum, step }) {
  const { numbers } = together([points, minimum, maximum, step]);
  const [number, least, most, each] = numbers;
  if (number < least || number > most) return "range";
  return (number - least) % each ? "step" : "";
}
