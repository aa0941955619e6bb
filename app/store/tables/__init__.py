"""All tables. Rows only: nobody's input becomes one directly, and nothing here decides.

Three kinds, kept apart: *set-up* rows (``plan``, ``keys``, ``beside``) are edited freely; the *log* is appended to and
nothing else; *read tables* are written from the log in the same transaction, and ``rebuild`` makes them anew from it.
"""

from sqlmodel import Field, SQLModel

from app.store.tables.beside import (
    BrowserRow,
    DraftRow,
    DrawRow,
    FormRow,
    ProofRow,
    RefusedCorrectionRow,
    RehearsalCountRow,
    TypedRow,
)
from app.store.tables.columns import Day, Exact, Instant, Row, table_of
from app.store.tables.keys import CodeRow, KeyHandsRow, KeyRow, KeyUseRow, SecretRow
from app.store.tables.log import EntryRow, HeadRow, PulseRow
from app.store.tables.people import PersonRow, SignatureRow
from app.store.tables.plan import (
    AgendaItemRow,
    AttachmentRow,
    ContentRow,
    CriterionRow,
    EditionRow,
    LevelRow,
    MeetingRow,
    PanelGroupRow,
    RecusalRow,
    SeatRow,
    SegmentRow,
    UnitRow,
)
from app.store.tables.polls import BallotRow, BurstRow, RefusalRow, SlipKeyRow, TicketRow
from app.store.tables.questions import QuestionRow, UpvoteRow
from app.store.tables.read import (
    READ_TABLES,
    AttendanceRow,
    CommentRow,
    FindingRow,
    ItemTimeRow,
    MarkRow,
    PollRow,
    ResultRow,
    RoundRow,
    SheetRow,
    VersionRow,
)

SCHEMA_VERSION = 19
"""A step of ``migrations`` leads to each. 2: tables came. 3: a key has one word for its seat or display; new logs are
sealed over digests, which an earlier Kaimen takes for broken. 4: the words to say, and how a unit's name is read. 5: a
meeting lists its groups. 6: composites, and the class of a unit. 7: names of people, and signatures.
8: an office's own forms of letters. 9: the table ``paper`` is called
``content``. 10: polls and ballots. 11: the meeting before, and what was promised there. 12: proofs of what was
rectified. 13: findings. 14: what units have typed and not sent yet. 15: tickets. 16: questions of the
audience. 17: what was refused of ballots and tickets. 18: bursts of ballots. 19: the keys of
slips."""


class SchemaVersion(Row, table=True):
    __tablename__ = "schema_version"

    version: int = Field(primary_key=True)


__all__ = [
    "READ_TABLES",
    "SCHEMA_VERSION",
    "AgendaItemRow",
    "AttachmentRow",
    "AttendanceRow",
    "BallotRow",
    "BrowserRow",
    "BurstRow",
    "CodeRow",
    "CommentRow",
    "ContentRow",
    "CriterionRow",
    "Day",
    "DraftRow",
    "DrawRow",
    "EditionRow",
    "EntryRow",
    "Exact",
    "FindingRow",
    "FormRow",
    "HeadRow",
    "Instant",
    "ItemTimeRow",
    "KeyHandsRow",
    "KeyRow",
    "KeyUseRow",
    "LevelRow",
    "MarkRow",
    "MeetingRow",
    "PanelGroupRow",
    "PersonRow",
    "PollRow",
    "ProofRow",
    "PulseRow",
    "QuestionRow",
    "RecusalRow",
    "RefusalRow",
    "RefusedCorrectionRow",
    "RehearsalCountRow",
    "ResultRow",
    "RoundRow",
    "SQLModel",
    "SchemaVersion",
    "SeatRow",
    "SecretRow",
    "SegmentRow",
    "SheetRow",
    "SignatureRow",
    "SlipKeyRow",
    "TicketRow",
    "TypedRow",
    "UnitRow",
    "UpvoteRow",
    "VersionRow",
    "table_of",
]
