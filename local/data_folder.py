"""The storage of a data folder: one Azurite at a time, whoever comes first runs it and others use it.

`azurite.lock` is held by the Azurite that runs, through a descriptor it inherits; `azurite.json` says
where it listens. A lock and not a process id decides, because a lock cannot outlive its holder.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from local import azurite
from local.azurite import Azurite
from local.private import write_private

_WAIT_SECONDS = 60.0
_POLL_SECONDS = 0.1


class StorageTaken(RuntimeError):
    """Another process runs the storage of this data folder."""


class DataFolder:
    """The folder that a local service keeps everything in, mode 0700."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.keys = path / "keys"
        self.endpoint = path / "endpoint.json"
        self.first_key = path / "first.key"
        self._lock = path / "azurite.lock"
        self._address = path / "azurite.json"

    @contextlib.contextmanager
    def own_storage(self) -> Iterator[Azurite]:
        """Run the storage of this folder; raises StorageTaken when another process does."""
        with self._lock.open("w") as lock:
            _acquire(lock)
            # Whoever wrote this ended without removing it, or the lock would not be free.
            self.endpoint.unlink(missing_ok=True)
            data = self.path / "azurite"
            data.mkdir(exist_ok=True)
            with azurite.running(data, self.path / "azurite.log", (lock.fileno(),)) as storage:
                write_private(self._address, json.dumps({"connection": storage.connection}))
                try:
                    yield storage
                finally:
                    self._address.unlink(missing_ok=True)

    @contextlib.contextmanager
    def storage(self) -> Iterator[str]:
        """The connection string of this folder's storage, for a short command.

        It is the storage of the running service, else one for the time of the `with` block. While another
        short command has it, waits for its end; raises StorageTaken after a minute.
        """
        deadline = time.monotonic() + _WAIT_SECONDS
        with contextlib.ExitStack() as stack:
            while True:
                try:
                    connection = stack.enter_context(self.own_storage()).connection
                    break
                except StorageTaken:
                    if self.endpoint.exists() and self._address.exists():
                        connection = str(json.loads(self._address.read_text())["connection"])
                        break
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(_POLL_SECONDS)
            yield connection


def _acquire(lock: IO[str]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StorageTaken(
            "another process runs the storage of this data folder; end it, or set DATA_DIR to another one"
        ) from None
