"""What ``verify.html`` says: of a log, of results, of what cannot be known, and of what a pass does not prove."""

SENTENCES = {
    "verifier.title": "Check a record",
    "verifier.what": (
        "This page checks the exported files of a review meeting by itself: the chain of the log, the rule seal "
        "and the draws; every announced result is calculated again, and every vote that was shown is counted "
        "again. It needs no network and sends nothing anywhere."
    ),
    "verifier.drop": "Drop the exported folder or its files anywhere on this page.",
    "verifier.choose_files": "Choose files",
    "verifier.choose_folder": "Choose a folder",
    "verifier.again": "Start again",
    "verifier.own": "A receipt, or what a tablet, a photograph or the minutes say",
    "verifier.own_receipt": "Receipt of a sheet or a ballot",
    "verifier.own_number": "Number of an entry",
    "verifier.own_seal": "its seal, from its beginning",
    "verifier.verdict_nothing": "No files yet.",
    "verifier.verdict_holds": "Everything that can be checked here holds.",
    "verifier.verdict_fails": "Something does not hold: see what is marked ✗.",
    "verifier.verdict_unknown": "Nothing in these files could be checked. Are they the exported ones?",
    "verifier.holds": "holds",
    "verifier.fails": "does not hold",
    "verifier.unknown": "cannot be checked here",
    "verifier.title_SHA256SUMS": "Digests of the files",
    "verifier.title_receipt": "Your receipt",
    "verifier.title_witness": "Your number and seal",
    "verifier.unpack": "This is an archive: unpack it first, and drop the folders that are in it.",
    "verifier.not_read": "This file could not be read. Close it in other programs, or copy it, and drop it again.",
    "verifier.not_entered": (
        "This browser does not let the page look into a folder that is dropped: use “Choose a folder”, or drop the "
        "files."
    ),
    "verifier.unreadable": "This file contains something that cannot be interpreted: {detail}",
    "verifier.lacks": "Entry {seq}: a result was announced that is missing from the results.",
    "verifier.chain": "The chain holds: {entries} entries, last seal {seal}.",
    "verifier.withheld": (
        "Entries of which only the digest is published: {number}; the chain goes through them all the same."
    ),
    "verifier.nothing_behind": "Nothing can be said about entry {seq} and those after it.",
    "verifier.rule_seal": "Entry {seq}: the rules are those of the rule seal {seal}.",
    "verifier.not_opened": "The meeting had not been opened.",
    "verifier.opening_withheld": (
        "The entry that holds the rules is not published. Compare the rule seal in the results with the one that the "
        "hall was shown."
    ),
    "verifier.poll": "Entry {seq}: the poll shows as many ballots as were counted when it ended: {number}.",
    "verifier.poll_unknown": "Entry {seq}: the number of ballots counted in this poll is not in these files.",
    "verifier.slips": (
        "Entry {seq}: counted again, the ballots come to what was shown of the poll ({number}). They are those that "
        "were sealed as it ended, in entry {ended}."
    ),
    "verifier.slips_tally": (
        "Entry {seq}: counted again, the ballots come to what was shown of the poll ({number}). Whether they are those "
        "that were sealed as it ended can be seen in the whole log alone."
    ),
    "verifier.slips_unsealed": (
        "Entry {seq}: the entry that sealed the ballots of this poll as it ended is not published, because it says "
        "more than the hall was told."
    ),
    "verifier.slips_before": (
        "Entry {seq}: the ballots of this poll were sealed together with their voters, as an earlier version did. "
        "They are not published, and can be counted again by the office alone."
    ),
    "verifier.slips_missing": (
        "Entry {seq}: the ballots of this poll are not among these files. Drop the file that ends in .ballots.json as"
        " well."
    ),
    "verifier.promises_otherwise": "{unit}: how its promises were judged is not what the log says was told.",
    "verifier.draw": "Entry {seq}: drawn again from seed and word, the lots come out as they are recorded ({number}).",
    "verifier.draw_unknown": "Entry {seq}: the seed of this draw is not here, so that it cannot be repeated.",
    "verifier.announced": "Announced results calculated again from the sheets in the log: {number}; all agree.",
    "verifier.no_log": "No valid log of this meeting is among the files: drop it as well.",
    "verifier.head": "The results belong to this log, as it stood at entry {seq}.",
    "verifier.other_seal": "Entry {seq}: the results name another seal, {seal}. They belong to another log.",
    "verifier.seal": "The text of the rules does not match the rule seal.",
    "verifier.rules": "The rules are those of the rule seal.",
    "verifier.rules_differ": "The rules beside the results are not those of the rule seal.",
    "verifier.turnout": "{unit}: the numbers of seats, sheets and absences do not add up.",
    "verifier.quorum": "{unit}: whether enough sheets were in does not follow from the rules.",
    "verifier.receipts": "{unit}: there are not as many receipts as sheets counted.",
    "verifier.totals": "{unit}: the totals are not those of the sheets counted.",
    "verifier.sheet_total": "{unit}: a sheet's total does not follow from its marks.",
    "verifier.trim": "{unit}: what was dropped as highest and lowest does not follow from the rules.",
    "verifier.grade": "{unit}: the grade does not follow from the score.",
    "verifier.score": "{unit}: calculated again, {score}.",
    "verifier.score_differs": "{unit}: announced as {score}, but what is published comes to {found}.",
    "verifier.near": (
        "{unit}: {score} agrees with the published means. It cannot be calculated to the last digit: which single "
        "marks were dropped is not published."
    ),
    "verifier.of_groups": (
        "{unit}: {score} cannot be calculated again here. Groups have weights, and which total belongs to which "
        "group is not published."
    ),
    "verifier.few_marks": (
        "{unit}: {score} cannot be calculated again here: its means come from too few marks for these to be published."
    ),
    "verifier.grade_alone": "{unit}: under the rules only the grade is told, so nothing can be calculated again here.",
    "verifier.no_score": "{unit}: too few sheets, as the rules say; there is no score.",
    "verifier.rank": "{unit}: rank {rank} does not follow from the scores and the rules.",
    "verifier.ranks": "Ranks compared with the scores and the rules: {number}; all agree.",
    "verifier.tie": (
        "{unit}: level with others at rank {rank}. What the rules separate them by is not published to the last digit."
    ),
    "verifier.composites": "Composites calculated again from their parts: {number}; all agree.",
    "verifier.composite_differs": "{unit}: the composite does not follow from its parts, which come to {found}.",
    "verifier.votes": "Points from votes calculated again from the ballots that were shown: {number}; all agree.",
    "verifier.votes_differ": "{unit}: by the ballots shown in entry {seq}, “{part}” comes to {found}.",
    "verifier.composites_by_grade": "Of the composites only the grades are told: they cannot be calculated again here.",
    "verifier.composites_otherwise": (
        "Entry {seq}: the composites were announced differently from what the results say."
    ),
    "verifier.announced_otherwise": "Entry {seq}: {unit} was announced as {announced}, but the results say {said}.",
    "verifier.not_announced": "{unit}: the results say that it was announced, but no entry of the log does.",
    "verifier.other_unit": "{unit}: the results credit it with what the log credits to {other}.",
    "verifier.no_round": "{unit}: there is a result, but no round in the log.",
    "verifier.other_number": "{unit}: the results say {said}, but the sheets in the log come to {found}.",
    "verifier.of_log": "Results compared with the sheets in the log: {number}; all agree.",
    "verifier.digest_wrong": "{file} is not the file whose digest was recorded.",
    "verifier.digest_lines": (
        "{file} is the file whose digest was recorded, except for its line endings, which mail or a program has "
        "changed."
    ),
    "verifier.digests": "Files that agree with the digests that were written down: {number}.",
    "verifier.digests_missing": "Files in the list that have not been dropped here: {number}.",
    "verifier.receipt": "{receipt}: this sheet was counted, in the round of {unit}.",
    "verifier.receipt_ballot": "{receipt}: this ballot was counted, in the vote on {unit}.",
    "verifier.receipt_listed": (
        "{receipt} is in the file of ballots, in the vote on {unit}. Only a log that agrees with that file can "
        "show whether it was counted."
    ),
    "verifier.receipt_short": "A receipt has eight letters and digits; this one has {number}.",
    "verifier.receipt_gone": "{receipt} is not among the sheets and ballots counted here.",
    "verifier.witness": "Entry {seq} has this seal. Up to there, nothing has been changed since it was issued.",
    "verifier.witness_differs": (
        "Entry {seq} has another seal, {seal}: this is not the record that the seal was issued from."
    ),
    "verifier.witness_beyond": "The log ends with entry {here}: entry {seq}, which was given out, is not in it.",
    "verifier.limits": "What this does not prove",
    "verifier.limit_truth": (
        "That what was entered is true. Seals prove order and completeness from the moment an entry was made; whoever "
        "runs the server could lie before it."
    ),
    "verifier.limit_this_record": (
        "That this is the record of that day. For that, compare number and seal with the minutes, a photograph of the "
        "last picture in the hall, or a panelist's tablet: a record written anew has other seals."
    ),
    "verifier.limit_withheld": (
        "What is marked –. It is not published, so that nobody can be asked to show how they marked; the whole record "
        "lies with the organiser."
    ),
    "verifier.limit_ballots": (
        "That each ballot is of a person, and whose it is. Nothing here leads from a receipt, a phone or a ticket to "
        "what was chosen, so that nobody can be made to show it; the office can count again with the voters."
    ),
    "verifier.limit_persons": (
        "Who sat in which seat, and whether everybody marked freely: persons are not in the record."
    ),
    "verifier.limit_page": (
        "That this page is honest. Take it from somebody you trust, read it (it is one file), or check by other means: "
        "docs/record.md says how, in a few lines."
    ),
}
