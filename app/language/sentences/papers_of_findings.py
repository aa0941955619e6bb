"""What is said on the page of the papers of findings, in their calendar and around their ledger as a workbook."""

SENTENCES = {
    "paper.not_now": "This paper cannot be made for that day: what it would be about is not so then.",
    "calendar.name": "Rectification: {meeting}",
    "calendar.notice": "{unit}: papers are to be with the unit (findings {numbers})",
    "calendar.dispute": "{unit}: last day to return findings as not its own (findings {numbers})",
    "calendar.plan": "{unit}: plan of rectification due (findings {numbers})",
    "calendar.rectification": "{unit}: rectification due (findings {numbers})",
    "calendar.report": "{unit}: report of rectification due (findings {numbers})",
    "calendar.checkpoint": "{unit}: long-term rectification is looked at (findings {numbers})",
    "calendar.public": "{unit}: public notice ends (findings {numbers})",
    "calendar.look_back": "{unit}: look-back (findings {numbers})",
}
