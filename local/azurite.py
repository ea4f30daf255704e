"""Azurite, Microsoft's emulator of Azure Storage, as a child process on free ports of the loopback."""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

_SCRIPT = Path(__file__).parents[1] / "node_modules" / "azurite" / "dist" / "src" / "azurite.js"
_LISTENING = re.compile(r"Azurite (Blob|Queue|Table) service is successfully listening at (http://127\.0\.0\.1:\d+)")
_START_SECONDS = 60.0
_STOP_SECONDS = 10.0
_POLL_SECONDS = 0.05
_PR_SET_PDEATHSIG = 1

#: The account and key that every Azurite has; they are public and protect nothing.
ACCOUNT = "devstoreaccount1"
_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


class AzuriteFailed(RuntimeError):
    """Azurite is not installed, ended by itself or took too long; the message says what to do."""


class Azurite:
    """A running Azurite; `connection` is the connection string of its blobs and queues."""

    def __init__(self, child: subprocess.Popen[bytes], connection: str, log: Path) -> None:
        self.connection = connection
        self._child = child
        self._log = log

    def check(self) -> None:
        """Raise AzuriteFailed when it has ended by itself."""
        if self._child.poll() is not None:
            raise AzuriteFailed(f"Azurite ended with {self._child.returncode} while it was needed; see {self._log}")


@contextlib.contextmanager
def running(folder: Path | None, log: Path, held: tuple[int, ...] = ()) -> Iterator[Azurite]:
    """Run Azurite for the time of a `with` block.

    Args:
        folder: where it keeps its data; None keeps everything in memory.
        log: the file that its output goes to.
        held: file descriptors that stay open as long as Azurite lives, such as a lock on its folder.

    Raises:
        AzuriteFailed: when it does not come up.
    """
    if not _SCRIPT.exists():
        raise AzuriteFailed("Azurite is not installed; run: npm ci --ignore-scripts")
    with log.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603 - no part of the command comes from outside
            _command(folder),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=held,
            # Its own session keeps a Ctrl-C of the terminal away from it: it must outlive the host.
            start_new_session=True,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
    try:
        yield Azurite(child, _connection_string(child, log), log)
    finally:
        _stop(child)


def _command(folder: Path | None) -> list[str]:
    ports = [argument for service in ("blob", "queue", "table") for argument in (f"--{service}Port", "0")]
    place = ["--inMemoryPersistence"] if folder is None else ["--location", str(folder)]
    # The SDK speaks newer versions of the storage protocol than Azurite knows by name.
    return ["node", str(_SCRIPT), *ports, *place, "--silent", "--disableTelemetry", "--skipApiVersionCheck"]


def _connection_string(child: subprocess.Popen[bytes], log: Path) -> str:
    """Wait until all services listen."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        addresses = dict(_LISTENING.findall(log.read_text(errors="replace")))
        if len(addresses) == 3:
            return (
                f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={_KEY};"
                f"BlobEndpoint={addresses['Blob']}/{ACCOUNT};QueueEndpoint={addresses['Queue']}/{ACCOUNT};"
            )
        if child.poll() is not None:
            raise AzuriteFailed(f"Azurite ended with {child.returncode} at its start; see {log}")
        time.sleep(_POLL_SECONDS)
    raise AzuriteFailed(f"Azurite did not come up within {_START_SECONDS:.0f} s; see {log}")


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End Azurite; it writes its data down on SIGTERM."""
    child.terminate()
    try:
        child.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def _end_with_parent() -> None:
    """Ask Linux to send SIGTERM to this process when its parent is gone, however that came."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
