// Numbers as exact fractions of whole ones; nothing here is ever a floating-point number. Rounding is half up.

const DECIMAL = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d{1,4}))?$/;

export const NONE = whole(0);

export function whole(number) {
  return { over: BigInt(number), under: 1n };
}

// A decimal number as the record writes it.
export function decimal(text) {
  const found = DECIMAL.exec(text);
  if (!found || !(found[2] + found[3])) throw new RangeError(`no number: ${text}`);
  const [, sign, before, behind, exponent] = found;
  const power = Number(exponent ?? 0) - behind.length;
  const digits = BigInt(before + behind) * (sign === "-" ? -1n : 1n);
  return power < 0 ? fraction(digits, 10n ** BigInt(-power)) : fraction(digits * 10n ** BigInt(power), 1n);
}

function fraction(over, under) {
  return under < 0n ? { over: -over, under: -under } : { over, under };
}

export function plus(one, other) {
  if (one.under === other.under) return { over: one.over + other.over, under: one.under };
  return fraction(one.over * other.under + other.over * one.under, one.under * other.under);
}

export function minus(one, other) {
  return fraction(one.over * other.under - other.over * one.under, one.under * other.under);
}

export function times(one, other) {
  return fraction(one.over * other.over, one.under * other.under);
}

export function divided(one, other) {
  return fraction(one.over * other.under, one.under * other.over);
}

export function compare(one, other) {
  const [left, right] = [one.over * other.under, other.over * one.under];
  return left < right ? -1 : left > right ? 1 : 0;
}

export function isSame(one, other) {
  return compare(one, other) === 0;
}

export function sum(numbers) {
  return numbers.reduce(plus, NONE);
}

export function mean(numbers) {
  return divided(sum(numbers), whole(numbers.length));
}

export function weightedMean(numbers, weights) {
  return divided(sum(numbers.map((number, at) => times(number, weights[at]))), sum(weights));
}

export function floor({ over, under }) {
  return over >= 0n ? over / under : -((-over + under - 1n) / under);
}

export function ceiling({ over, under }) {
  return -floor({ over: -over, under });
}

// Half up, which is away from zero, to so many decimals, all of them shown.
export function rounded({ over, under }, places) {
  const [least, size] = [10n ** BigInt(places), over < 0n ? -over : over];
  const digits = ((2n * size * least + under) / (2n * under)).toString().padStart(places + 1, "0");
  const sign = over < 0n && /[1-9]/.test(digits) ? "-" : "";
  const [before, behind] = [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
  return sign + before + (places ? `.${behind}` : "");
}

// A number that has an end, without needless zeros: 8.5, 10, 0.
export function plain(number) {
  const text = rounded(number, 40);
  return text.replace(/\.?0+$/, "") || "0";
}
