"""The whole service in its own processes, as `make up` starts it, and documents to send to it."""

from __future__ import annotations

import http.client
import http.server
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.core.credentials import AzureKeyCredential

from contract.ids import API_VERSION
from local import child
from local.data_folder import DataFolder

ROOT = Path(__file__).parents[2]
CANARY = "Quokkas quietly query quartz"
BASE = "/documentintelligence"
ANALYZE = f"{BASE}/documentModels/prebuilt-read:analyze?api-version={API_VERSION}"
MAX_BODY_MB = 20


class Reply:
    """An answer of the service, read to its end."""

    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status = answer.status
        self.headers = answer.headers
        self.body = answer.read()

    @property
    def json(self) -> dict[str, Any]:
        """The body as an object."""
        body: dict[str, Any] = json.loads(self.body)
        return body

    @property
    def error(self) -> dict[str, Any]:
        """The error object."""
        error: dict[str, Any] = self.json["error"]
        return error

    @property
    def codes(self) -> tuple[str, str | None]:
        """Code and inner code of the error."""
        return self.error["code"], self.error.get("innererror", {}).get("code")

    @property
    def location(self) -> str:
        """Path and query of Operation-Location."""
        parts = urlsplit(self.headers["Operation-Location"])
        return f"{parts.path}?{parts.query}"


@dataclass(frozen=True)
class Service:
    """A running service and what belongs to it. `sources` is the origin of a web server with documents."""

    endpoint: str
    key: str
    data_dir: Path
    temporary: Path
    sources: str

    @property
    def log(self) -> Path:
        """Everything that the service said."""
        return self.data_dir / "service.log"

    @property
    def storage(self) -> str:
        """The connection string of its Azurite."""
        return str(json.loads((self.data_dir / "azurite.json").read_text())["connection"])

    def client(self, key: str | None = None) -> DocumentIntelligenceClient:
        """An official client with a key, the service's first one unless another is given."""
        return DocumentIntelligenceClient(self.endpoint, AzureKeyCredential(key or self.key), retry_total=0)

    def send(self, verb: str, path: str, body: bytes | str | None = None, **headers: str) -> Reply:
        """One plain request; underscores in header names stand for hyphens."""
        connection = http.client.HTTPConnection(urlsplit(self.endpoint).netloc, timeout=60)
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        try:
            connection.request(verb, path, body, {"Ocp-Apim-Subscription-Key": self.key, **named})
            return Reply(connection.getresponse())
        finally:
            connection.close()

    def finished(self, location: str) -> Reply:
        """The operation at `location` once it has ended; each GET is held open by the service meanwhile."""
        while True:
            reply = self.send("GET", location)
            assert reply.status == 200, reply.body
            if reply.json["status"] in ("succeeded", "failed"):
                return reply

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line on the store of this service."""
        return subprocess.run(  # noqa: S603 - no part of the command comes from outside
            [sys.executable, "-m", "local", *arguments],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(self.data_dir)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


@pytest.fixture(scope="session")
def sources(canary_pdf: bytes) -> Iterator[str]:
    """The origin of a web server: a document, one that does not come, and a redirect to where none may lead."""
    ended = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/document.pdf"):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(canary_pdf)
            elif self.path.startswith("/elsewhere"):
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
            elif self.path.startswith("/slow.pdf"):
                ended.wait()
            else:
                self.send_error(404)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    ended.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, sources: str) -> Iterator[Service]:
    """A service of its own, with an empty store and a temporary folder that nothing else writes to."""
    folder = DataFolder(tmp_path_factory.mktemp("data"))
    temporary = tmp_path_factory.mktemp("temporary")
    settings = {
        "ALLOWED_SOURCE_ORIGINS": sources,
        "MAX_BODY_MB": str(MAX_BODY_MB),
        "SOURCE_TIMEOUT_SECONDS": "1",
        "LEASE_SECONDS": "6",
        "RANGE_PAGES": "5",
        "TMPDIR": str(temporary),
    }
    with child.running(folder, settings) as found:
        yield Service(found.endpoint, found.key, folder.path, temporary, sources)


@pytest.fixture(scope="session")
def canary_pdf() -> bytes:
    """One page with the canary's sentence."""
    return one_page_pdf(CANARY)


def one_page_pdf(text: str) -> bytes:
    """A PDF written by hand, so that every byte of it is known."""
    stream = f"BT /F1 18 Tf 72 700 Td ({text}) Tj ET".encode("ascii")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length " + str(len(stream)).encode() + b">>stream\n" + stream + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj".encode() + content + b"endobj\n"
    table = b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    start = f"startxref\n{len(body)}\n%%EOF".encode()
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>\n" + start
