"""What cannot be reckoned again from the folder for the public: named on its cover, not passed over."""

from collections.abc import Iterator

from app.meeting.meeting import Meeting
from app.meeting.plan import Mode, Plan, Receipts, RoundAt, TrimOf
from app.meeting.refusals import Said
from app.meeting.scoring.reckoning import result_of
from app.meeting.telling import tells_numbers, told_to_everybody
from app.papers.folder.proceedings import Proceedings

PARTS = ("groups", "totals", "criteria")
"""Of an account, as ``app.meeting.telling`` withholds them."""


def left_out(record: Proceedings) -> list[Said]:
    meeting = record.meeting
    plan = meeting.plan
    return [
        *(_of_scores(plan) if plan.is_scored else ()),
        *_of_units(meeting),
        *([Said("left_out.composites")] if plan.composite.parts and not meeting.composites.are_announced else []),
        Said("left_out.comments"),
        Said("left_out.persons"),
    ]


def _of_scores(plan: Plan) -> Iterator[Said]:
    if not tells_numbers(plan):
        yield Said("left_out.numbers")
        return
    if plan.rules.receipts is Receipts.AS_GIVEN:
        return
    if plan.mode is Mode.LEVELS:
        yield Said("left_out.levels")
        return
    yield Said("left_out.marks")
    if plan.rules.group_weights:
        yield Said("left_out.score_of_groups")
    if plan.rules.trim_of is TrimOf.CRITERION or plan.rules.round_at is not RoundAt.END:
        yield Said("left_out.score_of_criteria")


def _of_units(meeting: Meeting) -> Iterator[Said]:
    """Results that nobody has been told, and numbers that would give away a sheet."""
    hidden = tuple(meeting.unit(each.unit).short_name for each in meeting.rounds_in_order if not each.is_revealed)
    if hidden:
        yield Said("left_out.hidden", {"units": hidden})
    accounts = {
        meeting.unit(each.unit).short_name: told_to_everybody(meeting.plan, result_of(meeting, each))
        for each in meeting.revealed_rounds
    }
    for part in PARTS:
        units = tuple(unit for unit, account in accounts.items() if part in account.withheld)
        if units:
            yield Said(f"left_out.{part}", {"units": units})
