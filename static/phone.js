// What a phone of the audience gives: its vote, and its questions. What it is shown, follow.js brings.

import "./vote.js";
import "./asking.js";
