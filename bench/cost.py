"""What a page costs: processor seconds, peak memory and dollars for 1,000 pages, by kind of page.

    python -m bench.cost [--rounds 3]

Each kind is read by a process of its own, warmed as the children of the service are. Dollars are those of the Flex
Consumption plan on demand, beside the list price of Azure for reading.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor

import msgspec
from rich.console import Console
from rich.table import Table

from bench.kinds import kinds
from contract.options import AnalyzeOptions
from engine import tasks
from engine.task import Analyze

#: Flex Consumption on demand, East US, May 2025: https://modal.com/blog/azure-function-pricing-guide. The price
#: list, https://azure.microsoft.com/pricing/details/functions/, shows figures only to a browser.
DOLLARS_PER_GB_SECOND = 0.000026
DOLLARS_PER_EXECUTION = 0.40 / 1_000_000
#: An instance of 2,048 MB has one core: https://learn.microsoft.com/azure/azure-functions/flex-consumption-plan
GB_PER_CORE = 2.0
#: POST, one GET, the blob trigger, and a share of the timers.
EXECUTIONS_PER_DOCUMENT = 4
#: Read, up to a million pages a month: https://azure.microsoft.com/pricing/details/ai-document-intelligence/
AZURE_DOLLARS_PER_1000_PAGES = 1.50


def measured(document: bytes, rounds: int) -> tuple[float, float]:
    """Processor seconds of reading a document of one page, and the peak memory of the process in MiB."""
    tasks.warm()
    task = msgspec.msgpack.encode(Analyze(AnalyzeOptions(model_id="prebuilt-read"), most_pages=1))
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        tasks.run(task, memoryview(document))
        best = min(best, time.process_time() - started)
    return best, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def dollars_per_1000_pages(seconds: float) -> float:
    """Of documents of one page, which are the dearest."""
    return 1000 * (seconds * GB_PER_CORE * DOLLARS_PER_GB_SECOND + EXECUTIONS_PER_DOCUMENT * DOLLARS_PER_EXECUTION)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=3)
    rounds = arguments.parse_args().rounds
    table = Table("kind of page", "CPU-s", "peak MiB", "$ for 1,000 pages", "Azure Read")
    for kind, document in kinds().items():
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
            seconds, memory = process.submit(measured, document, rounds).result()
        cost = dollars_per_1000_pages(seconds)
        table.add_row(kind, f"{seconds:.2f}", f"{memory:.0f}", f"{cost:.3f}", f"{AZURE_DOLLARS_PER_1000_PAGES:.2f}")
    Console().print(table)


if __name__ == "__main__":
    main()
