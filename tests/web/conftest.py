"""The tests of the doors share with those of the screens: one served Kaimen, a meeting of one's own for each test."""

from tests.live.conftest import served, sitting

__all__ = ["served", "sitting"]
