"""A page of a result: words, lines, selection marks, formulas and barcodes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from contract.page import Barcode, Formula, Line, Page, SelectionMark, Span, Word
from engine import evidence
from engine.result.index import Index
from engine.result.places import Place, PlacedLine, PlacedPage


def span(place: Place, at: Index) -> Span:
    """A place of the content in the unit that was asked for."""
    offset = at(place[0])
    return Span(offset=offset, length=at(place[1]) - offset)


def page(place: PlacedPage, at: Index) -> Page:
    """The page that was read, with spans."""
    read = place.page
    located = read.unit is not None
    words: list[Word] = []
    marks: list[SelectionMark] = []
    formulas: list[Formula] = []
    for word, where in place.words():
        polygon = list(word.quad) if located else None
        if word.formula:
            formulas.append(
                Formula(
                    kind=word.formula.kind,
                    value=word.formula.latex,
                    polygon=polygon,
                    span=span(where, at),
                    confidence=word.confidence,
                )
            )
        elif word.mark is None:
            words.append(Word(content=word.text, polygon=polygon, confidence=word.confidence, span=span(where, at)))
        else:
            marks.append(
                SelectionMark(state=word.mark, polygon=polygon, confidence=word.confidence, span=span(where, at))
            )
    return Page(
        page_number=read.number,
        angle=read.angle if located else None,
        width=read.width if located else None,
        height=read.height if located else None,
        unit=read.unit,
        spans=[span((place.start, place.end), at)],
        words=words,
        selection_marks=marks or None,
        lines=[line for paragraph in place.paragraphs() for one in paragraph.lines for line in _lines(one, at)]
        if located
        else None,
        barcodes=_barcodes(place, at) or None,
        formulas=formulas or None,
    )


def _lines(place: PlacedLine, at: Index) -> Iterator[Line]:
    """The line, or its parts where selection marks stand between its words."""
    words = place.line.words
    if all(word.mark is None for word in words):
        where = (place.words[0][0], place.words[-1][1])
        yield Line(content=place.line.text, polygon=list(place.line.quad), spans=[span(where, at)])
        return
    for is_mark, run in groupby(zip(words, place.words, strict=True), key=lambda pair: pair[0].mark is not None):
        if not is_mark:
            yield _part(list(run), at)


def _part(run: list[tuple[evidence.Word, Place]], at: Index) -> Line:
    (first, (start, end)), (last, (_, last_end)) = run[0], run[-1]
    text = first.text
    for word, where in run[1:]:
        text += (" " if where[0] > end else "") + word.text
        end = where[1]
    polygon = [*first.quad[:2], *last.quad[2:6], *first.quad[6:]]
    return Line(content=text, polygon=polygon, spans=[span((start, last_end), at)])


def _barcodes(place: PlacedPage, at: Index) -> list[Barcode]:
    return [
        Barcode(
            kind=barcode.kind,
            value=barcode.value,
            polygon=list(barcode.quad),
            span=span(where, at),
            confidence=barcode.confidence,
        )
        for barcode, where in zip(place.page.barcodes, place.barcodes, strict=True)
    ]
