"""One meeting played to its end by bots, and what came of it, held against the record."""

import asyncio
import time
from dataclasses import dataclass
from typing import Any

from app.language.sentences import sentence_of
from app.meeting.plan import Plan
from app.meeting.refusals import Said
from app.network.tls import authority_beside, trusting
from app.papers.plan.textfile import shipped_plans
from app.rehearsal import stage
from app.rehearsal.answers import Answers
from app.rehearsal.asking import Browser
from app.rehearsal.bots import Bot, Follower
from app.rehearsal.hall import Hall, Part
from app.rehearsal.holdings import Held
from app.rehearsal.latencies import milliseconds
from app.rehearsal.moderator import Moderator
from app.rehearsal.open_files import allow_files
from app.rehearsal.panelist import Panelist
from app.rehearsal.process import ServerProcess, Trust, is_ready
from app.rehearsal.question_desk import QuestionDesk
from app.rehearsal.questioned import Questioned, questioned
from app.rehearsal.recounted import Recounted, recounted
from app.rehearsal.restart import Restart, Restarted
from app.rehearsal.speaker import Address, Speaker
from app.rehearsal.stage import Cast
from app.rehearsal.supervisor import Supervisor
from app.rehearsal.tempo import Tempo
from app.rehearsal.troubles import AlreadyFinished, NotReachable, first_of
from app.store import rehearsals
from app.store.database import Database
from app.store.verify import verify

SEED = 1


@dataclass(frozen=True, slots=True)
class Report:
    """What a rehearsal came to. ``lost`` are acknowledged commands that the record does not hold: there must be none.

    ``faults`` is what a check of the whole record finds; ``restarted`` what people held before a restart of the server
    and after it, if there was one. Latencies are milliseconds from the first sending of a command to its answer.
    """

    code: str
    seconds: float
    lost: tuple[str, ...]
    faults: tuple[Said, ...]
    answers: Answers
    restarted: Restarted | None = None
    votes: Recounted | None = None
    questions: Questioned | None = None

    @property
    def is_good(self) -> bool:
        hall_holds = all(each is None or each.is_good for each in (self.votes, self.questions))
        return self.record_holds and hall_holds and not self.void and not self.other_totals

    @property
    def record_holds(self) -> bool:
        return not self.lost and not self.faults

    @property
    def void(self) -> tuple[Held, ...]:
        """What opened a door before the restart and does not after it."""
        return self.restarted.void if self.restarted else ()

    @property
    def other_totals(self) -> int:
        """Sheets that were refused because tablet and record did not add them up alike: there must be none."""
        return self.answers.refusals["sheet.other_total"]

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "acked": len(self.answers.acked),
            "refused": self.answers.refusals.total(),
            "lost": len(self.lost),
            "p50_ms": milliseconds(self.answers.percentile(0.50)),
            "p99_ms": milliseconds(self.answers.percentile(0.99)),
            "refusals": dict(self.answers.refusals.most_common()),
            "lost_ids": list(self.lost),
            "faults": [sentence_of(fault) for fault in self.faults],
            "messages": dict(self.answers.messages.most_common()),
            "reconnections": self.answers.reconnections,
            "tried_after_restart": self.restarted.tried if self.restarted else None,
            "void_after_restart": [" ".join(filter(None, (each.kind, each.role, each.of))) for each in self.void],
            "seconds": round(self.seconds, 1),
            "votes": self.votes.as_json() if self.votes else None,
            "questions": self.questions.as_json() if self.questions else None,
        }


def rehearse_as_asked(
    where: str, plan: Plan, tempo: Tempo, phones: int, url: str | None, keeps: bool, part: Part = Part.NOTHING
) -> Report:
    """Beside a running server (``url``), or in the database and kept, or on a scratch one. Raises as they do."""
    if url:
        with stage.opened(where) as database:
            trust = trusting(authority_beside(where))
            return rehearse_beside(url, database, plan.code, tempo, phones, keeps, trust, part=part)
    return rehearse_and_keep(where, plan, tempo, phones, part) if keeps else rehearse(plan, tempo, phones, part)


def rehearse(plan: Plan, tempo: Tempo, phones: int = 0, part: Part = Part.NOTHING) -> Report:
    """Play a rehearsal of a plan on a server and a database of their own, which are gone afterwards."""
    copy = plan if plan.is_rehearsal else rehearsals.copy_of(plan, number=1)
    copy = stage.opened_up(copy, part)
    with (
        stage.scratch(*{each.code: each for each in (plan, copy)}.values()) as where,
        stage.opened(where) as database,
        stage.running(where) as server,
    ):
        return rehearse_at(server.url, database, copy.code, tempo, phones, own=server, part=part)


def rehearse_and_keep(where: str, plan: Plan, tempo: Tempo, phones: int = 0, part: Part = Part.NOTHING) -> Report:
    """Play a rehearsal in the database of the meeting, on a server of its own, and leave it there."""
    with stage.opened(where) as database:
        if not stage.plans_in(database):
            stage.save(database, *shipped_plans())
        with stage.running(where) as server:
            return rehearse_beside(server.url, database, plan.code, tempo, phones, keeps=True, own=server, part=part)


