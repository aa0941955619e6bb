// The chain of a log: each seal over the one before it and the digest of its line (docs/record.md). A line may be withheld;
// then its digest stands in its place.

import { sha256 } from "./sha256.js";

const OVER_LINES = 1;

// Every entry up to the first that does not hold: { seq, seal, said, line }, of one that is withheld without the last two.
// `fault` is the first that does not hold, or null.
export function readLog(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  const log = { code: "", isOverLines: false, entries: [], fault: null };
  const opened = lines.map(parsed);
  const told = opened.map((entry) => (isTold(entry) ? parsed(entry.line) : null));
  log.code = told.find((said) => said)?.meeting ?? "";
  log.isOverLines = isTold(opened[0]) && (told[0]?.chain ?? OVER_LINES) === OVER_LINES;
  let seal = sha256(`kaimen:${log.code}`);
  for (const [at, entry] of opened.entries()) {
    const found = examined(entry, seal, at + 1, log);
    if (found.fault) {
      log.fault = found.fault;
      return log;
    }
    log.entries.push(found);
    seal = found.seal;
  }
  return log;
}

function examined(entry, before, seq, log) {
  if (typeof entry?.seal !== "string" || isTold(entry) === (typeof entry.digest === "string"))
    return fault("fault.unreadable", { seq, detail: "JSON" });
  const said = isTold(entry) ? parsed(entry.line) : null;
  const holds = entry.seal === sha256(`${before}\n${sealedOf(entry, log)}`);
  if (said && said.seq !== seq) return fault("fault.number", { seq, said: said.seq });
  if (!holds) return fault("fault.seal", { seq });
  if (!isTold(entry)) return { seq, seal: entry.seal };
  if (!said?.kind || !said.data) return fault("fault.unreadable", { seq, detail: "JSON" });
  if (said.meeting !== log.code) return fault("fault.columns", { seq });
  return { seq, seal: entry.seal, said, line: entry.line };
}

function sealedOf(entry, log) {
  if (!isTold(entry)) return entry.digest;
  return log.isOverLines ? entry.line : sha256(entry.line);
}

function isTold(entry) {
  return typeof entry?.line === "string";
}

function fault(code, facts) {
  return { fault: { code, facts } };
}

// The object that a text is, or null.
export function parsed(text) {
  try {
    const said = JSON.parse(text);
    return typeof said === "object" ? said : null;
  } catch {
    return null;
  }
}
