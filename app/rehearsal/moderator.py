"""The moderator's bot: presses the button of the script at a tempo, and closes over who is missing by name.

It acts on what its console shows, so it takes over a meeting already under way, and people may act beside it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import Any

from app.rehearsal.bots import Bot
from app.rehearsal.speaker import Speaker
from app.rehearsal.tempo import Tempo
from app.rehearsal.troubles import Stuck

Context = dict[str, Any]
Interlude = Callable[[], Awaitable[None]]
"""What happens in the middle of a rehearsal, while the meeting waits for its moderator."""

MINUTES_FOR_THE_SEAL = 1.0
MINUTES_BEFORE_RELEASE = 0.5
MINUTES_BETWEEN_STEPS = 0.4
MINUTES_BETWEEN_LOTS = 0.2
MINUTES_OF_WARNING = 1.0
WORD = "七"
LEAST_PATIENCE = 2.0
"""Seconds that missing sheets are waited for at the least, however fast the meeting is played."""
SECONDS_TO_SHOW = 5.0
SECONDS_TO_CHECK = 30.0


class Moderator(Bot):
    """Leads the meeting from wherever it stands to its end, with one ``interlude`` on the way.

    ``votes``: what is waited for before a round closes, and the vote of the audience with it; ``ends``: before the end.
    """

    def __init__(
        self,
        speaker: Speaker,
        tempo: Tempo,
        interlude: Interlude | None = None,
        votes: Interlude | None = None,
        ends: Interlude | None = None,
    ) -> None:
        super().__init__(speaker)
        self._votes = votes
        self._ends = ends
        self._tempo = tempo
        self._interlude = interlude
        self._seen: set[str] = set()
        self._stayed_at: Context | None = None

    async def play(self) -> None:
        await self.speaker.until(lambda: self.speaker.regions)
        async with asyncio.TaskGroup() as group:
            releasing = group.create_task(self._release_comments())
            await self._lead()
            releasing.cancel()

    async def _lead(self) -> None:
        if self._step["is_paused"]:
            await self.speaker.perform("resume")
        while not self._is_over:
            here = _bare(self._step["place"])
            if here != self._stayed_at:
                self._stayed_at = here
                await self._preside()
            await self._press()

    # --- the course -------------------------------------------------------------------------------------------------

    async def _preside(self) -> None:
        """Give what is on its time; in the second half of the meeting have the interlude at the end of an item."""
        place = self._step["place"]
        if place is None:
            return
        is_last = not self._step["next"] or self._step["next"]["item"] != place["item"]
        self._seen.add(place["item"])
        await self._pass_time(place)
        if is_last and 2 * len(self._seen) >= self._number_of_items:
            await self._have_interlude()
        if place["kind"] == "announcement":
            await self._show_ranking()

    async def _have_interlude(self) -> None:
        """Once, where a good half is behind; sheets that are out then are handed in after it."""
        interlude, self._interlude = self._interlude, None
        if interlude:
            await interlude()

    async def _pass_time(self, place: Context) -> None:
        minutes = self._step["clock"]["limit"] / 60_000
        warns = place["segment_kind"] == "report"
        await self._stay(minutes - MINUTES_OF_WARNING if warns else minutes)
        if warns:
            await self.speaker.perform("tell_speaker", text="还有一分钟")
            await self._stay(MINUTES_OF_WARNING)
            await self.speaker.perform("tell_speaker", text="")

    async def _press(self) -> None:
        """The button, with what has to be seen to before it."""
        step = self._step["step"]
        if step is None:
            return
        match step["kind"]:
            case "check":
                await self._wait_for_the_supervisor(step)
            case "enter":
                await self._find_order()
                await self._take(step)
            case "close":
                await self._wait_for_sheets(step["round"])
                if self._votes:
                    await self._votes()
                await self._take(step)
            case "finish":
                await self._bring_to_an_end()
                await self._take(step)
            case "draw":
                await self._tempo.spend(MINUTES_BETWEEN_LOTS)
                await self._take(step, word=WORD if self._is_first_lot else "")
            case "open":
                await self._take(step)
                await self._tempo.spend(MINUTES_FOR_THE_SEAL)
            case "release":
                await self._tempo.spend(MINUTES_BEFORE_RELEASE)
                await self._take(step)
            case _:
                await self._tempo.spend(MINUTES_BETWEEN_STEPS)
                await self._take(step)

    async def _bring_to_an_end(self) -> None:
        await self._have_interlude()
        await self._reveal_what_is_left()
        if self._ends:
            await self._ends()

    async def _take(self, step: Context, **fields: Any) -> None:
        """The step that the console shows, and no other. Somebody else may have been quicker."""
        answer = await self.speaker.perform("advance", step=step["id"], **fields)
        if answer.again:
            answer = await self.speaker.perform("advance", step=step["id"], **fields, **answer.again)
        await self._see(lambda: self._is_over or self._step["step"]["id"] != step["id"])
        if not answer.is_acked and not self._is_over and self._step["step"]["id"] == step["id"]:
            raise Stuck(answer.sentence)

    async def _wait_for_the_supervisor(self, step: Context) -> None:
        try:
            async with asyncio.timeout(SECONDS_TO_CHECK):
                await self.speaker.until(lambda: self._is_over or self._step["step"]["id"] != step["id"])
        except TimeoutError:
            raise Stuck(step["id"]) from None

    # --- the order of reporting -------------------------------------------------------------------------------------

    async def _find_order(self) -> None:
        """Where the order is not fixed: type one in, or prepare the lots, which the script then draws one by one."""
        if self._draw["stage"] != "choose":
            return
        if self._draw["order"] == "typed":
            numbers = {each["unit"]: str(at) for at, each in enumerate(reversed(self._draw["units"]), start=1)}
            await self._must_decide("type_order", numbers=numbers)
        else:
            await self._must_decide("prepare_draw")

    @property
    def _draw(self) -> Context:
        return self.speaker.regions["console-draw"]

    @property
    def _is_first_lot(self) -> bool:
        return bool(self._draw["stage"] == "prepared")

    async def _must_decide(self, do: str, **fields: Any) -> None:
        """As ``_must``, until the console shows what came of it."""
        before = self._draw
        answer = await self.speaker.perform(do, **fields)
        await self._see(lambda: self._draw != before)
        if self._draw == before:
            raise Stuck(answer.sentence)

    # --- rounds -----------------------------------------------------------------------------------------------------

    async def _wait_for_sheets(self, round: str) -> None:
        """A while for the last ones; then it is closed without those missing, by name."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(LEAST_PATIENCE, self._tempo.seconds(1))):
                await self.speaker.until(lambda: self._is_complete(round))

    async def _reveal_what_is_left(self) -> None:
        """Where results are shown by hand."""
        for round in [each["round"] for each in self._rounds if not each["is_open"]]:
            await self._reveal(round)

    async def _reveal(self, round: str) -> None:
        while step := self._round(round)["next_step"]:
            await self._tempo.spend(MINUTES_BETWEEN_STEPS)
            answer = await self.speaker.perform("show_result_step", round=round, step=step)
            if not answer.is_acked:
                return
            await self._see(partial(self._has_shown, round, step))
        if not self._round(round)["is_revealed"]:
            return  # without a quorum there is nothing to show
        await self._tempo.spend(2 * MINUTES_BETWEEN_STEPS)

    async def _show_ranking(self) -> None:
        cue = self.speaker.regions["console-cue"]
        if cue["has_ranking"] and cue["is_scored"] and not cue["is_cued"]:
            await self.speaker.perform("cue_scene", kind="ranking")
            await self._stay(1)
            await self.speaker.perform("follow_agenda")

    # --- comments ---------------------------------------------------------------------------------------------------

    async def _release_comments(self) -> None:
        """Read each for a moment, then let it on the screens; one that was revised meanwhile is read again.

        Where there are comments alone, the script leads through them.
        """
        while True:
            await self.speaker.until(lambda: self._is_scored and self._waiting_comments)
            comment = self._waiting_comments[0]
            await self._tempo.spend(MINUTES_BEFORE_RELEASE)
            await self.speaker.perform("release_comment", comment=comment["id"], text=comment["text"])
            await self._see(partial(self._is_not_waiting, comment))

    @property
    def _waiting_comments(self) -> list[Context]:
        comments: list[Context] = self.speaker.regions["console-comments"]["waiting"]
        return comments

    def _is_not_waiting(self, comment: Context) -> bool:
        return comment not in self._waiting_comments

    # --- what the console shows -------------------------------------------------------------------------------------

    @property
    def _step(self) -> Context:
        return self.speaker.regions["console-step"]

    @property
    def _number_of_items(self) -> int:
        return len(self.speaker.regions["console-agenda"]["items"])

    @property
    def _is_over(self) -> bool:
        return bool(self._step["status"] == "finished")

    @property
    def _is_scored(self) -> bool:
        return bool(self.speaker.regions["console-rounds"]["mode"] != "comments")

    @property
    def _rounds(self) -> list[Context]:
        rounds: list[Context] = self.speaker.regions["console-rounds"]["rounds"]
        return rounds

    def _round(self, id: str) -> Context:
        return next(each for each in self._rounds if each["round"] == id)

    def _is_complete(self, id: str) -> bool:
        round = self._round(id)
        return not round["is_open"] or bool(round["tally"]["is_complete"])

    def _has_shown(self, round: str, step: str) -> bool:
        return bool(self._round(round)["next_step"] != step)

    # --- how it is done ---------------------------------------------------------------------------------------------

    async def _stay(self, minutes: float) -> None:
        """Let time pass where the agenda stands, and longer while it is paused; less if somebody else moves on."""
        here = _bare(self._step["place"])
        with suppress(TimeoutError):
            async with asyncio.timeout(self._tempo.seconds(max(minutes, 0))):
                await self.speaker.until(lambda: _bare(self._step["place"]) != here or self._is_over)
        await self.speaker.until(lambda: not self._step["is_paused"])

    async def _see(self, wanted: Callable[[], bool]) -> None:
        """Wait until the console shows what was asked for. An answer may come before the picture of it does."""
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_TO_SHOW):
                await self.speaker.until(wanted)


def _bare(place: Context | None) -> Context | None:
    return {"item": place["item"], "segment": place["segment"]} if place else None
