"""The bureau's desk: findings drafted, handed over, struck off; the supervisor reads along and verifies.

Forms and pages without a socket: what is done here takes days, and works without a script.
"""

from typing import Any

from app.web.desk import (
    bulk,
    cures,
    drafting,
    figures,
    finding,
    ledger,
    ledger_file,
    papers,
    prints,
    publication,
    questions,
    tapped,
    terms,
)

ROUTES: list[Any] = [
    *tapped.ROUTES,
    *papers.ROUTES,
    *ledger_file.ROUTES,
    *prints.ROUTES,
    *ledger.ROUTES,
    *bulk.ROUTES,
    *drafting.ROUTES,
    *terms.ROUTES,
    *publication.ROUTES,
    *questions.ROUTES,
    *figures.ROUTES,
    *finding.ROUTES,
    *cures.ROUTES,
]
