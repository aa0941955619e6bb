"""``run.py doctor``: what should be known before a meeting."""

import json
import sys
from typing import Any

import rich_click as click

from app.commandline.shared import _, language, settings_of, with_db, with_listening


@click.command(help=_("Check machine, network, database, certificate and browsers before a meeting."))
@with_db
@with_listening
@click.option("--url", help=_("Also ask this running server."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
def doctor(url: str | None, tls: bool, as_json: bool, **given: Any) -> None:
    from app.doctor import Condition, examine
    from app.doctor.check import in_words, told

    found = []
    for check in examine(settings_of(tls=tls or None, **given), url):
        found.append(check)
        if not as_json:
            click.echo(in_words(check, language()))
    if as_json:
        click.echo(json.dumps([told(each, language()) for each in found], ensure_ascii=False))
    sys.exit(1 if any(each.level is Condition.PROBLEM for each in found) else 0)
