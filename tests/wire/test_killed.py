"""A service that is killed while it works: after its next start the job comes to its end, and nothing is left."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient
from reportlab.pdfgen.canvas import Canvas

from local import azurite
from local.data_folder import DataFolder
from local.endpoint import Endpoint, NotRunning
from service.store.contract import Container
from tests.wire.conftest import ANALYZE, CANARY, ROOT, Service

pytestmark = [pytest.mark.azurite, pytest.mark.slow]
SETTINGS = {"LEASE_SECONDS": "5", "RANGE_PAGES": "2", "PARALLEL_CHILDREN": "1"}
PAGES = 40
SECONDS = 150
"""A job whose lease had not lapsed at the start is driven again by the timer of the next minute."""


def long_pdf() -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written)
    for _ in range(PAGES):
        for line in range(50):
            canvas.drawString(72, 770 - 14 * line, CANARY)
        canvas.showPage()
    canvas.save()
    return written.getvalue()


@pytest.fixture
def storage(tmp_path: Path) -> Iterator[str]:
    """A storage that the service does not take along: Azurite forgets what it has not written down yet."""
    with azurite.running(None, tmp_path / "azurite.log") as found:
        yield found.connection


@contextmanager
def serving(folder: DataFolder, storage: str) -> Iterator[Service]:
    """A service that is killed at the end, and not asked."""
    process = subprocess.Popen(  # noqa: S603 - no part of the command comes from outside
        [sys.executable, "-m", "tests.wire.serve", str(folder.path), storage],
        cwd=ROOT,
        env={**os.environ, **SETTINGS},
    )
    try:
        endpoint = ready(folder, process)
        yield Service(endpoint.endpoint, endpoint.key, folder.path, folder.path, "")
    finally:
        process.kill()
        process.wait()


def ready(folder: DataFolder, process: subprocess.Popen[bytes]) -> Endpoint:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the service ended at its start"
        try:
            endpoint = Endpoint.read(folder.endpoint)
        except NotRunning:
            endpoint = None
        if endpoint is not None and endpoint.pid == process.pid:
            return endpoint
        time.sleep(0.05)
    raise AssertionError("the service was not ready in time")


def objects(storage: str, *containers: Container) -> int:
    with BlobServiceClient.from_connection_string(storage) as client:
        return sum(1 for each in containers for _ in client.get_container_client(each).list_blob_names())


def test_a_job_outlives_the_death_of_the_service(tmp_path: Path, storage: str) -> None:
    folder = DataFolder(tmp_path / "data")
    with serving(folder, storage) as service:
        location = service.send("POST", ANALYZE, long_pdf()).location
        while not objects(storage, Container.PARTS):
            time.sleep(0.02)
    assert objects(storage, Container.UPLOADS) == 1
    assert objects(storage, Container.RESULTS) == 0
    with serving(folder, storage) as service:
        deadline = time.monotonic() + SECONDS
        status = ""
        while status != "succeeded":
            assert time.monotonic() < deadline, "the job did not come to its end"
            operation = service.send("GET", location).json
            status = operation["status"]
        result = operation["analyzeResult"]
        assert len(result["pages"]) == PAGES
        assert result["content"].count(CANARY) == PAGES * 50
        while objects(storage, Container.PARTS, Container.UPLOADS):
            assert time.monotonic() < deadline, "the input is still there"
            time.sleep(0.1)
        job = location.partition("?")[0].rpartition("/")[2]
        [receipt] = service.send("GET", f"/privacy/receipts/{job}").json["receipts"]
        assert receipt["reason"] == "input_consumed"
