"""Key files that are replaced while a process runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final, Generic, TypeVar

from service.clock import Clock

_LOOK_AGAIN: Final = timedelta(hours=1)
"""Older keys retire with time and without any file changing under a running process."""

_T = TypeVar("_T")


class Fresh(Generic[_T]):
    """What was made of key files, made anew when `watched` is replaced, and each hour.

    Looking costs one stat of a file. The first value is made at once, so that a bad key file stops the start.
    """

    def __init__(self, watched: Path, make: Callable[[], _T], clock: Clock) -> None:
        self._watched = watched
        self._make = make
        self._clock = clock
        self._value, self._seen, self._made = self._load()

    def get(self) -> _T:
        """The value that the files of now make."""
        if self._stamp() != self._seen or self._clock.now() >= self._made + _LOOK_AGAIN:
            self._value, self._seen, self._made = self._load()
        return self._value

    def _load(self) -> tuple[_T, tuple[int, int] | None, datetime]:
        # The stamp comes first: a file that is replaced while it is read is then read again.
        stamp = self._stamp()
        return self._make(), stamp, self._clock.now()

    def _stamp(self) -> tuple[int, int] | None:
        try:
            found = self._watched.stat()
        except FileNotFoundError:
            return None
        return found.st_ino, found.st_mtime_ns
