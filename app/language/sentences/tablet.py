"""What a tablet says of what was given on it and not sent, and in the end of the seals that it was told."""

SENTENCES = {
    "witness.there": "This tablet was given the seal of entry {number} ({seal}), and the record has it. {ends}",
    "witness.not_there": (
        "This tablet was given the seal of entry {number} ({seal}), but the record does not have it: it is not the one "
        "of this meeting. Please tell the supervisor."
    ),
    "witness.of_another": (
        "This tablet keeps the seal of entry {number} ({seal}) of a meeting under this code that was opened at another "
        "time. {ends}"
    ),
    "witness.ends": (
        "The record ends with entry {number}, seal {seal}: note it down, and compare it with the published files."
    ),
    "done.give_score": "{unit} · {criterion}: {points}",
    "done.erase_score": "{unit} · {criterion}: erased",
    "done.judge_promise": "{unit} · promise {promise}: {mark}",
    "done.erase_judgement": "{unit} · promise {promise}: not judged",
    "done.submit_sheet": "{unit} · sheet submitted, total {total}",
    "done.sign_sheet": "{unit} · signature",
    "done.abstain": "{unit} · abstained",
    "done.recuse": "{unit} · recused: {reason}",
    "done.return_to_sheet": "{unit} · back to the sheet",
    "done.send_comment": "{unit} · comment: {text}",
    "done.revise_comment": "Comment changed: {text}",
    "done.take_back_comment": "Comment taken back",
    "done.save_draft": "{unit} · comment being written: {text}",
    "done.check_in": "I am here",
}
