"""One document through the official SDK, as any client would send it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path

from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.ai.documentintelligence.models import AnalyzeResult, DocumentContentFormat
from azure.core.credentials import AzureKeyCredential
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from local.endpoint import Endpoint


class Output(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def client(endpoint: Endpoint, key: str | None = None) -> DocumentIntelligenceClient:
    """The official client for a local service, with its first key unless another one is given."""
    return DocumentIntelligenceClient(endpoint.endpoint, AzureKeyCredential(key or endpoint.key))


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show on the error output, when that is a terminal, what is waited for and for how long."""
    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        progress.add_task(what, total=None)
        yield


def analyze(endpoint: Endpoint, file: Path, model: str, output: Output) -> str:
    """Analyze a file and return what to print; raises azure.core's HttpResponseError."""
    wanted = DocumentContentFormat.MARKDOWN if output is Output.MARKDOWN else DocumentContentFormat.TEXT
    with client(endpoint) as service, waiting(f"Analyzing {file.name}"), file.open("rb") as document:
        poller = service.begin_analyze_document(model, document, output_content_format=wanted)
        result: AnalyzeResult = poller.result()
    if output is Output.JSON:
        return json.dumps(result.as_dict(), ensure_ascii=False, indent=2)
    return result.content
