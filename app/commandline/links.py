"""``run.py links``: the ways in, on paper or for a script."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import rich_click as click

from app.commandline.shared import _, database_of, explained, fail, language, plan_of, settings_of, with_db
from app.meeting.refusals import Said
from app.network.addresses import base_url, seen_here
from app.store.roles import Role


@click.command(help=_("Make and print links: a full set, or those of one role or seat. Without CODE: which there are."))
@click.argument("code", default="")
@with_db
@click.option("--role", type=click.Choice([role.value for role in Role]), help=_("Only the links of this role."))
@click.option("--seat", help=_("Only the link of this seat."))
@click.option("--url", help=_("The address the links begin with, if not the one detected."))
@click.option("--json", "as_json", is_flag=True, help=_("Print JSON, for scripts."))
@click.option("--revoke", is_flag=True, help=_("Revoke every earlier link of this meeting."))
def links(
    code: str, db: str | None, role: str | None, seat: str | None, url: str | None, as_json: bool, revoke: bool
) -> None:
    from app.commandline.greeting import codes_in_words
    from app.rehearsal import stage
    from app.server import prepare
    from app.store.lock import Lock

    settings = settings_of(db=db)
    with explained(), database_of(settings) as database:
        if not stage.exists(settings.db):
            fail(Said("command.no_database", {"db": settings.db}))
        prepare(database)
        if not code:
            with database.reading() as connection:
                click.echo(codes_in_words(connection, language()))
            return
        with database.writing() as connection:
            plan = plan_of(connection, code)
            organiser, made = _made(connection, plan, Role(role) if role else None, seat, revoke)
    host, port = Lock(settings.db).listens_at or (settings.host, settings.port)
    settings = replace(settings, host=host, port=port)
    base = (url or base_url(settings, seen_here(settings))).rstrip("/")
    if as_json:
        click.echo(json.dumps({"code": code, **_as_json(base, organiser, made)}, ensure_ascii=False))
        return
    if organiser:
        click.echo(f"{_('Organiser')}\t{base}{organiser}")
    for name, path in _named(made, {unit.id: unit.short_name or unit.name for unit in plan.units}):
        click.echo(f"{name}\t{base}{path}")


def _made(connection: Any, plan: Any, role: Role | None, seat: str | None, revoke: bool) -> tuple[str, Any]:
    """The organiser's link, if that is asked for, and the links of the meeting."""
    from app.store import keys
    from app.web.links import full_set, links_for, of_units, organiser_link

    seats = [each.id for each in plan.seats]
    if seat is not None and seat not in seats:
        fail(Said("command.no_seat", {"seat": seat, "known": tuple(seats)}))
    only = Role.SEAT if seat else role
    if revoke:
        keys.revoke(connection, None if only is Role.ORGANISER else plan.code, only, seat, keys.COMMAND_LINE)
    there_are = of_units(plan) if only is Role.UNIT else full_set(plan)
    wanted = [key for key in there_are if only in (None, key.role) and seat in (None, key.of)]
    made = links_for(connection, plan, wanted, "links")
    return organiser_link(connection, "links") if only in (None, Role.ORGANISER) else "", made


def _named(links: Any, names_of_units: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The links of one meeting, each with the name of whom it is for."""
    names = {
        Role.MODERATOR: _("Moderator"),
        Role.OPERATOR: _("Operator"),
        Role.SUPERVISOR: _("Supervisor"),
        Role.GUEST: _("Guest"),
        Role.QUESTIONS: _("Question moderator"),
    }
    for role, path in links.staff.items():
        yield names[role], path
    for name, path in links.displays.items():
        yield f"{_('Display')} {name}", path
    for seat, path in links.seats.items():
        yield links.labels[seat], path
    for unit, path in links.units.items():
        yield names_of_units[unit], path


def _as_json(base: str, organiser: str, links: Any) -> dict[str, Any]:
    staff = {"organiser": organiser, **{str(role): path for role, path in links.staff.items()}}
    return {
        **{role: base + path for role, path in staff.items() if path},
        "displays": {name: base + path for name, path in links.displays.items()},
        "seats": {seat: base + path for seat, path in links.seats.items()},
        **({"units": {unit: base + path for unit, path in links.units.items()}} if links.units else {}),
    }
