"""How the panel judged what a unit promised at the meeting before, a sentence for each promise, once it was told."""

from collections.abc import Iterator

from app.live.screens.promised import PanelSays, Promised, listed
from app.meeting.meeting import Meeting
from app.papers.letters.saying import said
from app.papers.wording import word


def promises_judged(meeting: Meeting, unit: str) -> list[str]:
    return list(_told(listed(meeting, meeting.unit(unit))))


def _told(promises: list[Promised]) -> Iterator[str]:
    for each in promises:
        if each.panel:
            standing = word(f"finding_standing.{each.standing}")
            text, told = each.text.rstrip("。. "), _counts(each.panel)
            yield said("letter.promise", number=each.number, text=text, standing=standing, told=told)


def _counts(panel: PanelSays) -> str:
    numbers = {each.mark: each.number for each in panel.marks}
    return said("letter.promise_judged", **numbers, members=panel.members) if numbers else said("letter.promise_few")
