"""The doctor: looks over machine, network, database, certificate and devices before a meeting, and says what to do.

It only looks: no table, certificate or meeting is made or changed by asking.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from app.doctor.browsers import browsers
from app.doctor.certificates import certificate
from app.doctor.check import Check, Condition, Translate
from app.doctor.machine import clock_jump, disk, files, versions
from app.doctor.network import addresses, ports, server
from app.doctor.records import Patient, records
from app.settings import Settings

__all__ = ["Check", "Condition", "examine"]


def examine(settings: Settings, url: str | None, _: Translate) -> Iterator[Check]:
    """All checks, each as soon as it is made. ``url``: a running server that is asked as well."""
    yield from versions(_)
    yield from files(settings, _)
    yield from ports(settings, _)
    yield from addresses(settings, _)
    with Patient(settings.db) as patient:
        yield from disk(patient.folder, _)
        yield from clock_jump(_)
        yield from records(patient, _, datetime.now(UTC))
        yield from certificate(settings, _, datetime.now(UTC))
        yield from browsers(patient, _)
    if url:
        yield from server(settings, url, _)
