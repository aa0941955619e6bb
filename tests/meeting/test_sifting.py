"""The sieve of words: groups, several words on a line, allowed phrases, letters in disguise; and our own list."""

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


def test_an_office_edits_its_list_while_the_server_runs_and_one_that_is_gone_marks_nothing(tmp_path):
    file = tmp_path / "words.txt"
    sieves = Sieves(str(file))
    assert sieves.sieve() is None
    file.write_text("[a]\none", "utf-8")
    assert sieves.sieve().finds("one two")[0].words == ("one",)
    file.write_text("[a]\ntwo three", "utf-8")
    assert [each.words for each in sieves.sieve().finds("three and two")] == [("two", "three")]
