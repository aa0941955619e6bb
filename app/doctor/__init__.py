"""The doctor: looks over machine, network, database, certificate and devices before a meeting, and says what to do.

It only looks: no table, certificate or meeting is made or changed by asking.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from app.doctor.browsers import browsers
from app.doctor.certificates import certificate
from app.doctor.check import Check, Condition
from app.doctor.machine import clock_jump, disk, files, versions
from app.doctor.network import addresses, ports, server
from app.doctor.records import Patient, records
from app.settings import Settings

__all__ = ["Check", "Condition", "examine"]


def examine(settings: Settings, url: str | None) -> Iterator[Check]:
    """All checks, each as soon as it is made. ``url``: a running server that is asked as well."""
    yield from versions()
    yield from files(settings)
    yield from ports(settings)
    yield from addresses(settings)
    with Patient(settings.db) as patient:
        yield from disk(patient.folder)
        yield from clock_jump()
        yield from records(patient, datetime.now(UTC))
        yield from certificate(settings, datetime.now(UTC))
        yield from browsers(patient)
    if url:
        yield from server(settings, url)
