"""A database as a house uses it, written once by today's Kaimen, for those that come after it to read.

``python -m tests.golden.databases [FOLDER]`` writes ``format-N.sqlite.xz``, beside this file unless a folder is named,
and ``format-N.json`` with what the Kaimen of that time said of it; what is there already stays. It is done last of all
before the next format comes in.

Those of earlier formats were made by these steps as well, carried out by the code of their own time: the last commit of
each format, which the JSON names. ``STEPS`` says since which format each leaves something to be kept; what came later
was left out, and what was asked for in other words then was asked for in those. In format 10 there was no door for
ballots yet: they were put into the box. There is no file of formats 6, 7, 11, 13 and 14: the step after each makes
empty tables and nothing else, and a neighbour has the same rows.
"""

import hashlib
import json
import lzma
import re
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import repeat
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.engine import Connection

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from app.meeting.comments.state import CommentKind
from app.meeting.meeting import Meeting
from app.meeting.moments import Moment, Words
from app.meeting.plan import Attachment, Group, Mode, Order, Plan, Rules, Signing
from app.meeting.polls.agreed import PollsOpen, Voters
from app.meeting.questions.agreed import Questions
from app.meeting.questions.state import Reason
from app.meeting.refusals import Refused
from app.store import (
    bursts,
    contents,
    drafts,
    draws,
    forms,
    keys,
    persons,
    plans,
    proofs,
    questions,
    rehearsals,
    signatures,
    tickets,
    typed,
)
from app.store.bursts import Bursts
from app.store.drafts import Draft
from app.store.keys import Key, Role
from app.store.persons import Kind, Person, Station
from app.store.questions import NewQuestion
from app.store.signatures import Signed
from app.store.tables import SCHEMA_VERSION
from app.store.verify import verify
from app.web.links import full_set, of_units
from tests.findings import BUREAU, UNIT, days, drafted
from tests.live.served import PATIENCE, Served, Sitting
from tests.meetings import (
    ANN,
    BEN,
    CAT,
    COURT,
    DAN,
    EVE,
    WATER,
    correction,
    give_score,
    joining,
    sheet,
    small_plan,
    whole_meeting,
)
from tests.promised import judges, with_last_year
from tests.records import record
from tests.second_half import CONTENT, put_right

FOLDER = Path(__file__).parent
FINISHED, UNDER_WAY, PREPARED, REHEARSAL = "finished", "underway", "prepared", "prepared-r1"
PAPER = b"%PDF-1.4 what water did"
LETTER = b"PK, the form of a letter as this office has it"
DRAWING = ((111, 112, 313, 114, 215, 316), (5, 5))
FINDING = "finding-of-water"
LAMP, BENCH, NOISE, BUS = "question-of-the-lamp", "question-of-the-bench", "question-of-noise", "question-of-the-bus"
TEXTS = {LAMP: "路灯什么时候修好？", BENCH: "长椅呢？", NOISE: "工地为什么夜里施工？", BUS: "Buy cheap buses"}
TYPED = {"cure.cause": "没有计划", "cure.measures": "写出来"}
DRAFT = "还没有写完的意见"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="(\w*)"')


@dataclass
class House:
    """Where everything happens, at the time of this machine, and what is to be said of it."""

    served: Served
    said: dict[str, Any] = field(default_factory=lambda: {"keys": {}, "codes": {}, "revoked": [], "receipts": {}})

    def writes(self, work: Callable[[Connection], Any]) -> Any:
        with self.served.database.writing() as connection:
            return work(connection)

    def does(self, *commands: c.Command, code: str = UNDER_WAY) -> None:
        with self.served.database.reading() as connection:
            plan = plans.load(connection, code)
        Sitting(self.served, plan, "", {}).performs(*commands)

    @property
    def meeting(self) -> Meeting:
        """The one that is under way."""
        meeting: Meeting = self.served.venue.rooms.meeting(UNDER_WAY)
        return meeting


# --- plans ------------------------------------------------------------------------------------------------------------


