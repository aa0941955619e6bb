// A display: the screen stays awake where the browser allows it.

import "./clock.js";
import "./wire.js";
import { stayAwake } from "./awake.js";

stayAwake();
