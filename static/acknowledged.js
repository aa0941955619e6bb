// What the server has acknowledged and no picture has shown yet. The ack comes before any picture: a mark that went by
// what the picture holds meanwhile would be the one before, on the tablet, in the next step up and in what is submitted.

import { areInOnePlace } from "./outbox.js";

const SHOWN_BY_SHEET = new Set(["give_score", "erase_score", "judge_promise", "erase_judgement", "submit_sheet"]);
// A picture that was under way as a command was carried out may be seen after its ack. No second one is.
const MAY_LACK_IT = 1;

export class Acknowledged {
  #entries = [];
  #seen = "";

  constructor(outbox) {
    outbox.addEventListener("answered", ({ detail: { command, answer } }) => {
      if (!("ack" in answer) || !SHOWN_BY_SHEET.has(command.do)) return;
      // One picture may show several answers: what was overtaken would lie over what came after it.
      this.#entries = this.#entries.filter((entry) => !areInOnePlace(entry.command, command));
      this.#entries.push({ command, pictures: 0 });
    });
  }

  // The commands that are still to be laid over the sheet in this picture; `text`: all that it says of the sheet.
  beyond(text) {
    if (text !== this.#seen) {
      this.#seen = text;
      for (const entry of this.#entries) entry.pictures += 1;
      const sheet = JSON.parse(text);
      this.#entries = this.#entries.filter((entry) => entry.pictures <= MAY_LACK_IT && !isIn(sheet, entry.command));
    }
    return this.#entries.map(({ command }) => command);
  }
}

function isIn({ marks, promises, submitted }, command) {
  if (command.do === "give_score") return marks[command.criterion] === command.points;
  if (command.do === "erase_score") return marks[command.criterion] === undefined;
  if (command.do === "judge_promise") return promises[command.promise] === command.mark;
  if (command.do === "erase_judgement") return promises[command.promise] === undefined;
  return submitted !== null;
}
