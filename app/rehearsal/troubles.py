"""Why a rehearsal or a bench cannot go on. The command line has a sentence for each."""

from collections.abc import Iterator


class RehearsalFailed(Exception):
    """It broke off; the message is the fact for the sentence."""


class NotReachable(RehearsalFailed):
    """No server answers at this address, or has answered for a minute."""


class NotLetIn(RehearsalFailed):
    """The server at this address knows no such meeting or key: it runs on another database."""


class AlreadyFinished(RehearsalFailed):
    """The meeting of this code is over."""


class Stuck(RehearsalFailed):
    """The meeting does not go on; the message is the server's own sentence."""


class BenchFailed(RehearsalFailed):
    """A measurement that is none; the message says why."""


class FewFiles(RehearsalFailed):
    """The system allows fewer open files than the sockets of a bench need; the message says how many of how many."""


class NoBrowser(RehearsalFailed):
    """A bench opens pages, and there is no browser for it; the message names what is missing."""


def first_of(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The error that says what is wrong, before any that only follows from it."""
    errors = list(_leaves(group))
    return next((error for error in errors if isinstance(error, RehearsalFailed)), errors[0])


def _leaves(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        for each in error.exceptions:
            yield from _leaves(each)
    else:
        yield error
