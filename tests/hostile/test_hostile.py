"""Whatever a document is, it ends as a result or as one typed error, in time, and leaves nothing behind.

The fixture `analyze` holds every document to that; the tests here bring the documents.
"""

from __future__ import annotations

import pytest

from contract.errors import Fault
from contract.result import AnalyzeResult
from tests.hostile import bombs, liars, office, pictures
from tests.hostile.conftest import Analyze
from tests.hostile.raw import SAYS_HELLO, deflated, page

pytestmark = pytest.mark.asyncio(loop_scope="module")

SEEDS = (1, 2, 3)
#: A document with most of what a PDF is made of.
WHOLE = bombs.annotations(2)

QUICK = {**bombs.QUICK, **liars.LIARS, **pictures.QUICK, **office.QUICK}
LARGE = {**bombs.LARGE, **pictures.LARGE, **office.LARGE}

#: What must come out where it is plain what should; the others may end either way.
PLAIN = {
    "a page of 300 inches": Fault.INVALID_CONTENT_DIMENSIONS,
    "a page of two billion points": Fault.INVALID_CONTENT_DIMENSIONS,
    "a PNG of 60,000 pixels squared": Fault.INVALID_CONTENT_DIMENSIONS,
    "a TIFF of 60,000 pixels squared": Fault.INVALID_CONTENT_DIMENSIONS,
    "a JPEG of 65,500 pixels squared": Fault.INVALID_CONTENT_DIMENSIONS,
    "a HEIF of 60,000 pixels squared": Fault.INVALID_CONTENT_DIMENSIONS,
    "a HEIF of the largest size": Fault.INVALID_CONTENT,
    "a HEIF cut short": Fault.INVALID_CONTENT,
    "a HEIF": "hello",
    "a PNG without its data": Fault.INVALID_CONTENT,
    "a PNG whose text inflates": Fault.INVALID_CONTENT,
    "a JPEG that is a header": Fault.INVALID_CONTENT,
    "a page tree in a circle": Fault.INVALID_CONTENT,
    "a part that inflates to 300 MiB": Fault.MODEL_ANALYZE_ERROR,
    "60,000 parts": Fault.MODEL_ANALYZE_ERROR,
    "an entity that is a file": "hello",
    "an entity from elsewhere": "hello",
    "a picture from elsewhere": "hello",
    "tables in tables": "hello",
    "tables in 1,000 tables": Fault.INVALID_CONTENT,
    "styles in a circle": "hello",
    "a cell in the last corner": "hello",
    "8,000,001 characters": Fault.UNSUPPORTED_CONTENT,
    "a Word file that is cut": Fault.INVALID_CONTENT,
    "a Word file without a body": Fault.INVALID_CONTENT,
    "HTML nested 100,000 deep": Fault.INVALID_CONTENT,
    "HTML that fetches": "hello",
    "HTML with an entity that is a file": "]>hello",
    "nothing": Fault.INVALID_CONTENT_LENGTH,
    "one byte": Fault.INVALID_CONTENT,
    "a header and no more": Fault.INVALID_CONTENT,
    "a header and noise": Fault.INVALID_CONTENT,
    "a header after 5,000 bytes": Fault.INVALID_CONTENT,
    "a wrong magic": Fault.INVALID_CONTENT,
    "a ZIP called PDF": Fault.INVALID_CONTENT,
    "compressed as a whole": Fault.INVALID_CONTENT,
    "encoded as UTF-16": Fault.INVALID_CONTENT,
    "locked by a password": Fault.INVALID_CONTENT,
    "a form that draws itself": "hello",
    "a crop box beside the page": "hello",
    "a box upside down": "hello",
    "100,000 objects": "hello",
    "two billion pages claimed": "hello",
    "a length that is the stream": "hello",
    "a length that is too short": "hello",
    "a length that is too long": "hello",
    "a header after 500 bytes": "hello",
    "a table at a wrong place": "hello",
    "no table": "hello",
}


@pytest.mark.parametrize("name", [*QUICK, *[pytest.param(name, marks=pytest.mark.slow) for name in LARGE]])
async def test_a_document(analyze: Analyze, name: str) -> None:
    answer, expected = await analyze((QUICK | LARGE)[name]()), PLAIN.get(name)
    if isinstance(expected, str):
        assert isinstance(answer, AnalyzeResult), answer
        assert answer.content == expected
    elif expected is not None:
        assert answer is expected


@pytest.mark.parametrize("whole", [office.word(office.SAYS_HELLO), office.sheet("<row><c><v>1</v></c></row>")])
async def test_a_damaged_office_file(analyze: Analyze, whole: bytes) -> None:
    for document in liars.damaged(whole, 15, SEEDS[0]):
        await analyze(document)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP"])
async def test_a_cut_and_a_damaged_picture(analyze: Analyze, kind: str) -> None:
    whole = pictures.picture(kind)
    for document in (*liars.cut(whole), *liars.damaged(whole, 100, SEEDS[0])):
        await analyze(document)


@pytest.mark.parametrize(
    "whole",
    [
        pytest.param(WHOLE, id="plain"),
        pytest.param(page(deflated(SAYS_HELLO, b"/Filter/FlateDecode")), id="packed", marks=pytest.mark.slow),
    ],
)
async def test_a_document_cut_at_each_hundredth(analyze: Analyze, whole: bytes) -> None:
    for document in liars.cut(whole):
        await analyze(document)


@pytest.mark.parametrize("seed", [SEEDS[0], *[pytest.param(seed, marks=pytest.mark.slow) for seed in SEEDS[1:]]])
async def test_a_damaged_document(analyze: Analyze, seed: int) -> None:
    for document in liars.damaged(WHOLE, 100 if seed == SEEDS[0] else 500, seed):
        await analyze(document)


async def test_the_engine_reads_on_afterwards(analyze: Analyze) -> None:
    answer = await analyze(page())
    assert isinstance(answer, AnalyzeResult)
    assert answer.content == "hello"
