"""``run.py`` on a slow disk: each commit takes up to ten milliseconds, so that a kill often falls into one.

Without it a commit is over before an answer given too early could have travelled to a tablet and back.
"""

import random
import runpy
import sys
import time
from pathlib import Path

import sqlalchemy as sa

ROOT = Path(__file__).parents[2]


def be_slow(_connection: sa.Connection) -> None:
    seconds = random.uniform(0, 0.01)
    time.sleep(seconds)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sa.event.listen(sa.Engine, "commit", be_slow)
    runpy.run_path(str(ROOT / "run.py"), run_name="__main__")
