"""Of people: plain rows, which can be erased without a trace in the log or a gap in the record."""

from sqlmodel import Field

from app.store.tables.columns import Row


class PersonRow(Row, table=True):
    """Who is in a meeting, and what for: ``kind`` says whether it is a seat, a unit or a task, ``of`` which."""

    __tablename__ = "person"

    meeting: str = Field(primary_key=True, foreign_key="meeting.code", max_length=32)
    kind: str = Field(primary_key=True, max_length=16)
    of: str = Field(primary_key=True, max_length=64)
    name: str
    office: str
