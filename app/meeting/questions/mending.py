"""Whether a changed text is the same question, with its typing errors put right."""

from app.meeting.refusals import refuse_if

ALWAYS_ALLOWED = 2
ONE_OF = 10
"""Characters that may be other, put in or left out: two, and of a long text each tenth. Counted from the original, so
that nobody gets away from it step by step."""


def must_be_a_mending(original: str, text: str) -> None:
    most = max(ALWAYS_ALLOWED, len(original) // ONE_OF)
    refuse_if(_distance(original, text) > most, "question.not_a_mending", most=most)


def _distance(one: str, other: str) -> int:
    """The least number of characters to change, put in and leave out (Levenshtein 1965)."""
    before = list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        now = [row]
        for at, right in enumerate(other, start=1):
            now.append(min(before[at] + 1, now[-1] + 1, before[at - 1] + (left != right)))
        before = now
    return before[-1]
