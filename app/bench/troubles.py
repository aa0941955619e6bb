"""Why there is no figure: what can go wrong with a measurement, and with nothing else."""

from app.rehearsal.troubles import RehearsalFailed


class BenchFailed(RehearsalFailed):
    """A measurement that is none; the message says why."""

    code = "trouble.no_figure"


class NoBrowser(RehearsalFailed):
    """A bench opens pages, and there is no browser for it; the message names what is missing."""

    code = "trouble.no_browser"
