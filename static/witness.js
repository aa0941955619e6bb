// The newest entry that this tablet was told of, with its seal: a witness whom a record written anew would have to deceive.
// It is kept on the device. Once the meeting is over, the record is asked whether it has that entry, and what it says is
// shown, with the number and seal by which the whole record is known again.

import { hear } from "./events.js";
import { say, show } from "./page.js";
import { onDevice } from "./storage.js";

const SHOWN = 16;

export class Witness {
  #name;
  #address;
  #isAsked = false;

  constructor(code, seat) {
    this.#name = `kaimen.witness.${code}.${seat}`;
    this.#address = `/${code}/proof`;
    hear("ack", ({ seq, seal }) => seal && this.#keep(seq, seal));
  }

  get #meeting() {
    const { status, opened } = document.getElementById("panel-now").dataset;
    return { isOver: status === "finished", opened };
  }

  #keep(number, seal) {
    const { opened } = this.#meeting;
    const kept = onDevice.read(this.#name);
    if (kept?.opened === opened && kept.number >= number) return;
    onDevice.keep(this.#name, { opened, number, seal });
  }

  render() {
    const { isOver } = this.#meeting;
    if (!isOver) show(document.getElementById("witness"), "");
    if (isOver && !this.#isAsked) this.#ask();
    this.#isAsked = isOver;
  }

  async #ask() {
    const kept = onDevice.read(this.#name);
    const answer = await fetch(`${this.#address}?number=${kept?.number ?? 0}`).catch(() => null);
    const { isOver, opened } = this.#meeting;
    if (!answer?.ok || !isOver) return;
    const { entries, seal, given } = await answer.json();
    const ends = say("witness.ends", { number: entries, seal: inFours(seal) });
    show(document.getElementById("witness"), kept ? this.#inWords(kept, given, opened, ends) : ends);
    if (!kept || kept.seal === given) onDevice.keep(this.#name, { opened, number: entries, seal });
  }

  #inWords(kept, given, opened, ends) {
    const facts = { number: kept.number, seal: inFours(kept.seal), ends };
    if (kept.opened && kept.opened !== opened) return say("witness.of_another", facts);
    return say(kept.seal === given ? "witness.there" : "witness.not_there", facts);
  }
}

function inFours(seal) {
  return seal.slice(0, SHOWN).match(/.{4}/g).join(" ");
}
