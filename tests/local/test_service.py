"""`up`: ready once, private, and no process of it is left whatever ends it."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from local.endpoint import Endpoint, NotRunning

pytestmark = pytest.mark.azurite
ROOT = Path(__file__).parents[2]


@contextmanager
def up(data: Path, port: int = 0, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """`python -m local up` in a session of its own, killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, "-m", "local", "up"],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(data), "PORT": str(port), **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def ready(process: subprocess.Popen[str]) -> str:
    """The line that `up` prints when it is ready."""
    assert process.stdout is not None
    return process.stdout.readline()


def relatives(data: Path) -> list[int]:
    """Processes that hold the storage lock of a data folder: the service and its Azurite."""
    lock, found = (data / "azurite.lock").resolve(), []
    for entry in Path("/proc").glob("[0-9]*/fd"):
        try:
            if any(descriptor.resolve() == lock for descriptor in entry.iterdir()):
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


def children(pid: int) -> list[int]:
    """Ids of the child processes of a process."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def alive(pid: int) -> bool:
    """True while a process runs; a zombie has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")
def test_a_signal_ends_all_processes_and_takes_the_endpoint_away(tmp_path: Path) -> None:
    keys = set()
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with up(tmp_path) as process:
            line = ready(process)
            endpoint = Endpoint.read(tmp_path / "endpoint.json")
            assert line == f"Ready: endpoint {endpoint.endpoint} key {endpoint.key}\n"
            assert (endpoint.tenant, endpoint.pid) == ("local", process.pid)
            assert stat.S_IMODE((tmp_path / "endpoint.json").stat().st_mode) == 0o600
            started = {*children(process.pid), *relatives(tmp_path)}
            assert len(started) >= 3
            process.send_signal(ending)
            rest, errors = process.communicate(timeout=30)
        assert (process.returncode, rest) == (0, "")
        assert "Traceback" not in errors
        assert [pid for pid in started if alive(pid)] == []
        with pytest.raises(NotRunning):
            Endpoint.read(tmp_path / "endpoint.json")
        keys.add(endpoint.key)
    [key] = keys
    assert key.startswith("eph_"), "the key stays the same over a restart"


@pytest.mark.skipif(sys.platform != "linux", reason="finds Azurite through /proc")
def test_a_service_keeps_its_folder_to_itself_and_ends_with_its_storage(tmp_path: Path) -> None:
    with up(tmp_path) as first:
        ready(first)
        with up(tmp_path) as second:
            _, errors = second.communicate(timeout=30)
        assert second.returncode == 1
        assert "another process runs the storage" in errors
        assert Endpoint.read(tmp_path / "endpoint.json").pid == first.pid
        for pid in set(relatives(tmp_path)) - {first.pid}:
            os.kill(pid, signal.SIGKILL)
        _, errors = first.communicate(timeout=60)
    assert first.returncode == 1
    assert "error: Azurite ended with -9" in errors
    assert not (tmp_path / "endpoint.json").exists()


def test_a_taken_port_is_said_with_its_number(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with up(tmp_path, port) as process:
            _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert f"error: cannot listen on port {port}" in errors
    assert not (tmp_path / "endpoint.json").exists()


def test_a_malformed_setting_is_said_by_name(tmp_path: Path) -> None:
    with up(tmp_path, MAX_BODY_MB="much") as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.endswith("error: MAX_BODY_MB must be a whole number from 1 to 500\n")


def test_a_key_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    keys.mkdir()
    (keys / "record.key").write_text("")
    (keys / "record.key").chmod(0o644)
    with up(tmp_path) as process:
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert errors.endswith("error: record.key can be read or written by others; its mode must be 0600\n")
