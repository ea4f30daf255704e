"""What a child process does with a document: one task in, one reply out."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice

import msgspec

from contract.errors import ApiError, Detail, Fault
from contract.limits import MAX_PAGES
from contract.options import AnalyzeOptions, Feature
from engine import formats, source, text
from engine.evidence import Page
from engine.figures import crop
from engine.languages import detect as languages
from engine.layout.document import structured
from engine.layout.page import laid_out
from engine.layout.pairs.find import with_pairs
from engine.ocr.weights import WeightsMissing
from engine.office import read as office
from engine.reading.page import ReadPage
from engine.reading.placed import placed
from engine.reading.read import read
from engine.result.assemble import assembled
from engine.scan import read as scan
from engine.searchable import make as searchable
from engine.source import Source
from engine.task import Analyze, Crop, Crops, Evidence, Plan, Publish, Read, Reply, Result, Task

#: The models that `run` knows.
MODELS = frozenset({"prebuilt-read", "prebuilt-layout"})

_LENGTH_BYTES = 4


def warm() -> None:
    """Does once, before processes are forked, what every document would pay for.

    Importing this module has loaded and initialized pdfium; here are the tables of characters, the
    languages, and the networks. Without their weights PDFs with a text layer are read all the same.
    """
    text.clean("\ufb01")
    languages.warm()
    with suppress(WeightsMissing):
        scan.warm()


def run(task: bytes, untrusted_document: memoryview) -> bytes:
    """Answers a task (msgpack of `engine.task.Task`) with a reply (msgpack of `engine.task.Reply`).

    What the document of a task is, `engine.task` says. Single-threaded.
    Raises: ApiError with the fault of the document or of the options.
    """
    wanted = msgspec.msgpack.decode(task, type=Task)
    if wanted.options.model_id not in MODELS:
        raise ApiError(Fault.MODEL_NOT_FOUND)
    with _uncollected():
        return msgspec.msgpack.encode(_reply(wanted, untrusted_document))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing here makes cycles, and looking for them would walk over every word again and again."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _reply(wanted: Task, untrusted_document: memoryview) -> Reply:
    if isinstance(wanted, Analyze):
        return _analyze(wanted, untrusted_document)
    if isinstance(wanted, Read):
        return Evidence(_packed(_read(untrusted_document, wanted)))
    if isinstance(wanted, Publish):
        size = wanted.result_bytes
        return searchable.made(untrusted_document[size:], untrusted_document[:size])
    if isinstance(wanted, Crop):
        return Crops(crop.cropped(untrusted_document[wanted.result_bytes :], wanted.regions))
    return _result(_Unpacked(untrusted_document), wanted.options)


def _analyze(task: Analyze, untrusted_document: memoryview) -> Result | Plan:
    kind = formats.readable(untrusted_document)
    if kind in formats.STRUCTURED:
        return _written(office.read(untrusted_document, kind, task.options), task.options)
    with source.opened(untrusted_document, task.options) as opened:
        pages = tuple(islice(task.options.selected(opened.page_count), MAX_PAGES))
        if not pages:
            raise ApiError(Fault.INVALID_PARAMETER, Detail.NO_SUCH_PAGES, "pages")
        if len(pages) > task.most_pages:
            return Plan(pages, tuple(_scans(opened, pages, task.most_pages)))
        quick = {number: opened.quickly(number) for number in pages} if len(pages) > 1 else {}
        scans = tuple(number for number, page in quick.items() if page is None)
        if len(scans) > 1:
            return Plan(pages, scans)
        return _result(
            [_laid_out(quick.get(number) or opened.read(number), task.options) for number in pages], task.options
        )


def _scans(opened: Source, pages: tuple[int, ...], range_pages: int) -> Iterator[int]:
    """The scans of a long document; in ranges whose first, middle and last pages are none, none is looked for."""
    for start in range(0, len(pages), range_pages):
        part = pages[start : start + range_pages]
        samples = {part[0], part[len(part) // 2], part[-1]}
        if any(opened.quickly(number) is None for number in samples):
            yield from (number for number in part if opened.quickly(number) is None)


def _read(untrusted_document: memoryview, task: Read) -> list[ReadPage]:
    with source.opened(untrusted_document, task.options) as opened:
        return [_laid_out(opened.quickly(number) or opened.read(number), task.options) for number in task.pages]


def _laid_out(page: Page, options: AnalyzeOptions) -> ReadPage:
    found = laid_out(page) if options.asks_for_layout else read(page)
    if options.asks_for_layout and Feature.KEY_VALUE_PAIRS in options.features:
        found = with_pairs(found, page.rules, page.entries)
    return placed(found, page.mesh) if page.mesh else found


def _result(pages: Iterable[ReadPage], options: AnalyzeOptions) -> Result:
    if not any(one.readable for one in pages):
        raise ApiError(Fault.INVALID_CONTENT)
    if options.asks_for_layout:
        pages = structured(pages)
    return _written(pages, options)


def _written(pages: Iterable[ReadPage], options: AnalyzeOptions) -> Result:
    return Result(assembled(pages, options))


def _packed(pages: list[ReadPage]) -> bytes:
    """Each page as its length (4 bytes, big endian) and its msgpack, so that ranges can be put together."""
    packed = bytearray()
    for one in pages:
        encoded = msgspec.msgpack.encode(one)
        packed += len(encoded).to_bytes(_LENGTH_BYTES, "big") + encoded
    return bytes(packed)


class _Unpacked:
    """The pages that evidence holds, decoded by each who goes through them: never are all of them in memory."""

    def __init__(self, evidence: memoryview) -> None:
        self._evidence = evidence

    def __iter__(self) -> Iterator[ReadPage]:
        position = 0
        decoder = msgspec.msgpack.Decoder(ReadPage)
        while position < len(self._evidence):
            start = position + _LENGTH_BYTES
            position = start + int.from_bytes(self._evidence[position:start], "big")
            yield decoder.decode(self._evidence[start:position])
