"""What the record is read by: its subjects, and the chapters of a replay."""

WORDS = {
    "subject.agenda": "Course of the meeting",
    "subject.order": "Order of reporting",
    "subject.sheets": "Scoring and sheets",
    "subject.results": "Results",
    "subject.comments": "Comments",
    "subject.polls": "Votes of the audience",
    "subject.displays": "Displays",
    "subject.findings": "Findings",
    "subject.seats": "Presence of the seats",
    "chapter.MeetingOpened": "The meeting is opened",
    "chapter.MeetingFinished": "The meeting is closed",
}
