"""The forms of a page as a browser would send them: what stands in the fields, and what can be chosen and pressed."""

from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser

Fields = dict[str, list[str]]
Attributes = list[tuple[str, str | None]]


@dataclass(slots=True)
class Form:
    """``choices``: the values of boxes, radio buttons and lists by their names; ``buttons``: those of ``do``."""

    action: str
    fields: Fields = field(default_factory=lambda: defaultdict(list))
    choices: Fields = field(default_factory=lambda: defaultdict(list))
    buttons: list[str] = field(default_factory=list)

    def filled(self, typed: dict[str, str | list[str]], do: str = "") -> Fields:
        texts = {name: [text] if isinstance(text, str) else text for name, text in typed.items()}
        return {**self.fields, **texts, **({"do": [do]} if do else {})}


def forms_of(page: str) -> list[Form]:
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def form_with(page: str, button: str) -> Form | None:
    """The form that has this button; None if the page offers no such thing."""
    return next((each for each in forms_of(page) if button in each.buttons), None)


def form_to(page: str, action: str) -> Form | None:
    """The first form that is sent to this address."""
    return next((each for each in forms_of(page) if each.action == action), None)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._list = ""
        self._text: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attributes: Attributes) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self._form = Form(said.get("action", ""))
            self.forms.append(self._form)
        elif self._form is not None:
            self._take(self._form, tag, said)

    def _take(self, form: Form, tag: str, said: dict[str, str]) -> None:
        match tag:
            case "input":
                _enter(form, said)
            case "textarea":
                self._text = (said.get("name", ""), [])
            case "select":
                self._list = said.get("name", "")
            case "option" if self._list:
                form.choices[self._list].append(said.get("value", ""))
                if "selected" in said or self._list not in form.fields:
                    form.fields[self._list] = [said.get("value", "")]
            case "button" if said.get("name") == "do":
                form.buttons.append(said.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[1].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text and self._form:
            name, said = self._text
            self._form.fields[name] = ["".join(said)]
            self._text = None
        elif tag == "select":
            self._list = ""
        elif tag == "form":
            self._form = None


def _enter(form: Form, said: dict[str, str]) -> None:
    name, value, kind = said.get("name", ""), said.get("value", ""), said.get("type", "text")
    if kind in ("checkbox", "radio"):
        form.choices[name].append(value or "on")
        if "checked" in said:
            form.fields[name].append(value or "on")
    elif name and kind not in ("file", "submit"):
        form.fields[name].append(value)