def furnished(plan: Plan) -> Plan:
    """The first unit has handed in a paper, and made promises the year before; the second is of a class."""
    first, second, *others = plan.units
    paper = Attachment("attachment-1", "履职报告.pdf", len(PAPER), hashlib.sha256(PAPER).hexdigest())
    of_class = replace(second, of_class="courts")
    plan = replace(plan, units=(replace(first, attachments=(paper,), reading="shuǐ wù"), of_class, *others))
    return with_last_year(replace(plan, composite=joining(Mode.POINTS)))


def under_way() -> Plan:
    rules = Rules(
        signing=Signing.DRAWN,
        polls=PollsOpen.BY_HAND,
        voters=Voters.HALL,
        questions=Questions.MODERATED,
        promises_judged=True,
    )
    return furnished(small_plan(code=UNDER_WAY, title="正在举行的评议会", rules=rules))


def prepared() -> Plan:
    """With groups of its own, words to say, and an order that is to be drawn."""
    groups = Group("people", "群众代表"), Group("experts-of-law", "法学专家")
    plan = small_plan(code=PREPARED, title="筹备中的评议会", order=Order.DRAWN, groups=groups, place="三楼报告厅")
    seats = tuple(replace(each, group=groups[at % 2].id) for at, each in enumerate(plan.seats))
    words = (Words(Moment.OPENED, "各位代表，评议会现在开始。"),)
    return furnished(replace(plan, seats=seats, words=words, organisers=("司法局", "普法办")))


# --- what is done -----------------------------------------------------------------------------------------------------


def one_is_held(house: House) -> None:
    """From its opening to the end, and whatever there is in the year after it."""
    for content in (PAPER, CONTENT):
        house.writes(lambda connection, content=content: contents.keep(connection, content))
    record(house.served.database, put_right(whole_meeting(furnished(small_plan(code=FINISHED)))))


def one_is_prepared_and_rehearsed(house: House) -> None:
    """In the rehearsal the first lot is drawn: the seed stands beside the log."""
    house.writes(lambda connection: plans.save(connection, prepared()))
    plan = house.writes(lambda connection: rehearsals.make(connection, PREPARED))
    commitment = house.writes(lambda connection: draws.new_seed(connection, REHEARSAL))
    house.does(c.OpenMeeting(plan), c.PrepareDraw(commitment), code=REHEARSAL)
    seed = house.writes(lambda connection: draws.seed_of(connection, REHEARSAL))
    house.does(c.DrawNext(1, "seven", seed), code=REHEARSAL)


def one_begins(house: House) -> None:
    """Two sheets of the first round are handed in, and comments are sent."""
    house.writes(lambda connection: plans.save(connection, under_way()))
    house.does(c.OpenMeeting(under_way()), c.CheckIn(ANN), c.TakeSeat(ANN, "tablet-one"), c.JumpTo(Place(WATER)))
    house.does(c.SendComment("comment-1", ANN, "water", CommentKind.PROBLEM, "Nobody knows the rules"))
    house.does(c.SendComment("comment-2", BEN, "water", CommentKind.HIGHLIGHT, "灯都修好了"))
    house.does(c.ReleaseComment("comment-1", "Nobody knows the rules"))
    house.does(*(sheet(house.meeting, WATER, seat, 50, 30) for seat in (ANN, BEN)))


def promises_are_judged(house: House) -> None:
    house.does(judges(ANN, 1), judges(BEN, 2))


def it_goes_on(house: House) -> None:
    """One sheet is corrected, a correction is refused; in the second round a sheet is being filled in."""
    house.does(c.CloseRound(WATER, (CAT, DAN, EVE)), correction(house.meeting, WATER, BEN, 40, 30))
    house.does(c.JumpTo(Place(COURT)), sheet(house.meeting, COURT, ANN, 45, 35), give_score(CAT, "41.5", round=COURT))
    try:
        house.does(correction(house.meeting, COURT, ANN, 40, 30))
    except Refused as refused:
        house.said["refused"] = refused.code
    draft = Draft(UNDER_WAY, CAT, "court", CommentKind.SUGGESTION, DRAFT)
    house.writes(lambda connection: drafts.save(connection, draft))


