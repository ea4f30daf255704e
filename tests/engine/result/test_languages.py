"""Languages of a result have spans that slice its content."""

from __future__ import annotations

from contract.options import AnalyzeOptions, ContentFormat, Feature, StringIndexType
from contract.page import LengthUnit
from contract.result import AnalyzeResult
from engine import evidence
from engine.reading.read import read
from tests.engine.results import assembled

ENGLISH = "The harbour keeper wrote every height into a book"
RUSSIAN = "Смотритель гавани записывал каждую высоту в книгу"


def page(number: int, *lines: str) -> evidence.Page:
    words = []
    for row, line in enumerate(lines, 1):
        left = 1.0
        for text in line.split():
            right = left + 0.08 * len(text)
            quad = (left, row * 0.25, right, row * 0.25, right, row * 0.25 + 0.15, left, row * 0.25 + 0.15)
            words.append(evidence.Word(text, quad, 0.0, 0.15, False, 0.99))
            left = right + 0.06
    return evidence.Page(number, 8.5, 11.0, LengthUnit.INCH, tuple(words))


def result(*pages: evidence.Page, wanted: bool = True, content_format: ContentFormat) -> AnalyzeResult:
    options = AnalyzeOptions(
        model_id="prebuilt-read",
        features=frozenset({Feature.LANGUAGES}) if wanted else frozenset(),
        content_format=content_format,
        string_index_type=StringIndexType.UNICODE_CODE_POINT,
    )
    return assembled([read(one) for one in pages], options)


def spoken(found: AnalyzeResult) -> list[tuple[str, list[str]]]:
    return [
        (one.locale, [found.content[span.offset : span.offset + span.length] for span in one.spans])
        for one in found.languages or []
    ]


def test_neighbouring_lines_in_one_language_are_one_entry() -> None:
    found = result(page(1, ENGLISH, ENGLISH, RUSSIAN), page(2, RUSSIAN, ENGLISH), content_format=ContentFormat.TEXT)
    assert spoken(found) == [
        ("en", [f"{ENGLISH}\n{ENGLISH}"]),
        ("ru", [f"{RUSSIAN}\n{RUSSIAN}"]),
        ("en", [ENGLISH]),
    ]


def test_what_is_no_text_of_the_document_is_in_no_language() -> None:
    found = result(page(1, ENGLISH), page(2, ENGLISH), content_format=ContentFormat.MARKDOWN)
    assert spoken(found) == [("en", [ENGLISH, ENGLISH])]


def test_languages_are_told_when_they_are_asked_for() -> None:
    assert result(page(1, ENGLISH), wanted=False, content_format=ContentFormat.TEXT).languages is None
    assert result(page(1), content_format=ContentFormat.TEXT).languages == []
