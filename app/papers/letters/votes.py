"""How the audience voted, as letters have it: each voice apart, and what was chosen only where that has been shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from app.live.screens.polls import PollTold, VoiceTold, poll_told
from app.meeting.meeting import Meeting
from app.meeting.polls.agreed import Voice
from app.meeting.polls.state import Poll
from app.papers.letters import names
from app.papers.letters.saying import listed, said
from app.papers.wording import word


def votes_that_count(meeting: Meeting) -> list[names.VoteRow]:
    """Of each unit the last vote, in the order of the units; not one that is still open, or was withdrawn."""
    counting = [meeting.poll_on(unit.id) for unit in meeting.plan.units]
    return _rows(meeting, [each for each in counting if each is not None and not each.is_open])


def all_votes(meeting: Meeting) -> list[names.VoteRow]:
    """Also those that were held again since; a withdrawn one stands among the corrections."""
    return _rows(meeting, [each for each in meeting.polls.values() if not each.is_open and not each.is_withdrawn])


def votes_on(meeting: Meeting, unit: str) -> list[names.VoteRow]:
    poll = meeting.poll_on(unit)
    return _rows(meeting, [poll]) if poll is not None and not poll.is_open else []


def in_columns(rows: Sequence[names.VoteRow]) -> dict[str, Any]:
    """Rows with what each voice that stands in them proves, and which of the columns have something in them."""
    voices = [each for each in Voice if any(row.来源 == word(f"voice.{each}") for row in rows)]
    return {
        "测评": list(rows),
        "测评来源": [*map(_meaning, voices), *([said("letter.shares")] if any(row.得票 for row in rows) else [])],
        "测评有应投": any(row.应投 for row in rows),
        "测评有结果": any(row.得票 for row in rows),
        "测评有未计入": any(row.未计入 for row in rows),
        "测评有说明": any(row.说明 for row in rows),
    }


def _meaning(voice: Voice) -> str:
    facts = {name: word(f"{name}.{voice}").rstrip("。") for name in ("voice_one", "voice_proves", "voice_proves_not")}
    code = "letter.voice_of_web" if voice is Voice.WEB else "letter.voice"
    return said(code, voice=word(f"voice.{voice}"), **facts)


def _rows(meeting: Meeting, polls: Iterable[Poll]) -> list[names.VoteRow]:
    return [row for poll in polls for row in _of_poll(meeting, poll)]


def _of_poll(meeting: Meeting, poll: Poll) -> Iterator[names.VoteRow]:
    """A row for each voice, also of one of which nothing but refusals came."""
    told = poll_told(meeting, poll)
    voted = {each.voice: each for each in told.voices}
    refused = {each.voice for each in told.refused}
    voices = [each for each in Voice if each in voted or each in refused] or list(meeting.plan.rules.voices)[:1]
    for voice in voices:
        yield _row(meeting, poll, told, voice, voted.get(voice))


def _row(meeting: Meeting, poll: Poll, told: PollTold, voice: Voice, voted: VoiceTold | None) -> names.VoteRow:
    unit = meeting.unit(poll.unit)
    row = names.VoteRow(
        单位=unit.name,
        简称=unit.short_name,
        来源=word(f"voice.{voice}"),
        票数=str(voted.ballots if voted else 0),
        应投=str(voted.of) if voted and voted.of else "",
        得票=_chosen(voted) if voted else "",
        未计入=str(sum(each.number for each in told.refused if each.voice == voice) or ""),
        说明=_standing(meeting, poll),
        内容="",
    )
    return replace(row, 内容=_in_words(row))


def _chosen(voted: VoiceTold) -> str:
    return listed(
        said("letter.chosen", choice=each.name or word(f"choice.{each.choice}"), ballots=each.ballots, share=each.share)
        for each in voted.choices
    )


def _standing(meeting: Meeting, poll: Poll) -> str:
    if not poll.is_shown:
        return said("letter.vote_not_shown")
    return "" if meeting.poll_on(poll.unit) is poll else said("letter.vote_held_again")


def _in_words(row: names.VoteRow) -> str:
    facts = {"ballots": row.票数, "of": row.应投}
    number = said("letter.ballots_of" if row.应投 else "letter.ballots", **facts)
    refused = said("letter.ballots_refused", number=row.未计入) if row.未计入 else ""
    told = "；".join(filter(None, [number, row.得票, refused, row.说明]))
    return said("letter.vote", voice=row.来源, told=told)
