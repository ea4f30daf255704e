"""Documents per second with eight clients through the whole service, beside the engine alone.

Ten-page documents; the engine alone reads the same documents in as many children at a time, without HTTP,
storage or sealing. The two take turns, because a machine that others use changes from one minute to the next,
and the median of the rounds' ratios counts. The processor time of a document, over all processes that have a
part in it, says the same of a machine that has nothing else to do. The clients speak plain HTTP and take
their share of the same cores; the official client is shown apart, because making its objects out of a result
costs it more than the service needs for all.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.core.credentials import AzureKeyCredential
from rich.console import Console
from rich.table import Table

from bench import kreuzberg, processes
from bench.engine import text_pdf
from contract.ids import API_VERSION
from contract.options import AnalyzeOptions
from engine.analyzer import Analyzer
from engine.cage import Cage
from local import child
from local.data_folder import DataFolder
from local.endpoint import Endpoint

_CLIENTS = 8
_DOCUMENTS = 80
_ROUNDS = 3
_SDK_DOCUMENTS = 8
_PAGES = 10
_MODEL = "prebuilt-read"


@dataclass(frozen=True)
class Pace:
    """Of all clients or children together; `processor_seconds` are those of a document."""

    per_second: float
    processor_seconds: float


async def paced(work: Awaitable[object], processors: Iterable[int]) -> Pace:
    """The pace of work over all documents that this process and `processors` do."""
    pids = [os.getpid(), *processors]
    before = sum(map(processes.processor_seconds, pids))
    began = time.perf_counter()
    await work
    seconds = time.perf_counter() - began
    spent = sum(map(processes.processor_seconds, pids)) - before
    return Pace(_DOCUMENTS / seconds, spent / _DOCUMENTS)


async def engine_alone(document: bytes, parallel: int) -> Pace:
    """The engine in its children, nothing else."""
    cage = Cage()
    await cage.start()
    analyzer = Analyzer(cage, parallel=parallel)
    options = AnalyzeOptions(model_id=_MODEL)
    work = asyncio.gather(*(analyzer.analyze(document, options, None) for _ in range(_DOCUMENTS)))
    pace = await paced(work, [cage.pid] if cage.pid else [])
    await cage.close()
    return pace


async def through_the_service(endpoint: Endpoint, document: bytes) -> Pace:
    """All clients together, from the first POST to the last result in hand."""
    headers = {"Ocp-Apim-Subscription-Key": endpoint.key}
    url = f"{endpoint.endpoint}/documentintelligence/documentModels/{_MODEL}:analyze?api-version={API_VERSION}"

    async def client(session: aiohttp.ClientSession, count: int) -> None:
        for _ in range(count):
            async with session.post(url, data=document) as accepted:
                location = accepted.headers["Operation-Location"]
            status = b""
            while b'"succeeded"' not in status:
                async with session.get(location) as answer:
                    status = (await answer.read())[:40]

    async with aiohttp.ClientSession(headers=headers) as session:
        await asyncio.gather(*(client(session, 1) for _ in range(_CLIENTS)))
        work = asyncio.gather(*(client(session, _DOCUMENTS // _CLIENTS) for _ in range(_CLIENTS)))
        return await paced(work, processes.family(endpoint.pid).values())


def one_official_client(endpoint: Endpoint, document: bytes) -> float:
    """Documents per second of one official client that sends one document after the other."""
    with DocumentIntelligenceClient(endpoint.endpoint, AzureKeyCredential(endpoint.key)) as client:
        began = time.perf_counter()
        for _ in range(_SDK_DOCUMENTS):
            client.begin_analyze_document(_MODEL, document).result()
        return _SDK_DOCUMENTS / (time.perf_counter() - began)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--kreuzberg", type=Path, help="virtual environment with kreuzberg[api] below version 4")
    installed = parser.parse_args().kreuzberg
    document = text_pdf(_PAGES)
    parallel = os.cpu_count() or 1
    with (
        tempfile.TemporaryDirectory(prefix="ephemera-bench-") as folder,
        child.running(DataFolder(Path(folder)), {"PARALLEL_CHILDREN": str(parallel)}) as endpoint,
    ):
        rounds = []
        for _ in range(_ROUNDS):
            alone = asyncio.run(engine_alone(document, parallel))
            rounds.append((alone, asyncio.run(through_the_service(endpoint, document))))
        official = one_official_client(endpoint, document)
    alone, whole = (statistics.median(pace.per_second for pace in paces) for paces in zip(*rounds, strict=True))
    work, whole_work = (
        statistics.median(pace.processor_seconds for pace in paces) for paces in zip(*rounds, strict=True)
    )
    ratios = sorted(through.per_second / bare.per_second for bare, through in rounds)
    table = Table(
        f"{_PAGES}-page documents, {_CLIENTS} clients, {parallel} cores",
        "documents/s",
        "beside the engine alone",
        "processor ms a document",
    )
    table.add_row("the engine alone", f"{alone:.1f}", "1.00x", f"{work * 1000:.0f}")
    table.add_row(
        "through the service, Azurite and clients on the same cores",
        f"{whole:.1f}",
        f"{statistics.median(ratios):.2f}x ({ratios[0]:.2f}x to {ratios[-1]:.2f}x)",
        f"{whole_work * 1000:.0f} ({work / whole_work:.2f}x)",
    )
    table.add_row("one official client, one document after the other", f"{official:.1f}", f"{official / alone:.2f}x")
    if installed:
        other = kreuzberg.documents_per_second(installed, document, _DOCUMENTS, _CLIENTS, parallel)
        table.add_row("kreuzberg's server, text alone", f"{other:.1f}", f"{other / alone:.2f}x")
    Console().print(table)
    if not installed:
        Console().print("kreuzberg's server is left out: --kreuzberg names where it is installed")


if __name__ == "__main__":
    main()
