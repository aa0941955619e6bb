"""What may come in of files, and what becomes of a name."""

import io
import zipfile

import pytest

from app.meeting.refusals import Refused
from app.papers.incoming import LARGEST_FILE, media_type_of, taken
from app.papers.letters.forms import FORMS

PDF, PNG, JPEG = b"%PDF-1.7 a report", b"\x89PNG\r\n\x1a\n...", b"\xff\xd8\xff\xe0..."
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*members: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in members:
            packed.writestr(name, "x" * 100)
    return file.getvalue()


def streams(*names: str) -> bytes:
    return OLD + b"".join(name.encode("utf-16-le") for name in names)


@pytest.mark.parametrize(
    ("filename", "content", "name"),
    [
        ("报告.pdf", PDF, "报告.pdf"),
        ("PHOTO.JPEG", JPEG, "PHOTO.JPEG"),
        ("minutes.docx", archive("[Content_Types].xml", "word/document.xml"), "minutes.docx"),
        ("sums.xlsx", archive("xl/workbook.xml"), "sums.xlsx"),
        ("notice.ofd", archive("OFD.xml"), "notice.ofd"),
        ("plan.wps", streams("WordDocument"), "plan.wps"),
        ("old.xls", streams("Workbook"), "old.xls"),
        ("photo.jpg", PNG, "photo.png"),
        ("scan", PDF, "scan.pdf"),
        ("page.html", PDF, "page.html.pdf"),
        ("setup.exe", PNG, "setup.exe.png"),
    ],
)
def test_a_file_is_what_its_content_says_and_is_called_so(filename, content, name):
    assert taken(filename, content).name == name
    assert taken(filename, content).media_type == media_type_of(name) != "application/octet-stream"


@pytest.mark.parametrize(
    ("filename", "content", "code"),
    [
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "unknown_kind"),
        ("page.html", b"<html>", "unknown_kind"),
        ("page.pdf", b"<html>%PDF-1.7", "not_what_it_says"),
        ("picture.png", b"GIF89a", "not_what_it_says"),
        ("bomb.zip", archive("0.txt", "1.txt"), "unknown_kind"),
        ("minutes.docx", archive("setup.exe"), "not_what_it_says"),
        ("install.msi", OLD + b"installer", "unknown_kind"),
        ("report.doc", OLD + b"installer", "not_what_it_says"),
        ("empty.pdf", b"", "empty"),
        ("报告.docx", streams("EncryptionInfo", "EncryptedPackage"), "locked"),
        ("big.pdf", PDF + b" " * LARGEST_FILE, "too_large"),
    ],
)
def test_what_is_nothing_that_is_taken_here_is_refused(filename, content, code):
    with pytest.raises(Refused) as refused:
        taken(filename, content)
    assert refused.value.code == f"attachments.{code}"


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("..\\..\\boot.pdf", "boot.pdf"),
        ("/tmp/.hidden.pdf", "hidden.pdf"),
        ("..", "-.pdf"),
        ("\u202efdp.exe", "fdp.exe.pdf"),
        ("a\r\nSet-Cookie: b\x00.pdf", "aSet-Cookie: b.pdf"),
        (f"{'长' * 300}.pdf", f"{'长' * 116}.pdf"),
        (f"a.{'b' * 300}", f"a.{'b' * 114}.pdf"),
    ],
)
def test_a_name_leads_nowhere_hides_nothing_and_is_never_too_long(filename, name):
    assert taken(filename, PDF).name == name


def test_our_own_letters_and_pictures_of_a_thousand_megabytes_are_looked_at_and_never_unpacked():
    bomb = archive("word/document.xml")
    claims = bomb.replace(b"\x64\x00\x00\x00", b"\xff\xff\xff\x7f")  # says that it is two gigabytes when unpacked
    assert taken("bomb.docx", claims).content == claims
    assert taken("notice.docx", FORMS["notice"].content).name == "notice.docx"
