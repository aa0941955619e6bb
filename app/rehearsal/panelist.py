"""A panelist's bot: sees on its tablet which unit is on, takes its sheet out, marks, comments, submits."""

import asyncio
import random
import secrets
from contextlib import suppress
from typing import Any

from app.rehearsal.bots import Bot
from app.rehearsal.judgement import Criterion, Judgement, Remark, judgement, total
from app.rehearsal.speaker import Speaker
from app.rehearsal.tempo import Tempo

CROSS = [[350, 100, 650, 300], [650, 100, 350, 300]]
"""By which bots sign: nobody can take it for a name."""

MINUTES_FOR_A_MARK = 0.6
MINUTES_FOR_A_REMARK = 0.8
MINUTES_WITHOUT_A_LINE = 0.8
MOST_MINUTES_OF_HESITATION = 4.0


class Panelist(Bot):
    """Plays one seat until the meeting is over. ``seed`` decides what it thinks of every unit."""

    def __init__(self, speaker: Speaker, seat: str, tempo: Tempo, seed: int) -> None:
        super().__init__(speaker)
        self._seat = seat
        self._device = f"bot-{secrets.token_hex(6)}"
        speaker.comes_as(self._device)
        self._tempo = tempo
        self._seed = seed
        self._dice = random.Random(f"{seed}/{seat}")
        self._judged: set[str] = set()

    async def play(self) -> None:
        await self.speaker.until(lambda: self.speaker.regions)
        if self.speaker.regions["panel-seat"]["is_elsewhere"]:
            await self.speaker.perform("take_seat", seat=self._seat, device=self._device)
        while unit := await self._next_unit():
            self._judged.add(unit)
            await self._take_out(unit)
            await self._judge(unit)

    async def _next_unit(self) -> str | None:
        """The unit that is on, or one whose sheet was left behind; None once the meeting is over."""
        await self.speaker.until(lambda: self._is_over or self._due)
        return None if self._is_over else self._due

    async def _take_out(self, unit: str) -> None:
        self.speaker.come_back_to(unit)
        await self.speaker.perform("look_at", unit=unit)
        await self.speaker.until(lambda: self._sheet["unit"] == unit)

    async def _judge(self, unit: str) -> None:
        if self._sheet["state"] == "recused":
            return
        if self._sheet["state"] == "open":
            await self._score(unit)
            return
        if self._sheet["state"] == "comments":
            for remark in self._mind(unit).remarks:
                await self._comment(unit, remark)
            await self._judge_promises()
        await self.speaker.until(lambda: self._sheet["state"] == "open" or self._has_passed(unit))
        if self._sheet["state"] == "open":
            await self._score(unit)

    async def _score(self, unit: str) -> None:
        criteria, mind = self._sheet["criteria"], self._mind(unit)
        if mind.recuses:
            await self._think(MINUTES_FOR_A_REMARK)
            await self.speaker.perform("recuse", round=self._round, seat=self._seat, reason=mind.recuses)
            return
        if mind.loses_the_line:
            await self.speaker.lose_the_line(self._tempo.seconds(MINUTES_WITHOUT_A_LINE))
        if not await self._mark(mind.marks):
            return
        for remark in mind.remarks:
            await self._comment(unit, remark)
        await self._judge_promises()
        await self._hesitate(unit)
        if mind.abstains:
            await self.speaker.perform("abstain", round=self._round, seat=self._seat)
            return
        if mind.forgets:
            await self.speaker.until(lambda: self._sheet["state"] != "open")
        await self._submit(unit, mind.marks, criteria)
        if mind.second_thoughts and await self._mark(mind.second_thoughts):
            await self._submit(unit, mind.marks | mind.second_thoughts, criteria)

    # --- what a panelist does ---------------------------------------------------------------------------------------

    async def _mark(self, marks: dict[str, str]) -> bool:
        """Mark criterion by criterion what is not so marked yet; False if the round closed meanwhile."""
        for criterion, points in marks.items():
            await self._think(MINUTES_FOR_A_MARK)
            if self._marks["sheet"]["marks"].get(criterion) == points:
                continue
            answer = await self.speaker.perform(
                "give_score", round=self._round, seat=self._seat, criterion=criterion, points=points
            )
            if not answer.is_acked:
                return False
        return True

    async def _judge_promises(self) -> None:
        """Of the meeting before, where they are judged: most were kept."""
        promises = self.speaker.regions["panel-promises"]
        for each in promises["promises"] if promises["state"] == "open" else []:
            said = {"promise": each["number"], "mark": self._dice.choice(["kept", "kept", "largely_kept", "not_kept"])}
            await self._think(MINUTES_FOR_A_MARK)
            await self.speaker.perform("judge_promise", round=promises["round"], seat=self._seat, **said)

    async def _submit(self, unit: str, marks: dict[str, str], criteria: list[Criterion]) -> None:
        if self._marks["sheet"]["submitted"] == marks:
            return
        sheet = {"round": self._round, "seat": self._seat, "salt": secrets.token_hex(16)}
        answer = await self.speaker.perform(
            "submit_sheet", unit=unit, marks=marks, total=total(marks, criteria), **sheet
        )
        if answer.is_acked and self._sheet["signs"]:
            await self.speaker.perform("sign_sheet", strokes=CROSS, **sheet)

    async def _comment(self, unit: str, remark: Remark) -> None:
        """Type it, with the draft saved on the way, send it, and perhaps revise it while it waits."""
        id = secrets.token_hex(16)
        draft = {"seat": self._seat, "unit": unit, "kind": remark.kind}
        await self._think(MINUTES_FOR_A_REMARK / 2)
        await self.speaker.perform("save_draft", **draft, text=remark.text[: len(remark.text) // 2])
        await self._think(MINUTES_FOR_A_REMARK / 2)
        await self.speaker.perform("send_comment", **draft, text=remark.text, comment=id)
        await self.speaker.perform("save_draft", **draft, text="")
        if remark.afterthought:
            revised = {"seat": self._seat, "comment": id, "kind": remark.kind, "text": remark.afterthought}
            await self._think(MINUTES_FOR_A_REMARK / 4)
            await self.speaker.perform("revise_comment", **revised)

    async def _hesitate(self, unit: str) -> None:
        """Most submit when scoring begins, some do not wait so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._tempo.seconds(self._dice.uniform(1, MOST_MINUTES_OF_HESITATION))):
                await self.speaker.until(lambda: self._is_scoring or self._has_passed(unit))
        await self._wait_out_a_pause()

    async def _think(self, minutes: float) -> None:
        await self._tempo.spend(minutes * self._dice.uniform(0.6, 1.4))
        await self._wait_out_a_pause()

    async def _wait_out_a_pause(self) -> None:
        await self.speaker.until(lambda: not self.speaker.regions["panel-now"]["is_paused"])

    def _mind(self, unit: str) -> Judgement:
        return judgement(self._seed, self._seat, unit, self._sheet["criteria"])

    # --- what a panelist sees ---------------------------------------------------------------------------------------

    @property
    def _sheet(self) -> dict[str, Any]:
        return self.speaker.regions["panel-sheet"]

    @property
    def _marks(self) -> dict[str, Any]:
        return self.speaker.regions["panel-marks"]

    @property
    def _round(self) -> str | None:
        round: str | None = self._sheet["round"]
        return round

    @property
    def _place(self) -> dict[str, Any]:
        return self.speaker.regions["panel-now"]["place"] or {}

    @property
    def _is_over(self) -> bool:
        return bool(self.speaker.regions["panel-now"]["status"] == "finished")

    @property
    def _is_scoring(self) -> bool:
        return self._place.get("segment_kind") == "scoring"

    def _has_passed(self, unit: str) -> bool:
        return self._is_over or self._place.get("unit") != unit

    @property
    def _due(self) -> str | None:
        rows = self.speaker.regions["panel-units"]["units"]
        left_behind = [row for row in rows if row["is_open"] and row["standing"] == "draft"]
        waiting = [row["unit"] for row in [*(row for row in rows if row["is_on"]), *left_behind]]
        return next((unit for unit in waiting if unit not in self._judged), None)
