"""Somebody with a browser, who opens pages, fills in their forms and sends them, and notes what was acknowledged.

While the server is away a clerk waits and sends the same form once more, as a person would press the button again.
"""

import time
from collections.abc import Callable, Sequence

from app.rehearsal.browser import Browser, File, Page
from app.rehearsal.days import Days
from app.rehearsal.forms import Form
from app.rehearsal.second_half.steps import Step, Steps
from app.rehearsal.troubles import NotReachable, Stuck

SECONDS_TO_COME_BACK = 60.0
PAUSE_BETWEEN_TRIES = 0.05
OPENS = (200, 422)
"""422: a form with what is wrong with it."""
SEE_OTHER = 303

Typed = dict[str, str | list[str]]


class Clerk:
    """``name`` is what is typed where a page asks who does it; a mark behind it makes each step known again."""

    def __init__(self, url: str, code: str, link: str, name: str, steps: Steps, days: Days) -> None:
        self.code = code
        self.name = name
        self.days = days
        self.steps = steps
        self._url = url
        self._browser = Browser(url)
        self._done: set[tuple[str, str]] = set()
        if link:
            self._comes_in(link)

    def opens(self, path: str) -> str:
        """A page that is there. Raises Stuck if it is not, NotReachable if nobody answers."""
        page = self._until_answered(lambda: self._browser.ask(f"/{self.code}{path}"))
        if page.status != OPENS[0]:
            raise Stuck(f"{self.name}: {path} {page.status}")
        return page.text

    def sends(self, kind: str, form: Form, do: str, typed: Typed, author: str = "", files: Sequence[File] = ()) -> bool:
        """Whether it was acknowledged. ``author``: the field for a name; without one, a text bears the mark."""
        mark = self.steps.mark()
        marked = {name: text.replace(MARK, mark) if isinstance(text, str) else text for name, text in typed.items()}
        if author:
            marked[author] = f"{self.name} {mark}"
        return self.sends_as(Step(kind, mark), form, do, marked, files)

    def sends_as(self, step: Step, form: Form, do: str, typed: Typed, files: Sequence[File] = ()) -> bool:
        """A step that is known again by something else than a mark."""
        page = self.posts(form, do, typed, files)
        if page.status == SEE_OTHER:
            self.steps.acknowledge(step)
        else:
            self.steps.refuse(step)
        return page.status == SEE_OTHER

    def posts(self, form: Form, do: str, typed: Typed, files: Sequence[File] = ()) -> Page:
        fields = form.filled(typed, do)
        return self._until_answered(lambda: self._browser.post(form.action, fields, files))

    def first(self, what: str, finding: str) -> bool:
        """Whether this one has not done so with it yet; from now on it has."""
        is_first = (what, finding) not in self._done
        self._done.add((what, finding))
        return is_first

    def has_done(self, what: str, finding: str) -> bool:
        return (what, finding) in self._done

    @property
    def today(self) -> str:
        return self.days.now.date().isoformat()

    def _comes_in(self, link: str) -> None:
        page = self._until_answered(lambda: self._browser.ask(link))
        if page.status != SEE_OTHER:
            raise Stuck(f"{self.name}: {page.status}")

    def _until_answered(self, asks: Callable[[], Page]) -> Page:
        began, times = time.monotonic(), 1
        while (page := asks()).status == 0:
            if time.monotonic() - began > SECONDS_TO_COME_BACK:
                raise NotReachable(self._url)
            times += 1
            time.sleep(PAUSE_BETWEEN_TRIES)
        self.steps.note(page, time.monotonic() - began, times)
        return page


MARK = "{mark}"
"""In a text that is typed: there the mark is to stand."""
