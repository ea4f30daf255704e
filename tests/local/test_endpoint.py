"""`endpoint.json`: complete, private, and not believed when its service is gone."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from local.endpoint import Endpoint, NotRunning
from local.private import write_private


def test_it_says_where_the_service_is_and_nobody_else_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "endpoint.json"
    written = Endpoint("http://127.0.0.1:7071", "eph_key", "local", os.getpid())
    written.write(path)
    assert json.loads(path.read_text()) == {
        "endpoint": "http://127.0.0.1:7071",
        "key": "eph_key",
        "tenant": "local",
        "pid": os.getpid(),
    }
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert Endpoint.read(path) == written


def test_without_a_file_no_service_runs(tmp_path: Path) -> None:
    with pytest.raises(NotRunning, match="make up"):
        Endpoint.read(tmp_path / "endpoint.json")


def test_the_file_of_a_service_that_is_gone_is_not_believed(tmp_path: Path) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    Endpoint("http://127.0.0.1:7071", "eph_key", "local", ended.pid).write(tmp_path / "endpoint.json")
    with pytest.raises(NotRunning):
        Endpoint.read(tmp_path / "endpoint.json")


def test_a_private_file_replaces_what_was_there_whatever_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text("before")
    path.chmod(0o644)
    write_private(path, "after")
    assert path.read_text() == "after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]
