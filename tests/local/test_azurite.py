"""Azurite as a child process: it comes up alone and never outlives who started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient

from local import azurite
from local.azurite import AzuriteFailed
from local.data_folder import DataFolder, StorageTaken

ROOT = Path(__file__).parents[2]


@pytest.mark.azurite
def test_its_data_is_there_after_a_restart_and_a_stale_endpoint_is_not(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    for expected in ([], ["made-before"]):
        folder.endpoint.touch()
        with folder.own_storage() as found, BlobServiceClient.from_connection_string(found.connection) as client:
            assert not folder.endpoint.exists()
            assert [container.name for container in client.list_containers()] == expected
            if not expected:
                client.create_container("made-before")


@pytest.mark.azurite
def test_one_runs_it_and_a_command_uses_what_the_service_runs(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    with folder.own_storage() as found:
        with pytest.raises(StorageTaken), DataFolder(tmp_path).own_storage():
            pass
        folder.endpoint.touch()
        with DataFolder(tmp_path).storage() as connection:
            assert connection == found.connection
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "azurite",
        "azurite.lock",
        "azurite.log",
        "endpoint.json",
    ]


@pytest.mark.azurite
def test_it_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from local.data_folder import DataFolder\n"
        "with DataFolder(Path(sys.argv[1])).own_storage():\n"
        "    print('up', flush=True)\n"
        "    sys.stdin.read()\n"
    )
    parent = subprocess.Popen(  # noqa: S603 - no part of the command comes from outside
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    assert parent.stdout.readline() == b"up\n"
    parent.kill()
    parent.wait()
    parent.stdin.close()
    parent.stdout.close()
    # The lock is free only when the orphan is gone: it holds it too.
    folder = DataFolder(tmp_path)
    with folder.storage() as connection, BlobServiceClient.from_connection_string(connection) as client:
        assert list(client.list_containers()) == []


@pytest.mark.azurite
def test_an_end_before_its_time_is_noticed(tmp_path: Path) -> None:
    with azurite.running(None, tmp_path / "azurite.log") as found:
        found.check()
        process = found._child
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        with pytest.raises(AzuriteFailed, match="ended with -9"):
            found.check()


def test_a_failed_start_names_the_log(tmp_path: Path) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.touch()
    with pytest.raises(AzuriteFailed, match=r"azurite\.log"), azurite.running(in_the_way, tmp_path / "azurite.log"):
        pass


def test_a_missing_installation_is_said_with_the_command_that_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(azurite, "_SCRIPT", tmp_path / "none.js")
    with pytest.raises(AzuriteFailed, match="npm ci"), azurite.running(None, tmp_path / "azurite.log"):
        pass
