// The room-health board: what it asks for is asked at once or not at all, as on the console.

import "./clock.js";
import "./wire.js";
import { actThrough } from "./actions.js";
import "./offline.js";
import { Outbox } from "./outbox.js";
import { say, toast } from "./page.js";

actThrough(new Outbox());

document.addEventListener("kaimen:connection", (event) => {
  toast(event.detail === "off" ? say("connection_lost") : "");
});
