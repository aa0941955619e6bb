"""A column of the plan: what workbook, text file, preview and set-up pages know of a field, said once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.papers.plan.contents import COUNT, NAME, YES_OR_NO, Content, Holds


@dataclass(frozen=True, slots=True)
class Column:
    """A column, or in a sheet of entries a line: all that workbook, text file, preview and set-up pages know of it.

    ``field``: what it is called in the plan (see ``Shortcoming``). ``get``: its value, where the part has no field of
    that name. ``of`` names the sheet from which a reference is chosen. ``is_rare``: written only where there is one.
    ``is_outdated``: still read, written no more.
    ``bounds``: the counts that a form lets in.
    """

    field: str
    heading: str
    hint: str
    content: Content = NAME
    width: int = 14
    of: str = ""
    also: tuple[str, ...] = ()
    unit: str = ""
    is_needed: bool = False
    is_repeated: bool = False
    is_rare: bool = False
    is_outdated: bool = False
    bounds: tuple[int, int] = (0, 1000)
    get: Callable[[Any], Any] | None = None

    @property
    def holds(self) -> Holds:
        return self.content.holds

    @property
    def choices(self) -> tuple[str, ...]:
        return self.content.choices

    @property
    def is_plain(self) -> bool:
        """Whether it is chosen from a list, yes or no, counted or a line: a form needs to know no more of it."""
        content = self.content
        is_known = content.kind is not None or content.is_line or content in (YES_OR_NO, COUNT)
        return is_known and not self.is_repeated

    def value_of(self, part: Any) -> Any:
        return self.get(part) if self.get else getattr(part, self.field)

    def written(self, value: Any) -> Any:
        """A value as the content of a cell."""
        return "" if value is None else self.content.write(value)

    def told(self, part: Any) -> str:
        """What a preview says of it."""
        value = self.value_of(part)
        if self.is_repeated:
            return "、".join(map(self.content.tell, value))
        return "" if value is None else self.content.tell(value)

    @property
    def title(self) -> str:
        return f"{self.heading}（{self.unit}）" if self.unit else self.heading
