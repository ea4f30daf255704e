"""One task in, one reply out: results, ranges of pages, and every refusal."""

from __future__ import annotations

import io
import multiprocessing
import tracemalloc
from pathlib import Path

import msgspec
import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from contract.errors import ApiError, Fault
from contract.options import AnalyzeOptions, PageRange, StringIndexType
from contract.page import LengthUnit
from contract.result import AnalyzeResult
from engine import tasks
from engine.task import Analyze, Assemble, Evidence, Plan, Read, Result
from tests.engine.pdfs import analyzed, pdf, replied, saying, written

OPTIONS = AnalyzeOptions(model_id="prebuilt-read")
SAMPLES = Path(__file__).parents[2] / "samples"


def fault_of(document: bytes, model_id: str = "prebuilt-read", **options: object) -> ApiError:
    with pytest.raises(ApiError) as refused:
        analyzed(document, model_id, **options)
    return refused.value


def test_a_document_has_words_lines_and_paragraphs() -> None:
    result = analyzed(pdf(saying("Hello wide world,", "and good-bye.")))
    assert result.content == "Hello wide world,\nand good-bye."
    (page,) = result.pages
    assert (page.page_number, page.angle, page.width, page.height, page.unit) == (1, 0.0, 8.5, 11.0, LengthUnit.INCH)
    assert [word.content for word in page.words or []] == ["Hello", "wide", "world,", "and", "good-bye."]
    assert [line.content for line in page.lines or []] == ["Hello wide world,", "and good-bye."]
    assert all(word.confidence == pytest.approx(0.995) for word in page.words or [])
    (paragraph,) = result.paragraphs or []
    assert paragraph.content == result.content
    assert paragraph.bounding_regions is not None
    assert paragraph.bounding_regions[0].page_number == 1


def test_a_page_without_text_has_no_words() -> None:
    result = analyzed(pdf(lambda canvas: canvas.rect(10, 10, 50, 50)))
    assert result.content == ""
    assert result.pages[0].words == []
    assert result.paragraphs == []


def test_only_selected_pages_appear_with_their_own_numbers() -> None:
    document = pdf(*[saying(f"Page {number}") for number in range(1, 7)])
    result = analyzed(document, pages=(PageRange(2, 3), PageRange(5, None)))
    assert [page.page_number for page in result.pages] == [2, 3, 5, 6]
    assert result.content == "Page 2\nPage 3\nPage 5\nPage 6"


def test_pages_beyond_the_limit_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MAX_PAGES", 2)
    document = pdf(*[saying(f"Page {number}") for number in range(1, 5)])
    assert [page.page_number for page in analyzed(document).pages] == [1, 2]


def test_pages_that_the_document_lacks_are_refused() -> None:
    refused = fault_of(pdf(saying("One")), pages=(PageRange(2, 4),))
    assert (refused.fault, refused.target) == (Fault.INVALID_PARAMETER, "pages")


def test_ranges_of_pages_make_the_same_result_as_the_whole() -> None:
    document = pdf(*[saying(f"Page {number} ends.") for number in range(1, 6)])
    plan = replied(Analyze(OPTIONS, most_pages=2), document)
    assert plan == Plan(pages=(1, 2, 3, 4, 5))
    evidence = b""
    for pages in ((1, 2), (3, 4), (5,)):
        reply = replied(Read(OPTIONS, pages), document)
        assert isinstance(reply, Evidence)
        evidence += reply.pages
    assembled = replied(Assemble(OPTIONS), evidence)
    assert isinstance(assembled, Result)
    assert msgspec.json.decode(assembled.json, type=AnalyzeResult) == analyzed(document)


def test_pages_are_put_together_without_all_of_them_in_memory() -> None:
    options = AnalyzeOptions(model_id="prebuilt-layout")
    read = replied(Read(options, (1,)), pdf(saying(*["eight words stand on each of these lines"] * 10)))
    assert isinstance(read, Evidence)
    task, evidence = msgspec.msgpack.encode(Assemble(options)), memoryview(read.pages * 30)
    tracemalloc.start()
    try:
        reply = tasks.run(task, evidence)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # The lists of the result, and the result that they become; with what was read and its structs it is six times.
    assert most < 4 * len(reply)


def test_an_unknown_model_is_refused() -> None:
    assert fault_of(pdf(saying("A")), "prebuilt-nothing").fault is Fault.MODEL_NOT_FOUND


def test_an_empty_document_is_refused() -> None:
    assert fault_of(b"").fault is Fault.INVALID_CONTENT_LENGTH


@pytest.mark.parametrize("document", [b"words", b"%PDF-1.7\nbut nothing follows", b"%PDF-1.4\n" + b"\x00" * 5000])
def test_a_broken_document_is_refused(document: bytes) -> None:
    assert fault_of(document).fault is Fault.INVALID_CONTENT


def test_a_file_that_states_its_structure_is_read_whole() -> None:
    document = b"<!DOCTYPE html><html><p>" + b"<p>".join([b"word " * 500] * 4) + b"</html>"
    reply = replied(Analyze(OPTIONS, most_pages=1), document)
    assert isinstance(reply, Result)
    assert len(msgspec.json.decode(reply.json, type=AnalyzeResult).pages) == 4


def encrypted(document: bytes, user: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(document)))
    writer.encrypt(user, owner, algorithm="AES-256")
    return written(writer)


def test_a_document_with_a_password_is_refused_and_told_why() -> None:
    refused = fault_of(encrypted(pdf(saying("Secret")), "open sesame", "owner"))
    assert refused.fault is Fault.INVALID_CONTENT
    assert "password" in (refused.detail or "")


def test_a_document_that_only_restricts_its_use_is_read() -> None:
    assert analyzed(encrypted(pdf(saying("Read me")), "", "owner")).content == "Read me"


def test_a_broken_page_among_good_ones_is_left_without_words() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(saying("First"), saying("Second"), saying("Third")))))
    kids = writer.root_object["/Pages"]["/Kids"]
    kids[1] = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/Nothing")}))
    result = analyzed(written(writer))
    assert [page.page_number for page in result.pages] == [1, 2, 3]
    assert result.content == "First\nThird"
    assert [warning.target for warning in result.warnings or []] == ["2"]


def test_a_page_that_is_too_large_is_refused() -> None:
    refused = fault_of(pdf(saying("Wide"), size=(201 * 72, 100)))
    assert (refused.fault, refused.target) == (Fault.INVALID_CONTENT_DIMENSIONS, "1")


@pytest.mark.parametrize("sample", sorted(path.name for path in SAMPLES.glob("*.pdf")))
@pytest.mark.parametrize("kind", list(StringIndexType))
def test_samples_are_read(sample: str, kind: StringIndexType) -> None:
    result = analyzed((SAMPLES / sample).read_bytes(), string_index_type=kind)
    assert result.string_index_type is kind
    assert all(page.words for page in result.pages)


def test_layout_reads_the_same_words() -> None:
    document = (SAMPLES / "invoice.pdf").read_bytes()
    assert analyzed(document, "prebuilt-layout").content == analyzed(document).content


def _content(document: bytes, contents: multiprocessing.SimpleQueue[str]) -> None:
    contents.put(analyzed(document).content)


def test_a_process_forked_after_warming_reads() -> None:
    tasks.warm()
    forking = multiprocessing.get_context("fork")
    contents: multiprocessing.SimpleQueue[str] = forking.SimpleQueue()
    child = forking.Process(target=_content, args=(pdf(saying("Forked")), contents))
    child.start()
    child.join(30)
    assert child.exitcode == 0
    assert contents.get() == "Forked"
