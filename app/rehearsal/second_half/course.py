"""The course of the second half: who works on which day, and the day on which the power fails.

Nobody waits: the days pass as soon as everybody has done what is to be done. All units work side by side, as they do.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field

from app.meeting.plan import Plan
from app.rehearsal.days import Days
from app.rehearsal.process import ServerProcess
from app.rehearsal.second_half.bureau import Bureau
from app.rehearsal.second_half.others import Citizen, Judge, Verifier
from app.rehearsal.second_half.steps import Steps
from app.rehearsal.second_half.unit import Draft, Unit
from app.store import keys
from app.store.database import Database
from app.store.keys import Key, Role
from app.web.links import link_of, links_for, of_units, organiser_link

LABEL = "bots of the second half"
DAYS_OF_WORK = (0, 2, 4, 7, 10, 13, 16, 19, 22, 25, 30, 35, 40, 44, 48, 52, 55, 58, 61)
POWER_FAILS = 10
"""The day on which units hand in proofs."""
PANEL_IS_ASKED, VOTE_IS_CLOSED = 44, 48
FINDINGS_OF_UNIT = 3
STEPS_BEFORE_THE_CUT = 2


@dataclass(frozen=True, slots=True)
class Company:
    """Everybody who has to do with findings, each with a browser and a key of the own; the last without a key."""

    bureau: Bureau
    units: tuple[Unit, ...]
    verifier: Verifier
    judges: tuple[Judge, ...]
    citizen: Citizen

    @property
    def authors(self) -> list[str]:
        """How the names begin that stand in the record: each has a mark behind it."""
        return [f"{each.name} #" for each in (self.bureau, self.verifier, *self.units)]


@contextmanager
def invited(url: str, database: Database, plan: Plan, steps: Steps, days: Days) -> Iterator[Company]:
    """A company for a meeting, whose keys are forgotten afterwards."""
    seats = [Key(plan.code, Role.SEAT, seat.id) for seat in plan.seats]
    with database.writing() as connection:
        organiser = organiser_link(connection, LABEL)
        supervisor = Key(plan.code, Role.SUPERVISOR)
        verifier = link_of(supervisor, keys.make(connection, supervisor, LABEL))
        links = links_for(connection, plan, [*of_units(plan), *seats], LABEL)
    here = (url, plan.code)
    try:
        yield Company(
            Bureau(*here, organiser, "普法办", steps, days),
            tuple(Unit(*here, link, f"{unit}经办", steps, days) for unit, link in links.units.items()),
            Verifier(*here, verifier, "核验组", steps, days),
            tuple(Judge(*here, link, seat, steps, days) for seat, link in links.seats.items()),
            Citizen(*here, "", "群众", steps, days),
        )
    finally:
        with database.writing() as connection:
            keys.forget(connection, None, Role.ORGANISER, LABEL)
            for role in Role:
                keys.forget(connection, plan.code, role, LABEL)


@dataclass
class Course:
    """Played once. ``drafts``: what was kept before the power failed, each with whether it was there afterwards."""

    server: ServerProcess
    plan: Plan
    company: Company
    steps: Steps
    days: Days
    findings_of_unit: int = FINDINGS_OF_UNIT
    drafts: dict[Draft, bool] = field(default_factory=dict)

    def play(self) -> None:
        units = [unit.id for unit in self.plan.units]
        for day in DAYS_OF_WORK:
            self.days.pass_until(day)
            if day == 0:
                self.company.bureau.drafts(units, self.findings_of_unit)
                self.company.bureau.hands_over()
            self._everybody_works(day)
        _side_by_side([each.reports for each in self.company.units])

    def _everybody_works(self, day: int) -> None:
        if day == POWER_FAILS:
            self._units_work_while_the_power_fails()
        else:
            _side_by_side([each.works for each in self.company.units])
        self.company.bureau.works()
        self.company.verifier.works()
        self.company.citizen.objects()
        if day == PANEL_IS_ASKED:
            self.company.bureau.asks_the_panel()
            _side_by_side([each.judges for each in self.company.judges])
        elif day == VOTE_IS_CLOSED:
            self.company.bureau.closes_the_vote()

    def _units_work_while_the_power_fails(self) -> None:
        kept = [(unit, draft) for unit in self.company.units for draft in unit.keeps_drafts()]
        self.steps.after(STEPS_BEFORE_THE_CUT, self._power_fails)
        _side_by_side([unit.works for unit in self.company.units])
        self.drafts |= {draft: unit.still_has(draft) for unit, draft in kept}

    def _power_fails(self) -> None:
        self.server.kill()
        self.server.start()


def _side_by_side(work: Iterable[Callable[[], None]]) -> None:
    with ThreadPoolExecutor(16) as threads:
        for each in [threads.submit(each) for each in work]:
            each.result()
