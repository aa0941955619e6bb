"""Templates are compiled once, and what was made of them is kept as Python keeps its own."""

import sys
from pathlib import Path

import jinja2
import pytest

from app.live.compiled import Compiled

TEXT = "{% for each in all %}{{ each }}, {% endfor %}"


@pytest.fixture(autouse=True)
def may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def shown(compiled: Compiled, text: str = TEXT, **ways: bool) -> str:
    loader = jinja2.DictLoader({"page": text})
    return jinja2.Environment(loader=loader, bytecode_cache=compiled, **ways).get_template("page").render(all=[1, 2])


@pytest.fixture
def no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what was compiled. From now on nothing can be."""
    shown(Compiled(tmp_path / "kept"))
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    return tmp_path / "kept"


def test_the_next_start_finds_what_was_compiled(no_more):
    assert shown(Compiled(no_more)) == "1, 2, "


def test_what_one_environment_has_compiled_the_next_one_has(tmp_path, monkeypatch):
    compiled = Compiled(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    shown(compiled)
    monkeypatch.setattr(jinja2.Environment, "compile", None)
    assert shown(compiled) == "1, 2, "
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("text", "ways"), [("{{ all }}", {}), (f"{TEXT}\n", {"trim_blocks": True})])
def test_another_text_and_other_ways_are_compiled_anew(tmp_path, text, ways):
    shown(Compiled(tmp_path))
    assert shown(Compiled(tmp_path), text, **ways) == shown(Compiled(tmp_path / "another"), text, **ways)


@pytest.mark.parametrize("left", [0, 1, 20, 100])
def test_a_torn_file_is_as_none_and_mended(tmp_path, left):
    shown(Compiled(tmp_path))
    [file] = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:left])
    assert shown(Compiled(tmp_path)) == "1, 2, "
    assert [each.read_bytes() for each in tmp_path.iterdir()] == [whole]


def test_where_nothing_can_be_written_it_goes_without(tmp_path):
    (tmp_path / "file").touch()
    assert shown(Compiled(tmp_path / "file")) == "1, 2, "
