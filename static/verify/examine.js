// Files of a record looked through together. What comes back is said by codes, a section for each file and each question:
// { title, looked: [{ state, code, facts }] }, the state being "holds", "fails" or "unknown".

import { parsed, readLog } from "./chain.js";
import { otherwise, VOICES, voted } from "./composites.js";
import { examineDraws } from "./draws.js";
import { decimal, isSame } from "./exact.js";
import { fails, holds, unknown } from "./looked.js";
import { unitName } from "./plan.js";
import { pollOn, toPoll } from "./polls.js";
import { areTold } from "./promises.js";
import { examineResults, rulesOf } from "./published.js";
import { inAWord, openingOf, replay, resultOf } from "./replay.js";
import { sha256 } from "./sha256.js";
import { ballotsIn, castWith, notRecounted, recount, sumOf } from "./slips.js";

const DIGESTS = "SHA256SUMS";
const SHOWN = 16;
const LENGTH_OF_RECEIPT = 8;
const ARCHIVE = "PK\u0003\u0004";
// What a Mac leaves beside each file on a stick and in an archive, and an office program beside one that is open.
const BESIDE = /(^|\/)(__MACOSX\/|\._|~\$)/;

// `files`: [{ name, bytes }]; `asked`: a receipt, and the number and seal that a tablet, a photograph or the minutes give.
export function examine(given, asked = {}) {
  const files = given.filter(({ name }) => !BESIDE.test(name));
  const texts = files.map(({ name, bytes }) => ({ name, text: new TextDecoder().decode(bytes) }));
  const results = texts.map(({ name, text }) => ({ name, file: resultsIn(text) })).filter(({ file }) => file);
  const logs = texts.filter(({ text }) => isLog(text)).map(({ name, text }) => ({ name, log: readLog(text) }));
  const ballots = texts.map(({ name, text }) => ({ name, file: ballotsIn(text) })).filter(({ file }) => file);
  const seeds = Object.assign({}, ...results.map(({ file }) => file.seeds));
  for (const each of logs) each.meeting = isWhole(each.log) ? replay(each.log.entries) : null;
  const broken = texts.filter(({ name, text }) => name.endsWith(".json") && !parsed(text));
  const packed = texts.filter(({ text }) => text.startsWith(ARCHIVE) && files.length === 1);
  const sections = [
    ...broken.map(({ name }) => section(name, () => [fails("verifier.unreadable", { detail: "JSON" })])),
    ...packed.map(({ name }) => section(name, () => [unknown("verifier.unpack")])),
    ...logs.map(({ name, log, meeting }) => section(name, () => examineLog(log, seeds, meeting, ballots))),
    ...results.map(({ name, file }) => section(name, () => examineFile(file, logs))),
    ...ballots.map(({ name, file }) => section(name, () => examineBallots(file, logs))),
    section(DIGESTS, () => examineDigests(files, texts)),
    section("receipt", () => examineReceipt(asked.receipt, results, logs, ballots)),
    section("witness", () => examineWitness(asked, logs)),
  ];
  return sections.filter(({ looked }) => looked.length);
}

// Whoever changes a file may leave what cannot be followed: that is a fault of the file.
function section(title, look) {
  try {
    return { title, looked: look() };
  } catch (error) {
    return { title, looked: [fails("verifier.unreadable", { detail: String(error) })] };
  }
}

export function verdictOf(sections) {
  const states = sections.flatMap(({ looked }) => looked.map(({ state }) => state));
  return states.includes("fails") ? "fails" : states.includes("holds") ? "holds" : "unknown";
}

function resultsIn(text) {
  const file = parsed(text);
  return typeof file?.sealed === "string" && Array.isArray(file.results) ? file : null;
}

function isLog(text) {
  const first = parsed(text.trimStart().split("\n", 1)[0]);
  return typeof first?.seal === "string" && ("line" in first || "digest" in first);
}

function isWhole(log) {
  return log.entries.every(({ said }) => said) && !log.fault;
}

// --- a log ------------------------------------------------------------------------------------------------------------

