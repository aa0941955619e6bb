"""The screens: for each, what stands in its regions. Each context is a type; the JSON feed sends the same."""

from app.live.screens.console import CONSOLE
from app.live.screens.devices import DEVICES
from app.live.screens.hall import HALL
from app.live.screens.lower import LOWER
from app.live.screens.panel import PANEL
from app.live.screens.phone import PHONE
from app.live.screens.prompt import PROMPT
from app.live.screens.results import RESULTS
from app.live.screens.timer import TIMER

VIEWS = {view.name: view for view in (CONSOLE, PANEL, HALL, TIMER, LOWER, PROMPT, PHONE, RESULTS, DEVICES)}
