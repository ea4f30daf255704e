"""The whole service in its own processes, as `make up` starts it, and documents to send to it."""

from __future__ import annotations

import http.server
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.core.credentials import AzureKeyCredential

ROOT = Path(__file__).parents[2]
CANARY = "Quokkas quietly query quartz"
START_SECONDS = 60


@dataclass(frozen=True)
class Service:
    """A running service and what belongs to it."""

    endpoint: str
    key: str
    data_dir: Path
    log: Path
    sources: str

    def client(self, key: str | None = None) -> DocumentIntelligenceClient:
        """An official client with a key, the service's first one unless another is given."""
        return DocumentIntelligenceClient(self.endpoint, AzureKeyCredential(key or self.key), retry_total=0)

    def new_key(self, tenant: str) -> str:
        """A key made by the command line while the service runs."""
        made = self.cli("keys", "create", "--tenant", tenant, "--quiet")
        assert made.returncode == 0, made.stderr
        return made.stdout.strip()

    def cli(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command line on the store of this service."""
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "local", *arguments],
            cwd=ROOT,
            env={**os.environ, "DATA_DIR": str(self.data_dir)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def sources(canary_pdf: bytes) -> Iterator[str]:
    """The origin of a web server that has a document, and a redirect to where no source may lead."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/document.pdf"):
                self.send_response(200)
                self.end_headers()
                self.wfile.write(canary_pdf)
            elif self.path == "/elsewhere":
                self.send_response(302)
                self.send_header("Location", "http://127.0.0.1:9/")
                self.end_headers()
            else:
                self.send_error(404)

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory, sources: str) -> Iterator[Service]:
    """A service of its own, with an empty store."""
    data_dir = tmp_path_factory.mktemp("data")
    log = tmp_path_factory.mktemp("log") / "service.log"
    environment = {
        **os.environ,
        "PORT": str(free_port()),
        "DATA_DIR": str(data_dir),
        "ALLOWED_SOURCE_ORIGINS": sources,
        "MAX_BODY_MB": "20",
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "local", "up"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        ready = wait_until_ready(data_dir / "endpoint.json", process, log)
        yield Service(ready["endpoint"], ready["key"], data_dir, log, sources)
    finally:
        process.terminate()
        process.wait(timeout=30)


def wait_until_ready(path: Path, process: subprocess.Popen[bytes], log: Path) -> dict[str, str]:
    until = time.monotonic() + START_SECONDS
    while not path.exists():
        assert process.poll() is None, log.read_text()
        assert time.monotonic() < until, log.read_text()
        time.sleep(0.05)
    found: dict[str, str] = json.loads(path.read_text())
    return found


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
    return body + b"xref\n0 6\n0000000000 65535 f \n" + table + b"trailer<</Size 6/Root 1 0 R>>" + start