function examineLog(log, seeds, meeting, ballots) {
  const { entries, fault } = log;
  const last = entries[entries.length - 1];
  if (fault) return [{ state: "fails", ...fault }, unknown("verifier.nothing_behind", { seq: fault.facts.seq })];
  const looked = [holds("verifier.chain", { entries: entries.length, seal: inFours(last?.seal ?? "") })];
  const withheld = entries.filter(({ said }) => !said).length;
  if (withheld) looked.push(unknown("verifier.withheld", { number: withheld }));
  const listed = ballots
    .filter(({ file }) => file.meeting === log.code)
    .flatMap(({ file }) => Object.keys(file.ballots));
  const polls = [...examinePolls(entries), ...notRecounted(log, new Set(listed))];
  const opened = [...examineOpening(entries), ...examinedDraws(entries, seeds), ...polls];
  return [...looked, ...opened, ...examineMeeting(meeting, entries)];
}

function examineOpening(entries) {
  const opening = entries.find(({ said }) => said?.kind === "MeetingOpened");
  if (!opening)
    return [unknown(entries.every(({ said }) => said) ? "verifier.not_opened" : "verifier.opening_withheld")];
  const { seal, holds: isSealed } = openingOf(opening.said.data);
  const facts = { seq: opening.seq, seal: inFours(seal) };
  return [isSealed ? holds("verifier.rule_seal", facts) : fails("fault.rule_seal", facts)];
}

function examinedDraws(entries, seeds) {
  return examineDraws(entries, seeds).flatMap(({ seq, lots, isKnown, faults }) => {
    if (faults.length) return faults.map((fault) => ({ state: "fails", ...fault }));
    return [isKnown ? holds("verifier.draw", { seq, number: lots }) : unknown("verifier.draw_unknown", { seq })];
  });
}

// That as many are shown of each voice as were counted when the poll ended.
function examinePolls(entries) {
  const counted = new Map();
  return entries.flatMap(({ seq, said }) => {
    if (said?.kind === "PollClosed") counted.set(said.data.poll, said.data.count.ballots);
    if (said?.kind !== "PollShown") return [];
    const shown = Object.entries(said.data.tally).map(([voice, chosen]) => [voice, sumOf(Object.values(chosen))]);
    const there = counted.get(said.data.poll);
    if (!there) return [unknown("verifier.poll_unknown", { seq })];
    const isSo =
      shown.length === Object.keys(there).length && shown.every(([voice, ballots]) => there[voice] === ballots);
    return [
      isSo ? holds("verifier.poll", { seq, number: sumOf(Object.values(there)) }) : fails("fault.tally", { seq }),
    ];
  });
}

function examineMeeting(meeting, entries) {
  if (!meeting) return [];
  const faults = meeting.faults.filter(({ code }) => code !== "fault.rule_seal");
  const announced = entries.filter(({ said }) => said.kind === "ResultRevealed").length;
  if (!faults.length) return announced ? [holds("verifier.announced", { number: announced })] : [];
  return faults.map((fault) => ({ state: "fails", ...fault }));
}

// --- results ----------------------------------------------------------------------------------------------------------

function examineFile(file, logs) {
  const ofThis = logsOf(file, logs);
  const { looked, plan } = rulesOf(file);
  const heads = ofThis.length ? once(ofThis.map(({ log }) => examineHead(file, log))) : [hasNoLog(file, logs)];
  if (!plan) return [...looked, ...heads];
  const entries = once(ofThis.flatMap(({ log }) => examineEntries(file, log, plan)));
  const whole = ofThis.find(({ log }) => isWhole(log) && log.entries.length >= file.entry);
  const compared = whole ? compareWith(file, replay(whole.log.entries.slice(0, file.entry))) : [];
  return [...looked, ...heads, ...examineResults(file, plan), ...entries, ...compared];
}

// Of its meeting those that hold.
function logsOf(file, logs) {
  return logs.filter(({ log }) => log.code === file.meeting && !log.fault);
}

function hasNoLog(file, logs) {
  const isOfOthers = logs.length && logs.every(({ log }) => log.code !== file.meeting);
  return isOfOthers ? fails("fault.no_log") : unknown("verifier.no_log");
}

function examineBallots(file, logs) {
  const ofThis = logsOf(file, logs);
  return ofThis.length ? once(ofThis.flatMap(({ log }) => recount(file, log))) : [hasNoLog(file, logs)];
}

