"""What pages call questions of the audience, where they stand and what is done with them."""

QUESTION_WORDS = {
    "field.rules.questions": "Questions of the audience",
    "questions.never": "are not taken",
    "questions.moderated": "are shown once a moderator has approved them",
    "questions.at_once": "are shown at once, and can be taken away",
    "question.waiting": "Being looked at by a moderator",
    "question.approved": "Everybody can read it",
    "question.archived": "Not shown",
    "question.merged": "Part of another question, which is being looked at",
    "question.chosen": "Shown to the hall",
    "question.answered": "Answered",
    "question.taken_up": "Taken up by the bureau, which is preparing to hand it over",
    "question_reason.off_topic": "it is not about the work of the units",
    "question_reason.insult": "it insults somebody",
    "question_reason.personal": "it names a private person, or personal data",
    "question_reason.advertising": "it is advertising",
    "question_reason.unreadable": "it cannot be understood",
    "question.to_all": "all units",
    "scene.question": "Question of the audience",
}
