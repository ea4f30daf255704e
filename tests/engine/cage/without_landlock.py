"""The failing entry on a platform that has seccomp but not Landlock."""

from __future__ import annotations

from engine.cage import landlock
from tests.engine.cage import failing


def warm() -> None:
    """Take Landlock from the cage."""
    landlock.version = lambda: 0


run = failing.run
