"""The HTTP server of kreuzberg, another text extractor, where somebody has installed it in a place of its own.

    python3 -m venv /tmp/kreuzberg && /tmp/kreuzberg/bin/pip install "kreuzberg[api]<4" "html-to-markdown==2.5.6"

Version 3 is the last whose server comes with the Python package.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

_APP = "kreuzberg._api.main:app"
_START_SECONDS = 60.0
_POLL_SECONDS = 0.2
_BOUNDARY = "boundary-of-the-bench"


def documents_per_second(folder: Path, document: bytes, count: int, clients: int, workers: int) -> float:
    """Of all clients together; `folder` is the virtual environment that the server is installed in."""
    # The server remembers what it has read, so each document is another one.
    documents = [document + b"%% %d\n" % number for number in range(count)]
    with _running(folder, workers) as port, ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda _: _extract(port, document), range(clients)))
        began = time.perf_counter()
        list(pool.map(lambda one: _extract(port, one), documents))
        return count / (time.perf_counter() - began)


@contextmanager
def _running(folder: Path, workers: int) -> Iterator[int]:
    """Run the server out of a virtual environment for the time of a `with` block; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="kreuzberg-") as place:
        command = [str(folder / "bin" / "uvicorn"), _APP, "--port", str(port), "--workers", str(workers)]
        child = subprocess.Popen(  # noqa: S603 - the person who runs the bench names the folder
            [*command, "--log-level", "error"],
            cwd=place,
            env={**os.environ, "KREUZBERG_ENABLE_OPENTELEMETRY": "false"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            _wait(port)
            yield port
        finally:
            child.terminate()
            child.wait()


def _extract(port: int, document: bytes) -> bytes:
    """The server's answer for one PDF."""
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="data"; filename="a.pdf"\r\n'
    body = (head + "Content-Type: application/pdf\r\n\r\n").encode() + document + f"\r\n--{_BOUNDARY}--\r\n".encode()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/extract", body, {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    if answer.status >= http.client.BAD_REQUEST:
        raise RuntimeError(f"kreuzberg answered {answer.status}")
    return content


def _wait(port: int) -> None:
    """Until a worker answers; the socket takes connections before."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_START_SECONDS)
        try:
            connection.request("GET", "/health")
            if connection.getresponse().status == http.client.OK:
                return
        except ConnectionRefusedError:
            time.sleep(_POLL_SECONDS)
        finally:
            connection.close()
    raise RuntimeError("kreuzberg's server did not come up")
