"""Letters for tests: read as what they are, archives of XML."""

import io
import subprocess
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

from app.papers.letters.parts import WORD

W = f"{{{WORD}}}"


def parts_of(letter: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(letter)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml_of(letter: bytes, part: str = "word/document.xml") -> Any:
    return etree.fromstring(parts_of(letter)[part])


def paragraphs_of(letter: bytes) -> list[str]:
    """What is read in it, paragraph by paragraph, cells of tables among them."""
    found = ("".join(text.text or "" for text in each.iter(f"{W}t")) for each in xml_of(letter).iter(f"{W}p"))
    return [each for each in found if each]


def printed(office: str, letter: bytes, folder: Path) -> list[str]:
    """The lines of its pages, by LibreOffice; a page begins with a form feed."""
    file = folder / "letter.docx"
    file.write_bytes(letter)
    alone = f"-env:UserInstallation=file://{folder}/office"
    how = ["--headless", "--convert-to", "pdf", "--outdir", str(folder), str(file)]
    subprocess.run([office, alone, *how], check=True, capture_output=True, timeout=100)
    said = subprocess.run(["pdftotext", "-layout", file.with_suffix(".pdf"), "-"], check=True, capture_output=True)
    return said.stdout.decode().split("\n")
