"""The failing entry on a platform that has Landlock but not seccomp."""

from __future__ import annotations

from engine.cage import seccomp
from tests.engine.cage import failing


def warm() -> None:
    """Take seccomp from the cage."""
    seccomp.available = lambda: False


run = failing.run
