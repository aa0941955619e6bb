"""What is asked for of publication: at the bureau's desk, by a form."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ShowReports:
    """``attachments``: the ids of those that the public may open; all others it may not."""

    attachments: tuple[str, ...]
    author: str
