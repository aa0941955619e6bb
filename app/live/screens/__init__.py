"""The screens: for each, what stands in its regions. Contexts are plain JSON, the same that the JSON feed sends.

Instants are milliseconds since 1970 (UTC), durations milliseconds, decimals text, codes the words of ``app.meeting``.
"""

from app.live.screens.console import CONSOLE
from app.live.screens.devices import DEVICES
from app.live.screens.hall import HALL
from app.live.screens.lower import LOWER
from app.live.screens.panel import PANEL
from app.live.screens.phone import PHONE
from app.live.screens.results import RESULTS
from app.live.screens.timer import TIMER

VIEWS = {view.name: view for view in (CONSOLE, PANEL, HALL, TIMER, LOWER, PHONE, RESULTS, DEVICES)}
