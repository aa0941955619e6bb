"""What to fill in, as a file of either kind: the example with its explanations, or a meeting."""

from collections.abc import Callable, Mapping

from app.meeting.plan import Plan


def write_workbook_file(plan: Plan | None) -> bytes:
    from app.papers.plan.workbook import write_workbook  # seldom needed, and a start should not wait for XlsxWriter

    return write_workbook(plan)


def write_text_file(plan: Plan | None) -> bytes:
    from app.papers.plan.example import EXAMPLE_TEXT
    from app.papers.plan.writing_text import write_text

    return (EXAMPLE_TEXT if plan is None else write_text(plan)).encode()


WRITERS: Mapping[str, Callable[[Plan | None], bytes]] = {".xlsx": write_workbook_file, ".toml": write_text_file}
