"""Where the public pages lie, and what lies beside them: as files that know one another, wherever they are put."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from app.language import Language
from app.meeting.plan import Attachment
from app.papers.folder.paper import file_name
from app.papers.incoming import ENDINGS
from app.papers.site.shown import FindingShown, MeetingShown, ProofShown, UnitShown

DATA, FINDINGS, FEED, VERIFY, STYLE = "public.json", "findings.csv", "feed.xml", "verify.html", "site.css"


@dataclass(frozen=True, slots=True)
class FileBeside:
    """What lies beside the pages; ``says`` is the code of a sentence about it. Without an address it is not there."""

    says: str
    address: str


class Links(Protocol):
    """Addresses as a page in one language has them."""

    @property
    def home(self) -> str: ...
    @property
    def agenda(self) -> str: ...
    @property
    def styles(self) -> list[str]: ...
    @property
    def feed(self) -> str: ...
    @property
    def files(self) -> list[FileBeside]: ...
    def unit(self, unit: UnitShown) -> str: ...
    def proof(self, proof: ProofShown) -> str: ...
    def report(self, report: Attachment) -> str: ...
    def objection(self, unit: UnitShown, finding: FindingShown) -> str:
        """Empty where none can be raised by the page."""
        ...


@dataclass(frozen=True, slots=True)
class OnAStick:
    """Plain files in one folder. Proofs and reports are called by their digest: nothing anybody typed is a path."""

    shown: MeetingShown
    language: Language
    has_log: bool
    has_ballots: bool = False

    @property
    def home(self) -> str:
        return in_language("index.html", self.language)

    @property
    def agenda(self) -> str:
        return in_language("agenda.html", self.language)

    @property
    def styles(self) -> list[str]:
        return [STYLE]

    @property
    def feed(self) -> str:
        return in_language(FEED, self.language)

    @property
    def files(self) -> list[FileBeside]:
        log = [FileBeside("public.log", name_of_log(self.shown.code))] if self.has_log else []
        told = [FileBeside("paper.ballots_data", name_of_ballots(self.shown.code))] if self.has_ballots else []
        return [
            FileBeside("public.verify", VERIFY),
            *log,
            FileBeside("paper.results_data", name_of_results(self.shown.code)),
            *told,
            FileBeside("public.data", DATA),
            FileBeside("public.findings", FINDINGS),
            FileBeside("public.feed", self.feed),
        ]

    def unit(self, unit: UnitShown) -> str:
        return in_language(f"unit-{unit.place}.html", self.language)

    def proof(self, proof: ProofShown) -> str:
        return name_of_file(proof.sha256, proof.name)

    def report(self, report: Attachment) -> str:
        return name_of_file(report.sha256, report.name)

    def objection(self, unit: UnitShown, finding: FindingShown) -> str:  # noqa: ARG002  there is no server
        return ""


def in_language(name: str, language: Language) -> str:
    """The Chinese file has the plain name."""
    stem, _, ending = name.rpartition(".")
    return name if language is Language.CHINESE else f"{stem}.{language}.{ending}"


def name_of_file(sha256: str, called: str) -> str:
    """With the ending of what it is called, if it is one of those that come in: by that a browser opens it."""
    ending = PurePath(called).suffix.lower()
    return f"files/{sha256}{ending if ending in ENDINGS else '.bin'}"


def name_of_log(code: str) -> str:
    return f"{file_name(code)}.public.log.jsonl"


def name_of_results(code: str) -> str:
    return f"{file_name(code)}.results.json"


def name_of_ballots(code: str) -> str:
    return f"{file_name(code)}.ballots.json"
