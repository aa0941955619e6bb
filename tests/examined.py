"""What a doctor is told and asked in tests: the time, and one finding by its subject, in English."""

from datetime import UTC, datetime
from types import SimpleNamespace

from app.doctor.check import told
from app.language import Language

NOW = datetime.now(UTC)


def by_subject(checks) -> dict[str, SimpleNamespace]:
    """With the fields that a program is told; the level as it is in ours."""
    return {each.subject: SimpleNamespace(**told(each, Language.ENGLISH) | {"level": each.level}) for each in checks}
