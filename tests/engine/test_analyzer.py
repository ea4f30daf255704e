"""The way of a document through the cage: in one go or in ranges, from the start or from checkpoints."""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Callable
from typing import cast

import msgspec
import pytest
from reportlab.pdfgen.canvas import Canvas

from contract.errors import ApiError, Fault
from contract.limits import MAX_PAGES
from contract.options import AnalyzeOptions, ContentFormat, StringIndexType
from contract.page import Page
from contract.result import AnalyzeResult
from engine.analyzer import Analyzer
from engine.cage import Cage, CageLost, SealedInput
from engine.outputs import Analysis
from engine.task import Analyze, Assemble, Evidence, Plan, Read, Reply, Result, Task

OPTIONS = AnalyzeOptions(model_id="prebuilt-read")


def result(content: str) -> bytes:
    empty = AnalyzeResult.empty("prebuilt-read", StringIndexType.TEXT_ELEMENTS, ContentFormat.TEXT)
    return msgspec.json.encode(msgspec.structs.replace(empty, content=content, pages=[Page(page_number=1, spans=[])]))


class FakeCage:
    """A cage without processes; its engine reads a document of as many pages as it has bytes."""

    def __init__(self, engine: Callable[[Task, bytes], Reply | bytes] | None = None) -> None:
        self.tasks: list[Task] = []
        self.running = self.most_running = self.cancelled = 0
        self.two_run = asyncio.Event()
        self._engine = engine or engine_of_bytes

    async def run(self, task: bytes, document: SealedInput) -> bytes:
        wanted = msgspec.msgpack.decode(task, type=Task)
        self.tasks.append(wanted)
        content = os.pread(document.descriptor, os.fstat(document.descriptor).st_size, 0)
        self.running += 1
        self.most_running = max(self.running, self.most_running)
        if self.running == 2:
            self.two_run.set()
        try:
            # Later ranges end earlier.
            for _ in range(100 - len(self.tasks)):
                await asyncio.sleep(0)
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        finally:
            self.running -= 1
        reply = self._engine(wanted, content)
        return reply if isinstance(reply, bytes) else msgspec.msgpack.encode(reply)

    def analyzer(self, *, parallel: int = 2) -> Analyzer:
        return Analyzer(cast(Cage, self), range_pages=2, parallel=parallel)

    def read(self) -> list[tuple[int, ...]]:
        return [task.pages for task in self.tasks if isinstance(task, Read)]


def engine_of_bytes(task: Task, document: bytes) -> Reply | bytes:
    match task:
        case Analyze(_, most_pages) if len(document) > most_pages:
            return Plan(tuple(range(1, len(document) + 1)))
        case Read(_, pages):
            return Evidence(b"".join(document[page - 1 : page] for page in pages))
        case _:
            return Result(result(document.decode()))


class Saved(dict[int, bytes]):
    """Checkpoints in memory."""

    async def load(self, part: int) -> bytes | None:
        return self.get(part)

    async def save(self, part: int, evidence: bytes) -> None:
        self[part] = evidence


async def test_a_short_document_takes_one_child() -> None:
    cage = FakeCage()
    assert await cage.analyzer().analyze(b"ab", OPTIONS, Saved()) == Analysis(result("ab"))
    assert cage.tasks == [Analyze(OPTIONS, 2)]


async def test_a_long_document_is_read_in_ranges_and_put_together_in_order() -> None:
    cage, saved = FakeCage(), Saved()
    assert await cage.analyzer().analyze(b"abcde", OPTIONS, saved) == Analysis(result("abcde"))
    assert cage.read() == [(1, 2), (3, 4), (5,)]
    assert isinstance(cage.tasks[-1], Assemble)
    assert sorted(saved) == [0, 1, 2]


async def test_a_range_has_one_scan_at_most() -> None:
    def scans(task: Task, document: bytes) -> Reply | bytes:
        return Plan((1, 2, 3, 4, 6, 7), (2, 3, 7)) if isinstance(task, Analyze) else engine_of_bytes(task, document)

    cage = FakeCage(scans)
    assert await cage.analyzer().analyze(b"abcdefg", OPTIONS, None) == Analysis(result("abcdfg"))
    assert cage.read() == [(1, 2), (3, 4), (6, 7)]


@pytest.mark.parametrize("parallel", [1, 3])
async def test_no_more_children_than_allowed_over_all_documents(parallel: int) -> None:
    cage = FakeCage()
    analyzer = cage.analyzer(parallel=parallel)
    await asyncio.gather(*(analyzer.analyze(b"abcdefghij", OPTIONS, None) for _ in range(2)))
    assert cage.most_running == parallel


async def test_what_an_earlier_attempt_saved_is_not_read_again() -> None:
    first, saved = FakeCage(), Saved()
    await first.analyzer().analyze(b"abcde", OPTIONS, saved)
    del saved[1]
    second = FakeCage()
    assert await second.analyzer().analyze(b"abcde", OPTIONS, saved) == Analysis(result("abcde"))
    assert second.read() == [(3, 4)]


