"""Our own forms: a page of GB/T 9704, the same file from the same script, no font that a theme could take away."""

import shutil

import pytest

from app.language import Language
from app.papers.letters.building import document, paragraph
from app.papers.letters.forms import FOLDER, FORMS, MADE
from app.papers.letters.measures import CHARACTERS, LINES, UPRIGHT
from tests.commandline import run_here
from tests.papers.letters import W, parts_of, printed, xml_of

OFFICE = shutil.which("soffice")
each_form = pytest.mark.parametrize("form", FORMS.values(), ids=list(FORMS))
TWIPS = 20
MILLIMETRE = 1440 / 25.4


def test_the_files_are_what_the_script_writes():
    assert {each.name: each.read_bytes() for each in FOLDER.glob("*.docx")} == {
        each.file: each.content for each in FORMS.values()
    }


@each_form
def test_a_page_holds_22_lines_of_28_characters(form):
    content = form.content
    page, grid = (xml_of(content).find(f".//{W}sectPr/{W}{name}") for name in ("pgMar", "docGrid"))
    defaults = xml_of(content, "word/styles.xml").find(f"{W}docDefaults")
    line = int(defaults.find(f".//{W}pPr/{W}spacing").get(f"{W}line"))
    run = defaults.find(f".//{W}rPr")
    pitch = int(run.find(f"{W}sz").get(f"{W}val")) / 2 * TWIPS + int(run.find(f"{W}spacing").get(f"{W}val"))
    assert (grid.get(f"{W}type"), int(grid.get(f"{W}linePitch"))) == ("lines", line)
    if form.sheet is UPRIGHT:
        assert [round(int(page.get(f"{W}{side}")) / MILLIMETRE) for side in ("top", "left", "bottom", "right")] == [
            *(37, 28, 35, 26)
        ]
        assert int((16838 - UPRIGHT.top - UPRIGHT.bottom) / line) == LINES
        assert int(UPRIGHT.text_width / pitch) == CHARACTERS


def test_726_characters_make_26_lines(tmp_path):
    """The first line has two characters less: 26 + 25 × 28."""
    letter = document(paragraph("正" * 726) + paragraph("测" * 28 * 30, "Normal"), UPRIGHT, "726", MADE)
    run = xml_of(letter, "word/styles.xml").find(f".//{W}docDefaults//{W}rPr")
    pitch = 320 + int(run.find(f"{W}spacing").get(f"{W}val"))
    assert (UPRIGHT.text_width - 2 * pitch) // pitch + 25 * (UPRIGHT.text_width // pitch) == 726
    if OFFICE is None:
        pytest.skip("LibreOffice is not installed: reckoned, not printed")
    lines = printed(OFFICE, letter, tmp_path)
    first_page = lines[: next(at for at, line in enumerate(lines) if "\f" in line)]
    assert [line.count("正") for line in lines if "正" in line] == [26, *[28] * 25]
    assert sum("正" in line for line in first_page) == LINES
    assert {line.count("测") for line in lines if "测" in line} == {CHARACTERS}


@each_form
def test_fonts_are_named_and_no_theme_is_asked(form):
    parts = parts_of(form.content)
    assert [name for name in parts if "theme" in name] == []
    assert [name for name, text in parts.items() if b"Theme" in text] == []
    named = xml_of(form.content, "word/styles.xml").find(f".//{W}docDefaults//{W}rFonts")
    assert named.get(f"{W}eastAsia") == "仿宋_GB2312"
    language = xml_of(form.content, "word/styles.xml").find(f".//{W}docDefaults//{W}lang")
    assert language.get(f"{W}eastAsia") == "zh-CN"
    fonts = {each.get(f"{W}name"): each for each in xml_of(form.content, "word/fontTable.xml")}
    for name in ("仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"):
        assert fonts[name].find(f"{W}altName") is not None


@each_form
def test_page_numbers_stand_outside_on_both_sides(form):
    parts = parts_of(form.content)
    places = [xml_of(form.content, f"word/footer{number}.xml").find(f".//{W}pPr") for number in (1, 2)]
    assert [each.find(f"{W}jc").get(f"{W}val") for each in places] == ["right", "left"]
    assert {each.find(f"{W}ind").get(f"{W}firstLine") for each in places} == {"0"}
    assert b"<w:evenAndOddHeaders/>" in parts["word/settings.xml"]


@each_form
def test_tables_are_wide_for_word_and_for_wps_and_repeat_their_head(form):
    for table in xml_of(form.content).iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblW").get(f"{W}type") == "dxa"
        assert table.findall(f"{W}tblGrid/{W}gridCol")
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


@pytest.mark.parametrize("language", Language)
def test_the_forms_are_written_out_with_their_names(tmp_path, language):
    folder = tmp_path / "forms"
    said = run_here("template", "letters", "--to", folder, language=language)
    assert said.exit_code == 0, said.output
    assert {each.name for each in folder.iterdir()} == {*(each.file for each in FORMS.values()), "names.txt"}
    assert (folder / "notice.docx").read_bytes() == FORMS["notice"].content
    names = (folder / "names.txt").read_text("utf-8")
    assert "{{ 会议名称 }}" in names
    assert "\n  结果.得分\t88.02\n" in names
    assert run_here("template", "letters", "--to", folder).exit_code == 1
    assert run_here("template", "letters", "--to", folder, "--force").exit_code == 0


def test_only_letters_are_written_into_a_folder(tmp_path):
    assert run_here("template", "meeting.xlsx", "--to", tmp_path).exit_code == 1
    assert list(tmp_path.iterdir()) == []
