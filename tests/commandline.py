"""``run.py`` in this process, which is quick. What needs a terminal, a signal or the environment starts a real one."""

import os
import subprocess
import sys
from contextlib import closing

import pytest
from click.testing import CliRunner, Result

from app.commandline import shared
from app.commandline.main import main
from app.language import Language
from app.rehearsal.process import RUN
from app.store import keys
from app.store.database import Database
from app.store.keys import Key

ENGLISH, CHINESE = "en_US.UTF-8", "zh_CN.UTF-8"
"""What ``LANG`` says in such a terminal."""


def run_here(*arguments: object, language: Language = Language.ENGLISH) -> Result:
    """What these arguments come to in the language of such a terminal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shared, "LANGUAGE", language)
        return CliRunner().invoke(main, list(map(str, arguments)))


def kaimen(*arguments: object, language: str = ENGLISH, **environment: str) -> "subprocess.CompletedProcess[str]":
    """``run.py`` as somebody types it."""
    return subprocess.run(
        [sys.executable, str(RUN), *map(str, arguments)],
        env={**os.environ, "LANG": language, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def opens(db: str, link: str) -> Key | None:
    """What a link opens, if it is good."""
    with closing(Database(db)) as database, database.reading() as connection:
        return keys.find(connection, link.rpartition("/")[2])
