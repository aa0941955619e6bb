"""The example that a template shows: a small meeting, complete, to be written over."""

from pathlib import Path

from app.meeting.plan import Plan
from app.papers.plan.textfile import read_plan

EXAMPLE_TEXT = (Path(__file__).parent / "example.toml").read_text("utf-8")
EXAMPLE: Plan = read_plan(EXAMPLE_TEXT)
