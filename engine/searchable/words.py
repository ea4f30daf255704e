"""The words of a result, a page at a time and as they stand on lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from contract.page import LengthUnit, Polygon, Span


class Word(msgspec.Struct, frozen=True, gc=False):
    """A word of a result: the part of its type that is needed here."""

    content: str
    span: Span
    polygon: Polygon | None = None


class _Line(msgspec.Struct, frozen=True):
    content: str
    spans: list[Span]


class Page(msgspec.Struct, frozen=True, rename="camel"):
    """A page of a result: the part of its type that is needed here."""

    page_number: int
    unit: LengthUnit | None = None
    words: list[Word] = []
    lines: list[_Line] = []


class _Result(msgspec.Struct, frozen=True):
    pages: list[msgspec.Raw]


def pages(result: memoryview) -> Iterator[Page]:
    """The pages of an AnalyzeResult in JSON, in memory one after the other."""
    decoder = msgspec.json.Decoder(Page)
    for page in msgspec.json.decode(result, type=_Result).pages:
        yield decoder.decode(page)


def lines(page: Page, words: Sequence[Word]) -> Iterator[tuple[str, list[Word]]]:
    """The text of each line of which some of the words are, and those words; a word on no line is one by itself."""
    starts = sorted((span.offset, number) for number, line in enumerate(page.lines) for span in line.spans)
    offsets = [offset for offset, _ in starts]
    found: dict[int, list[Word]] = {}
    for place, word in enumerate(words):
        at = bisect_right(offsets, word.span.offset) - 1
        found.setdefault(starts[at][1] if at >= 0 else -1 - place, []).append(word)
    for number, members in found.items():
        yield page.lines[number].content if number >= 0 else members[0].content, members
