"""Every phone is an open file: a start takes as many as the system gives, and says so if they are few."""

import sys
from types import SimpleNamespace

import pytest

from app.commandline.serving import _warn_of_few_files
from app.doctor import Condition
from app.doctor.machine import files
from app.network.open_files import allow_many_sockets, files_allowed
from app.server import within_files
from app.settings import Settings
from tests.examined import by_subject

INFINITY = 2**63 - 1


@pytest.fixture
def system(monkeypatch):
    """A system of which one may ask for files. ``most``: what it really gives."""

    class System(SimpleNamespace):
        RLIMIT_NOFILE, RLIM_INFINITY = 8, INFINITY

        def getrlimit(self, _which):
            return self.soft, self.hard

        def setrlimit(self, _which, limits):
            if limits[0] > self.most:
                raise ValueError("current limit exceeds maximum limit")
            self.soft, self.hard = limits

    made = System(soft=256, hard=INFINITY, most=10_240)
    monkeypatch.setitem(sys.modules, "resource", made)
    monkeypatch.setattr(sys, "platform", "darwin")
    return made


@pytest.mark.parametrize(
    ("soft", "hard", "most", "got"),
    [
        (256, INFINITY, 10_240, 10_240),
        (256, INFINITY, 24_576, 24_576),
        (256, INFINITY, 20_000, 16_384),
        (256, INFINITY, INFINITY, 1_048_576),
        (1024, 4096, INFINITY, 4096),
        (1024, 1024, INFINITY, 1024),
        (256, 1_000_000, 10_240, 10_240),
        (256, INFINITY, 256, 256),
        (2_000_000, INFINITY, INFINITY, 2_000_000),
        (INFINITY, INFINITY, INFINITY, INFINITY),
    ],
)
def test_a_start_takes_as_many_files_as_it_gets(system, soft, hard, most, got):
    system.soft, system.hard, system.most = soft, hard, most
    allow_many_sockets()
    assert (system.soft, system.hard) == (got, hard)
    assert files_allowed() == (None if got == INFINITY else got)


@pytest.mark.parametrize(("files", "sockets"), [(1024, 796), (256, 92), (10_240, 5000), (INFINITY, 5000), (100, 1)])
def test_there_are_no_more_sockets_than_files(system, files, sockets):
    system.soft = files
    assert within_files(Settings()).most_sockets == sockets


def test_the_doctor_says_what_a_start_would_get(system):
    check = by_subject(files(Settings()))["files"]
    assert (check.level, check.says) == (Condition.OK, "Open files: 10240, enough for 8860 screens and phones")
    system.soft = system.most = 256
    check = by_subject(files(Settings()))["files"]
    assert (check.level, check.says) == (Condition.WARNING, "Open files: 256, enough for 92 screens and phones")


def test_few_files_are_said_at_the_start(capsys):
    _warn_of_few_files(Settings(most_sockets=92))
    said = capsys.readouterr().out
    assert "92" in said
    assert "ulimit -n" in said
