"""What stands in a region, by name and type: templates read it, the feed sends it as JSON, docs/wire.md lists it.

Instants are milliseconds since 1970 (UTC), durations milliseconds, decimals text, codes the words of ``app.meeting``.
"""

import msgspec


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """The context of a region, or a part of one. What it is, each says again: ``kw_only`` is not inherited."""


class PublicComment(Context, frozen=True, kw_only=True):
    """A comment as everybody may read it. ``group_name`` is what the organiser calls the group; empty: as a preset."""

    id: str
    unit: str
    kind: str
    group: str
    group_name: str
    text: str
