// The room-health board: what it asks for is asked at once or not at all, as on the console.

import "./clock.js";
import "./wire.js";
import { actThrough } from "./actions.js";
import "./offline.js";
import { Outbox } from "./outbox.js";

actThrough(new Outbox());
