"""Results of the samples, and of documents from outside, hold together in both formats and all index types."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import msgspec
import pytest

from contract.errors import ApiError
from contract.options import AnalyzeOptions, ContentFormat, Feature, StringIndexType
from contract.result import AnalyzeResult
from engine import formats, source
from engine.task import Analyze, Assemble, Evidence, Read, Result
from tests.engine.images import recognizing
from tests.engine.ocr.pages import needs_weights
from tests.engine.pdfs import replied
from tests.engine.result.whole import check_whole

ROOT = Path(__file__).parents[3]
KINDS = {".pdf", ".docx", ".xlsx", ".pptx", ".html"}
SAMPLES = sorted(path for path in (ROOT / "samples").iterdir() if path.suffix in KINDS)
OUTSIDE = Path(os.environ.get("EPHEMERA_DATA", ROOT.parent / "shared")) / "data" / "dev"
MOST_PAGES = 20


def outside() -> list[Path]:
    """Documents that are not of this project, where there are any."""
    kinds = KINDS | {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp"}
    return sorted(path for path in OUTSIDE.rglob("*") if path.suffix.lower() in kinds)


def results(document: bytes) -> Iterator[AnalyzeResult]:
    """The layout of a document in both formats and all index types; its pages are read once."""
    features = frozenset(Feature) - {Feature.OCR_HIGH_RESOLUTION, Feature.QUERY_FIELDS}
    evidence = None
    for written, kind in product(ContentFormat, StringIndexType):
        options = AnalyzeOptions(
            model_id="prebuilt-layout", content_format=written, string_index_type=kind, features=features
        )
        if formats.readable(memoryview(document)) in formats.STRUCTURED:
            reply = replied(Analyze(options, MOST_PAGES), document)
        else:
            evidence = evidence or _evidence(document, options)
            reply = replied(Assemble(options), evidence)
        assert isinstance(reply, Result)
        yield msgspec.json.decode(reply.json, type=AnalyzeResult)


def _evidence(document: bytes, options: AnalyzeOptions) -> bytes:
    with source.opened(memoryview(document), options) as opened:
        pages = tuple(range(1, min(opened.page_count, MOST_PAGES) + 1))
    reply = replied(Read(options, pages), document)
    assert isinstance(reply, Evidence)
    return reply.pages


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_a_sample(monkeypatch: pytest.MonkeyPatch, sample: Path) -> None:
    # What stands in the pictures of Office files is not asked here, and would be read six times.
    recognizing(monkeypatch, lambda pixels: [])
    for result in results(sample.read_bytes()):
        check_whole(result)


@pytest.mark.slow
@needs_weights
@pytest.mark.skipif(not OUTSIDE.is_dir(), reason=f"there are no outside documents at {OUTSIDE}")
@pytest.mark.parametrize("path", outside(), ids=lambda path: str(path.relative_to(OUTSIDE)))
def test_a_document_from_outside(path: Path) -> None:
    try:
        for result in results(path.read_bytes()):
            check_whole(result)
    except ApiError:
        pytest.skip("refused, as the protocol says")
