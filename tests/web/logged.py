"""The log of a meeting at the doors, line by line."""

import json

from tests.live.served import Sitting
from tests.records import entries


def lines(sitting: Sitting) -> list[dict]:
    """The log, line by line."""
    with sitting.served.database.reading() as connection:
        query = f"SELECT line FROM log WHERE meeting = '{sitting.code}' ORDER BY seq"
        return [json.loads(line) for line in connection.exec_driver_sql(query).scalars()]


def kinds(sitting: Sitting) -> list[str]:
    return [line["kind"] for line in lines(sitting)]


def acknowledged(sitting: Sitting) -> dict[str, object]:
    """The answer to the command that made the last entry, whose seal is told with it."""
    *_, last = entries(sitting.served.database, sitting.code)
    return {"ack": "command-1", "seq": last.seq, "seal": last.seal}
