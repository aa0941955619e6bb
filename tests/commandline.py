"""``run.py`` in this process, which is quick. What needs a terminal, a signal or the environment starts a real one."""

import pytest
from click.testing import CliRunner, Result

import run
from app.language import Language, catalogue


def run_here(*arguments: object, language: Language = Language.ENGLISH) -> Result:
    """What these arguments come to in the language of such a terminal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run, "LANGUAGE", language)
        patch.setattr(run, "_", catalogue(language).gettext)
        return CliRunner().invoke(run.main, list(map(str, arguments)))
