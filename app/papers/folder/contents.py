"""The table of papers: what is made of a record for its folders, in the order in which the index names it.

A subject adds a line to ``MADE``: a function that takes the record and returns papers.
"""

from collections.abc import Callable

from app.papers.folder.paper import Paper
from app.papers.folder.proceedings import Proceedings
from app.papers.letters.contents import letters_of
from app.papers.record.exports import papers_of_record
from app.papers.record.verifier import verifier_of
from app.papers.results.workbook import papers_of_results

MADE: tuple[Callable[[Proceedings], list[Paper]], ...] = (papers_of_results, letters_of, papers_of_record, verifier_of)


def papers_of(record: Proceedings) -> list[Paper]:
    return [paper for make in MADE for paper in make(record)]
