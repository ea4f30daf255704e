"""Reads a page of a PDF into evidence."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from contract.errors import ApiError, Fault
from contract.limits import MAX_PAGE_INCHES
from contract.options import Feature
from contract.page import LengthUnit
from engine.evidence import NOTHING_DRAWN, Barcode, Drawings, Element, Heading, Page, Word
from engine.formulas.find import formulas
from engine.formulas.glyph import Found
from engine.pdf import combs, library, objects, structure
from engine.pdf.annotations import flatten
from engine.pdf.boxes import Box
from engine.pdf.document import Document
from engine.pdf.drawings import drawings
from engine.pdf.fields import Fields, fields
from engine.pdf.geometry import Frame
from engine.pdf.glyphs import glyphs
from engine.pdf.looks import Looks
from engine.pdf.words import words

# A page whose images cover this share of it is a scan, and its invisible text is what was read of it.
_SCAN_COVERS = 0.5

_LETTER = (8.5, 11.0)


class OpenPage(NamedTuple):
    """A loaded page with its text.

    `images`: their boxes in user space. `characters`: how many the text layer has, spaces among them.
    `elements`: what the document states of its structure.
    """

    number: int
    handle: Any
    frame: Frame
    images: list[Box]
    words: list[Word]
    characters: int
    fields: Fields
    elements: tuple[Element, ...]

    def evidence(
        self,
        words: Sequence[Word],
        barcodes: Sequence[Barcode] = (),
        drawn: Drawings = NOTHING_DRAWN,
        headings: Sequence[Heading] = (),
        unread: int = 0,
    ) -> Page:
        """The page with some words, barcodes, drawings and headings; sizes in inches."""
        return Page(
            self.number,
            *self.frame.size,
            LengthUnit.INCH,
            tuple(words),
            True,
            tuple(barcodes),
            drawn.rules,
            drawn.fills,
            drawn.pictures,
            tuple(headings),
            unread,
            self.elements,
            tuple([self.frame.box(entry.box) for entry in self.fields.entries]),
            tables=drawn.tables,
            parts=drawn.parts,
        )

    def drawings(self) -> Drawings:
        """What is drawn on the page beside its text."""
        return drawings(self.handle, self.images, self.frame)


class ShownPage(NamedTuple):
    """A loaded page as it is displayed."""

    handle: Any
    frame: Frame
    fields: Fields


@contextmanager
def opened(document: Document, number: int, features: frozenset[Feature] = frozenset()) -> Iterator[OpenPage | None]:
    """As `shown`, with the text of the page; None also when that cannot be loaded.

    `features`: with those of styles words have their looks, with that of formulas some stand for one.
    """
    with shown(document, number) as found:
        yield _with_text(found, number, features) if found else None


@contextmanager
def shown(document: Document, number: int) -> Iterator[ShownPage | None]:
    """The page with this number, from 1; None when pdfium cannot load it or it has no area.

    Raises: ApiError INVALID_CONTENT_DIMENSIONS when a side is longer than `MAX_PAGE_INCHES`.
    """
    page = _loaded(document, number)
    try:
        if not page:
            yield None
            return
        frame = _frame(page)
        if min(frame.size) <= 0:
            yield None
            return
        if max(frame.size) > MAX_PAGE_INCHES:
            raise ApiError(Fault.INVALID_CONTENT_DIMENSIONS, target=str(number))
        found = fields(page)
        if flatten(document, page):
            # What was flattened shows only in a page that is loaded anew.
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(document, number - 1)
        yield ShownPage(page, frame, found) if page else None
    finally:
        if page:
            pdfium.FPDF_ClosePage(page)


def read(document: Document, number: int) -> Page:
    """The evidence of the text layer of a page.

    A page that pdfium cannot load gives a page without words that is not `readable`.
    Raises: ApiError as `opened` does.
    """
    with opened(document, number) as found:
        return found.evidence(found.words) if found else unreadable(number)


def unreadable(number: int) -> Page:
    """The evidence of a page that pdfium cannot load."""
    return Page(number, *_LETTER, LengthUnit.INCH, (), readable=False)


def _loaded(document: Document, number: int) -> Any:
    """The page or null; one whose crop box lies outside of the page is shown whole, as viewers do."""
    page = pdfium.FPDF_LoadPage(document, number - 1)
    media = [ctypes.c_float() for _ in range(4)]
    if page and min(_frame(page).size) <= 0 and pdfium.FPDFPage_GetMediaBox(page, *media):
        pdfium.FPDFPage_SetCropBox(page, *media)
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, number - 1)
    return page


def _with_text(shown_page: ShownPage, number: int, features: frozenset[Feature]) -> OpenPage | None:
    page, frame, form = shown_page
    images = objects.images(page)
    tree = structure.tree(page)
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return None
    try:
        count = pdfium.FPDFText_CountChars(text_page)
        handle = library.handle(text_page)
        is_scan = _is_scan(images, frame)
        built: list[Found] = []
        if Feature.FORMULAS in features and not is_scan and (seen := glyphs(handle, count, frame)):
            built = formulas(seen, drawings(page, images, frame).rules)
        looks = Looks() if Feature.STYLE_FONT in features else None
        found = words(handle, count, frame, is_scan, tree, looks, built)
    finally:
        pdfium.FPDFText_ClosePage(text_page)
    found = combs.joined(found, form.entries, frame)
    count -= sum([formula.indices[-1] - formula.indices[0] for formula in built])
    return OpenPage(number, page, frame, images, found, max(0, count), form, tree.elements)


def _frame(page: Any) -> Frame:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    return Frame(box.left, box.bottom, box.right, box.top, pdfium.FPDFPage_GetRotation(page) % 4)


def _is_scan(images: list[Box], frame: Frame) -> bool:
    area = (frame.right - frame.left) * (frame.top - frame.bottom)
    return sum([(right - left) * (top - bottom) for left, bottom, right, top in images]) > _SCAN_COVERS * area
