"""What to fill in, as a file of either kind: the example with its explanations, or a meeting."""

from collections.abc import Callable, Mapping

from app.meeting.plan import Plan
from app.papers.example import EXAMPLE_TEXT
from app.papers.textfile import write_text
from app.papers.workbook import write_workbook


def write_text_file(plan: Plan | None) -> bytes:
    return (EXAMPLE_TEXT if plan is None else write_text(plan)).encode()


WRITERS: Mapping[str, Callable[[Plan | None], bytes]] = {".xlsx": write_workbook, ".toml": write_text_file}
