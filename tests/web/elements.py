"""Looking at the html of a page."""

from html.parser import HTMLParser


def elements_of(html: str) -> list[tuple[str, dict[str, str]]]:
    elements = []
    reader = HTMLParser()
    reader.handle_starttag = lambda tag, attributes: elements.append((tag, dict(attributes)))
    reader.feed(html)
    return [(tag, {name: value or "" for name, value in attributes.items()}) for tag, attributes in elements]
