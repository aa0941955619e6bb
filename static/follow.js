// A page that follows: clocks and the socket, nothing to ask.

import "./clock.js";
import "./wire.js";
