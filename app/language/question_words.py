"""What pages call questions of the audience, where they stand and what is done with them."""

QUESTION_WORDS = {
    "field.rules.questions": "Questions of the audience",
    "questions.never": "are not taken",
    "questions.moderated": "are shown once a moderator has approved them",
    "questions.at_once": "are shown at once, and can be taken away",
    "question.to_all": "all units",
    "scene.question": "Question of the audience",
}
