"""A unit reports on how its findings were put right: the paper to sign, and the entry that it has come in."""

import re

import pytest

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.findings.state import Report
from app.meeting.refusals import Said
from tests.findings import BUREAU
from tests.live.served import Sitting
from tests.meetings import small_plan
from tests.web.unit import handed, key_of, made, sends, today

OF_OTHERS = "别的单位的问题原文"


@pytest.fixture
def signed(served) -> Sitting:
    """Two findings of the water office, one of which it has signed for, and one of the court."""
    sitting = served.holds(small_plan())
    sitting.performs(
        c.OpenMeeting(sitting.plan),
        made("finding-one", "规定的公开程度不够"),
        made("finding-two", "第二条问题"),
        made("finding-court", OF_OTHERS, "court"),
        handed("finding-one", "finding-two", "finding-court"),
        c.SignFor("water", ("finding-one",), "李四"),
        c.SignFor("court", ("finding-court",), "王五"),
    )
    return sitting


def test_a_unit_hands_in_its_report_once_and_reads_what_came_in(signed):
    key = key_of(signed)
    assert "报告时限" in signed.served.page(f"/{signed.code}/unit", key).text
    page = signed.served.page(f"/{signed.code}/unit/report", key).text
    assert re.findall(r'name="finding" value="([^"]+)"( checked)?', page) == [("finding-one", " checked")]
    assert OF_OTHERS not in page
    form = {"finding": ["finding-one"], "text": "已完成一半", "id": re.findall(r'name="id" value="([^"]+)"', page)[0]}
    lacks = sends(signed, "/report", key, **{**form, "author.report": " "})
    assert (lacks.status_code, "已完成一半</textarea>" in lacks.text) == (422, True)
    answers = [sends(signed, "/report", key, **form, **{"author.report": "李四"}) for _ in range(2)]
    assert [each.headers.get("location") for each in answers] == [f"/{signed.code}/unit/report?done=report"] * 2
    findings = signed.served.venue.rooms.meeting(signed.code).findings
    assert findings.reports == (Report("water", ("finding-one",), today(), "已完成一半", "李四"),)
    page = signed.served.page(f"/{signed.code}/unit/report", key).text
    assert "已完成一半" in page
    assert 'value="finding-one" checked' not in page
    assert "报告时限" not in signed.served.page(f"/{signed.code}/unit", key).text


def test_another_units_finding_cannot_be_reported_on_and_what_was_typed_stays(signed):
    refused = sends(
        signed, "/report", key_of(signed), finding=["finding-court"], text="已完成", **{"author.report": "李四"}
    )
    assert refused.status_code == 422
    assert say(Said("finding.unknown"), Language.CHINESE) in refused.text
    assert "已完成</textarea>" in refused.text


def test_the_paper_is_written_of_the_units_own_findings(signed):
    answer = signed.served.page(f"/{signed.code}/unit/report.docx", key_of(signed))
    assert answer.headers["content-type"].endswith("wordprocessingml.document")
    assert answer.content.startswith(b"PK")
    signed.performs(c.WithdrawFinding("finding-court", "误列", BUREAU))
    assert signed.served.page(f"/{signed.code}/unit/report.docx", key_of(signed, "court")).status_code == 404
