// What was looked at, and what came of it.

export function holds(code, facts = {}) {
  return { state: "holds", code, facts };
}

export function fails(code, facts = {}) {
  return { state: "fails", code, facts };
}

export function unknown(code, facts = {}) {
  return { state: "unknown", code, facts };
}
