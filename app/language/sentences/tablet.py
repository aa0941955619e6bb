"""What a tablet says of what was given on it and has not been sent."""

SENTENCES = {
    "done.give_score": "{unit} · {criterion}: {points}",
    "done.erase_score": "{unit} · {criterion}: erased",
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
