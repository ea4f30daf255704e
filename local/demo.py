"""The demonstration: samples through the official client, the same key only, and nothing left behind."""

from __future__ import annotations

import asyncio
import tempfile
import time
from contextlib import ExitStack
from http import HTTPStatus
from pathlib import Path

from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.ai.documentintelligence.models import (
    AnalyzeResult,
    DocumentAnalysisFeature,
    DocumentContentFormat,
    DocumentPage,
)
from azure.core.rest import HttpRequest
from azure.storage.blob import BlobServiceClient
from rich.console import Console
from rich.table import Table
from rich.text import Text

from contract.ids import API_VERSION
from contract.page import LengthUnit
from local import analysis, child, keys
from local.analysis import waiting
from local.data_folder import DataFolder
from service.store.contract import Container

_SAMPLES = Path(__file__).parents[1] / "samples"
_MODEL = "prebuilt-layout"
_SHOWN_WORDS = 5
_SHOWN_CHARACTERS = 700
_STAYS = {
    Container.KEYS.value: "API keys",
    Container.INTENTS.value: "erasures that the next sweep writes into the ledger",
    Container.RECEIPTS.value: "signed receipts of erasure, without content",
    Container.LEDGER.value: "the ledger of receipts",
}


class DemoFailed(RuntimeError):
    """The service broke a promise, or there is nothing to show; the message says which."""


def run() -> None:
    """Start everything in a temporary folder, show it, and stop everything. Raises DemoFailed."""
    console = Console()
    samples = sorted(_SAMPLES.glob("*.pdf"))
    if not samples:
        raise DemoFailed(f"there are no documents in {_SAMPLES}")
    with ExitStack() as started:
        folder = DataFolder(Path(started.enter_context(tempfile.TemporaryDirectory(prefix="ephemera-"))))
        with waiting("Starting storage and service"):
            endpoint = started.enter_context(child.running(folder))
        with folder.storage() as connection:
            other_key = asyncio.run(keys.create(folder, connection, "another tenant"))
            owner = started.enter_context(analysis.client(endpoint))
            stranger = started.enter_context(analysis.client(endpoint, other_key))
            for sample in samples:
                result_id = _show(console, owner, sample)
                _show_privacy(console, owner, stranger, result_id)
            _show_storage(console, connection)
    console.print("Everything that was started is stopped, and its folder is gone.")


def _show(console: Console, owner: DocumentIntelligenceClient, sample: Path) -> str:
    """Analyze one sample and show what came out; returns the id of the result."""
    console.rule(f"[bold]{sample.name}")
    began = time.perf_counter()
    with sample.open("rb") as document, waiting(f"Analyzing {sample.name}"):
        poller = owner.begin_analyze_document(
            _MODEL,
            document,
            features=[DocumentAnalysisFeature.KEY_VALUE_PAIRS],
            output_content_format=DocumentContentFormat.MARKDOWN,
        )
        accepted = time.perf_counter()
        result: AnalyzeResult = poller.result()
        done = time.perf_counter()
    console.print(_shortened(result.content), markup=False, highlight=False)
    console.print(_words(result.pages[0]))
    console.print(f"{_counts(result)}; accepted after {accepted - began:.2f} s, in hand after {done - began:.2f} s")
    return str(poller.details["operation_id"])


def _counts(result: AnalyzeResult) -> str:
    counts = {
        "page(s)": len(result.pages),
        "words": sum(len(page.words or []) for page in result.pages),
        "table(s)": len(result.tables or []),
        "figure(s)": len(result.figures or []),
        "key-value pair(s)": len(result.key_value_pairs or []),
    }
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]} ..."


def _words(page: DocumentPage) -> Table:
    """The first words of a page with confidence and polygon, in the unit of the page."""
    words = page.words or []
    table = Table(title=f"Words of page {page.page_number}, the first {_SHOWN_WORDS} of {len(words)}")
    table.add_column("word")
    table.add_column("confidence", justify="right")
    table.add_column(f"polygon (x, y in {LengthUnit(page.unit or 'inch').value}, clockwise from top left)")
    for word in words[:_SHOWN_WORDS]:
        corners = word.polygon or []
        points = ", ".join(f"({x:.2f}, {y:.2f})" for x, y in zip(corners[::2], corners[1::2], strict=True))
        table.add_row(Text(word.content), f"{word.confidence:.2f}", points)
    return table


def _show_privacy(
    console: Console, owner: DocumentIntelligenceClient, stranger: DocumentIntelligenceClient, result_id: str
) -> None:
    """Another key gets nothing, its own key the result, and after the delete nobody anything."""
    steps = (
        ("another key asks for the result", stranger, "GET", HTTPStatus.NOT_FOUND),
        ("its own key asks for it", owner, "GET", HTTPStatus.OK),
        ("its own key deletes it", owner, "DELETE", HTTPStatus.NO_CONTENT),
        ("its own key asks again", owner, "GET", HTTPStatus.NOT_FOUND),
    )
    path = f"documentModels/{_MODEL}/analyzeResults/{result_id}"
    for what, client, verb, expected in steps:
        answer = client.send_request(HttpRequest(verb, path, params={"api-version": API_VERSION}))
        console.print(f"{what}: {answer.status_code} {HTTPStatus(answer.status_code).phrase}")
        if answer.status_code != expected:
            raise DemoFailed(f"{what}: expected {int(expected)}, got {answer.status_code}")


def _show_storage(console: Console, connection: str) -> None:
    """List every container; nothing but the records of API keys and the proof of erasure may be there."""
    console.rule("[bold]what is left in storage")
    left = 0
    with BlobServiceClient.from_connection_string(connection) as storage:
        for container in storage.list_containers():
            count = sum(1 for _ in storage.get_container_client(container.name).list_blobs())
            stays = _STAYS.get(container.name)
            console.print(f"{container.name}: {count}" + (f" ({stays})" if stays else ""))
            left += 0 if stays else count
    if left:
        raise DemoFailed(f"{left} object(s) are left in storage after the delete")
