// A page on which forms are signed by finger, and nothing else.

import { takeSignatures } from "./signed-forms.js";

takeSignatures();
