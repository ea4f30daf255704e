"""Files beside a result: made where they are asked for, checked, and never at the cost of the result."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable

import msgspec
import pytest

from contract.errors import ApiError, Fault
from contract.layout import Figure
from contract.limits import MAX_FIGURES
from contract.options import AnalyzeOptions, ContentFormat, Output, StringIndexType
from contract.page import BoundingRegion
from contract.result import AnalyzeResult, Warning
from engine.analyzer import Analyzer
from engine.cage import Cage, CageLost, SealedInput
from engine.outputs import Analysis, with_files
from engine.task import Crop, Crops, Pdf, Plan, Publish, Reply, Task
from tests.engine.images import encoded, marked
from tests.engine.pdf.test_recognize import scan
from tests.engine.pdfs import pdf
from tests.engine.searchable.pdfs import read_by_pdfium, result_of

DOCUMENT = b"%PDF-1.7 a document"
PNG = b"\x89PNG\r\n\x1a\n"
READ = AnalyzeOptions(model_id="prebuilt-read", outputs=frozenset({Output.PDF}))
LAYOUT = AnalyzeOptions(model_id="prebuilt-layout", outputs=frozenset({Output.FIGURES}))
BOX = [1.0, 1.0, 2.0, 1.0, 2.0, 2.0, 1.0, 2.0]

Engine = Callable[[Task, bytes], Reply]


def figure(name: str | None, page: int = 1, polygon: list[float] | None = None) -> Figure:
    regions = [BoundingRegion(page_number=page, polygon=BOX if polygon is None else polygon)]
    return Figure(id=name, bounding_regions=regions, spans=[])


def with_figures(*figures: Figure, warnings: list[Warning] | None = None) -> bytes:
    result = AnalyzeResult.empty("prebuilt-layout", StringIndexType.TEXT_ELEMENTS, ContentFormat.TEXT)
    result.figures = list(figures)
    result.warnings = warnings
    return msgspec.json.encode(result)


class Children:
    """Stands for the cage: remembers tasks and answers with what `engine` says."""

    def __init__(self, engine: Engine) -> None:
        self.tasks: list[Task] = []
        self._engine = engine

    async def do(self, task: Task, sealed: SealedInput) -> Reply:
        self.tasks.append(task)
        content = os.pread(sealed.descriptor, os.fstat(sealed.descriptor).st_size, 0)
        await asyncio.sleep(0)
        return self._engine(task, content)


def drawing(task: Task, content: bytes) -> Reply:
    """An engine that draws the names of regions and writes the length of a document."""
    if isinstance(task, Crop):
        assert content[task.result_bytes :] == DOCUMENT
        return Crops({region.name: PNG + region.name.encode() for region in task.regions})
    assert isinstance(task, Publish)
    assert content[task.result_bytes :] == DOCUMENT
    return Pdf(b" and more", continues=True)


def refusing(task: Task, content: bytes) -> Reply:
    raise ApiError(Fault.UNSUPPORTED_CONTENT)


def warned(analysis: Analysis) -> list[tuple[str, str | None]]:
    result = msgspec.json.decode(analysis.result, type=AnalyzeResult)
    return [(warning.code, warning.target) for warning in result.warnings or []]


async def test_nothing_is_made_that_was_not_asked_for() -> None:
    children = Children(drawing)
    result = with_figures(figure("1.1"))
    for options in (AnalyzeOptions(model_id="prebuilt-read"), AnalyzeOptions(model_id="prebuilt-layout")):
        assert await with_files(result, DOCUMENT, options, children.do) == Analysis(result)
    assert children.tasks == []


async def test_a_pdf_goes_on_where_the_document_ends() -> None:
    result = with_figures()
    analysis = await with_files(result, DOCUMENT, READ, Children(drawing).do)
    assert analysis == Analysis(result, DOCUMENT + b" and more")


async def test_a_pdf_that_is_new_stands_for_itself() -> None:
    children = Children(lambda task, content: Pdf(b"%PDF-1.7 another", continues=False))
    assert (await with_files(with_figures(), DOCUMENT, READ, children.do)).pdf == b"%PDF-1.7 another"


@pytest.mark.parametrize(
    "engine",
    [refusing, lambda task, content: Plan((1,)), lambda task, content: Pdf(b"<html>", continues=False)],
)
async def test_a_result_without_the_pdf_that_could_not_be_made_says_so(engine: Engine) -> None:
    known = Warning(code="Known", message="Said before.", target="3")
    analysis = await with_files(with_figures(warnings=[known]), DOCUMENT, READ, Children(engine).do)
    assert analysis.pdf is None
    assert warned(analysis) == [("Known", "3"), ("PdfNotMade", None)]


async def test_each_figure_of_the_result_gets_its_picture() -> None:
    result = with_figures(figure("1.1"), figure("1.2"), figure("7.1", page=7))
    children = Children(drawing)
    analysis = await with_files(result, DOCUMENT, LAYOUT, children.do)
    assert analysis == Analysis(result, None, {name: PNG + name.encode() for name in ("1.1", "1.2", "7.1")})
    [task] = children.tasks
    assert isinstance(task, Crop)
    assert [(region.name, region.page_number, region.polygon) for region in task.regions] == [
        ("1.1", 1, BOX),
        ("1.2", 1, BOX),
        ("7.1", 7, BOX),
    ]


async def test_figures_without_a_place_or_a_name_are_passed_over() -> None:
    bare = Figure(id="1.2", bounding_regions=None, spans=[])
    result = with_figures(
        figure(None), bare, figure("pdf"), figure("../1.1"), figure("1.3", polygon=[1.0]), figure("1.4")
    )
    analysis = await with_files(result, DOCUMENT, LAYOUT, Children(drawing).do)
    assert list(analysis.figures) == ["1.4"]
    assert warned(analysis) == []


async def test_many_figures_are_shared_out_and_bounded() -> None:
    children = Children(drawing)
    result = with_figures(*(figure(f"1.{number}") for number in range(1, MAX_FIGURES + 3)))
    analysis = await with_files(result, DOCUMENT, LAYOUT, children.do)
    assert len(analysis.figures) == MAX_FIGURES
    assert max(len(task.regions) for task in children.tasks if isinstance(task, Crop)) <= 25
    assert warned(analysis) == [("FigureNotMade", f"1.{MAX_FIGURES + 1}"), ("FigureNotMade", f"1.{MAX_FIGURES + 2}")]


async def test_a_child_that_fails_costs_its_own_figures() -> None:
    def failing(task: Task, content: bytes) -> Reply:
        assert isinstance(task, Crop)
        if task.regions[0].name == "1.1":
            raise ApiError(Fault.MODEL_ANALYZE_ERROR)
        return drawing(task, content)

    names = [f"1.{number}" for number in range(1, 31)]
    analysis = await with_files(with_figures(*map(figure, names)), DOCUMENT, LAYOUT, Children(failing).do)
    assert list(analysis.figures) == names[25:]
    assert warned(analysis) == [("FigureNotMade", name) for name in names[:25]]


@pytest.mark.parametrize(
    "untrusted_pictures", [{}, {"1.1": b"<svg>"}, {"2.1": PNG}, {"pdf": PNG}, {"1.1": b""}, {"../record": PNG}]
)
async def test_pictures_that_are_none_or_of_no_figure_are_not_taken(untrusted_pictures: dict[str, bytes]) -> None:
    children = Children(lambda task, content: Crops(untrusted_pictures))
    analysis = await with_files(with_figures(figure("1.1")), DOCUMENT, LAYOUT, children.do)
    assert analysis.figures == {}
    assert warned(analysis) == [("FigureNotMade", "1.1")]


@pytest.mark.parametrize("options", [READ, LAYOUT])
async def test_a_cage_that_is_lost_is_no_fault_of_the_document(options: AnalyzeOptions) -> None:
    def lost(task: Task, content: bytes) -> Reply:
        raise CageLost("gone")

    with pytest.raises(CageLost):
        await with_files(with_figures(figure("1.1")), DOCUMENT, options, Children(lost).do)


async def test_files_are_made_in_the_cage() -> None:
    """This tests ensures that what writes and draws runs under the limits of a child, in one go and in ranges."""
    cage = Cage()
    analyzer = Analyzer(cage, parallel=2)
    words = result_of([[("harbour", BOX)]], [[("gauge", BOX)]])
    try:
        made = await with_files(msgspec.json.encode(words), pdf(scan, scan), READ, analyzer._do)
        assert made.pdf is not None
        assert read_by_pdfium(made.pdf).split() == ["harbour", "gauge"]
        place = [0.0, 0.0, 40.0, 0.0, 40.0, 40.0, 0.0, 40.0]
        result = with_figures(figure("1.1", polygon=place))
        made = await with_files(result, encoded(marked(), "PNG"), LAYOUT, analyzer._do)
        assert made.figures["1.1"].startswith(PNG)
    finally:
        await cage.close()
