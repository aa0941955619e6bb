"""What tests of a unit's door share: findings handed over today, a unit's key, its forms."""

from datetime import date, datetime, timedelta
from typing import Any

import httpx

from app.meeting import commands as c
from app.meeting.findings.state import Deadlines, FindingKind
from app.store.keys import Role
from tests.findings import BUREAU, drafted
from tests.live.served import Sitting, pair_of
from tests.meetings import small_plan


def today() -> date:
    """In the hall."""
    return datetime.now(small_plan().starts_at.tzinfo).date()


def made(finding: str, text: str, unit: str = "water", sources: tuple[str, ...] = ()) -> c.DraftFinding:
    return drafted(finding, unit, text=text, kind=FindingKind.IN_TERM, sources=sources)


def handed(*findings: str) -> c.HandOver:
    return c.HandOver(findings, Deadlines(*(today() + timedelta(days=each) for each in (7, 9, 15, 61, 120))), BUREAU)


def key_of(sitting: Sitting, unit: str = "water") -> str:
    return sitting.key(Role.UNIT, unit)


def sends(sitting: Sitting, path: str, key: str, files: list[Any] | None = None, **fields: Any) -> httpx.Response:
    """A form of the unit's pages."""
    headers = {"authorization": f"Bearer {key}", **pair_of(sitting.served.page("/join"))}
    sitting.served.http.cookies.clear()
    return sitting.served.http.post(f"/{sitting.code}/unit{path}", data=fields, files=files, headers=headers)
