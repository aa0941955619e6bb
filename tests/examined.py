"""What a doctor is told and asked in tests: the time, the English itself, one finding by its subject."""

from datetime import UTC, datetime

from app.doctor.check import Check

NOW = datetime.now(UTC)


def said(text: str) -> str:
    return text


def by_subject(checks) -> dict[str, Check]:
    return {each.subject: each for each in checks}