// What two logs of one meeting say alike, said once.
function once(looked) {
  return [...new Map(looked.map((each) => [JSON.stringify(each), each])).values()];
}

// Whether the log is the one of which the results were made: there with that seal at that entry, and not shorter.
function examineHead({ entry: written, seal, results }, { entries }) {
  if (!written && !results.length) return unknown("verifier.not_opened");
  const there = entries[written - 1];
  if (!there) return fails("fault.length", { seq: entries.length + 1, written, here: entries.length });
  if (there.seal !== seal) return fails("verifier.other_seal", { seq: written, seal: inFours(seal) });
  return holds("verifier.head", { seq: written });
}

// What the log says was announced, beside what the results say: found by its round, whatever entry the results name.
function examineEntries(file, { entries }, plan) {
  const before = entries.slice(0, file.entry);
  const announced = new Map(standing(before).map((entry) => [entry.said.data.round, entry]));
  const listed = new Set(file.results.map(({ round }) => round));
  const lacking = [...announced.values()].filter(({ said }) => !listed.has(said.data.round));
  const opening = before.find(({ said }) => said?.kind === "MeetingOpened");
  const isSealed = !opening || opening.said.data.seal === file.rule_seal;
  return [
    ...(isSealed ? [] : [fails("verifier.rules_differ")]),
    ...lacking.map(({ seq }) => fails("verifier.lacks", { seq })),
    ...file.results.flatMap((result) => examineUnit(result, before, plan)),
    ...file.results.flatMap((result) => examineEntry(result, announced.get(result.round), entries, plan)),
    ...examinePromises(file, before, plan),
    ...examineComposites(file, before),
    ...examineVotes(file, before, plan),
  ];
}

function examineUnit({ round, unit_id }, entries, plan) {
  const opened = entries.find(({ said }) => said?.kind === "RoundOpened" && said.data.round === round)?.said.data.unit;
  if (opened === undefined || opened === unit_id) return [];
  return [fails("verifier.other_unit", { unit: unitName(plan, unit_id), other: unitName(plan, opened) })];
}

function examineEntry({ entry, unit_id, score, grade, is_revealed }, there, entries, plan) {
  const unit = unitName(plan, unit_id);
  const named = entries[entry - 1];
  if (!there && !entry) return is_revealed ? [fails("verifier.not_announced", { unit })] : [];
  if (!there && named && !named.said) return [];
  const announced = there?.said.data.announced;
  const isAlone = plan.rules.results_shown === "by_grade" && score === null;
  const isIt = announced && (isAlone || announced.score === score) && announced.grade === grade;
  if (isIt && entry === there.seq) return [];
  const said = inAWord({ score, grade });
  const facts = { seq: there?.seq ?? entry, unit, said, announced: announced ? inAWord(announced) : "—" };
  return [fails("verifier.announced_otherwise", facts)];
}

// Where the log tells how the panel judged last year's promises, the results say the same.
function examinePromises({ results }, entries, plan) {
  const told = new Map(
    entries.flatMap(({ said }) => (said?.kind === "PromisesTold" ? [[said.data.round, said.data]] : [])),
  );
  const wrong = results.filter(({ round, promises }) => told.has(round) && !areTold(promises, told.get(round).counts));
  return wrong.map(({ unit_id }) => fails("verifier.promises_otherwise", { unit: unitName(plan, unit_id) }));
}

function examineComposites({ composites = [], composites_entry: entry }, entries) {
  const [last] = entries.filter(({ said }) => said?.kind.startsWith("Composites")).slice(-1);
  const announced = last?.said.data.composites ?? [];
  if (!announced.length && entries[entry - 1] && !entries[entry - 1].said) return [];
  const said = composites.map(({ unit_id, ...each }) => ({ ...each, unit: unit_id }));
  const isAlone = said.length > 0 && !said.some(({ points }) => points);
  const gradeOf = (unit) => said.find((each) => each.unit === unit)?.grade;
  const wrong = isAlone ? announced.filter(({ unit, grade }) => gradeOf(unit) !== grade) : otherwise(said, announced);
  const isIt = said.length === announced.length && !wrong.length;
  return isIt ? [] : [fails("verifier.composites_otherwise", { seq: last?.seq ?? entry ?? "—" })];
}

