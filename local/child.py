"""The service as a child process: for the demonstration, tests and measurements."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from local.data_folder import DataFolder
from local.endpoint import Endpoint, NotRunning

_PROJECT = Path(__file__).parents[1]
_START_SECONDS = 120.0
_STOP_SECONDS = 30.0
_POLL_SECONDS = 0.05


class ServiceFailed(RuntimeError):
    """The service ended before it was ready, or took too long; the message ends with what it said."""


@contextmanager
def running(folder: DataFolder, settings: Mapping[str, str] | None = None) -> Iterator[Endpoint]:
    """Run `python -m local up` on a free port for the time of a `with` block.

    What it writes to its error output goes to `service.log` in the data folder. `settings` are environment
    variables on top of those of this process. Raises ServiceFailed.
    """
    log = folder.path / "service.log"
    environment = {**os.environ, **(settings or {}), "DATA_DIR": str(folder.path.absolute()), "PORT": "0"}
    with log.open("wb") as output:
        child = subprocess.Popen(
            [sys.executable, "-m", "local", "up"],
            cwd=_PROJECT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield _wait(child, folder, log)
    finally:
        child.terminate()
        try:
            child.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait(child: subprocess.Popen[bytes], folder: DataFolder, log: Path) -> Endpoint:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            found = Endpoint.read(folder.endpoint)
            if found.pid == child.pid:
                return found
        except NotRunning:
            if child.poll() is not None:
                raise ServiceFailed(f"the service ended at its start: {log.read_text()[-2000:]}") from None
        time.sleep(_POLL_SECONDS)
    raise ServiceFailed(f"the service was not ready within {_START_SECONDS:.0f} s: {log.read_text()[-2000:]}")
