// The room-health board: what it asks for is asked at once or not at all, as on the console.

import "./clock.js";
import "./wire.js";
import { actThrough } from "./actions.js";
import { hear } from "./events.js";
import "./offline.js";
import { Outbox } from "./outbox.js";
import { say, toast } from "./page.js";

actThrough(new Outbox());

hear("connection", (state) => toast(state === "off" ? say("connection_lost") : ""));
