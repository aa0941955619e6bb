"""What is said of a folder: what each of its papers is, and what cannot be reckoned from the one for the public."""

SENTENCES = {
    "paper.results_workbook": "The summary of the scores for signature, from the marks to the ranks in formulas",
    "paper.published": "The announced results with totals in order, means and receipts, as a workbook",
    "paper.published_table": "A sheet of that workbook, for other programs",
    "paper.votes": "How the audience voted: each voice apart, and what was chosen once that has been shown",
    "paper.promises": "How the panel judged what units had promised at the meeting before, beside what became of it",
    "paper.problems_table": "The problems and suggestions that the hall was shown, by unit",
    "paper.rectified": "What was handed over to the units, their measures and days, and what became of each finding",
    "paper.proofs": "All proofs that units handed in, with their digests; also those that were withdrawn",
    "paper.proof": "A proof as it was handed in. Its content has not been checked here",
    "paper.all_comments": "All comments by seat, also those that were not shown",
    "paper.course": "The agenda with its planned and actual times",
    "paper.attendance": "Who was there, since when, and who was recused from which unit",
    "paper.points": "Decisions and corrections",
    "paper.marks_table": "Every sheet of every closed round, a seat to a line",
    "paper.log": "The record itself: every entry with its seal",
    "paper.public_log": "The log for everybody: in full where the hall was told, otherwise only the digest",
    "paper.results_data": "The announced results with rules and working, for programs",
    "paper.ballots_data": (
        "The ballots of the votes that were shown, for anybody to count: none says whose it is. The receipts are "
        "listed separately"
    ),
    "paper.verifier": "A page that checks these files in any browser, without a network: drop the folder onto it",
    "paper.full_results_data": "The results of all closed rounds, every sheet by its receipt, for programs",
    "folder.round_open": (
        "A round is open. The folder with the named sheets can be had once it is closed; nobody sees them before."
    ),
    "folder.not_over": "The organiser has the folder with the named sheets once the meeting is over.",
    "folder.too_long": (
        "The papers were not ready in time. Please try again when the server has less to do, or have them written by "
        "“run.py export”."
    ),
    "folder.not_written": "The papers could not be written: {cause}",
    "left_out.numbers": "Scores, totals, means and ranks: by the sealed rules, grades alone are announced.",
    "left_out.levels": "Which sheet gave which level: only how often each was given is published.",
    "left_out.marks": (
        "The marks of single sheets, and therefore the means by criterion. Totals are listed in order and "
        "receipts apart from them: what appeared beside a receipt could be demanded in advance."
    ),
    "left_out.score_of_groups": (
        "The scores cannot be derived from the totals: the rules weigh groups, and no total says which group it "
        "belongs to."
    ),
    "left_out.score_of_criteria": (
        "The scores cannot be derived from the totals: the rules drop or round marks criterion by criterion."
    ),
    "left_out.hidden": "The results of {units}: they have not been announced.",
    "left_out.groups": "The means by group of {units}: fewer than three sheets are behind one of them.",
    "left_out.totals": "The totals of {units}: with the weights of the groups they would give away single sheets.",
    "left_out.criteria": "The means by criterion of {units}: fewer than three marks are behind one of them.",
    "left_out.composites": "The composites and the parts they are made of: they have not been announced.",
    "left_out.comments": "Comments that were not released to the screens, and from which seat a comment came.",
    "left_out.persons": "Who sat in which seat: persons are named in no public file.",
}
