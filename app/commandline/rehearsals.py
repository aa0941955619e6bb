"""``run.py rehearse`` and ``run.py demo``: the bots play."""

import json
import sys
from contextlib import suppress

import rich_click as click

from app.commandline.shared import _, chosen, explained, fail, must_be_free, rehearsed, settings_of, with_db
from app.meeting.refusals import Said
from app.network.addresses import base_url


@click.command(
    help=_(
        "Let bots play a rehearsal of a meeting over real sockets, and check the answers they got against the record."
    )
)
@click.argument("code")
@with_db
@click.option(
    "--url",
    help=_("Play on this running server and its database; without this option, on a separate server and database."),
)
@click.option("--phones", type=click.IntRange(0), default=0, help=_("How many phones follow the meeting."))
@click.option(
    "--votes",
    is_flag=True,
    help=_("The phones vote on every unit, over plain HTTP; their ballots are recounted afterwards."),
)
@click.option(
    "--questions",
    is_flag=True,
    help=_("The phones ask, and want to know what others ask; what was asked is held against the record afterwards."),
)
@click.option("--speed", type=click.FloatRange(0, min_open=True), help=_("1 is real time; 600 if nothing is said."))
@click.option(
    "--second-half",
    "goes_on",
    is_flag=True,
    help=_("Go on for the two months after the meeting, on a separate server whose days pass in seconds."),
)
@click.option("--keep", "keeps", is_flag=True, help=_("Do not throw the rehearsal away afterwards."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
def rehearse(
    code: str,
    db: str | None,
    url: str | None,
    phones: int,
    votes: bool,
    questions: bool,
    speed: float | None,
    goes_on: bool,
    keeps: bool,
    as_json: bool,
) -> None:
    from app.rehearsal import stage
    from app.rehearsal.hall import Part
    from app.rehearsal.rehearse import rehearse_as_asked
    from app.rehearsal.second_half.rehearse import AS_FAST_AS_IT_GOES, rehearse_second_half
    from app.rehearsal.tempo import Tempo
    from app.rehearsal.terminal import report_in_words, second_half_in_words

    settings = settings_of(db=db)
    part = (Part.VOTES if votes else Part.NOTHING) | (Part.QUESTIONS if questions else Part.NOTHING)
    with explained(), rehearsed():
        if url and not stage.exists(settings.db):
            fail(Said("command.no_database", {"db": settings.db}))
        if goes_on and (url or keeps):
            fail(Said("days.own_server"))
        plan = chosen(stage.plans_of(settings.db), code)
        if goes_on:
            outcome = rehearse_second_half(plan, Tempo(speed) if speed else AS_FAST_AS_IT_GOES)
            said, is_good, in_words = outcome.as_json(), outcome.is_good, second_half_in_words(outcome, _)
        else:
            report = rehearse_as_asked(settings.db, plan, Tempo(speed or 600), phones, url, keeps, part)
            said, is_good, in_words = report.as_json(), report.is_good, report_in_words(report, _)
    click.echo(json.dumps(said, ensure_ascii=False) if as_json else in_words)
    sys.exit(0 if is_good else 1)


@click.command(help=_("Start a server on a scratch database, with bots that play the meeting “demo” on it."))
@with_db
@click.option("--host", help=_("The address to listen on; 0.0.0.0 lets the hall in."))
@click.option("--port", type=click.IntRange(0, 65535), help=_("The port to listen on."))
@click.option("--open", "opens", is_flag=True, help=_("Open the display in this machine's browser."))
def demo(db: str | None, host: str | None, port: int | None, opens: bool) -> None:
    from app.rehearsal.demo import CODE, demonstration
    from app.rehearsal.stage import plans_of
    from app.rehearsal.terminal import invitation
    from app.store.lock import Lock

    settings = settings_of(host=host, port=port)
    with explained(), rehearsed(), suppress(KeyboardInterrupt):
        must_be_free(settings)
        if db:
            Lock(db).must_be_free()
            chosen(plans_of(db), CODE)
        with demonstration(db, settings.host, settings.port) as running:
            base = base_url(settings, f"{settings.host}:{running.server.port}")
            click.echo(invitation(base, running.links, _) + "\n" + _("The bots begin now. Stop them with Ctrl+C."))
            if opens:
                click.launch(f"{running.server.url}/{running.code}/display")
            with rehearsed(goes_on=True):
                running.play()
                click.echo(_("The meeting is over. The server stays up; stop it with Ctrl+C."))
            running.stay()
