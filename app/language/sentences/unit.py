"""A unit's own page: what is to be done next, and by when."""

SENTENCES = {
    "next.sign": (
        "Sign to confirm that you received it. If another unit should put it right, return it by {day}, with the "
        "reason and the name of that unit."
    ),
    "next.only_sign": "Sign to confirm that you received it.",
    "next.disputed": "You have returned it. The bureau decides whose it is; you need do nothing until then.",
    "next.plan": "Send in your plan of rectification by {day}.",
    "next.planned": "The bureau looks at your plan. Until it has answered, you can send another one.",
    "next.work": "Put it right by {day}, hand in a proof for each standard, then ask for it to be struck off.",
    "next.ask": (
        "Each standard has its proof: ask by {day} for it to be struck off, "
        "with a pledge signed by the head of your unit."
    ),
    "next.long_term": "It takes longer, as agreed, and is looked at again on {day}. Report what you do until then.",
    "next.asked": "You have asked for it to be struck off. The bureau looks at what you handed in.",
    "next.to_verify": "Somebody who has not dealt with it verifies what you handed in.",
    "next.verified": "It has been verified. The bureau gives public notice next.",
    "next.notice": "On public notice until {day}: anybody may object, and the bureau answers in public.",
    "next.struck_off": "Struck off on {day}. There is nothing to be done; see that it holds.",
    "next.withdrawn": "The bureau has withdrawn it. There is nothing to be done.",
    "unit.nothing": "Nothing is waiting for your unit.",
    "unit.only_report": "No finding is waiting for your unit, but its report is still due.",
    "unit.reported": "Your unit has reported on all of these. It can report again when more has been done.",
    "unit.nothing_to_report": "There is nothing to report on yet: sign for the findings first.",
    "unit.none": "No finding has been handed over to your unit.",
    "proofs.others_taken": "Taken: {names}.",
    "proof.altered": "This file is not as it was handed in, so it is not given out. “run.py verify” names it.",
    "typed.moved": (
        "Somebody else has typed something here in the meantime, and it was kept. Yours is here: please compare them."
    ),
}
