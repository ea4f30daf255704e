"""A service that is killed while it works: after its next start the job comes to its end, and nothing is left."""

from __future__ import annotations

import io
import os
import signal
import time
from pathlib import Path

import pytest
from azure.storage.blob import BlobServiceClient
from reportlab.pdfgen.canvas import Canvas

from local import child
from local.data_folder import DataFolder
from local.endpoint import Endpoint
from service.store.contract import Container
from tests.wire.conftest import ANALYZE, CANARY, Service

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


def at(endpoint: Endpoint, folder: DataFolder) -> Service:
    return Service(endpoint.endpoint, endpoint.key, folder.path, folder.path, "")


def objects(service: Service, container: Container) -> int:
    with BlobServiceClient.from_connection_string(service.storage) as storage:
        return sum(1 for _ in storage.get_container_client(container).list_blob_names())


def test_a_job_outlives_the_death_of_the_service(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    with child.running(folder, SETTINGS) as endpoint:
        service = at(endpoint, folder)
        location = service.send("POST", ANALYZE, long_pdf()).location
        while not objects(service, Container.PARTS):
            time.sleep(0.02)
        assert objects(service, Container.RESULTS) == 0
        os.kill(endpoint.pid, signal.SIGKILL)
    with child.running(folder, SETTINGS) as endpoint:
        service = at(endpoint, folder)
        deadline = time.monotonic() + SECONDS
        status = ""
        while status != "succeeded":
            assert time.monotonic() < deadline, "the job did not come to its end"
            reply = service.send("GET", location)
            assert reply.status == 200, reply.body
            operation = reply.json
            status = operation["status"]
        result = operation["analyzeResult"]
        assert len(result["pages"]) == PAGES
        assert result["content"].count(CANARY) == PAGES * 50
        while objects(service, Container.PARTS) or objects(service, Container.UPLOADS):
            assert time.monotonic() < deadline, "the input is still there"
            time.sleep(0.1)
        job = location.partition("?")[0].rpartition("/")[2]
        [receipt] = service.send("GET", f"/privacy/receipts/{job}").json["receipts"]
        assert receipt["reason"] == "input_consumed"
