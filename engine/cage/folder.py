"""The folders that children may write to: one root per cage, locked while its owner lives.

A lock and not a process id tells a dead owner's root, because the kernel drops a lock with its holder and
uses process ids again.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_log = logging.getLogger(__name__)


class CageFolder:
    """A root below the system's temporary folder; making one sweeps the roots of owners that died."""

    def __init__(self) -> None:
        base = Path(tempfile.gettempdir()) / f"ephemera-cage-{os.geteuid()}"
        base.mkdir(mode=0o700, exist_ok=True)
        # The base stays locked until the new root is locked, so that nobody sweeps it in between.
        with _locked_base(base):
            for root in base.iterdir():
                _sweep(root)
            self.path = Path(tempfile.mkdtemp(dir=base))
            self._lock = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
            fcntl.flock(self._lock, fcntl.LOCK_EX)

    def make(self, name: str) -> Path:
        """A fresh empty folder for one child."""
        path = self.path / name
        path.mkdir(mode=0o700)
        return path

    def close(self) -> None:
        """Remove the root with everything in it."""
        remove(self.path)
        os.close(self._lock)


def remove(path: Path) -> None:
    """Remove a folder that a child wrote to; what resists is left to the next sweep and logged."""
    try:
        # A child can take the owner's rights off its folder.
        path.chmod(0o700)
        shutil.rmtree(path)
    except FileNotFoundError:
        return
    except OSError as error:
        _log.warning("a temporary folder was not removed: %s", error.strerror)


@contextmanager
def _locked_base(base: Path) -> Iterator[None]:
    descriptor = os.open(base, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if os.fstat(descriptor).st_uid != os.geteuid():
            raise PermissionError(f"{base} belongs to somebody else")
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _sweep(root: Path) -> None:
    try:
        descriptor = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        # Its owner closed it a moment ago.
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove(root)
    except BlockingIOError:
        return
    finally:
        os.close(descriptor)
