"""Tools that people build on Document Intelligence with, unchanged, told only another endpoint and key."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.wire.conftest import CANARY, ROOT, Service

pytestmark = [pytest.mark.azurite, pytest.mark.slow]
TOOLS = ROOT / ".clients" / "bin" / "python"
INVOICE = ROOT / "samples" / "invoice.pdf"
ARTICLE = ROOT / "samples" / "article.pdf"
SECONDS = 120


def told(service: Service, client: str, source: str | Path) -> str:
    """What a client printed of a document; the tools live beside the project, in an environment of their own."""
    if not TOOLS.is_file():
        pytest.skip("the tools are not there; `make test-clients` fetches them")
    ended = subprocess.run(  # noqa: S603 - a script of this project
        [TOOLS, Path(__file__).parent / "clients" / f"with_{client}.py", service.endpoint, str(source)],
        # litellm would fetch its price list, haystack and langchain would report their use.
        env={
            "PATH": os.environ["PATH"],
            "API_KEY": service.key,
            "LITELLM_LOCAL_MODEL_COST_MAP": "true",
            "HAYSTACK_TELEMETRY_ENABLED": "false",
        },
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_langchain_community(service: Service) -> None:
    pieces = json.loads(told(service, "langchain_community", ARTICLE))
    [markdown] = pieces["markdown"]
    [single] = pieces["single"]
    assert markdown["content"].startswith("# Thirty-one Years of Water\n")
    assert single["content"].startswith("Thirty-one Years of Water\n")
    assert markdown["about"]["contentFormat"] == "markdown"
    assert [piece["about"] for piece in pieces["page"]] == [{"page": 1}, {"page": 2}]
    assert pieces["page"][0]["content"].startswith("Thirty-one Years of Water 1. The book Twice a day")


def test_langchain_azure_ai(service: Service) -> None:
    said = told(service, "langchain_azure_ai", f"{service.sources}/document.pdf")
    assert said == f"Content: {CANARY}\n"


def test_markitdown(service: Service) -> None:
    markdown = told(service, "markitdown", INVOICE)
    assert markdown.startswith("# INVOICE\n")
    assert "<th>Unit price</th>" in markdown


def test_haystack(service: Service) -> None:
    made = json.loads(told(service, "haystack", INVOICE))
    assert made["content"].startswith("# INVOICE\n")
    assert made["about"] == {"file_path": "invoice.pdf", "model_id": "prebuilt-layout", "page_count": 1}
    assert made["answer"]["tables"][0]["columnCount"] == 4


def test_litellm(service: Service) -> None:
    assert json.loads(told(service, "litellm", f"{service.sources}/document.pdf")) == [CANARY]
