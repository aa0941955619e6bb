"""What happened to publication."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReportsShown:
    """``attachments``: all that the public may open from now on."""

    attachments: tuple[str, ...]
    author: str
    at: datetime
