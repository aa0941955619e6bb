"""The letters and papers that go out."""

WORDS = {
    "letter.summary": "Summary of the scores",
    "letter.sheets": "Sheets by seat",
    "letter.opinion": "Opinion for a unit",
    "letter.problems": "List of problems",
    "letter.minutes": "Minutes of the meeting",
    "letter.circular": "Circular to the units",
    "letter.notice": "Public notice",
    "letter.handover": "Hand-over sheet",
    "letter.findings": "List of findings of a unit",
    "letter.ledger": "Ledger of rectification",
    "letter.report": "Report of rectification",
    "letter.approval": "Approval of striking off",
    "letter.publicity": "Notice before striking off",
    "letter.progress": "Circular on rectification",
    "letter.reminder": "Reminder of what is due",
    "letter.urging": "Urging of what is overdue",
    "letter.admonition": "Admonition with a last day",
}
