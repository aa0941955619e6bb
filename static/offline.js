// Where nothing is taken without a connection, everything that would ask for something is seen to be off, and whoever
// presses all the same is told at once, not after a dialog. What was typed into a form stays in it.

import { hear } from "./events.js";
import { say, toast } from "./page.js";
import { isConnected } from "./wire.js";

// In the big button's place, see base.css.
document.documentElement.style.setProperty("--no-connection", JSON.stringify(say("no_connection")));
document.documentElement.dataset.needsConnection = "yes";

hear("connection", (state) => toast(state === "off" ? say("connection_lost") : ""));

document.addEventListener(
  "click",
  (event) => {
    if (isConnected() || !event.target.closest("button[data-do], button[data-takes]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    toast(say("offline"));
  },
  true,
);
