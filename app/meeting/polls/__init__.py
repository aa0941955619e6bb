"""Polls: the audience says of a unit how satisfied it is; kept apart from what the panel gives."""
