"""What the program has said in the log."""

import logging

import pytest


def said_by_the_program(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """Without what the tests' own client says of its requests, if some test before has made it talk."""
    return [each for each in caplog.records if not each.name.startswith(("httpx", "httpcore"))]
