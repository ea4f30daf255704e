"""From POST to the result in hand: one page, the official client, an idle service.

Prints p50 and p95 with the held GET and without it, the stages of the way, the cost of a GET, and the calls
to storage that a job costs.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from azure.ai.documentintelligence import DocumentIntelligenceClient
from azure.core.credentials import AzureKeyCredential
from azure.core.rest import HttpRequest
from rich.console import Console
from rich.progress import track
from rich.table import Table

from contract.ids import API_VERSION
from local import child
from local.data_folder import DataFolder
from local.endpoint import Endpoint

_SAMPLE = Path(__file__).parents[1] / "samples" / "letter.pdf"
_MODEL = "prebuilt-read"
_WARM_UP = 5
_RUNS = 60
_STAGES = ("waited_seconds", "opened_seconds", "engine_seconds", "sealed_seconds")

_CALLS = (
    ("POST", "read the key", "a revoked key is refused at once"),
    ("POST", "create the record", "the keys of everything else are in it"),
    ("POST", "create the upload", "the document, and what fires the trigger"),
    ("worker", "read the record", "whether the job may be claimed"),
    ("worker", "replace the record", "the claim: nobody else works on it"),
    ("worker", "read the upload", "the document"),
    ("worker", "create the result", "under the name of this attempt"),
    ("worker", "replace the record", "the commit: a reader sees none or all of it"),
    ("worker", "create the intent", "from here on the answer can be read; an erasure cut off is finished later"),
    ("worker", "delete the upload", "the input is not needed any more"),
    ("worker", "read the upload", "that it is absent is seen, not believed"),
    ("worker", "create the receipt", "every erasure can be proved"),
    ("GET", "read the key", "a revoked key is refused at once"),
    ("GET", "read the record", "again each second while the GET is held, unless the worker is in this process"),
    ("GET", "read the receipt", "what was erased stays so, even if somebody put it back; with the record"),
    ("GET", "read the result", "the result"),
)


@contextmanager
def service(hold_seconds: int) -> Iterator[tuple[Endpoint, Path]]:
    """A service of its own and its log."""
    with tempfile.TemporaryDirectory(prefix="ephemera-bench-") as folder:
        data = DataFolder(Path(folder))
        with child.running(data, {"HOLD_SECONDS": str(hold_seconds)}) as endpoint:
            yield endpoint, Path(folder) / "service.log"


def measure(endpoint: Endpoint, title: str) -> tuple[list[float], list[float], list[float]]:
    """Seconds of the whole way, of the POST, and of a GET of the finished result; sorted."""
    document = _SAMPLE.read_bytes()
    whole, post, get = [], [], []
    with DocumentIntelligenceClient(endpoint.endpoint, AzureKeyCredential(endpoint.key)) as client:
        for run in track(range(_WARM_UP + _RUNS), title):
            began = time.perf_counter()
            poller = client.begin_analyze_document(_MODEL, document)
            accepted = time.perf_counter()
            poller.result()
            done = time.perf_counter()
            path = f"documentModels/{_MODEL}/analyzeResults/{poller.details['operation_id']}"
            client.send_request(HttpRequest("GET", path, params={"api-version": API_VERSION})).raise_for_status()
            if run >= _WARM_UP:
                whole.append(done - began)
                post.append(accepted - began)
                get.append(time.perf_counter() - done)
    return sorted(whole), sorted(post), sorted(get)


def stages(log: Path) -> dict[str, float]:
    """Median seconds of each stage that the worker tells in its log."""
    lines = [json.loads(line[line.index("{") :]) for line in log.read_text().splitlines() if '"succeeded"' in line]
    return {stage: statistics.median(line[stage] for line in lines[_WARM_UP:]) for stage in _STAGES}


def at(values: list[float], share: float) -> float:
    """The value below which `share` of the sorted values lie."""
    return values[min(len(values) - 1, round(share * (len(values) - 1)))]


def main() -> None:
    """Print the tables."""
    console = Console()
    with service(5) as (endpoint, log):
        whole, post, get = measure(endpoint, "held GET")
        stage = stages(log)
    with service(0) as (endpoint, _):
        unheld, _, _ = measure(endpoint, "GET answers at once")
    table = Table("one page, POST to result in hand", "p50 s", "p95 s", "beside held GET")
    for name, values in (("held GET", whole), ("GET answers at once", unheld), ("a GET of a finished result", get)):
        ratio = at(values, 0.5) / at(whole, 0.5)
        table.add_row(name, f"{at(values, 0.5):.3f}", f"{at(values, 0.95):.3f}", f"{ratio:.2f}x")
    console.print(table)
    rest = at(whole, 0.5) - at(post, 0.5) - sum(stage.values())
    split = Table("stage (medians)", "s")
    split.add_row("accept: the POST as the client sees it", f"{at(post, 0.5):.3f}")
    for name, seconds in zip(
        ("trigger, from acceptance on", "open", "engine", "seal and commit"), stage.values(), strict=True
    ):
        split.add_row(name, f"{seconds:.3f}")
    split.add_row("poll: the rest (the POST and the trigger overlap)", f"{rest:.3f}")
    console.print(split)
    calls = Table("who", "call to storage", "why", title=f"{len(_CALLS)} calls a job")
    for call in _CALLS:
        calls.add_row(*call)
    console.print(calls)


if __name__ == "__main__":
    main()
