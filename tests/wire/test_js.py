"""The official JavaScript client, with nothing changed but endpoint and key."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.wire.conftest import CANARY, ROOT, Service

pytestmark = pytest.mark.azurite
CLIENT = ROOT / "node_modules" / "@azure-rest" / "ai-document-intelligence"
SCRIPT = Path(__file__).parent / "js" / "read.mjs"
SECONDS = 60


def test_read_and_delete(service: Service, canary_pdf: bytes, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None or not CLIENT.is_dir():
        pytest.skip("the official JavaScript client is not there; `make setup` fetches it")
    document = tmp_path / "document.pdf"
    document.write_bytes(canary_pdf)
    ended = subprocess.run(  # noqa: S603 - a script of this project
        [node, str(SCRIPT), service.endpoint, str(document)],
        env={**os.environ, "API_KEY": service.key},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout)
    assert CANARY in seen["content"]
    assert seen["words"] == CANARY.split()
    assert (seen["deleted"], seen["gone"]) == ("204", ["404", "NotFound"])
