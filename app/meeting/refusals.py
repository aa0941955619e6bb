"""Why a command is declined: a code with facts. The sentence that people read is made of them in ``app.language``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Said:
    """A code with the facts for its sentence; facts may be sentences again."""

    code: str
    facts: "Mapping[str, Fact]" = field(default_factory=dict)

    def __str__(self) -> str:
        """For a log of the program: the code and its facts."""
        return ", ".join((self.code, *(f"{name}: {_as_text(fact)}" for name, fact in self.facts.items())))


def _as_text(fact: "Fact") -> str:
    return f"({'; '.join(map(str, fact))})" if isinstance(fact, tuple) else str(fact)


Fact = str | int | tuple[str | Said, ...]


class Refused(Exception):
    """A command that will not be carried out, said by a code and facts.

    ``again``: fields with which the same command would be accepted, if the person who asked says so knowingly.
    ``at``: ids of what was filled in wrongly, for a form to point there.
    """

    def __init__(
        self, code: str, again: Mapping[str, Any] | None = None, at: Sequence[str] = (), **facts: Fact
    ) -> None:
        super().__init__(code)
        self.said = Said(code, facts)
        self.again = again
        self.at = tuple(at)

    @property
    def code(self) -> str:
        return self.said.code

    @property
    def facts(self) -> Mapping[str, Fact]:
        return self.said.facts

    def __str__(self) -> str:
        return str(self.said)


def refusal_of(said: Said) -> Refused:
    """A refusal for what has been said elsewhere."""
    return Refused(said.code, None, (), **said.facts)


def refuse_if(unwanted: bool, code: str, **facts: Fact) -> None:
    if unwanted:
        raise Refused(code, None, (), **facts)


def refuse_unless(wanted: bool, code: str, **facts: Fact) -> None:
    refuse_if(not wanted, code, **facts)
