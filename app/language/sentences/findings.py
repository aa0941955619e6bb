"""Findings: why a step cannot be taken."""

SENTENCES = {
    "finding.unknown": "There is no such finding.",
    "finding.twice": "There is already a finding with this id.",
    "finding.not_now": "This cannot be done with the finding as it stands. Load the page again.",
    "finding.moved_on": (
        "The finding has moved on since this page was opened, see its course below; nothing was entered. Please look, "
        "then press again."
    ),
    "finding.moved_on_meanwhile": "It has moved on since this page was made. Please look at it, then press again.",
    "finding.day_is_past": "{day} has passed, or is too early for this.",
    "finding.day_too_far": "{day} is too far away. Is the year right?",
    "finding.issued": "The finding has been handed over: its words, kind and criterion stay as they were issued.",
    "finding.other_unit": "It is about another unit.",
    "finding.same_unit": "The finding is with this unit already.",
    "finding.standard_twice": "Two acceptance standards have one id.",
    "finding.too_many_standards": "A finding may have at most {most} acceptance standards.",
    "finding.no_standards": "Write the acceptance standards first: they are agreed before work begins.",
    "finding.dispute_late": "The last day to return this finding was {day}.",
    "finding.cure_too_late": "The plan must be carried out by {day}. If that is too early, ask for more time.",
    "finding.unproved": "These standards have no proof yet: {standards}.",
    "finding.pledge_in_future": "The pledge is dated in the future.",
    "finding.verifies_own": "Whoever asked to strike it off or passed that on cannot verify it: another key is needed.",
    "finding.same_browser": "The link by which the step before was taken is open in this browser too: "
    "somebody else must take this one, in another browser.",
    "finding.passes_own": "Whoever asked for it to be struck off cannot pass the request on: another key is needed.",
    "finding.no_key": "This needs a personal link, so that it is certain who did it.",
    "finding.notice_too_short": "A public notice lasts {days} working days: it cannot end before {day}.",
    "finding.return_too_short": (
        "Under the terms a unit has {days} working days to return a finding: at least until {day}."
    ),
    "finding.notice_lasts": "The public notice lasts until the end of {day}.",
    "finding.objections_open": "{count} objections have not been answered.",
    "findings.none_chosen": "Choose at least one finding.",
    "findings.merge_two": "Tick at least two drafts on one unit: they become one.",
    "findings.none_issued": "Nothing has been handed over yet.",
    "findings.too_many": "A meeting may have at most {most} findings.",
    "terms.out_of_range": "Each term must be between 1 and {most}.",
    "terms.return_before_notice": "A unit can return a finding at least until the day on which the papers are with it.",
    "terms.report_before_rectified": (
        "Unless a finding is long-term, the report cannot be due before the rectification."
    ),
    "terms.moved": (
        "Somebody else has changed the terms in the meantime; nothing was entered. Load the page again to see them."
    ),
    "extension.waits": "More time has been asked for already, and there is no answer yet.",
    "extension.none": "No more time has been asked for.",
    "proof.unknown": "There is no such proof.",
    "proof.twice": "There is already a proof with this id.",
    "proof.too_many": "A finding may have at most {most} proofs.",
    "proofs.all_too_large": "The proofs of a finding may total {megabytes} MB; “{name}” would exceed that.",
    "proofs.too_often": "Too many files have come in for this finding to take “{name}” as well. Please ask the office.",
    "proof.of_before": "The finding was once struck off on the strength of this proof, which therefore stays.",
    "proof.no_standard": "Say which of the acceptance standards it proves.",
    "proof.in_future": "The proof is dated in the future: {day}.",
    "proof.no_digest": "The file was not received whole. Choose it again.",
    "report.in_future": "The report cannot have arrived on a day that is still to come: {day}.",
    "report.before_hand_over": (
        "The last of these findings was handed over on {day}, so no report can have arrived before that."
    ),
    "report.unknown": "There is no such report.",
    "objection.unknown": "There is no such objection.",
    "objection.twice": "This objection has been received already.",
    "objection.not_now": "The notice is over, or has not begun: objections are taken while it lasts.",
    "objection.too_many": (
        "So many objections have been received that no more are accepted here. Please contact the office."
    ),
    "cures.unknown": "There is no such vote.",
    "cures.twice": "There is already a vote with this id.",
    "cures.already_open": "The panel is voting on one of these findings already.",
    "cures.nobody": "No panelist may judge {unit}: all are recused.",
    "cures.nothing_judged": "Choose what you think of at least one finding.",
    "cures.one_mark": "In this vote all findings of a unit get the same mark; those of {unit} differ.",
    "cures.not_yours": "One of these findings is not yours to judge.",
    "cures.missing": "{count} seats have not judged everything. Whoever does not judge does not approve.",
    "cures.closed": "This vote is over.",
    "objection.too_often": (
        "Several objections have come from here already. What you wrote is still here; please send it in {minutes} min."
    ),
    "objection.answered": "This objection has been answered already.",
}
