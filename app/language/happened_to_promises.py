"""What an entry of the log says of the panel's word on last year's promises: of a mark only that it was given."""

from app.meeting.promises.state import PromiseCount

TO_PROMISES = {
    "PromiseJudged": "{seat} judged in secret whether {round} kept promise {promise}.",
    "JudgementErased": "{seat} took back a secret judgement of promise {promise} of {round}.",
    "PromisesTold": (
        "It was told whether {round} kept its promises (number: kept/largely kept/not kept, of how many members): "
        "{counts}."
    ),
}


def in_numbers(count: PromiseCount) -> str:
    return f"{count.promise}: {count.kept}/{count.largely_kept}/{count.not_kept}, {count.members}"
