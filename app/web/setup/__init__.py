"""The set-up pages: with these an official prepares a meeting. The table of contents."""

from typing import Any

from app.web.setup import (
    agenda,
    attachments,
    composite,
    files,
    letters,
    meeting,
    meetings,
    panel,
    previous,
    rubric,
    rules,
    units,
    words,
)
from app.web.setup.page import SetupPage

PAGES: tuple[SetupPage, ...] = (
    meeting.PAGE,
    units.PAGE,
    agenda.PAGE,
    panel.PAGE,
    rubric.PAGE,
    rules.PAGE,
    composite.PAGE,
    words.PAGE,
)

ROUTES: list[Any] = [
    *meetings.ROUTES,
    *files.ROUTES,
    *letters.ROUTES,
    *attachments.ROUTES,
    *previous.ROUTES,
    *(route for page in PAGES for route in page.routes),
]
