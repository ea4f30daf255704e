"""What a forked child costs per document: `python -m bench.cage`. Reading a child's memory needs root."""

from __future__ import annotations

import asyncio
import io
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec
from reportlab.pdfgen.canvas import Canvas

from bench.engine import text_pdf
from contract.limits import MAX_PAGES
from contract.options import AnalyzeOptions
from engine import tasks
from engine.cage import Cage
from engine.task import Analyze, Assemble, Evidence, Read, Reply

_RUNS = 200
_OPTIONS = AnalyzeOptions(model_id="prebuilt-read")
_AIM_MILLISECONDS = 30.0
_AIM_MEGABYTES = 30.0


def _page() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for line in range(50):
        canvas.drawString(72, 760 - 14 * line, f"Line {line}: the quick brown fox jumps over the lazy dog.")
    canvas.save()
    return file.getvalue()


def _dense_pages() -> bytes:
    """What was read of as many pages as a document may have, each of 3,000 characters."""
    reply = msgspec.msgpack.decode(
        tasks.run(msgspec.msgpack.encode(Read(_OPTIONS, (1,))), memoryview(text_pdf(1))), type=Reply
    )
    assert isinstance(reply, Evidence)
    return reply.pages * MAX_PAGES


async def _milliseconds(work: Callable[[], Awaitable[object]]) -> list[float]:
    times = []
    for _ in range(_RUNS):
        start = time.perf_counter()
        await work()
        times.append((time.perf_counter() - start) * 1000)
    return times


def _print_times(what: str, times: list[float]) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"{what:<42} p50 {statistics.median(times):6.1f} ms   p95 {p95:6.1f} ms")


def _memory(process: int) -> tuple[float, float]:
    """Memory of a process alone, and its share of what it shares (USS, PSS), in MB."""
    sizes = {}
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()[1:]:
        name, kilobytes, *_ = line.split()
        sizes[name.rstrip(":")] = int(kilobytes) / 1000
    return sizes["Private_Clean"] + sizes["Private_Dirty"], sizes["Pss"]


def _children_of(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    return [int(child) for child in children.split()]


async def _memory_of_child(cage: Cage, task: bytes, document: bytes) -> tuple[float, float]:
    """The largest that a child had while it stayed."""
    run = asyncio.create_task(cage.run(task, document))
    largest = (0.0, 0.0)
    while not run.done():
        await asyncio.sleep(0.01)
        try:
            largest = max([largest, *(_memory(child) for child in _children_of(cage.pid or 0))])
        except (OSError, ValueError):
            # The child is not there yet, or not any more.
            continue
    return largest


async def main() -> None:
    """Print times and memory, and whether the aims are met."""
    page = _page()
    task = msgspec.msgpack.encode(Analyze(_OPTIONS, 25))
    cage = Cage("bench.forking")
    start = time.perf_counter()
    await cage.start()
    print(f"{'start of a zygote':<42}     {(time.perf_counter() - start) * 1000:6.1f} ms")
    print(f"protection: {cage.protection}")
    try:
        forks = await _milliseconds(lambda: cage.run(b"nothing", page))
        _print_times("a child that does nothing", forks)
        caged = await _milliseconds(lambda: cage.run(task, page))
        _print_times("a page of 50 lines in a child", caged)
        direct = await _milliseconds(lambda: asyncio.sleep(0, tasks.run(task, memoryview(page))))
        _print_times("the same page in this process", direct)
        cost = statistics.median(caged) - statistics.median(direct)
        print(f"cost of the cage per document: {cost:.1f} ms (aim: below {_AIM_MILLISECONDS:.0f})")
        if cage.pid is not None:
            print("memory, MB (alone / its share): zygote {:.1f} / {:.1f}".format(*_memory(cage.pid)))
        idle = await _memory_of_child(cage, b"stay", page)
        print(f"  a child that does nothing {idle[0]:.1f} / {idle[1]:.1f} (aim: below {_AIM_MEGABYTES:.0f} / -)")
        print(
            "  a child that read the page {:.1f} / {:.1f}".format(*await _memory_of_child(cage, b"stay" + task, page))
        )
        together = msgspec.msgpack.encode(Assemble(_OPTIONS))
        evidence = _dense_pages()
        alone, _ = await _memory_of_child(cage, b"stay" + together, evidence)
        # The document of a task is not counted among the memory that a child may take.
        print(
            f"  a child that put {MAX_PAGES:,} pages together {alone - len(evidence) / 1e6:.1f}, beside their evidence"
        )
    finally:
        await cage.close()


if __name__ == "__main__":
    asyncio.run(main())