def keys_are_given_out(house: House) -> None:
    """A full set, some of units, the organiser's, one with a code, one that is revoked; two are used."""
    wanted = [*full_set(under_way()), *of_units(under_way()), Key(None, Role.ORGANISER)]
    for key in wanted:
        token = hashlib.sha256(f"{key.role} {key.of}".encode()).hexdigest()[:22]
        house.writes(lambda connection, key=key, token=token: keys.make_again(connection, key, "links", repeat(token)))
        house.said["keys"][token] = [key.meeting, key.role, key.of]
    card = house.writes(lambda connection: keys.issue(connection, Key(UNDER_WAY, Role.SEAT, ANN), "cards"))
    house.said["codes"][card.code] = card.token
    gone = house.writes(lambda connection: keys.make(connection, Key(UNDER_WAY, Role.DISPLAY, "left"), "screens"))
    house.writes(lambda connection: keys.revoke_one(connection, UNDER_WAY, keys.hash_of(gone)))
    house.said["revoked"].append(gone)
    by_role = {role: token for token, (_, role, _) in house.said["keys"].items()}
    house.served.page(f"/{UNDER_WAY}/moderator", by_role[Role.MODERATOR])
    house.served.page(
        f"/{UNDER_WAY}/seat/{by_role[Role.SEAT]}",
        **{"user-agent": "Mozilla/5.0 (an old tablet)", "accept": "text/html"},
    )
    house.served.page("/healthz")


def people_are_named_and_sign(house: House) -> None:
    people = {Station(Kind.SEAT, ANN): Person("李见微", "教授"), Station(Kind.UNIT, "water"): Person("张水", "局长")}
    receipt = house.meeting.rounds[WATER].sheet(ANN).current.receipt
    for code in (UNDER_WAY, FINISHED):
        house.writes(lambda connection, code=code: persons.put(connection, code, people))
    signed = Signed(WATER, Station(Kind.SEAT, ANN), receipt)
    house.writes(lambda connection: signatures.keep(connection, UNDER_WAY, signed, DRAWING))


def a_letter_has_a_form_of_its_own(house: House) -> None:
    house.writes(lambda connection: forms.put(connection, "report", "整改报告.docx", LETTER))


def findings_are_made(house: House) -> None:
    house.does(drafted(FINDING), c.HandOver((FINDING,), days(now().date()), BUREAU))
    house.does(c.SignFor("water", (FINDING,), UNIT), drafted("finding-of-the-court", "court"))


def the_audience_votes(house: House) -> None:
    """A poll has ended and is shown; in the next one ballots are cast, and it is open."""
    house.does(c.OpenPoll("water"))
    phones = [Phone(house) for _ in range(5)]
    first = [phone.votes("water.1", "satisfied" if at else "dissatisfied") for at, phone in enumerate(phones)]
    house.does(c.ClosePoll("water.1"), c.ShowPoll("water.1"), c.OpenPoll("court"))
    second = [phone.votes("court.1", "fairly") for phone in phones[1:]]
    house.said["receipts"] = {"water.1": sorted(first), "court.1": sorted(second)}


def proofs_are_kept(house: House) -> None:
    house.writes(lambda connection: proofs.keep(connection, FINISHED, CONTENT))


def a_unit_types(house: House) -> None:
    house.writes(lambda connection: typed.keep(connection, UNDER_WAY, "water", FINDING, TYPED, {}))


def tickets_are_used(house: House) -> None:
    """Two vote, one of them twice, one is spoiled."""
    made = house.writes(lambda connection: tickets.issue(connection, UNDER_WAY, "the-form", 1, now()))
    [printed] = [each.codes for each in made.sheets]
    for code, choice in zip(printed, ("satisfied", "unknown"), strict=False):
        phone = Phone(house)
        assert phone.posts("/ticket", ticket=code).status_code == 303
        house.said["receipts"]["court.1"] += [phone.votes("court.1", choice)]
    house.said["receipts"]["court.1"].sort()
    house.writes(lambda connection: tickets.spoil(connection, UNDER_WAY, printed[-1], now()))
    house.said["tickets"] = [len(printed), 2, 1]