// The points of votes, from the ballots that the hall was shown: of each unit those that a log tells of last.
function examineVotes({ composites = [] }, entries, plan) {
  const polls = new Map();
  for (const entry of entries) if (entry.said) toPoll(polls, entry);
  const asked = composites.flatMap(({ unit_id: unit, points }) =>
    plan.composite.parts
      .filter(({ id, source }) => source in VOICES && points?.[id] && pollOn(polls, unit)?.seq)
      .map((part) => ({ ...pollOn(polls, unit), unit, part, points: points[part.id] })),
  );
  const found = asked.map((each) => ({
    ...each,
    found: voted(plan, each.part, each.tally[VOICES[each.part.source]] ?? {}),
  }));
  const wrong = found.filter((each) => each.found === null || !isSame(decimal(each.found), decimal(each.points)));
  if (found.length && !wrong.length) return [holds("verifier.votes", { number: found.length })];
  return wrong.map(({ unit, part, seq, found }) =>
    fails("verifier.votes_differ", { unit: unitName(plan, unit), part: part.name, seq, found: found ?? "—" }),
  );
}

// The announcements that were not taken back, as far as the log tells of that: a public one tells of no others.
function standing(entries) {
  const found = new Map();
  for (const entry of entries) {
    const { kind, data } = entry.said ?? {};
    if (kind === "ResultRevealed") found.set(data.round, entry);
    if (["RevealWithdrawn", "ResultHidden", "RoundTakenBack"].includes(kind)) found.delete(data.round);
    if (kind === "ItemSkipped") found.delete(data.item);
  }
  return [...found.values()];
}

// Every number of the results that the sheets in the whole log come to.
function compareWith(file, meeting) {
  const faults = file.results.flatMap((result) => {
    const round = meeting.rounds.get(result.round);
    const found = round && resultOf(meeting, round);
    const unit = unitName(meeting.plan, result.unit_id);
    if (!found) return [fails("verifier.no_round", { unit })];
    return differences(result, found).map(([said, come]) =>
      fails("verifier.other_number", { unit, said, found: come }),
    );
  });
  return faults.length ? faults : [holds("verifier.of_log", { number: file.results.length })];
}

// Of what both say: scores and grades, what is told by criterion, group or level, how many sheets.
function differences(result, found) {
  const isAlone = result.withheld.includes("scores");
  const names = isAlone ? ["outcome", "grade"] : ["outcome", "score", "grade", "approval"];
  const alone = names.map((name) => [`${result[name]}`, `${found[name] ?? (name === "grade" ? "" : null)}`]);
  const told = ["turnout", "criteria", "groups", "levels"].flatMap((name) =>
    Object.entries(result[name]).map(([id, said]) => [`${id} ${said}`, `${id} ${found[name]?.[id]}`]),
  );
  return [...alone, ...told].filter(([said, come]) => said !== come);
}

// --- files, receipts, witnesses ---------------------------------------------------------------------------------------

// A file that is not there by its name is looked for by what is in it: mail and browsers rename what is there already.
function examineDigests(files, texts) {
  const listed = texts
    .filter(({ name }) => baseOf(name).startsWith(DIGESTS))
    .flatMap(({ name, text }) => digestsIn(name, text));
  if (!listed.length) return [];
  const there = new Map(files.map((file) => [file.name, file]));
  const found = listed.map((each) => ({ ...each, file: there.get(each.path) ?? there.get(baseOf(each.path)) }));
  const named = new Set(found.map(({ file }) => file));
  const isAll = !named.has(undefined);
  const renamed = new Set(isAll ? [] : files.filter((each) => !named.has(each)).map(({ bytes }) => sha256(bytes)));
  const isIt = ({ file, digest }) => (file ? sha256(file.bytes) === digest : renamed.has(digest));
  const others = found.filter((each) => !isIt(each));
  const otherwise = others.filter(({ file }) => file);
  const [same, missing] = [found.length - others.length, others.length - otherwise.length];
  return [
    ...otherwise.map(digestOtherwise),
    ...(same ? [holds("verifier.digests", { number: same })] : []),
    ...(missing ? [unknown("verifier.digests_missing", { number: missing })] : []),
  ];
}

