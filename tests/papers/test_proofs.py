"""Proofs in the folder for the file: as they came, under names that tell them apart, and never looked into."""

import hashlib
from dataclasses import replace

from app.meeting import commands as c
from app.meeting.findings.state import Stand
from app.papers.folder.digests import content_digest_of
from app.papers.folder.folders import folders_of
from app.papers.tables.proofs import NOT_IN_FOLDER, papers_of_proofs
from app.store import proofs
from tests.findings import UNIT, brought_to, proof
from tests.meetings import small_plan
from tests.records import proceedings_of_story, save

BROKEN = b"PK\x03\x04word/ and no archive at all"
OTHER = b"%PDF-1.7 the rules"


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def handed_in():
    story = brought_to(Stand.RECTIFYING).does(
        proof("proof-001", name="规定.docx", sha256=digest(BROKEN)),
        proof("proof-002", name="规定.docx", sha256=digest(OTHER)),
        proof("proof-003", name="CON.pdf", sha256=digest(b"not here")),
        c.RemoveProof("water", "finding-1", "proof-002", UNIT),
    )
    return replace(proceedings_of_story(story), proofs={digest(each): each for each in (BROKEN, OTHER)})


def test_proofs_lie_in_the_folder_for_the_file_alone_with_a_table_of_all_of_them():
    record = handed_in()
    for_file, for_public = folders_of(record)
    laid = {each.name: each.content for each in for_file.papers if each.name.startswith("佐证材料/")}
    assert laid == {"佐证材料/Water-1-01-规定.docx": BROKEN, "佐证材料/Water-1-02-规定.docx": OTHER}
    assert not any("佐证" in each.name for each in for_public.papers)
    [listed] = [each.content.decode() for each in papers_of_proofs(record) if each.name == "佐证材料目录.csv"]
    rows = listed.splitlines()
    assert [digest(OTHER) in rows[2], "已撤下" in rows[2], NOT_IN_FOLDER in rows[3]] == [True] * 3


def test_an_office_file_of_a_unit_is_bytes_to_us_and_its_content_digest_is_that_of_the_file():
    [paper] = [each for each in papers_of_proofs(handed_in()) if each.name.endswith("-01-规定.docx")]
    assert content_digest_of(paper) == digest(BROKEN)


def test_proofs_come_into_the_folder_as_long_as_there_is_room(database):
    save(database, small_plan())
    with database.writing() as connection:
        kept = [proofs.keep(connection, "small", each) for each in (BROKEN, OTHER)]
        assert list(proofs.some(connection, kept, len(BROKEN))) == kept[:1]
        assert list(proofs.some(connection, [*reversed(kept), "ab" * 32], len(BROKEN + OTHER))) == kept[::-1]
