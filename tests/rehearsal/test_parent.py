"""Servers end with whoever started them: of a process that is killed the system closes the other end of their input."""

import subprocess
import sys

from app.rehearsal.process import RUN, ServerProcess


def test_a_server_ends_with_the_process_that_started_it(tmp_path):
    server = ServerProcess(str(tmp_path / "kaimen.db")).start()
    assert server.process is not None
    assert server.process.stdin is not None
    server.process.stdin.close()
    assert (server.process.wait(timeout=30), server.stop()) == (0, "")


def test_the_baseline_of_the_benches_does_too(tmp_path):
    command = [sys.executable, "-m", "app.bench.plain", str(tmp_path / "durable")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=RUN.parent) as plain:
        assert plain.stdin is not None
        assert plain.stdout is not None
        plain.stdout.readline()  # it listens
        plain.stdin.close()
        assert plain.wait(timeout=30) == 0
