"""What happened to findings, questions of the audience and votes on cures, in sentences."""

AT_DESKS = {
    "TermsSet": "The terms of rectification were set by {author}: {terms}.",
    "FindingDrafted": "A finding on {unit} was drafted by {author}: {text}",
    "FindingEdited": "{named} was edited by {author}: {text}",
    "FindingsMerged": "Drafts of findings were merged by {author}: {count} into {named}.",
    "FindingWithdrawn": "{named} was withdrawn by {author}. Reason: {reason}.",
    "FindingHandedOver": "{named} was handed over by {author}, as number {number}; to be rectified by {due}.",
    "FindingSignedFor": "{named} was signed for by {author}.",
    "FindingDisputed": "{named} is not its own, the unit says ({author}). Reason: {reason}. Whose it is: {whose}.",
    "DisputeSettled": "{named}: what the unit said of it was settled by {author}: {settled}. Reason: {reason}.",
    "CureSent": "{named}: a plan of rectification was sent by {author}, to be carried out by {due}.",
    "CureAgreed": "{named}: the plan was agreed to by {author}.",
    "CureReturned": "{named}: the plan was returned by {author}. Reason: {reason}.",
    "WorkReported": "{named}: progress was reported by {author}: {text}",
    "ReportCameIn": "{unit} ({author}) reported on how this was put right: {judged}. {text}",
    "ProofAdded": "{named}: the proof “{name}” was handed in by {author}, SHA-256 {sha256}.",
    "ProofRemoved": "{named}: a proof was taken away by {author}.",
    "ExtensionAsked": "{named}: more time was asked for by {author}, until {until}. Reason: {reason}.",
    "ExtensionAnswered": "{named}: more time was {granted} by {author}. Reason: {reason}.",
    "FindingMadeLongTerm": (
        "{named} was made long-term by {author}, to be looked at again on {checkpoint}. Reason: {reason}."
    ),
    "LongTermEnded": "{named} is long-term no more, said {author}; to be rectified by {until}. Reason: {reason}.",
    "StrikeOffAsked": "{named}: to be struck off, asked {author}; pledged by {pledge}: {text}",
    "RequestPassedOn": "{named} was passed on by {author} to be verified.",
    "RequestReturned": "{named} was returned to the unit by {author}. Reason: {reason}.",
    "FindingVerified": "{named} was verified by {author}: {passed}. {opinion}",
    "ProofsShown": "{named}: {count} proofs may be opened by the public, said {author}.",
    "NoticeGiven": "{named}: public notice was given by {author} until {until}.",
    "ObjectionRaised": "{named}: an objection was raised: {text}",
    "ObjectionAnswered": "{named}: an objection was answered by {author} ({upheld}): {answer}",
    "ObjectionWithheld": "{named}: the text of an objection is withheld, said {author}. Reason: {reason}.",
    "FindingStruckOff": "{named} was struck off by {author}; to be looked at again on {look_back_on}.",
    "FindingLookedBack": "{named} was looked at again by {author}, and holds: {note}",
    "FindingReopened": "{named} was re-opened by {author}, to be rectified by {until}. Reason: {reason}.",
    "ReportsShown": "{count} written reports of units may be opened by the public, said {author}.",
    "QuestionChosen": "A question of the audience to {whom} was shown to the hall: {text} (wanted by {upvotes}).",
    "QuestionAnswered": "A question of the audience to {whom} was answered: {text} Answer: {answer}",
    "QuestionHandedOver": "A question of the audience was made a draft of a finding on {unit}: {text}",
    "QuestionWithdrawn": "A question of the audience is shown no more: {text} Reason: {reason}.",
    "CureVoteOpened": "The panel was asked by {author} how this was put right: {judged}.",
    "CureJudged": "{seat} judged in secret how {number} findings were put right.",
    "CureVoteClosed": "The panel's vote on the cure was closed by {author}: {judged}.",
    "CureVoteWithdrawn": "The panel's vote on the cure was withdrawn by {author}. Reason: {reason}.",
}
REPORTED_ON_PAPER = "The report of {unit} came in on paper on {on}, entered by {author}: {judged}."

YES_OR_NO = {
    "accepted": ("accepted", "not accepted"),
    "granted": ("granted", "not granted"),
    "passed": ("passed", "not passed"),
    "upheld": ("upheld", "not upheld"),
}
"""Of what was decided, by the field: yes, and no."""
