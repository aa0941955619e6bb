"""The letters: what each must say, what none may, and that the same record makes the same bytes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest

from app.meeting import commands as c
from app.meeting.comments.state import CommentKind
from app.meeting.composites.agreed import Composite, Part, Source
from app.meeting.plan import GradeLine, Mode, ResultsShown, Rules
from app.meeting.polls.agreed import PollsOpen, Voters
from app.papers.folder.folders import folders_of
from app.papers.letters.contents import letters_of
from app.store.persons import Kind, Person, Persons, Station
from tests.meetings import whole_meeting
from tests.papers.letters import W, paragraphs_of, parts_of, xml_of
from tests.polled import closed_with, voted
from tests.records import proceedings_of_story
from tests.small import ANN, COURT, WATER, small_plan
from tests.stories import Story, closed_over, correction, opened

SUMMARY, SHEETS, PROBLEMS, MINUTES, CIRCULAR, NOTICE = (
    f"{name}.docx" for name in ("评分汇总表", "评分表（按席位）", "问题清单", "会议纪要", "通报", "公告")
)
OPINION = "评议意见书/01-Water.docx"
TOLD = (CIRCULAR, NOTICE, MINUTES, OPINION)
PLACED = "The great hall"
WATERS = {ANN: (50, 30), "ben": (40, "30.5"), "cat": (30, "33.5")}
"""As a result 71.33."""
COURTS = {ANN: (51, 31), "ben": (41, 31), "cat": (31, "31.5"), "dan": (41, 31)}
"""As a result 72.17, which is not revealed."""
GRADES = (GradeLine(Decimal(70), "GradeOne"), GradeLine(Decimal(0), "GradeTwo"))


def finished(**rules: object) -> Story:
    """Two rounds of which one is revealed, comments of which some are released, corrections; and over."""
    plan = replace(small_plan(rules=Rules(grades=GRADES, **rules)), place=PLACED, organisers=("The bureau",))
    story = closed_over(WATERS, COURTS, plan=plan)
    for id, kind, text in (
        ("comment-1", CommentKind.PROBLEM, "“Leaking” pipes…"),
        ("comment-2", CommentKind.HIGHLIGHT, "Clear <figures> & words"),
        ("comment-3", CommentKind.SUGGESTION, "Unreleased remark"),
    ):
        story.does(c.SendComment(id, ANN, "water", kind, text))
        if "Unreleased" not in text:
            story.does(c.ReleaseComment(id, text))
    story.does(correction(story.meeting, WATER, "cat", 30, "33.5"))
    return story.does(c.VoidSheet(COURT, "ben", "two marks", "the clerk"), c.RevealResult(WATER), c.FinishMeeting())


def letters(story: Story) -> dict[str, bytes]:
    return {each.name: each.content for each in letters_of(proceedings_of_story(story))}


@pytest.fixture(scope="module")
def told() -> dict[str, bytes]:
    return letters(finished())


def text_of(letter: bytes) -> str:
    return "\n".join(paragraphs_of(letter))


def test_each_letter_names_the_last_entry_and_its_seal(told):
    record = proceedings_of_story(finished())
    assert len(told) == 8
    for letter in told.values():
        assert record.seal in text_of(letter)
        assert str(record.number) in text_of(letter)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (SUMMARY, ["71.33", "72.17", "80", "Expert 1", "The Water Office of the City", "主持人（签名）"]),
        (
            SHEETS,
            [
                "席位：Expert 1　类别：专家　签到：12:00　日期：2023年11月17日",
                "Clarity（60）",
                "Unreleased remark",
            ],
        ),
        (
            OPINION,
            ["草稿", "The Water Office of the City：", "一、评议结果", "1. Clear <figures> & words", "三、存在问题"],
        ),
        (PROBLEMS, ["“Leaking” pipes…", "整改措施"]),
        (MINUTES, ["地点：The great hall", "评议团应到5席，实到4席。", "缺席：Member 1", "12:00—12:05"]),
        (CIRCULAR, ["各被评议单位：", "71.33", "GradeOne", "草稿", "The bureau"]),
        (NOTICE, ["特此公告。", "71.33", "GradeOne", "草稿"]),
    ],
)
def test_each_letter_says_what_it_is_for(told, name, says):
    assert [each for each in says if each not in text_of(told[name])] == []


def test_the_minutes_tell_corrections_without_a_mark(told):
    text = text_of(told[MINUTES])
    assert "the clerk更正了Deputy 1对Water的评分表。理由：misread。" in text
    assert "the clerk宣布Expert 2对Court的评分表作废。理由：two marks。" in text
    assert "另有1个单位的评议结果未在会上公布。" in text


def test_what_the_hall_was_not_told_stands_only_where_seats_sign(told):
    hidden = ("72.17", "Unreleased")
    for name in set(told) - {SUMMARY, SHEETS}:
        assert [each for each in hidden if each in text_of(told[name])] == [], name
    assert "72.17" in text_of(told[SUMMARY])


def test_by_grade_no_number_is_sent_out():
    told = letters(finished(results_shown=ResultsShown.BY_GRADE))
    for name in (OPINION, CIRCULAR, NOTICE, MINUTES):
        assert "GradeOne" in text_of(told[name])
        assert "71.33" not in text_of(told[name])


def test_the_public_is_given_the_notice_alone():
    for_public = folders_of(proceedings_of_story(finished()))[1]
    assert [each.name for each in for_public.papers if each.name.endswith(".docx")] == [NOTICE]


@pytest.mark.parametrize("mode", Mode)
def test_a_meeting_of_every_kind_has_letters_without_an_empty_column(mode):
    found = letters(whole_meeting(small_plan(mode=mode)))
    assert (SUMMARY in found) == (mode is not Mode.COMMENTS)
    for name, letter in found.items():
        assert [each for each in paragraphs_of(letter) if "None" in each or "{" in each] == [], name
        for table in xml_of(letter).iter(f"{W}tbl"):
            head, *rows = [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
            assert all(len(row) == len(head) for row in rows)
            written = [any(column) for column in zip(*rows, strict=True)]
            assert [title for title, is_there in zip(head, written, strict=True) if not is_there] in (
                [],
                ["整改措施", "责任人", "完成时限"],
            ), name


def test_composites_are_told_once_they_are_announced_and_signed_for_before():
    parts = (Part("panel", "现场", Decimal(50), Source.SCORED), Part("daily", "平时", Decimal(50)))
    plan = small_plan(composite=Composite(parts, due=date(2023, 12, 1)))
    story = closed_over(WATERS, COURTS, plan=plan)
    story.does(*(c.RevealResult(round) for round in (WATER, COURT)), c.FinishMeeting())
    story.does(c.EnterPart("daily", {"water": Decimal(90), "court": Decimal(80)}, "the clerk"))
    before = letters(story)
    assert "80.67" in text_of(before[SUMMARY])
    assert [name for name in TOLD if "80.67" in text_of(before[name])] == []
    assert [name for name in TOLD if "综合评分定于2023年12月1日公布。" not in text_of(before[name])] == []
    after = letters(story.does(c.AnnounceComposites(("school",))))
    for name in (CIRCULAR, NOTICE, MINUTES):
        assert [each for each in ("现场（50%）", "80.67", "缺项") if each not in text_of(after[name])] == []
    assert [name for name in TOLD if "定于" in text_of(after[name])] == []
    assert "综合评分：得分80.67分（现场（50%）71.33、平时（50%）90）。" in text_of(after[OPINION])


def test_a_poll_that_was_withdrawn_is_a_correction():
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.EVERYBODY)
    story = opened(small_plan(rules=rules)).does(c.OpenPoll("water"))
    story = closed_with(story, "water.1", {"ticket": {"satisfied": 5}})
    minutes = letters(story.does(c.WithdrawPoll("water.1", "of another unit"), c.FinishMeeting()))[MINUTES]
    assert "对Water的第1次满意度测评作废。理由：of another unit。" in text_of(minutes)


def voted_upon() -> Story:
    """Water was voted on twice, and the second vote was shown; Court once, which was not."""
    rules = Rules(polls=PollsOpen.BY_HAND, voters=Voters.EVERYBODY)
    story = opened(small_plan(mode=Mode.COMMENTS, rules=rules)).goes_to(WATER)
    voted(story.does(c.OpenPoll("water")), "water.1", {"ticket": {"dissatisfied": 1}})
    second = {"ticket": {"satisfied": 5, "unknown": 3}, "web": {"fairly": 2}}
    refused = {"ticket": {"ticket.used": 2}, "phone": {"ballot.too_late": 1}}
    voted(story.does(c.OpenPoll("water", again=True)), "water.2", second, tickets=24, refused=refused)
    return closed_with(story.does(c.OpenPoll("court")), "court.1", {"ticket": {"dissatisfied": 97}})


def test_letters_say_how_the_hall_voted_each_voice_apart_and_nothing_that_was_not_shown():
    found = letters(voted_upon().does(c.FinishMeeting()))
    for name, number in ((MINUTES, 5), (CIRCULAR, 4), (NOTICE, 4)):
        rows = [row[1:] for row in rows_of_votes(found[name])]
        assert len(rows) == number
        assert rows[-4:] == [
            [
                "选票码",
                "24",
                "8",
                "满意5票（62.50%）、基本满意0票（0.00%）、不满意0票（0.00%）、不了解3票（37.50%）",
                "2",
                "",
            ],
            ["会场手机", "", "0", "", "1", ""],
            [
                "网络",
                "",
                "2",
                "满意0票（0.00%）、基本满意2票（100.00%）、不满意0票（0.00%）、不了解0票（0.00%）",
                "",
                "",
            ],
            ["选票码", "", "97", "", "", "结果未公布"],
        ]
        assert "网络：每个浏览器一票。不能证明投票人是谁" in text_of(found[name])
    assert "此后重新测评" in text_of(found[MINUTES])
    opinion = text_of(found[OPINION])
    assert "选票码：应投24票，实投8票；满意5票（62.50%）、" in opinion
    assert "会场手机：收到0票；另有1次未计入。" in opinion


def rows_of_votes(letter: bytes) -> list[list[str]]:
    for table in xml_of(letter).iter(f"{W}tbl"):
        head, *rows = [["".join(cell.itertext()) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
        if "实投" in head:
            return rows
    return []


def test_names_of_people_stand_in_the_minutes_and_on_the_sheets_and_never_in_the_notice():
    people = {
        Station(Kind.SEAT, ANN): Person("Ann Smith", "professor"),
        Station(Kind.UNIT, "water"): Person("Will Rivers"),
        Station(Kind.TASK, "recorder"): Person("Rita Quill"),
    }
    found = letters_of(replace(proceedings_of_story(finished()), persons=Persons(people)))
    texts = {each.name: text_of(each.content) for each in found}
    for said in ("Expert 1（Ann Smith，professor）", "报告人：Water：Will Rivers", "记录人：Rita Quill"):
        assert said in texts[MINUTES]
    assert "姓名：Ann Smith　职务：professor" in texts[SHEETS]
    assert [each.name for each in found if each.for_public and "Ann" in texts[each.name]] == []


def test_a_long_name_of_a_meeting_breaks_the_title_by_its_sense():
    long = letters(Story(small_plan(title="国家机关普法履职报告|评议会议")).opens().does(c.FinishMeeting()))
    title = next(each for each in xml_of(long[NOTICE]).iter(f"{W}p") if "公告" in "".join(each.itertext()))
    assert len(list(title.iter(f"{W}br"))) == 2


def test_tables_fill_the_page_whichever_columns_they_have(told):
    for letter in told.values():
        for table in xml_of(letter).iter(f"{W}tbl"):
            whole = int(table.find(f"{W}tblPr/{W}tblW").get(f"{W}w"))
            grid = [int(each.get(f"{W}w")) for each in table.iter(f"{W}gridCol")]
            assert sum(grid) == whole
            for row in table.iter(f"{W}tr"):
                assert [int(each.get(f"{W}w")) for each in row.iter(f"{W}tcW")] == grid


def test_quotation_marks_and_dots_are_chinese(told):
    """Or they come out in the Latin font, half as wide."""
    for run in xml_of(told[OPINION]).iter(f"{W}r"):
        text = "".join(each.text or "" for each in run.iter(f"{W}t"))
        if set("“”…—") & set(text):
            assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}hint") == "eastAsia"


def test_no_theme_takes_the_fonts_away(told):
    for letter in told.values():
        assert [name for name, text in parts_of(letter).items() if b"Theme" in text] == []


def test_a_signature_keeps_with_what_it_signs(told):
    """Every paragraph from the last that says something to the last of the signature holds on to the next."""
    body = list(xml_of(told[OPINION]).find(f"{W}body"))[-8:-1]
    assert [("".join(each.itertext()) != "", is_kept(each)) for each in body][-7:-1] == [
        (True, True),
        (False, True),
        (False, True),
        (True, True),
        (True, True),
        (False, True),
    ]


def is_kept(paragraph: object) -> bool:
    return paragraph.find(f"{W}pPr/{W}keepNext") is not None


def test_after_a_table_the_last_row_stays_with_the_signature(told):
    body = list(xml_of(told[PROBLEMS]).find(f"{W}body"))
    table = next(before for before, after in pairwise(body) if before.tag == f"{W}tbl")
    *_, last = table.iter(f"{W}tr")
    assert all(is_kept(each) for each in last.iter(f"{W}p"))


def test_the_same_record_makes_the_same_bytes_whenever(told, monkeypatch):
    import time

    later = time.time() + 90_000
    monkeypatch.setattr(time, "time", lambda: later)
    assert letters(finished()) == told


def test_nobody_is_sent_to_a_list_of_problems_that_there_is_not(told):
    without = letters(closed_over(WATERS).does(c.RevealResult(WATER), c.FinishMeeting()))
    for each in (told, without):
        assert ("对照评议意见书和问题清单" in text_of(each[CIRCULAR])) == (PROBLEMS in each)
    assert "对照评议意见书，认真抓好整改落实" in text_of(without[CIRCULAR])


def test_there_are_no_letters_before_the_end():
    story = closed_over(WATERS).does(c.RevealResult(WATER))
    assert letters_of(proceedings_of_story(story)) == []


def test_control_characters_of_a_comment_break_no_letter():
    story = closed_over(WATERS)
    story.does(c.SendComment("comment-1", ANN, "water", CommentKind.PROBLEM, "one\ntwo"))
    story.does(c.ReleaseComment("comment-1", "one\ntwo"), c.FinishMeeting())
    text = letters(story)[PROBLEMS]
    assert [each for each in paragraphs_of(text) if "one" in each] == ["onetwo"]
    assert len(list(xml_of(text).iter(f"{W}br"))) == 1
