"""A form as a template shows it, and why one is not saved."""

from collections.abc import Mapping

from app.meeting.plan import Plan
from app.meeting.refusals import Refused, Said
from app.web.setup.typed import Typed


class Form:
    """A form for a template: finished texts."""

    def __init__(self, typed: Typed, problems: Mapping[str, str]) -> None:
        self._typed = typed
        self.problems = problems

    def text(self, name: str) -> str:
        return self._typed.text(name)

    def problem(self, name: str) -> str:
        return self.problems.get(name, "")

    def is_on(self, name: str) -> bool:
        return self._typed.text(name) == "on"

    def keys(self, rows: str) -> list[str]:
        return self._typed.keys(rows)

    def may_have_cursor(self, name: str) -> bool:
        """A field with a problem, of which a browser takes the first on the page; else where the last button was."""
        wrong = [each for each in self.problems if each]
        return name in wrong if wrong else name == self._typed.text("focus")


class Moved(Refused):
    """Somebody else has changed the same part since the form was made; ``plan`` is how it stands now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("form.moved")
        self.plan = plan


class Complained(Refused):
    """A form with something in it that cannot be taken; what, by field."""

    def __init__(self, complaints: Mapping[str, Said]) -> None:
        super().__init__("form.complained", None, tuple(complaints))
        self.complaints = complaints
