"""A unit's own door: its findings, what it does with them, its proofs."""

from typing import Any

from app.web.unit import calendar, drafts, pages, proofs, reporting

ROUTES: list[Any] = [*pages.ROUTES, *proofs.ROUTES, *drafts.ROUTES, *calendar.ROUTES, *reporting.ROUTES]