@pytest.mark.parametrize("stale", [b"", b"\xc1", b"of another version"])
async def test_a_checkpoint_of_another_version_is_read_anew(stale: bytes) -> None:
    cage = FakeCage()
    assert await cage.analyzer().analyze(b"abcde", OPTIONS, Saved({0: stale})) == Analysis(result("abcde"))
    assert len(cage.read()) == 3


async def test_a_checkpoint_of_other_ranges_is_read_anew() -> None:
    saved = Saved()
    wider = FakeCage()
    await Analyzer(cast(Cage, wider), range_pages=3, parallel=1).analyze(b"abcde", OPTIONS, saved)
    cage = FakeCage()
    assert await cage.analyzer().analyze(b"abcde", OPTIONS, saved) == Analysis(result("abcde"))
    assert cage.read() == [(1, 2), (3, 4), (5,)]


@pytest.mark.parametrize("error", [ApiError(Fault.INVALID_CONTENT), CageLost("the zygote is gone")])
async def test_a_range_that_fails_ends_the_others_and_the_document(error: Exception) -> None:
    def engine(task: Task, document: bytes) -> Reply | bytes:
        if isinstance(task, Read) and task.pages == (3, 4):
            raise error
        return engine_of_bytes(task, document)

    cage = FakeCage(engine)
    with pytest.raises(type(error)):
        await cage.analyzer(parallel=9).analyze(b"abcdefghij", OPTIONS, None)
    assert cage.running == 0


async def test_checkpoints_that_fail_end_the_document_as_they_fail() -> None:
    class Lost(Saved):
        async def save(self, part: int, evidence: bytes) -> None:
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await FakeCage().analyzer().analyze(b"abcde", OPTIONS, Lost())


async def test_cancelling_ends_all_children() -> None:
    cage = FakeCage()
    analysis = asyncio.create_task(cage.analyzer().analyze(b"abcdef", OPTIONS, None))
    await cage.two_run.wait()
    analysis.cancel()
    with pytest.raises(asyncio.CancelledError):
        await analysis
    assert (cage.running, cage.cancelled) == (0, 2)


@pytest.mark.parametrize(
    "untrusted_reply",
    [
        b"",
        b"\xc1",
        b"garbage",
        b"\x81\xa1\xff\x00",
        b"\x82\xa1x" + b"\x91" * 99_999,
        msgspec.msgpack.encode({"type": "unknown"}),
        Evidence(b"evidence"),
        Plan(()),
        Plan((0, 1, 2)),
        Plan((1, 1, 2)),
        Plan((3, 2, 1)),
        Plan(tuple(range(1, MAX_PAGES + 2))),
        Result(b""),
        Result(b"{}"),
        Result(b"[" * 100_000),
        Result(result("x").replace(b'"pages"', b'"pagers"')),
        Result(result("x").replace(b'"pageNumber":1', b'"pageNumber":"one"')),
        Result(result("x").replace(b'"x"', b'"\xff"')),
        Result(result("x") + b"more"),
    ],
    ids=lambda reply: repr(reply)[:40],
)
async def test_an_answer_that_is_none_is_an_error_of_the_document(untrusted_reply: Reply | bytes) -> None:
    cage = FakeCage(lambda task, document: untrusted_reply)
    with pytest.raises(ApiError) as refused:
        await cage.analyzer().analyze(b"ab", OPTIONS, None)
    assert refused.value.fault is Fault.MODEL_ANALYZE_ERROR


@pytest.mark.parametrize("kind", [Read, Assemble])
@pytest.mark.parametrize("untrusted_reply", [Plan((1, 2, 3)), b"garbage"])
async def test_an_answer_of_the_wrong_kind_is_an_error_of_the_document(
    kind: type, untrusted_reply: Reply | bytes
) -> None:
    cage = FakeCage(
        lambda task, document: untrusted_reply if isinstance(task, kind) else engine_of_bytes(task, document)
    )
    with pytest.raises(ApiError) as refused:
        await cage.analyzer().analyze(b"abcde", OPTIONS, None)
    assert refused.value.fault is Fault.MODEL_ANALYZE_ERROR


def pdf(pages: int) -> bytes:
    """A PDF with a line of text on each page."""
    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(1, pages + 1):
        canvas.drawString(72, 720, f"This is page {number}.")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


async def test_the_engine_gives_the_same_result_in_ranges_as_in_one_go() -> None:
    cage = Cage()
    try:
        whole = await Analyzer(cage, parallel=2).analyze(pdf(5), OPTIONS, None)
        saved = Saved()
        assert await Analyzer(cage, range_pages=2, parallel=2).analyze(pdf(5), OPTIONS, saved) == whole
        assert len(saved) == 3
    finally:
        await cage.close()
    assert "This is page 5." in msgspec.json.decode(whole.result, type=AnalyzeResult).content


@pytest.mark.parametrize("document", [b"", b"%PDF-1.7 garbage", b"text"])
async def test_a_document_that_is_none_is_a_fault_of_the_document(document: bytes) -> None:
    cage = Cage()
    try:
        with pytest.raises(ApiError) as refused:
            await Analyzer(cage, parallel=1).analyze(document, OPTIONS, None)
    finally:
        await cage.close()
    assert refused.value.fault is not Fault.MODEL_ANALYZE_ERROR
