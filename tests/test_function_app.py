"""Each role has its functions, and no key that is the other's."""

from __future__ import annotations

import gc
import runpy
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from local import functions
from service.vault.key_files import KeyFiles

WIRING = Path(__file__).parents[1] / "function_app.py"
Load = Callable[[str], dict[str, Any]]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """The wiring of a role, over the key files in the temporary folder."""
    monkeypatch.setenv("DOCUMENTS", "UseDevelopmentStorage=true")
    monkeypatch.setenv("KEYS_DIR", str(tmp_path))

    def wire(role: str) -> dict[str, Any]:
        monkeypatch.setenv("ROLE", role)
        return runpy.run_path(str(WIRING))

    yield wire
    gc.unfreeze()


def test_a_door_answers_requests_and_holds_nothing_that_opens_an_upload(load: Load, tmp_path: Path) -> None:
    KeyFiles(tmp_path).key_wrapper()
    (tmp_path / "service.private").unlink()
    door = load("door")
    found = functions.read(door["app"], "")
    assert found.http
    assert (found.blobs, found.timers) == ((), ())
    assert "workshop" not in door
    assert not (tmp_path / "service.private").exists()


def test_a_worker_answers_nobody_and_holds_nothing_that_tells_an_api_key(load: Load, tmp_path: Path) -> None:
    worker = load("worker")
    found = functions.read(worker["app"], "")
    assert found.http == ()
    assert [blob.name for blob in found.blobs] == ["AnalyzeUpload"]
    assert found.timers
    assert "door" not in worker
    assert not (tmp_path / "api.pepper").exists()
