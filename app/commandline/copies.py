"""``run.py backup`` and ``run.py restore``, and what is said of a record that was checked."""

from collections.abc import Callable, Iterator
from pathlib import Path

from app.language import Language, catalogue, say
from app.meeting.refusals import Said
from app.rehearsal import stage
from app.store.backup import NotRestored, Restored, Verdicts, backup, restore
from app.store.database import Database, DatabaseUnusable
from app.store.verify import Verdict

Say = Callable[[str], None]


def make_backup(db: str, file: Path, replaces: bool, language: Language, echo: Say) -> None:
    """Raises DatabaseUnusable, OSError."""
    if not stage.exists(db):
        raise DatabaseUnusable("database.none", file=db)
    with stage.opened(db) as database:
        verdicts = backup(database, file, replaces)
    _ = catalogue(language).gettext
    echo(_("Backup: {file}").format(file=file))
    for line in in_words(verdicts, language, "verdict.to_come"):  # made of the database itself: its -wal is in it
        echo(line)
    echo(_("Keep it as safe as the database: it holds the named sheets, and the keys to every door."))


def restore_backup(file: Path, db: str, replaces: bool, language: Language, echo: Say) -> bool:
    """Whether every record holds, before and after. Raises DatabaseUnusable, OSError."""
    _ = catalogue(language).gettext
    try:
        restored = restore(file, db, replaces, in_spite=replaces)
    except NotRestored as refused:
        for line in in_words(refused.verdicts, language):
            echo(line)
        echo(_("Nothing was restored: a record in this backup does not hold. To restore it anyway: --force."))
        return False
    _tell(restored, db, language, echo)
    return all(each.holds for each in restored.verdicts.values())


def _tell(restored: Restored, db: str, language: Language, echo: Say) -> None:
    _ = catalogue(language).gettext
    echo(_("Restored into {database}; the records were checked before and after:").format(database=name_of(db)))
    for line in in_words(restored.verdicts, language):
        echo(line)
    if restored.put_aside:
        echo(_("The database that was there before is now {file}.").format(file=restored.put_aside))


def in_words(verdicts: Verdicts, language: Language, empty: str = "verdict.not_opened") -> Iterator[str]:
    """A line for each meeting, and one for each fault; ``empty`` is what is said of a meeting without an entry."""
    for code, verdict in verdicts.items():
        yield f"  {code}\t{verdict_in_words(code, verdict, language, empty)}"
        for fault in verdict.faults:
            yield f"  {code}\t{say(fault, language)}"


def verdict_in_words(code: str, verdict: Verdict, language: Language, empty: str = "verdict.not_opened") -> str:
    if not verdict.holds:
        return say(Said("verdict.does_not_hold"), language)
    if not verdict.entries:
        return say(Said(empty, {"code": code}), language)
    return say(Said("verdict.holds", {"entries": verdict.entries, "seal": verdict.seal}), language)


def name_of(db: str) -> str:
    """A file as it was called; a url without its password."""
    database = Database(db)
    try:
        return database.name
    finally:
        database.close()
