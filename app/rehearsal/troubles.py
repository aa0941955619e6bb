"""Why a rehearsal cannot go on, or a bench that plays one."""

from collections.abc import Iterator

from app.meeting.refusals import Said


class RehearsalFailed(Exception):
    """It broke off; the message is the fact for the sentence of its code."""

    code = ""

    @property
    def said(self) -> Said:
        return Said(self.code, {"fact": str(self)})


class NotReachable(RehearsalFailed):
    """No server answers at this address, or has answered for a minute."""

    code = "trouble.not_reachable"


class NotLetIn(RehearsalFailed):
    """The server at this address knows no such meeting or key: it runs on another database."""

    code = "trouble.not_let_in"


class AlreadyFinished(RehearsalFailed):
    """The meeting of this code is over."""

    code = "trouble.finished"


class Stuck(RehearsalFailed):
    """The meeting does not go on; the message is the server's own sentence."""

    code = "trouble.stuck"


class FewFiles(RehearsalFailed):
    """The system allows fewer open files than the sockets of a bench need; the message says how many of how many."""

    code = "trouble.few_files"


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