def rehearse_beside(
    url: str,
    database: Database,
    code: str,
    tempo: Tempo,
    phones: int = 0,
    keeps: bool = False,
    trust: Trust = None,
    own: ServerProcess | None = None,
    part: Part = Part.NOTHING,
) -> Report:
    """Play a rehearsal of a meeting on a running server; it is thrown away afterwards unless it is kept.

    The meeting itself is not touched; a code that is a rehearsal's is played as it is, and stays. Raises as
    ``rehearse_at``.
    """
    if not is_ready(url.rstrip("/"), trust):
        raise NotReachable(url)
    with stage.copied(url, database, code, keeps, trust, part) as copy:
        return rehearse_at(url, database, copy, tempo, phones, trust, own, part)


def rehearse_at(
    url: str,
    database: Database,
    code: str,
    tempo: Tempo,
    phones: int = 0,
    trust: Trust = None,
    own: ServerProcess | None = None,
    part: Part = Part.NOTHING,
) -> Report:
    """Play a meeting where it is: on a running server and the database that it uses.

    One that is the rehearsal's ``own`` is ended in the middle and started again.

    Raises KeyError (no such meeting), AlreadyFinished, NotReachable, or RehearsalFailed if it breaks off.
    """
    if stage.meeting_of(database, code).is_finished:
        raise AlreadyFinished(code)
    if not is_ready(url.rstrip("/"), trust):
        raise NotReachable(url)
    answers = Answers()
    began = time.monotonic()
    with stage.cast(database, code) as cast:
        restart = Restart(own, database, code, cast, answers) if own else None
        hall = _hall(url, code, cast, phones, trust, part) if part else None
        play(company(url, code, cast, tempo, phones, answers, trust, restart, hall))
    seconds = time.monotonic() - began
    return _report(database, code, answers, seconds, restart.came_to if restart else None, hall)


def _hall(url: str, code: str, cast: Cast, phones: int, trust: Trust, part: Part) -> Hall:
    """Phones that follow by plain HTTP, vote, and ask whoever moderates it."""
    allow_files(2 * phones)
    invited = {"Authorization": f"Bearer {cast.guest}"} if cast.guest else {}
    asks = Part.QUESTIONS in part and phones > 0
    desk = QuestionDesk(Browser(url, trust), cast.links.questions, code, cast.unit) if asks else None
    return Hall(code, [Browser(url, trust, invited) for _ in range(phones)], SEED, part, desk)


def play(bots: "Company") -> None:
    """Let a company play until moderator and panel are done. Raises RehearsalFailed with what went wrong first."""
    try:
        asyncio.run(bots.play())
    except BaseExceptionGroup as group:
        raise first_of(group) from group


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody in a rehearsal: ``players`` come to an end by themselves, ``followers`` look on until then."""

    players: tuple[Bot, ...]
    followers: "tuple[Bot | Hall, ...]"

    async def play(self) -> None:
        async with asyncio.TaskGroup() as group:
            looking_on = [group.create_task(bot.run()) for bot in self.followers]
            async with asyncio.TaskGroup() as acting:
                for bot in self.players:
                    acting.create_task(bot.run())
            for task in looking_on:
                task.cancel()


def company(
    url: str,
    code: str,
    cast: Cast,
    tempo: Tempo,
    phones: int,
    answers: Answers,
    trust: Trust = None,
    restart: Restart | None = None,
    hall: Hall | None = None,
) -> Company:
    """A moderator, a panelist on every seat, one display and so many phones; a supervisor where there is one to ask.

    Phones of a ``hall`` have no sockets.
    """
    chair = Speaker(Address(url, code, "moderator", cast.moderator, trust), answers)
    panel = [
        Panelist(Speaker(Address(url, code, "panel", token, trust), answers), seat, tempo, SEED)
        for seat, token in cast.seats.items()
    ]
    if restart:
        restart.everybody = (chair, *(each.speaker for each in panel))
    views = ["hall", *["phone"] * (0 if hall else phones)]
    followers: tuple[Bot | Hall, ...] = tuple(
        Follower(Speaker(Address(url, code, view, cast.guest, trust), answers)) for view in views
    )
    if cast.supervisor:
        at_the_results = Speaker(Address(url, code, "results", cast.supervisor, trust), answers)
        followers = (*followers, Supervisor(at_the_results, tempo))
    if hall:
        followers = (*followers, hall)
    votes = hall.closes if hall and hall.votes else None
    moderator = Moderator(chair, tempo, restart.happens if restart else None, votes, hall.ends if hall else None)
    return Company((moderator, *panel), followers)


def _report(
    database: Database,
    code: str,
    answers: Answers,
    seconds: float,
    restarted: Restarted | None = None,
    hall: Hall | None = None,
) -> Report:
    found = stage.recorded(database, code, answers.acked)
    lost = tuple(id for id in answers.acked if id not in found)
    with database.reading() as connection:
        verdict = verify(connection, code)
    votes = recounted(database, code, hall.heard) if hall and hall.votes else None
    asked = questioned(database, code, hall.asked, hall.desk.presses) if hall and hall.desk else None
    return Report(code, seconds, lost, verdict.faults, answers, restarted, votes, asked)
