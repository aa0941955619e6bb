// Polls followed entry by entry: how the hall was told that it voted, and as what each choice counts.

const FOR = ["very", "satisfied", "fairly", "for"];
const NEITHER = ["unknown", "abstain"];

// `polls`: by id, each { unit, tally, seq, isWithdrawn }; `tally` is empty while nothing is shown. What a public log leaves out
// of a poll changes nothing here.
export function toPoll(polls, { seq, said: { kind, data } }) {
  const { poll: id, unit, tally } = data;
  if (kind === "PollOpened") polls.set(id, { unit, tally: {}, isWithdrawn: false });
  const poll = polls.get(id);
  if (!poll) return;
  if (kind === "PollShown") Object.assign(poll, { tally, seq });
  if (kind === "PollHidden" || kind === "PollWithdrawn") Object.assign(poll, { tally: {}, seq: null });
  if (kind === "PollWithdrawn") poll.isWithdrawn = true;
}

// The vote on a unit that counts: the last that was not withdrawn.
export function pollOn(polls, unit) {
  return [...polls.values()].reverse().find((each) => each.unit === unit && !each.isWithdrawn);
}

// "for", "against" or "neither": of the organiser's own choices as the rules say.
export function countsAs({ own_choices: own = [] }, choice) {
  const named = own[Number(choice.replace("own_", "")) - 1];
  if (named) return named.counts;
  if (FOR.includes(choice)) return "for";
  return NEITHER.includes(choice) ? "neither" : "against";
}
