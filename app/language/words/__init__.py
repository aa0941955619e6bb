"""Words for codes: what a kind, a group or a standing is called on a screen; a file for each subject.

English here, Chinese in the catalogue.
"""

from app.language.words import (
    agenda,
    desk,
    findings,
    keys,
    letters,
    panel,
    polls,
    published,
    questions,
    record,
    results,
    rules,
    screens,
    setup,
)

SUBJECTS = (
    agenda,
    panel,
    rules,
    results,
    polls,
    questions,
    screens,
    keys,
    record,
    setup,
    letters,
    findings,
    desk,
    published,
)
WORDS = {code: word for subject in SUBJECTS for code, word in subject.WORDS.items()}
