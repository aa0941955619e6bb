// SHA-256 (FIPS 180-4) in plain script: where a page is opened from a stick, or by http, the browser's own is not to be had.

const PRIMES = primes(64);
const BEGINNING = Int32Array.from(PRIMES.slice(0, 8), (prime) => behindThePoint(prime, 2n));
const ROUNDS = Int32Array.from(PRIMES, (prime) => behindThePoint(prime, 3n));

// 64 hex digits, of a text in UTF-8 or of bytes.
export function sha256(content) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  const state = Int32Array.from(BEGINNING);
  const words = new Int32Array(64);
  const padded = withLength(bytes);
  for (let at = 0; at < padded.byteLength; at += 64) mix(state, words, padded, at);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

function withLength(bytes) {
  const length = (((bytes.length + 8) >> 6) + 1) << 6;
  const padded = new Uint8Array(length);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(length - 4, (bytes.length * 8) >>> 0);
  return view;
}

function mix(state, words, padded, at) {
  for (let word = 0; word < 16; word++) words[word] = padded.getInt32(at + 4 * word);
  for (let word = 16; word < 64; word++) {
    const early = words[word - 15];
    const late = words[word - 2];
    const one = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const other = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[word] = (words[word - 16] + one + words[word - 7] + other) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let round = 0; round < 64; round++) {
    const sum = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const first = (h + sum + ((e & f) ^ (~e & g)) + ROUNDS[round] + words[round]) | 0;
    const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((word, place) => {
    state[place] = (state[place] + word) | 0;
  });
}

function turned(word, by) {
  return (word >>> by) | (word << (32 - by));
}

// The first 32 bits behind the point of a root, found in whole numbers.
function behindThePoint(prime, power) {
  const wanted = BigInt(prime) << (32n * power);
  let [low, high] = [0n, 1n << 40n];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (middle ** power <= wanted) low = middle;
    else high = middle;
  }
  return Number(low & 0xffffffffn) | 0;
}

function primes(many) {
  const found = [];
  for (let number = 2; found.length < many; number++) if (found.every((prime) => number % prime)) found.push(number);
  return found;
}
