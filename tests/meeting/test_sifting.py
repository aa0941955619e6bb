"""The sieve of words: groups, several words on a line, allowed phrases, letters in disguise; and our own list."""

from pathlib import Path

import pytest

from app.meeting.questions import sifting
from app.meeting.questions.sifting import sieve_of
from app.web.desk.sieves import SHIPPED, Sieves

LIST = """
# a remark
[insult]
白痴   # another
去死
[advertising]
加 微信
Spam
[允许]
去死胡同
反spam法
"""
OURS = sieve_of(SHIPPED.read_text("utf-8"))


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("你这个白 痴", ["insult"]),
        ("白*痴", ["insult"]),
        ("这条路去死胡同", []),
        ("去死吧，这条路去死胡同", ["insult"]),
        ("加我 微信领奖", ["advertising"]),
        ("微信公众号何时更新", []),
        ("ＳＰＡＭ", ["advertising"]),
        ("反spam法的执行", []),
        ("白痴，加微信", ["insult", "advertising"]),
        ("", []),
    ],
)
def test_a_text_is_marked_by_groups(text, groups):
    assert [each.group for each in sieve_of(LIST).finds(text)] == groups


def test_of_a_group_the_first_line_is_told_and_the_groups_stand_in_their_order():
    finds = sieve_of("[b]\ntwo\none\n[a]\nthree one\none").finds("one two three")
    assert [(each.group, each.words) for each in finds] == [("b", ("two",)), ("a", ("three", "one"))]


def test_a_long_list_is_not_gone_through_for_each_text(monkeypatch):
    long = sieve_of("[a]\n" + "\n".join(f"word {number}" for number in range(5000)) + "\n骂")
    long.finds("")
    read = []
    monkeypatch.setattr(sifting, "_plain", lambda text, plain=sifting._plain: read.append(text) or plain(text))
    assert [each.words for each in long.finds("有人骂人")] == [("骂",)]
    assert len(read) < 10


@pytest.mark.parametrize(
    "text", ["这个办法靠谱吗？", "小区门口的路通向死胡同，何时打通？", "的", "加强微型消防站建设，信息何时公开？"]
)
def test_the_list_that_is_shipped_leaves_plain_questions_alone(text):
    assert OURS.finds(text) == []


def sifted(file: Path, content: bytes) -> tuple[list[tuple[str, tuple[str, ...]]], str]:
    """What a text has in it by a file, and why the file is not read."""
    file.write_bytes(content)
    sieve, unread = Sieves(str(file)).sieve()
    return [(each.group, each.words) for each in sieve.finds("他是白痴，混蛋，请加我的微信")] if sieve else [], unread


AS_TYPED = "【辱骂】＃说明\n白痴、混蛋\n［广告］\n加　微信"
PASTED = "类别\t词语\t词语\n辱骂\t白痴\t混蛋\n广告\t加 微信\n\t扫码"


@pytest.mark.parametrize("text", [AS_TYPED, PASTED, AS_TYPED.replace("\n", "\r\n")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16", "utf-16-le", "utf-16-be"])
def test_a_list_is_read_as_offices_save_it(tmp_path, text, encoding):
    found, unread = sifted(tmp_path / "words.txt", text.encode(encoding))
    assert (found, unread) == ([("辱骂", ("白痴",)), ("广告", ("加", "微信"))], "")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04 an .xlsx", "words.workbook"),
        (b"\xff\xfe\x00\xd8", "words.not_a_text"),
        (bytes(range(256)), "words.not_a_text"),
        (b"a" * 4_000_001, "words.too_long"),
    ],
)
def test_what_is_no_list_marks_nothing_and_says_why(tmp_path, content, why):
    assert sifted(tmp_path / "words.txt", content) == ([], why)


def test_an_office_edits_its_list_while_the_server_runs_and_one_that_is_gone_marks_nothing(tmp_path):
    file = tmp_path / "words.txt"
    sieves = Sieves(str(file))
    assert sieves.sieve() == (None, "words.not_there")
    for text, words in (("[a]\none", ("one",)), ("[a]\ntwo three", ("two", "three"))):
        file.write_text(text, "utf-8")
        sieve, _ = sieves.sieve()
        assert [each.words for each in sieve.finds("one and three and two")] == [words]
