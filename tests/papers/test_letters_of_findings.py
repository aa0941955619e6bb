"""The letters of the second half: which there are on a day, what each says, and that none says who sat where."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.meeting import commands as c
from app.meeting.findings.state import FindingKind, Stand
from app.papers.findings.reminding import remindings_of
from app.papers.folder.folders import folders_of
from app.papers.letters.contents import letter_of, letters_of_findings
from app.papers.letters.findings import makeable
from app.workdays import last_known_day
from tests.findings import BUREAU, DAY, brought_to, days, drafted, handed_over, moves, with_comment
from tests.meetings import Story, opened
from tests.papers.letters import W, paragraphs_of, xml_of
from tests.records import proceedings_of_story

SECOND, THIRD = "finding-2", "finding-3"
BUREAUS_WORDS = "The rules are not known to the people who need them"
SAID = "Nobody knows the rules"


def played() -> Story:
    """One finding on notice, made of a comment; one handed over on the day of the meeting; one withdrawn; a draft."""
    story = with_comment(opened())
    story.does(drafted(sources=("comment-1",)), drafted(SECOND, "court", kind=FindingKind.LONG, standards=()))
    story.does(drafted(THIRD), handed_over("finding-1"), handed_over(SECOND), handed_over(THIRD))
    story.does(c.WithdrawFinding(THIRD, "said twice", BUREAU), drafted("finding-4", text="Only a draft"))
    return _on_notice(story)


def _on_notice(story: Story) -> Story:
    for _, commands in moves()[2:]:
        story.does(*commands)
    return story.does(c.GiveNotice(("finding-1",), DAY + timedelta(days=7), BUREAU))


def letters(story: Story, day: date = DAY) -> dict[str, bytes]:
    record = proceedings_of_story(story)
    return {paper.name: paper.content for paper in (letter_of(record, each) for each in makeable(record, day))}


@pytest.fixture(scope="module")
def told() -> dict[str, str]:
    return {name: "\n".join(paragraphs_of(letter)) for name, letter in letters(played()).items()}


def test_there_is_a_letter_for_each_that_is_concerned(told):
    assert sorted(told) == sorted(
        f"整改/{name}.docx"
        for name in (
            "交办单/01-Water-01-2023-11-17",
            "交办单/02-Court-01-2023-11-17",
            "整改问题清单/01-Water",
            "整改问题清单/02-Court",
            "整改情况报告/01-Water",
            "整改情况报告/02-Court",
            "销号审批表/01-Water-01",
            "整改台账",
            "整改情况公示/2023-11-24",
            "整改情况通报",
        )
    )


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (
            "交办单/01-Water-01-2023-11-17",
            [
                "The Water Office of the City：",
                f"1. {BUREAUS_WORDS}（限期整改）",
                f"评议意见原文（专家）：“{SAID}”",
                "（2）Two trainings were held",
                "1. 请即签收。认为不属于本单位职责的，于2023年11月26日前申请退回，说明理由和应由哪个单位负责。",
                "签收人（签名）",
            ],
        ),
        ("交办单/02-Court-01-2023-11-17", ["长期整改", "验收标准：在同意整改方案之前逐条商定。"]),
        (
            "整改问题清单/01-Water",
            ["整改问题清单", SAID, "专家", "1. The rules are published2. Two trainings were held"],
        ),
        (
            "整改台账",
            ["公示中", "已撤销", "通过（the supervisor）：Seen", "Head（2023.11.17）", "2023.11.17至2023.11.24"],
        ),
        ("整改情况报告/01-Water", ["The Water Office of the City", "整改情况：It is done", "原因分析：No plan"]),
        ("销号审批表/01-Water-01", ["rules.pdf", "2023.11.17", "通过（the supervisor）：Seen", "销号审批意见"]),
        (
            "整改情况公示/2023-11-24",
            ["公示时间：2023年11月17日至2023年11月24日。", BUREAUS_WORDS, "It is done", "特此公示。"],
        ),
        ("整改情况通报", ["共交办问题2个，已销号0个，办理中2个。", "Water", "Court", "特此通报。"]),
    ],
)
def test_each_letter_says_what_it_is_for(told, name, says):
    assert [each for each in says if each not in told[f"整改/{name}.docx"]] == []


def test_no_letter_says_who_sat_where_nor_what_is_still_a_draft(told):
    seat = played().meeting.seat("ann").label
    for name, text in told.items():
        assert [each for each in (seat, "ann", "Only a draft") if each in text] == [], name


def test_the_notice_for_everybody_names_no_person(told):
    assert [
        each for each in ("Head", "Clerk", "Office\n", SAID) if each in told["整改/整改情况公示/2023-11-24.docx"]
    ] == []


def test_tables_are_whole_and_no_gap_is_left_open():
    for name, letter in letters(played()).items():
        assert [each for each in paragraphs_of(letter) if "None" in each or "{" in each] == [], name
        for table in xml_of(letter).iter(f"{W}tbl"):
            assert len({len(row.findall(f"{W}tc")) for row in table.iter(f"{W}tr")}) == 1, name


def test_they_lie_in_the_folder_for_the_file_also_of_a_meeting_that_goes_on():
    for_file, for_public = (
        [each.name for each in folder.papers if each.name.startswith("整改/")]
        for folder in folders_of(proceedings_of_story(played()))
    )
    assert [each for each in for_file if not each.endswith(".docx")] == ["整改/整改台账.xlsx"]
    assert len(for_file) == 11
    assert for_public == []
    assert letters_of_findings(proceedings_of_story(opened())) == []


def test_approvals_of_a_unit_are_one_file_in_the_folder_and_one_each_at_the_desk():
    story = brought_to(Stand.ASKED)
    brought_to(Stand.ASKED, story, SECOND)
    record = proceedings_of_story(story)
    at_desk = [letter_of(record, each).name for each in makeable(record, DAY) if each.form == "approval"]
    assert at_desk == [f"整改/销号审批表/01-Water{which}.docx" for which in ("", "-01", "-02")]
    [whole] = [each for each in letters_of_findings(record) if "销号审批表" in each.name]
    assert whole.name == at_desk[0]
    assert paragraphs_of(whole.content).count("评议问题销号审批表") == 2
    assert len(xml_of(whole.content).findall(f".//{W}pageBreakBefore")) == 1


def test_the_same_record_makes_the_same_bytes():
    assert letters(played()) == letters(played())


def test_findings_that_were_handed_over_with_other_days_have_a_sheet_of_their_own():
    story = opened().does(
        drafted(), drafted(SECOND), handed_over(), c.HandOver((SECOND,), days(DAY + timedelta(1)), BUREAU)
    )
    record = proceedings_of_story(story)
    sheets = [letter_of(record, each) for each in makeable(record, DAY) if each.form == "handover"]
    assert [each.name for each in sheets] == [f"整改/交办单/01-Water-0{at}-2023-11-17.docx" for at in (1, 2)]
    assert ["2023年11月26日" in "".join(paragraphs_of(each.content)) for each in sheets] == [True, False]


# --- reminders --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "form"),
    [
        (date(2023, 11, 20), None),
        (date(2023, 11, 21), "reminder"),
        (date(2023, 11, 26), "reminder"),
        (date(2023, 11, 27), "urging"),
        (date(2023, 12, 7), "urging"),
        (date(2023, 12, 8), "admonition"),
    ],
)
def test_a_unit_is_reminded_as_the_day_comes_near_and_passes(on, form):
    """The last day to sign is Sunday 26 November: ten working days later it is 8 December."""
    found = remindings_of(brought_to(Stand.HANDED_OVER).meeting, on)
    assert [each.form for each in found] == ([form] if form else [])


def test_an_admonition_gives_a_last_day_and_a_urging_one_to_answer():
    story = brought_to(Stand.HANDED_OVER)
    urging, admonition = (
        letters(story, on)[f"整改/{name}/01-Water.docx"]
        for name, on in (("整改督办单", date(2023, 11, 27)), ("整改告诫书", date(2023, 12, 8)))
    )
    assert "于2023年11月30日前书面说明" in "".join(paragraphs_of(urging))
    assert ["签收，或者申请退回" in "".join(paragraphs_of(each)) for each in (urging, admonition)] == [True, True]
    assert "限于2023年12月15日前办结" in "".join(paragraphs_of(admonition))


@pytest.mark.parametrize("stand", [Stand.PLANNED, Stand.ASKED, Stand.NOTICE, Stand.STRUCK_OFF])
def test_nobody_is_reminded_of_what_waits_for_others(stand):
    story = brought_to(stand).does(c.HandInReport("water", ("finding-1",), "It goes on", "the office"))
    assert remindings_of(story.meeting, DAY + timedelta(days=900)) == []


def test_a_day_beyond_the_published_calendar_is_pointed_out_wherever_it_is_named():
    end = last_known_day()
    story = brought_to(Stand.HANDED_OVER)
    late = end + timedelta(days=40)
    far = replace(days(), dispute=end + timedelta(days=3), rectification=late, report=late)
    story.does(drafted(SECOND, "court"), c.HandOver((SECOND,), far, BUREAU))
    said = {
        name: f"{end.year}年12月31日以后的节假日安排尚未公布" in "".join(paragraphs_of(letter))
        for name, letter in letters(story, end).items()
    }
    assert [name for name, is_said in said.items() if is_said] == [
        "整改/交办单/02-Court-01-2023-11-17.docx",
        "整改/整改问题清单/02-Court.docx",
        "整改/整改情况报告/02-Court.docx",
        "整改/整改台账.docx",
        "整改/整改提醒书/02-Court.docx",
        "整改/整改告诫书/01-Water.docx",
    ]
