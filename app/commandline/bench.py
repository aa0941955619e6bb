"""``run.py bench``: the server, measured."""

import json
from typing import Any

import rich_click as click

from app.commandline.shared import _, explained, fail, rehearsed, with_db
from app.meeting.refusals import Said


@click.command(help=_("Measure the server beside a plain one, in the same run."))
@click.argument(
    "name",
    type=click.Choice(
        [
            *("fanout", "step", "tap", "submit", "memory", "guests", "load", "reveal", "second-half"),
            *("ballots", "storm", "poll", "all"),
        ]
    ),
)
@with_db
@click.option(
    "--clients",
    "--voters",
    "clients",
    help=_("How many clients; separate several numbers with commas. With “all”, those of the fan-out."),
)
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
def bench(name: str, db: str | None, clients: str | None, as_json: bool) -> None:
    from app.bench import BENCHES, run
    from app.bench.rows import in_words

    numbers = _numbers(clients)
    rows, shown = list[Any](), 0
    with explained(), rehearsed():
        for each in BENCHES if name == "all" else [name]:
            rows += run(each, db, numbers if each in (name, "fanout") else None)
            if not as_json:
                click.echo("\n".join(map(in_words, rows[shown:])))
                shown = len(rows)
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], ensure_ascii=False))


def _numbers(text: str | None) -> list[int] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        fail(Said("command.no_numbers"))
    return [int(part) for part in parts]
