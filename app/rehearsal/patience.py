"""How often, and after which pauses, a phone sends again what nobody has answered."""

TRIES = 8
FIRST_PAUSE, LONGEST_PAUSE = 0.3, 4.0


def pauses(tries: int = 0) -> list[float]:
    """In seconds; one behind each try. ``tries``: of somebody who is more patient than a phone."""
    return [min(FIRST_PAUSE * 2**at, LONGEST_PAUSE) for at in range(tries or TRIES)]
