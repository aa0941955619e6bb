"""An office's own form: a letter with the names of its kind, or refused with what is wrong; nothing in it runs."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from app.language import Language, say
from app.meeting import commands as c
from app.meeting.refusals import Refused
from app.papers.letters import bounds
from app.papers.letters.building import document, paragraph
from app.papers.letters.checking import must_be_a_form
from app.papers.letters.contents import letters_of
from app.papers.letters.filling import filled
from app.papers.letters.forms import FORMS, MADE
from app.papers.letters.measures import UPRIGHT
from app.papers.letters.names import sample
from app.papers.letters.packing import packed
from app.papers.letters.parts import RELATIONSHIPS
from tests.papers.letters import W, paragraphs_of, parts_of, xml_of
from tests.records import proceedings_of_story
from tests.small import WATER, small_plan
from tests.stories import closed_over

NOTICE = FORMS["notice"]


BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{turn}"/></w:r>' for turn in ("begin", "separate", "end"))
FIELD_BY_A_FIELD = (
    f'<w:p xmlns:w="w">{BEGIN}{BEGIN}<w:r><w:instrText>REF a</w:instrText></w:r>{SEPARATE}{END}{SEPARATE}{END}</w:p>'
).encode()


def own(*paragraphs: str) -> bytes:
    return document("".join(map(paragraph, paragraphs)), UPRIGHT, "own", MADE)


def with_part(name: str, content: bytes) -> bytes:
    return packed({**parts_of(own("plain")), name: content})


def refusal(content: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        must_be_a_form(content, NOTICE, "own.docx")
    return refused.value


@pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
def test_our_own_forms_are_taken(form):
    must_be_a_form(form.content, form, form.file)


def test_a_form_may_be_as_plain_as_it_likes():
    must_be_a_form(
        own("{{会议名称}}", "{%p for 行 in 结果 %}", "{{ 行.单位 }} {{ loop.index }}", "{%p endfor %}"),
        NOTICE,
        "own.docx",
    )


def test_unknown_names_are_refused_by_name():
    said = refusal(own("{{ 会议名 }}", "{%p for 行 in 结果 %}", "{{ 行.分数 }}", "{%p endfor %}", "{{ 行.单位 }}")).said
    assert said.facts["names"] == ("会议名", "行.分数", "行.单位")
    assert "会议名、行.分数、行.单位" in say(said, Language.CHINESE)


@pytest.mark.parametrize(
    "text",
    [
        "{{ 会议名称.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ 会议名称|attr('__class__') }}",
        "{{ 会议名称.upper() }}",
        "{{ 结果[0] }}",
        "{{ range(999999999) }}",
        "{{ 7 * 7 }}",
        "{{ '正' * 999999999 }}",
        "{{ self }}",
        "{{ lipsum.__globals__ }}",
        "{%p set x = 1 %}",
        "{%p include 'etc' %}",
        "{%p macro m() %}{%p endmacro %}",
        "{% for a in range(9) %}{% endfor %}",
        "{% for 行 in 结果 if 行.单位 %}{% endfor %}",
        "{% colspan 3 %}",
        "{# hidden #}",
        "{{ 会议名称",
        "{{ 会议名称 " + " " * 300 + "}}",
    ],
)
def test_nothing_but_names_conditions_and_loops_is_taken(text):
    assert refusal(own(text)).code in ("form.only_names", "form.unknown_names")


@pytest.mark.parametrize("text", ["｛｛ 会议名称 ｝｝", "{｛会议名称}}", "｛% if 地点 %｝", "{％ if 地点 ％}"])
def test_braces_as_an_input_method_types_them_are_pointed_out(text):
    """They would stand in every letter as they are."""
    said = refusal(own(text)).said
    assert said.code == "form.wide_braces"
    assert text[:10] in say(said, Language.CHINESE)
    assert "{{ }} 和 {% %}" in say(said, Language.CHINESE)


def test_what_stands_in_a_footer_or_about_the_file_is_looked_at_as_well():
    footer = parts_of(own("plain"))["word/footer1.xml"].replace("— ".encode(), b"{{ 7 * 7 }}")
    assert refusal(with_part("word/footer1.xml", footer)).code == "form.only_names"
    about = parts_of(own("plain"))["docProps/core.xml"].replace(b"Kaimen", b"{{ secret }}")
    assert refusal(with_part("docProps/core.xml", about)).facts["names"] == ("secret",)


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/vbaProject.bin", b"macro"),
        ("word/embeddings/book.xlsx", b"PK"),
        ("../outside.xml", b"<a/>"),
        ("word/evil.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        (
            "word/_rels/settings.xml.rels",
            b'<a><Relationship TargetMode="External" Target="file://x" Type="template"/></a>',
        ),
        (
            "word/header1.xml",
            b'<w:a xmlns:w="w"><w:instrText>DDE</w:instrText><w:instrText>AUTO c:\\</w:instrText></w:a>',
        ),
        ("word/header2.xml", b'<w:a xmlns:w="w"><w:fldSimple w:instr="INCLUDETEXT file"/></w:a>'),
        ("word/_rels/document.xml.rels", b'<a><Relationship Target="media/a.png" Type="x/oleObject"/></a>'),
        ("word/_rels/document.xml.rels", b'<a><Relationship Target="chunk.xml" Type="x/aFChunk"/></a>'),
        ("word/settings.xml", b'<w:a xmlns:w="w"><w:mailMerge><w:query w:val="SELECT"/></w:mailMerge></w:a>'),
        ("word/header3.xml", b'<v:fill xmlns:v="urn:schemas-microsoft-com:vml" src="http://example.org/a.png"/>'),
        ("word/header4.xml", FIELD_BY_A_FIELD),
    ],
)
def test_a_form_holds_a_letter_and_nothing_else(part, content):
    assert refusal(with_part(part, content)).code == "form.holds_programs"


def test_a_file_that_is_no_letter():
    for content in (b"", b"PK\x03\x04 torn", packed({"word/other.xml": b"<a/>"}), with_part("word/document.xml", b"<")):
        assert refusal(content).code == "form.not_a_letter"


def test_a_part_that_is_there_twice_is_read_by_nobody():
    file = io.BytesIO(own("plain"))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("word/Document.xml", b"<a/>")
    assert refusal(file.getvalue()).code == "form.not_a_letter"


def test_a_form_that_swells_is_not_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 10_000_000)
    assert len(file.getvalue()) < bounds.LARGEST_FORM
    assert refusal(file.getvalue()).code == "form.too_large"
    pieces = document("<w:p>" + "<w:r><w:t>x</w:t></w:r>" * (bounds.MOST_PIECES // 2) + "</w:p>", UPRIGHT, "own", MADE)
    assert refusal(pieces).code == "form.too_large"
    many = packed({f"word/part{number}.xml": b"<a/>" for number in range(bounds.MOST_PARTS + 1)})
    assert refusal(many).code == "form.too_large"


@pytest.mark.parametrize("text", ["{" * 50_000, "{{" + " " * 50_000, "{%" * 50_000, "{% colspan" + " " * 50_000 + "3"])
def test_braces_without_end_are_seen_before_anything_looks_for_it(text):
    assert refusal(own(text)).code == "form.only_names"


def test_a_form_that_cannot_be_finished_is_refused_like_one_that_cannot_be_filled():
    table = (
        '<w:tbl><w:tblPr><w:tblW w:w="wide" w:type="dxa"/></w:tblPr><w:tblGrid/><w:tr><w:tc><w:tcPr><w:tcW w:w="1"/>'
    )
    cell = f"{table}</w:tcPr>{paragraph('x')}</w:tc></w:tr></w:tbl>"
    assert refusal(document(cell, UPRIGHT, "own", MADE)).code == "form.not_filled"


def test_loops_end_however_often_they_turn():
    """Over the sample each turns twice; over a record it would not end."""
    turns = [f"{{%p for {name} in 结果 %}}" for name in "abcdefghijklmnopqrst"]
    endless = own(*turns, "x", *["{%p endfor %}"] * len(turns))
    assert refusal(endless).code == "form.not_filled"


def finished(form: bytes) -> dict[str, list[str]]:
    story = closed_over({"ann": (50, 30), "ben": (40, 30), "cat": (30, 30)}, plan=small_plan())
    record = proceedings_of_story(story.does(c.RevealResult(WATER), c.FinishMeeting()))
    made = letters_of(replace(record, forms={"notice": form}))
    return {each.says: paragraphs_of(each.content) for each in made}


def test_letters_are_filled_into_the_own_form():
    assert finished(own("Of {{ 会议名称 }}: {%if 有得分%}{{ 单位数 }}{%endif%}"))["paper.notice"] == [
        "Of A small review: 1"
    ]


def test_a_condition_cannot_leave_another_field_in_a_letter_than_was_seen_in_its_form():
    """The sample is a rehearsal; the record is none, and of the field its first word goes."""
    said = (
        "t>{% if 是彩排 %}</w:t",
        "instrText>PAGE </w:instrText",
        "t>{% endif %}</w:t",
        "instrText>DDE c</w:instrText",
    )
    field = f"<w:p>{BEGIN}{''.join(f'<w:r><w:{each}></w:r>' for each in said)}{SEPARATE}{END}</w:p>"
    form = document(paragraph("own") + field, UPRIGHT, "own", MADE)
    must_be_a_form(form, NOTICE, "own.docx")
    assert "特此公告。" in finished(form)["paper.in_our_form"]


def test_fonts_of_a_theme_are_named_in_their_place():
    """A word processor has a style ask the theme, and a run name a font and ask the theme all the same."""
    parts = parts_of(own("{{ 会议名称 }}"))
    theme = (
        '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:minorFont>'
        '<a:latin typeface="Arial"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/></a:minorFont></a:theme>'
    )
    asks = b'<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:hAnsi="Times" w:hAnsiTheme="x"/>'
    related = f'<Relationship Id="rId9" Type="{RELATIONSHIPS}/theme" Target="theme/theme1.xml"/></Relationships>'
    links = "word/_rels/document.xml.rels"
    parts[links] = parts[links].replace(b"</Relationships>", related.encode())
    parts["word/styles.xml"] = re.sub(rb"<w:rFonts [^>]*/>", asks, parts["word/styles.xml"], count=1)
    form = packed({**parts, "word/theme/theme1.xml": theme.encode()})
    must_be_a_form(form, NOTICE, "own.docx")
    letter = filled(form, sample(NOTICE.letter), "own.docx", "own", MADE)
    assert [name for name, text in parts_of(letter).items() if b"Theme=" in text] == []
    fonts = xml_of(letter, "word/styles.xml").find(f".//{W}docDefaults//{W}rFonts")
    assert [fonts.get(f"{W}{name}") for name in ("ascii", "eastAsia", "hAnsi")] == ["Arial", "等线", "Times"]


def test_where_the_own_form_fails_ours_is_taken_and_that_is_said():
    assert "特此公告。" in finished(own("{{ 昨天的名称 }}"))["paper.in_our_form"]
