"""``run.py bench``: the server, measured."""

import json
from collections.abc import Iterator
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
@click.option("--against", help=_("Measure this commit of the project by turns with what is here, three times each."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
def bench(name: str, db: str | None, clients: str | None, against: str | None, as_json: bool) -> None:
    from app.bench import BENCHES
    from app.bench.rows import in_words

    names = [*BENCHES] if name == "all" else [name]
    numbers, rows = _numbers(clients), list[Any]()
    with explained(), rehearsed():
        for measured in (
            _beside([[each, *_clients(each, name, clients)] for each in names], against)
            if against
            else _measured(names, name, db, numbers)
        ):
            rows += measured
            if not as_json:
                click.echo("\n".join(map(in_words, measured)))
    if as_json:
        click.echo(json.dumps([row.as_json() for row in rows], ensure_ascii=False))


def _measured(names: list[str], asked: str, db: str | None, numbers: list[int] | None) -> Iterator[list[Any]]:
    from app.bench import run

    for each in names:
        yield run(each, db, numbers if each in (asked, "fanout") else None)


def _beside(benches: list[list[str]], commit: str) -> Iterator[list[Any]]:
    from app.bench import against

    return against.run(benches, commit)


def _clients(bench: str, asked: str, clients: str | None) -> list[str]:
    return ["--clients", clients] if clients and bench in (asked, "fanout") else []


def _numbers(text: str | None) -> list[int] | None:
    if text is None:
        return None
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() and int(part) > 0 for part in parts):
        fail(Said("command.no_numbers"))
    return [int(part) for part in parts]
