"""What is said of questions of the audience: to whoever asks, and to whoever moderates them."""

SENTENCES = {
    "questions.none": "This meeting takes no questions from the audience.",
    "question.unknown": "There is no such question.",
    "question.not_approved": "This question has not been approved. Approve it first.",
    "question.not_chosen": "This question has not been shown to the hall.",
    "question.for_no_unit": "The question was addressed to everybody. Say which unit it goes to.",
    "question.handed_over": "This question has already been turned into a finding.",
    "questions.not_now": "Questions can only be asked while the meeting is being held.",
    "question.no_device": (
        "This browser keeps no cookies, so it cannot ask. Allow them, or open the page in another browser."
    ),
    "question.too_often": "That was quick. Please press again in {seconds} seconds; what you typed is still here.",
    "words.not_there": "The file is not there, or may not be read.",
    "words.workbook": "It is a workbook or a document: copy its columns into a text file and save that.",
    "words.not_a_text": "This is not a text in UTF-8, UTF-16 or GBK.",
    "words.too_long": "The file is larger than 4 MB.",
    "question.told": "This question has been shown to everybody. To take it off all screens, give a reason.",
    "question.no_reason": "Choose why the question is not shown: whoever asked is told so.",
    "question.none_ticked": "Tick the questions first.",
    "question.wait": "Your {most} questions are still being looked at. Please wait a moment before the next one.",
    "question.enough": "You have asked {most} questions, as many as one device may.",
    "questions.too_many": "So many questions have been asked that no more can be taken.",
    "question.merged": "This question is part of another one. Take it out of that first.",
    "question.merge_into": "Questions can be merged into one that waits or has been approved.",
    "question.merge_none": "Tick the questions that are to become part of this one.",
    "question.merge_answered": "A question that has been answered cannot become part of another one.",
    "question.not_a_mending": "Only typing errors may be put right: at most {most} characters.",
    "question.withdrawn": "This question has already been withdrawn.",
}
