"""Thousands of documents of mixed kinds, and what stays of them: memory, descriptors, processes, files, blobs.

    python -m bench.soak [--documents 5000] [--minutes 12]

Eight clients, half of them the official one and half plain HTTP, send documents that succeed, fail, break a
child, are deleted before they are done, or are never asked for. Prints the slope of each process's memory
over the last half of the documents, and what is left when everything is deleted; writes `bench/soak.png`.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import linear_regression

from azure.storage.blob import BlobServiceClient
from matplotlib.figure import Figure
from rich.console import Console
from rich.progress import Progress, TimeElapsedColumn
from rich.table import Table

from bench import processes
from bench.clients import NOT_FOUND, Client, Official, Plain
from bench.mixture import KINDS, Fate, Kind
from local import child
from local.data_folder import DataFolder
from local.endpoint import Endpoint
from service.store.contract import Container

_CLIENTS = 8
_SAMPLE_SECONDS = 2.0
_WARM_UP = 0.5
"""Share of the documents. Until then each timer has run and each buffer has been as large as it gets."""
_LAST_HEARTBEAT_SECONDS = 30.0
_LOG_TAIL = 3000
# Keys stay until they are revoked, and the proof that something was erased stays when it is gone.
_KEPT = frozenset({Container.KEYS, Container.INTENTS, Container.RECEIPTS, Container.LEDGER})
_PLOT = Path(__file__).with_suffix(".png")


@dataclass
class Sample:
    """What there was after so many documents."""

    documents: int
    holdings: dict[str, processes.Holding]
    files: int
    blobs: Counter[str]


@dataclass
class Soak:
    """A run: what is still to send, what came of it, what was seen meanwhile."""

    endpoint: Endpoint
    temporary: Path
    storage: BlobServiceClient
    documents: int
    until: float
    sent: int = 0
    done: int = 0
    ends: Counter[tuple[str, str]] = field(default_factory=Counter)
    samples: list[Sample] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    async def run(self, advance: Callable[[int], None]) -> None:
        """Send everything, then delete what is left of it."""
        watching = asyncio.create_task(self._watch(advance))
        async with asyncio.TaskGroup() as clients:
            for number in range(_CLIENTS):
                client = Official(self.endpoint) if number % 2 else Plain(self.endpoint)
                clients.create_task(self._client(client))
        watching.cancel()
        await asyncio.gather(watching, return_exceptions=True)
        async with Plain(self.endpoint) as last:
            for result in self.left:
                await last.delete(result)

    async def settled(self) -> Sample:
        """The last sample, when the uploads are gone or a heartbeat has passed."""
        until = time.monotonic() + _LAST_HEARTBEAT_SECONDS
        while True:
            sample = await asyncio.to_thread(self.sample, evidence=True)
            if not sample.blobs[Container.UPLOADS] or time.monotonic() > until:
                return sample
            await asyncio.sleep(_SAMPLE_SECONDS)

    def sample(self, *, evidence: bool = False) -> Sample:
        """What there is now; the evidence, which only grows, is counted when asked for."""
        holdings = {role: processes.holding(pid) for role, pid in processes.family(self.endpoint.pid).items()}
        files = sum(1 for path in self.temporary.rglob("*") if path.is_file())
        blobs = Counter(
            {
                container.name: sum(1 for _ in self.storage.get_container_client(container.name).list_blob_names())
                for container in self.storage.list_containers()
                if evidence or container.name not in _KEPT
            }
        )
        return Sample(self.done, holdings, files, blobs)

    async def _client(self, client: Client) -> None:
        async with client:
            while self.sent < self.documents and time.monotonic() < self.until:
                kind = KINDS[self.sent % len(KINDS)]
                self.sent += 1
                self.ends[kind.name, await self._one(client, kind)] += 1
                self.done += 1

    async def _one(self, client: Client, kind: Kind) -> str:
        """Send one document and tell how it ended."""
        result = await client.send(kind.document)
        if kind.fate is Fate.LEFT:
            self.left.append(result)
            return "left"
        if kind.fate is Fate.DELETED:
            await client.delete(result)
        end = await client.end(result)
        if end != NOT_FOUND:
            await client.delete(result)
        return end

    async def _watch(self, advance: Callable[[int], None]) -> None:
        while True:
            self.samples.append(await asyncio.to_thread(self.sample))
            advance(self.done)
            await asyncio.sleep(_SAMPLE_SECONDS)


def report(console: Console, soak: Soak, first: Sample, last: Sample, survivors: list[int]) -> bool:
    """Print what came of the run; False when something ended as it should not or stayed."""
    ends = Table("kind", "end", "documents")
    for (kind, end), count in sorted(soak.ends.items()):
        ends.add_row(kind, end, str(count))
    console.print(ends)
    warm = [sample for sample in soak.samples if sample.documents >= _WARM_UP * soak.done]
    numbers = [sample.documents / 1000 for sample in warm]
    table = Table("process", "RSS", "per 1,000", "PSS", "per 1,000", "descriptors", "threads", title="MiB")
    for role, holding in last.holdings.items():
        resident = [sample.holdings[role].resident for sample in warm]
        proportional = [sample.holdings[role].proportional for sample in warm]
        before = first.holdings[role]
        table.add_row(
            role,
            f"{resident[0]:.1f} -> {holding.resident:.1f}",
            f"{linear_regression(numbers, resident).slope:+.2f}",
            f"{proportional[0]:.1f} -> {holding.proportional:.1f}",
            f"{linear_regression(numbers, proportional).slope:+.2f}",
            f"{before.descriptors} -> {holding.descriptors}",
            f"{before.threads} -> {holding.threads}",
        )
    console.print(table)
    blobs = {name: count for name, count in last.blobs.items() if count and name not in _KEPT}
    evidence = {name: last.blobs[name] for name in sorted(_KEPT)}
    children = last.holdings["zygote"].children
    console.print(
        f"left: {last.files} temporary files, {children} children, blobs {blobs or 0}, {len(survivors)} processes"
    )
    console.print(f"kept on purpose: {evidence}")
    wrong = {(kind.name, end) for kind in KINDS for name, end in soak.ends if name == kind.name and end != kind.end}
    for name, end in sorted(wrong):
        console.print(f"[red]{name}: {soak.ends[name, end]} ended as {end}[/]")
    return not (wrong or blobs or children or last.files or survivors)


def plot(soak: Soak) -> None:
    """Draw memory, descriptors and threads, files and blobs over the documents."""
    documents = [sample.documents for sample in soak.samples]
    figure = Figure(figsize=(11, 10), layout="constrained")
    memory, handles, things = figure.subplots(3, sharex=True)
    for role in soak.samples[0].holdings:
        seen = [sample.holdings[role] for sample in soak.samples]
        memory.plot(documents, [one.resident for one in seen], label=f"{role} (RSS)")
        handles.plot(documents, [one.descriptors for one in seen], label=f"descriptors of {role}")
        handles.plot(documents, [one.threads for one in seen], "--", label=f"threads of {role}")
    things.plot(documents, [sample.files for sample in soak.samples], label="temporary files")
    things.plot(documents, [sample.holdings["zygote"].children for sample in soak.samples], label="children")
    for container in sorted({name for sample in soak.samples for name in sample.blobs} - _KEPT):
        things.plot(documents, [sample.blobs[container] for sample in soak.samples], label=f"blobs in {container}")
    for axes, unit in ((memory, "MiB"), (handles, "number"), (things, "number")):
        axes.set_ylabel(unit)
        axes.set_ylim(bottom=0)
        axes.legend(fontsize="small", loc="center left", bbox_to_anchor=(1, 0.5))
    things.set_xlabel("documents")
    figure.savefig(_PLOT, dpi=90)


def main() -> None:
    """Run, print, draw; exit code 1 when something ended as it should not or stayed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--minutes", type=float, default=12)
    wanted = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory(prefix="ephemera-soak-") as folder:
        data, temporary = DataFolder(Path(folder) / "data"), Path(folder) / "tmp"
        temporary.mkdir()
        with child.running(data, {"TMPDIR": str(temporary)}) as endpoint:
            address = json.loads((data.path / "azurite.json").read_text())["connection"]
            with BlobServiceClient.from_connection_string(address) as storage:
                until = time.monotonic() + 60 * wanted.minutes
                soak = Soak(endpoint, temporary, storage, wanted.documents, until)
                members = processes.family(endpoint.pid)
                began = time.monotonic()
                with Progress(*Progress.get_default_columns(), TimeElapsedColumn(), console=console) as progress:
                    bar = progress.add_task("documents", total=wanted.documents)
                    try:
                        asyncio.run(soak.run(lambda done: progress.update(bar, completed=done)))
                    except BaseException:
                        console.print((data.path / "service.log").read_text()[-_LOG_TAIL:], markup=False)
                        console.print(f"cut off after {soak.done} documents")
                        plot(soak)
                        raise
                console.print(f"{soak.done} documents in {time.monotonic() - began:.0f} s, {_CLIENTS} clients")
                last = asyncio.run(soak.settled())
        survivors = [pid for pid in members.values() if Path(f"/proc/{pid}").exists()]
    plot(soak)
    if not report(console, soak, soak.samples[0], last, survivors):
        sys.exit(1)


if __name__ == "__main__":
    main()
