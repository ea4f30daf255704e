"""A whole run opens no socket but to the storage it is configured for and the source that a caller names."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.ai.documentintelligence.models import AnalyzeDocumentRequest
from azure.core.credentials import AzureKeyCredential

from local import child
from local.data_folder import DataFolder

pytestmark = pytest.mark.azurite
AUDIT = Path(__file__).parent / "audit"
SAMPLE = Path(__file__).parents[2] / "samples" / "letter.pdf"


@pytest.fixture
def source() -> Iterator[str]:
    """The origin of a web server that has the sample."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(SAMPLE.read_bytes())

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_nothing_else_is_contacted(tmp_path: Path, source: str) -> None:
    log = tmp_path / "sockets.jsonl"
    folder = DataFolder(tmp_path / "data")
    settings = {"PYTHONPATH": str(AUDIT), "SOCKET_LOG": str(log), "ALLOWED_SOURCE_ORIGINS": source}
    with child.running(folder, settings) as endpoint:
        client = DocumentIntelligenceClient(endpoint.endpoint, AzureKeyCredential(endpoint.key))
        with client:
            client.begin_analyze_document("prebuilt-read", SAMPLE.read_bytes()).result()
            request = AnalyzeDocumentRequest(url_source=f"{source}/letter.pdf")
            poller = client.begin_analyze_document("prebuilt-read", request)
            poller.result()
            client.delete_analyze_result("prebuilt-read", poller.details["operation_id"])
        with folder.storage() as connection:
            storage = storage_ports(connection)
    contacted = [address for event, address in read(log) if event in ("socket.connect", "socket.sendto")]
    allowed = storage | {("127.0.0.1", urlsplit(source).port)}
    reached = {(address[0], address[1]) for address in contacted if isinstance(address, list)}
    assert urlsplit(source).port in {port for _, port in reached}
    assert storage & reached
    assert reached <= allowed
    looked_up = {address[0] for event, address in read(log) if event.startswith("socket.getaddrinfo")}
    assert looked_up <= {"127.0.0.1", "localhost"}


def storage_ports(connection: str) -> set[tuple[str, int]]:
    """Addresses of blobs and queues in a connection string."""
    parts = [part.partition("=")[2] for part in connection.split(";") if "Endpoint=" in part]
    return {(str(urlsplit(url).hostname), int(urlsplit(url).port or 0)) for url in parts}


def read(log: Path) -> list[tuple[str, list[object] | str]]:
    return [(event, address) for event, address in map(json.loads, log.read_text().splitlines())]
