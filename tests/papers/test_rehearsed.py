"""A meeting out of a workbook is one that can be held: bots play it to its end."""

import json

from tests.commandline import kaimen as elsewhere
from tests.commandline import run_here
from tests.papers.books import overwritten


def test_a_workbook_becomes_a_meeting_that_is_played_to_its_end(tmp_path):
    db, file = tmp_path / "kaimen.db", tmp_path / "meeting.xlsx"
    file.write_bytes(overwritten({("会议", "B2"): "spring", ("会议", "B3"): "我们的评议会"}))
    assert run_here("import", file, "--db", db).exit_code == 0
    played = elsewhere("rehearse", "spring", "--db", db, "--speed", 60_000, "--json")
    report = json.loads(played.stdout)
    assert (played.returncode, report["lost"], report["faults"]) == (0, 0, [])
    assert report["acked"] > 3 * 4 * 6  # three reports, four or five seats, six criteria
