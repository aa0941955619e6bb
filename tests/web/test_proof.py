"""The last picture in the hall says that the record was verified only if the server has found it right."""

from app.meeting import commands as c
from app.meeting.agenda.state import Place
from tests.live.served import Sitting
from tests.meetings import SUMMARY
from tests.records import entries


def over(sitting: Sitting) -> None:
    sitting.performs(c.OpenMeeting(sitting.plan), c.JumpTo(Place(SUMMARY)), c.FinishMeeting())


def test_whoever_asks_after_the_end_is_told_how_long_the_record_is_its_last_seal_and_that_it_holds(sitting):
    over(sitting)
    *_, last = entries(sitting.served.database, sitting.code)
    assert sitting.page("/proof").json() == {"entries": last.seq, "seal": last.seal, "holds": True, "given": ""}


def test_a_record_that_was_changed_is_not_said_to_hold(sitting):
    over(sitting)
    with sitting.served.database.writing() as connection:
        statement = "UPDATE log SET line = replace(line, 'summary', 'opening') WHERE meeting = '{}'"
        connection.exec_driver_sql(statement.format(sitting.code))
    assert sitting.page("/proof").json()["holds"] is False


def test_a_record_that_has_grown_is_gone_through_again(sitting):
    over(sitting)
    before = sitting.page("/proof").json()
    sitting.performs(c.ContinueMeeting(), c.FinishMeeting())
    after = sitting.page("/proof").json()
    assert (after["entries"], after["holds"]) == (before["entries"] + 2, True)
    assert after["seal"] != before["seal"]


def test_before_the_end_there_is_nothing_to_tell(sitting):
    sitting.performs(c.OpenMeeting(sitting.plan))
    assert sitting.page("/proof").status_code == 404


def test_whoever_was_told_of_an_entry_is_told_whether_the_record_has_it(sitting):
    """A tablet keeps the number and seal of the newest entry that it was told of: it is a witness."""
    over(sitting)
    first, *_ = entries(sitting.served.database, sitting.code)
    assert sitting.page("/proof?number=1").json()["given"] == first.seal
    assert sitting.page("/proof?number=0").json()["given"] == ""
    assert sitting.page(f"/proof?number={2**70}").json()["given"] == ""
    assert sitting.page("/proof?number=many").status_code == 400
