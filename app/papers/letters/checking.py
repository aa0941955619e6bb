"""An office's own form, looked over before it is kept: a letter of bounded size, with no names but its letter's."""

from app.papers.letters.bounds import must_be_a_letter
from app.papers.letters.filling import filled
from app.papers.letters.forms import MADE, Form
from app.papers.letters.names import sample


def must_be_a_form(content: bytes, form: Form, file: str) -> None:
    """Raises Refused: with the names that the letter does not have, or with what else is wrong."""
    must_be_a_letter(content, file)
    filled(content, sample(form.letter), file, form.title, MADE)
