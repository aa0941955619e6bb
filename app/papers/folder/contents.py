"""The table of papers: what is made of a record for its folders, in the order in which the index names it.

A subject adds a line to ``MADE``: a function that takes the record and returns papers.
"""

from collections.abc import Callable

from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.ledger.writing import papers_of_ledger
from app.papers.letters.contents import letters_of, letters_of_findings
from app.papers.record.ballots import papers_of_ballots
from app.papers.record.exports import papers_of_record
from app.papers.record.verifier import verifier_of
from app.papers.results.workbook import papers_of_results
from app.papers.tables.course import papers_of_course
from app.papers.tables.marks import papers_of_marks
from app.papers.tables.minuted import papers_of_minuted
from app.papers.tables.promises import papers_of_promises
from app.papers.tables.proofs import papers_of_proofs
from app.papers.tables.published import papers_of_published
from app.papers.tables.rectified import papers_of_rectified
from app.papers.tables.remarks import papers_of_remarks
from app.papers.tables.votes import papers_of_votes

MADE: tuple[Callable[[Proceedings], list[Paper]], ...] = (
    papers_of_results,
    papers_of_published,
    papers_of_votes,
    papers_of_promises,
    letters_of,
    letters_of_findings,
    papers_of_ledger,
    papers_of_remarks,
    papers_of_rectified,
    papers_of_proofs,
    papers_of_course,
    papers_of_minuted,
    papers_of_marks,
    papers_of_record,
    papers_of_ballots,
    verifier_of,
)


def papers_of(record: Proceedings) -> list[Paper]:
    return [paper for make in MADE for paper in make(record)]
