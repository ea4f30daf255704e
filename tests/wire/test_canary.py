"""Nothing of a document or a key is ever written down in clear, and nothing is left after a delete."""

from __future__ import annotations

import base64
import io
import json
import time
from collections.abc import Callable, Iterator

import pytest
from azure.storage.blob import BlobServiceClient
from azure.storage.queue import QueueServiceClient
from reportlab.pdfgen.canvas import Canvas

from service.store.contract import Container
from tests.wire.conftest import ANALYZE, CANARY, Service
from tests.wire.watch import Watch, blobs, messages

pytestmark = pytest.mark.azurite
SIGNATURE = "signature-of-the-source"
PAGES = 60
LINES = 40
SECONDS = 30
WITHOUT_KEYS = {container.value for container in Container} - {Container.KEYS.value}


@pytest.fixture(scope="module")
def long_pdf() -> bytes:
    """A document that is read in ranges, with the canary in clear on each page."""
    written = io.BytesIO()
    canvas = Canvas(written, pageCompression=0)
    for _ in range(PAGES):
        for line in range(LINES):
            canvas.drawString(72, 770 - 18 * line, CANARY)
        canvas.showPage()
    canvas.save()
    assert CANARY.encode() in written.getvalue()
    return written.getvalue()


def bodies(service: Service, long_pdf: bytes, canary_pdf: bytes) -> Iterator[tuple[bytes, str]]:
    """The same text on all the ways in, and documents that end badly."""
    yield long_pdf, "application/octet-stream"
    yield canary_pdf, "application/pdf"
    yield json.dumps({"base64Source": base64.b64encode(canary_pdf).decode()}).encode(), "application/json"
    yield json.dumps({"urlSource": f"{service.sources}/document.pdf?sig={SIGNATURE}"}).encode(), "application/json"
    yield canary_pdf.replace(b"/Root 1 0 R", b"/Root 9 0 R"), "application/pdf"
    yield long_pdf[: len(long_pdf) // 2], "application/pdf"


def test_nothing_is_written_in_clear(service: Service, long_pdf: bytes, canary_pdf: bytes) -> None:
    words = {CANARY, CANARY.split()[0], service.key, SIGNATURE}
    with Watch(service, words) as watch:
        accepted = [
            service.send("POST", ANALYZE, body, Content_Type=kind)
            for body, kind in bodies(service, long_pdf, canary_pdf)
        ]
        accepted.append(service.send("POST", ANALYZE + "&output=pdf", long_pdf))
        assert {reply.status for reply in accepted} == {202}
        done = [service.finished(reply.location) for reply in accepted]
        assert CANARY in done[0].json["analyzeResult"]["content"]
        assert CANARY.encode() in service.send("GET", accepted[-1].location.replace("?", "/pdf?")).body
        refused = service.send("POST", ANALYZE, canary_pdf, Ocp_Apim_Subscription_Key=service.key[:-1])
        assert refused.status == 401
        missing = json.dumps({"urlSource": f"{service.sources}/missing?sig={SIGNATURE}"})
        assert service.send("POST", ANALYZE, missing, Content_Type="application/json").status == 400
        # The ledger is written by the sweep, every five minutes; what else is there for a moment must have been seen.
        passing = {container.value for container in Container} - {Container.LEDGER}
        end = time.monotonic() + SECONDS
        while not watch.looked_into >= passing and time.monotonic() < end:
            service.finished(service.send("POST", ANALYZE, long_pdf).location)
    assert watch.found == set()
    assert watch.looked_into >= passing


def test_the_watch_sees_what_is_in_clear(service: Service) -> None:
    """This tests ensures that a watch which finds nothing says something."""
    planted = "Wombats wander westward"
    queue = QueueServiceClient.from_connection_string(service.storage)
    blob = BlobServiceClient.from_connection_string(service.storage)
    file = service.temporary / "planted"
    with queue, blob:
        queue.create_queue("planted").send_message(base64.b64encode(planted.encode()).decode())
        blob.create_container("planted").upload_blob("note", b"..." + base64.b64encode(b"??" + planted.encode()))
        file.write_bytes(b"\0" + planted.encode("utf-16-le"))
        try:
            watch = Watch(service, {planted})
            watch.look()
        finally:
            queue.delete_queue("planted")
            blob.delete_container("planted")
            file.unlink()
    assert {place for place, _ in watch.found} >= {"planted", "planted/note", str(file)}


@pytest.mark.parametrize(
    "moment",
    [
        "accepted",
        "running",
        "finished",
    ],
)
def test_nothing_is_left_after_a_delete(service: Service, long_pdf: bytes, moment: str) -> None:
    accepted = service.send("POST", ANALYZE + "&output=pdf", long_pdf)
    job = accepted.location.partition("?")[0].rpartition("/")[2]
    assert traces(service, job)
    if moment == "running":
        until(lambda: any(name.startswith(f"{Container.PARTS}/") for name in traces(service, job)))
    elif moment == "finished":
        service.finished(accepted.location)
    assert service.send("DELETE", accepted.location).status == 204
    assert service.send("GET", accepted.location).status == 404
    assert service.send("DELETE", accepted.location).status == 404
    if moment == "finished":
        assert not {name for name in traces(service, job) if name.partition("/")[0] in WITHOUT_KEYS}
    # Until its next heartbeat an attempt does not know that it has lost its job, and may still save a part.
    until(lambda: job in service.log.read_text())
    until(lambda: not traces(service, job))
    assert traces(service, job) == set()


def traces(service: Service, job: str) -> set[str]:
    """Blobs and messages that have the id of a job in their name or content."""
    mine = {name for name, content in blobs(service) if job in name or job.encode() in content}
    return mine | {queue for queue, content in messages(service) if job.encode() in content}


def until(holds: Callable[[], object]) -> None:
    """Look again and again until it holds."""
    deadline = time.monotonic() + SECONDS
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
