"""The command line of Kaimen: the table of contents."""

import rich_click as click

from app.commandline.backup import backup, restore
from app.commandline.bench import bench
from app.commandline.doctor import doctor
from app.commandline.links import links
from app.commandline.people import erase
from app.commandline.plans import import_, template
from app.commandline.records import export, publish, verify
from app.commandline.rehearsals import demo, rehearse
from app.commandline.serving import serve
from app.commandline.shared import _
from app.commandline.terminal import write_what_can_be_written


@click.group(help=_("Kaimen runs an open review meeting. Without a command it starts the server."))
def main() -> None:
    pass


COMMANDS: tuple[click.Command, ...] = (
    *(serve, links, verify, backup, restore, export, publish, erase, template, import_),
    *(rehearse, demo, doctor, bench),
)
for each in COMMANDS:
    main.add_command(each)


def run(arguments: list[str]) -> None:
    write_what_can_be_written()
    main(with_default_command(arguments))


def with_default_command(arguments: list[str]) -> list[str]:
    """``run.py --port 80`` means ``run.py serve --port 80``."""
    names_a_command = bool(arguments) and (arguments[0] in main.commands or arguments[0] == "--help")
    return arguments if names_a_command else ["serve", *arguments]
