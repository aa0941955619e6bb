"""What is said in letters, and of the forms that an office brings for them."""

SENTENCES = {
    "paper.summary": "The scores of all units, for signature",
    "paper.sheets": "What each seat gave and said, for signature",
    "paper.opinion": "What a unit is told: the announced result and the released comments",
    "paper.problems": "The problems named in the hall, with room for what will be done about them",
    "paper.minutes": "The minutes: attendance, agenda with times, results, decisions, corrections",
    "paper.circular": "What the units are told of the results",
    "paper.notice": "What everybody is told of the results",
    "paper.handover": (
        "What was handed over to a unit on a given day, in the words of the hall, with standards and dates"
    ),
    "paper.findings": "All findings of a unit, one below the other",
    "paper.ledger": "The ledger of all findings: whose, plan, work, proofs, standing, striking off",
    "paper.report": "A unit's report of how it put things right, for it to complete",
    "paper.approval": "One finding that is to be struck off: standards and proofs, what was verified, lines to sign",
    "paper.publicity": "What is to be struck off, for everybody to object to",
    "paper.progress": "What the units are told of each other: how many are struck off, late, returned, re-opened",
    "paper.reminder": "A unit is reminded of what is due shortly",
    "paper.urging": "A unit is urged to do what is overdue, and to say why it is",
    "paper.admonition": "A unit is given a last day for what is long overdue",
    "paper.in_our_form": "In our form: the office's own could not be filled in with this record",
    "letter.because": "{what}: {why}",
    "letter.not_checked_in": "not checked in",
    "letter.corrected": "corrected by {author}: {reason}",
    "letter.turnout": "Of {entitled} entitled seats, {counted} sheets count. ",
    "letter.result_score": "score {score}",
    "letter.result_levels": "levels given: {levels}; approval {approval}",
    "letter.result_grade": "grade {grade}",
    "letter.result_rank": "rank {rank}",
    "letter.no_result": "Of {entitled} entitled seats, {counted} sheets count. No result: {why}.",
    "letter.part_missing": "part missing",
    "letter.part_highlight": "Highlights",
    "letter.part_problem": "Problems",
    "letter.part_suggestion": "Suggestions",
    "letter.recusal": "{seat} recused from {unit}",
    "letter.order_fixed": "followed the agenda",
    "letter.order_typed": "was found in the hall and entered",
    "letter.order_drawn": "was drawn by lot in the hall",
    "letter.skipped": "skipped: {why}",
    "letter.over": "{time} over",
    "letter.drawn": (
        "The order of reporting was drawn by lot: {units}. Word said in the hall: {word}; commitment {commitment}, "
        "seed {seed}."
    ),
    "letter.ruled": "Tied results were put in this order: {units}. Reason: {why}. Ruled by {author}.",
    "letter.item_skipped": "“{item}” was left out. Reason: {why}.",
    "letter.at": "{date}, {time}: {what}",
    "letter.sheet_corrected": "The sheet of {seat} for {unit} was corrected by {author}. Reason: {why}.",
    "letter.sheet_voided": "The sheet of {seat} for {unit} was declared void by {author}. Reason: {why}.",
    "letter.reopened": "Scoring for {unit} was reopened. Reason: {why}.",
    "letter.withdrawn": "The announced result of {unit} was withdrawn. Reason: {why}.",
    "letter.draw_called_off": "A draw was called off. Reason: {why}.",
    "letter.part_corrected": "“{part}” of {unit} was corrected by {author}. Reason: {why}.",
    "letter.poll_withdrawn": "Poll no. {number} on {unit} was withdrawn. Reason: {why}.",
    "letter.voice": "{voice}: {voice_one}. It shows: {voice_proves}. It does not show: {voice_proves_not}.",
    "letter.voice_of_web": "{voice}: {voice_one}. {voice_proves}. Nor does it prove: {voice_proves_not}.",
    "letter.vote": "{voice}: {told}.",
    "letter.ballots": "{ballots} ballots",
    "letter.ballots_of": "{ballots} ballots of {of}",
    "letter.ballots_refused": "{number} were refused",
    "letter.chosen": "{choice} {ballots} ({share}%)",
    "letter.shares": "Each share is rounded separately, so they may not add up to 100%.",
    "letter.vote_not_shown": "result not shown",
    "letter.vote_held_again": "held again since",
    "letter.promise": "{number}. {text} ({standing}): {told}.",
    "letter.promise_judged": "kept {kept}, largely kept {largely_kept}, not kept {not_kept}, of {members} members",
    "letter.promise_few": "fewer than three seats have judged it, so it is not told",
    "letter.composites_due": "The day of the composites is {day}.",
    "letter.composite": "Composite: {told}.",
    "letter.composite_score": "score {score}{parts}",
    "letter.composite_missing": "A part is missing{parts}; there is no composite.",
    "letter.composite_parts": " ({parts})",
    "letter.composites_withdrawn": "The announced composites were withdrawn. Reason: {why}.",
    "letter.verified": "Passed ({author}): {opinion}",
    "letter.not_verified": "Not passed ({author}): {opinion}",
    "letter.days_late": "{days} days late",
    "letter.working_days_left": "{days} working days left",
    "letter.reported": "reported on {day}",
    "letter.report_late": "the report is overdue",
    "letter.extended": "extended {times} times, first due {day}",
    "letter.returned": "returned {times} times",
    "letter.reopened_times": "re-opened {times} times",
    "letter.long_term": "looked at again on {day}",
    "letter.looked_back": "looked back on {day}: it has held",
    "letter.look_back": "look-back on {day}",
    "letter.beyond_calendar": (
        "The holidays after {day} have not been published yet: days after it were counted without them, and may change."
    ),
    "letter.continued": "The meeting, which had been closed, was continued.",
    "form.not_a_letter": "“{file}” is not a .docx file that can be read. Please save it as .docx and choose it again.",
    "form.too_large": (
        "“{file}” is too large: a form may have {megabytes} MB at most, {parts} parts, and {pieces} pieces in each."
    ),
    "form.holds_programs": (
        "“{file}” holds more than a letter needs ({part}): macros, embedded files and links to other files are not "
        "accepted. Please remove them and choose it again."
    ),
    "form.unknown_names": (
        "“{file}” uses names that this letter does not have: {names}. Please correct them; the list of names says "
        "which there are."
    ),
    "form.only_names": "“{file}” has {what} between its braces; only names, “if” and “for” are allowed there.",
    "form.wide_braces": (
        "“{file}” has wide braces, as an input method for Chinese types them: {what}. Nothing would be filled in "
        "there. Please type {{{{ }}}} and {{% %}} without the input method and choose it again."
    ),
    "form.not_filled": "“{file}” could not be filled in: {cause}. Please compare it with our form of this letter.",
    "form.names_explained": (
        "The names that each form may use, with examples. A name stands between two braces: {{{{ 会议名称 }}}}. "
        "A paragraph that is there only sometimes stands between the paragraphs {{%p if 地点 %}} and {{%p endif %}}; a "
        "row of a table that is repeated, between the rows {{%tr for 行 in 结果 %}} and {{%tr endfor %}}, and in it "
        "stands {{{{ 行.单位 }}}}. A name with a dot is one of several: 结果.单位 is 单位 of each of 结果; “…” after "
        "an example says that there are several, without a name inside. “是／否” is for “if” alone. Nothing but "
        "names may be used: no filters and no reckoning."
    ),
}