def the_audience_asks(house: House) -> None:
    """One question is chosen, one is part of it, one waits, one is archived."""
    for id, text in TEXTS.items():
        asked = NewQuestion(UNDER_WAY, id, "water", text, f"device-of-{id}")
        house.writes(lambda connection, asked=asked: questions.ask(connection, asked, now()))
    house.writes(lambda connection: questions.approve(connection, UNDER_WAY, LAMP, now(), "a-key"))
    house.writes(lambda connection: questions.merge(connection, UNDER_WAY, LAMP, [BENCH], now(), "a-key"))
    house.writes(lambda connection: questions.archive(connection, UNDER_WAY, BUS, Reason.ADVERTISING, now(), "a-key"))
    for at in range(3):
        house.writes(lambda connection, at=at: questions.upvote(connection, UNDER_WAY, LAMP, f"voter-{at}"))
    house.does(c.ChooseQuestion(LAMP))


def some_are_refused(house: House) -> None:
    """Too late: the poll has ended."""
    assert Phone(house).posts("/ballots", vote="water.1:satisfied").status_code == 409
    house.served.waits_for(house.served.venue.write_signs())


def ballots_come_in_a_burst(house: House) -> None:
    house.writes(lambda connection: bursts.add(connection, {UNDER_WAY: Bursts(2, 30, 31)}))


STEPS: list[tuple[int, Callable[[House], None]]] = [
    (1, one_is_held),
    (1, one_is_prepared_and_rehearsed),
    (1, one_begins),
    (17, promises_are_judged),
    (1, it_goes_on),
    (2, keys_are_given_out),
    (7, people_are_named_and_sign),
    (8, a_letter_has_a_form_of_its_own),
    (9, findings_are_made),
    (10, the_audience_votes),
    (12, proofs_are_kept),
    (14, a_unit_types),
    (15, tickets_are_used),
    (16, the_audience_asks),
    (17, some_are_refused),
    (18, ballots_come_in_a_burst),
]
"""With the format since which each leaves rows. What came with the others is part of the plans, or follows from it."""


def now() -> datetime:
    return datetime.now(UTC)


class Phone:
    """A browser without scripts, and with a cookie of its own."""

    def __init__(self, house: House) -> None:
        self._at = f"http://{house.served.host}/{UNDER_WAY}"
        self._http = httpx.Client(timeout=PATIENCE, trust_env=False)

    def votes(self, poll: str, choice: str) -> str:
        """Returns the receipt."""
        answer = self.posts("/ballots", vote=f"{poll}:{choice}")
        return str(answer.json()["receipt"])

    def posts(self, path: str, **fields: str) -> httpx.Response:
        hidden = dict(HIDDEN.findall(self._http.get(self._at).text))
        return self._http.post(self._at + path, data={**hidden, **fields}, headers={"accept": "application/json"})


# --- writing it down --------------------------------------------------------------------------------------------------


def make(folder: Path) -> tuple[Path, dict[str, Any]]:
    """A database, and what is said of it."""
    with Served(folder) as served:
        house = House(served)
        for since, step in STEPS:
            if since <= SCHEMA_VERSION:
                step(house)
    said = {"format": SCHEMA_VERSION, "commit": _commit(), "meetings": {}, **house.said}
    with served.database.reading() as connection:
        for code in plans.codes(connection):
            verdict = verify(connection, code)
            assert verdict.holds, verdict
            said["meetings"][code] = {"entries": verdict.entries, "seal": verdict.seal}
    served.database.close()
    return folder / "kaimen.db", said


def _commit() -> str:
    asked = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=True, cwd=FOLDER)
    return asked.stdout.strip()


def main(to: Path = FOLDER) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file, said = make(Path(folder))
        with closing(sqlite3.connect(file)) as raw:
            raw.execute("PRAGMA journal_mode = DELETE")
            raw.execute("VACUUM")
        name = to / f"format-{SCHEMA_VERSION}"
        with name.with_suffix(".sqlite.xz").open("xb") as packed:  # x: what is there already stays
            packed.write(lzma.compress(file.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    name.with_suffix(".json").write_text(readable(said), "utf-8")


def readable(said: dict[str, Any]) -> str:
    """JSON with a line for each key and each meeting."""
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return re.sub(r"\n {3,}|\n {2}(?=[]}])", "", text) + "\n"


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
