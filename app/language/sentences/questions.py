"""What is said of questions of the audience: to whoever asks, and to whoever moderates them."""

SENTENCES = {
    "questions.none": "In this meeting no questions of the audience are taken.",
    "question.unknown": "There is no such question.",
    "question.not_approved": "This question has not been approved. Approve it first.",
    "question.not_chosen": "This question has not been shown to the hall.",
    "question.for_no_unit": "The question was asked of all. Say which unit it is handed over to.",
    "question.handed_over": "This question has already been made a finding.",
    "question.not_a_mending": "Only typing errors may be put right: at most {most} characters.",
    "question.withdrawn": "This question has already been withdrawn.",
}
