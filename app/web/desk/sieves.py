"""The list of words that marks questions for whoever moderates: the office's file, or the short one we ship."""

from pathlib import Path

from app.meeting.questions.sifting import Sieve, sieve_of

SHIPPED = Path(__file__).with_name("words.txt")


class Sieves:
    """The file is read again once it has changed; an office edits it while the server runs."""

    def __init__(self, file: str) -> None:
        self._path = Path(file) if file else SHIPPED
        self._read_at: tuple[int, int] | None = None
        self._sieve: Sieve | None = None

    def sieve(self) -> Sieve | None:
        """None if the file cannot be read: then nothing is marked, and whoever moderates is told so."""
        try:
            stat = self._path.stat()
            if self._read_at != (stat.st_mtime_ns, stat.st_size):
                self._sieve = sieve_of(self._path.read_text("utf-8"))
                self._read_at = (stat.st_mtime_ns, stat.st_size)
        except (OSError, UnicodeDecodeError):
            self._sieve, self._read_at = None, None
        return self._sieve
