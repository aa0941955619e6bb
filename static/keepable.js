// Of what was typed, that which can be kept by every database and stand in every document. Some programs paste, and some
// input methods leave behind, what nobody sees: half a character, the number nought, line ends of their own.

const HALVES = /[\ud800-\udfff]/gu; // with the flag u only those without their other half
const LINE_ENDS = /\r\n?|[\v\f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is meant
const CONTROLS = /[\x00-\x08\x0e-\x1f\ufffe\uffff]/g;

export function keepable(text) {
  const whole = text.toWellFormed?.() ?? text.replace(HALVES, "\ufffd");
  return whole.replace(LINE_ENDS, "\n").replace(CONTROLS, "");
}