function digestOtherwise({ path, file, digest }) {
  const facts = { file: path };
  return isRewritten(file.bytes, digest)
    ? holds("verifier.digest_lines", facts)
    : fails("verifier.digest_wrong", facts);
}

// Whether it is the same but for the ends of its lines, or the mark of UTF-8, which mail and editors change.
function isRewritten(bytes, digest) {
  if (bytes.includes(0)) return false;
  const lines = new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
  const ways = [lines, lines.replaceAll("\n", "\r\n")].flatMap((text) => [text, `\ufeff${text}`]);
  return ways.some((text) => sha256(text) === digest);
}

// As `sha256sum` writes them, below the folder in which the list lies.
function digestsIn(name, text) {
  const folder = name.slice(0, name.length - baseOf(name).length);
  const lines = text.split(/\r?\n/).map((line) => /^([0-9a-f]{64}) [ *](.+)$/.exec(line));
  return lines.filter(Boolean).map(([, digest, path]) => ({ digest, path: folder + path }));
}

function baseOf(name) {
  return name.slice(name.lastIndexOf("/") + 1);
}

function examineReceipt(typed = "", results, logs, ballots) {
  const looks = looksOf(typed);
  const cast = ballots.flatMap(({ file }) => castWith(file, typed, logsOf(file, logs)));
  if (cast.length) return once(cast);
  if (!looks) return [];
  if (looks.length < LENGTH_OF_RECEIPT) return [unknown("verifier.receipt_short", { number: looks.length })];
  const listed = results.flatMap(({ file }) =>
    file.results.flatMap(({ sheets, unit }) => sheets.map(({ receipt }) => ({ receipt, unit }))),
  );
  const inLog = logs.flatMap(({ meeting }) =>
    [...(meeting?.rounds.values() ?? [])].flatMap(({ sheets, unit }) =>
      [...sheets.values()]
        .filter(({ standing, receipt }) => standing === "submitted" && receipt)
        .map(({ receipt }) => ({ receipt, unit: unitName(meeting.plan, unit) })),
    ),
  );
  const [told, ours] = [listed, inLog].map((all) => all.filter(({ receipt }) => looksOf(receipt) === looks));
  const counted = told.length ? told : ours;
  if (!counted.length)
    return [fails("verifier.receipt_gone", { receipt: typed.normalize("NFKC").toUpperCase().trim() })];
  return once(counted.map((facts) => holds("verifier.receipt", facts)));
}

// Signs of an input method are wide ones; and who reads a receipt aloud or copies it takes O for 0, I and L for 1, B for 8.
function looksOf(typed) {
  const signs = typed.normalize("NFKC").toUpperCase().replaceAll("0", "O").replace(/[1L]/g, "I").replaceAll("8", "B");
  return signs.replace(/[^A-Z2-7]/g, "");
}

function examineWitness({ number = "", seal = "" }, logs) {
  const seq = Number(number.normalize("NFKC").replace(/\D/g, ""));
  const hex = seal
    .normalize("NFKC")
    .toLowerCase()
    .replaceAll("o", "0")
    .replace(/[il]/g, "1")
    .replace(/[^0-9a-f]/g, "");
  if (!seq || hex.length < 8) return [];
  const found = logs.map(({ log }) => ({ code: log.code, looked: witnessed(log, seq, hex) }));
  const meant = new Set(found.filter(({ looked }) => looked.state === "holds").map(({ code }) => code));
  return once(found.filter(({ code }) => !meant.size || meant.has(code)).map(({ looked }) => looked));
}

// Which meeting is meant nobody says: where it holds for one, the logs of others are not asked.
function witnessed({ entries }, seq, hex) {
  const entry = entries[seq - 1];
  if (!entry) return fails("verifier.witness_beyond", { seq, here: entries.length });
  if (!entry.seal.startsWith(hex)) return fails("verifier.witness_differs", { seq, seal: inFours(entry.seal) });
  return holds("verifier.witness", { seq });
}

function inFours(seal) {
  return (seal.slice(0, SHOWN).match(/.{4}/g) ?? []).join(" ");
}
