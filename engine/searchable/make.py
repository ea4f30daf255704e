"""Makes the searchable PDF of a document out of its result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, Protocol

from pypdf import PageObject
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
)

from contract.errors import ApiError, Fault
from engine import formats
from engine.evidence import Word as LayerWord
from engine.formats import Format
from engine.image import document as image
from engine.pdf import document as pdf
from engine.pdf import page as pdf_page
from engine.pdf.save import saved
from engine.searchable import words
from engine.searchable.check import good
from engine.searchable.font import Font
from engine.searchable.layer import Place, operators
from engine.searchable.pictures import Pictures
from engine.searchable.update import Update
from engine.searchable.words import Page, Word
from engine.task import Pdf

_FONT_NAME: Final = "/Glyphless"

Layers = Mapping[int, StreamObject]
"""What is written unseen on pages, by their indices from 0."""


class Target(Protocol):
    """A PDF that is being written."""

    @property
    def pages(self) -> Sequence[PageObject]:
        """All its pages."""

    def add(self, new: PdfObject) -> IndirectObject:
        """Put a new object into it."""

    def changed(self, page: PageObject) -> None:
        """Tell that one of the pages is not as it was."""

    def written(self) -> bytes:
        """The bytes of it."""


def made(untrusted_document: memoryview, result: memoryview) -> Pdf:
    """The searchable PDF of a document. `result`: its AnalyzeResult in JSON.

    Raises: ApiError UNSUPPORTED_CONTENT when the document is no PDF and no image, or when it is a PDF that
    nothing can be added to.
    """
    kind = formats.readable(untrusted_document)
    if kind is Format.PDF:
        return _of_pdf(untrusted_document, result)
    if kind not in formats.IMAGES:
        raise ApiError(Fault.UNSUPPORTED_CONTENT)
    with image.opened(untrusted_document, kind) as opened:
        pictures = Pictures(opened, untrusted_document if kind is Format.JPEG else None)
        font = Font(_FONT_NAME)
        layers: dict[int, StreamObject] = {}
        for page in words.pages(result):
            if page.page_number <= len(pictures.pages):
                _write(layers, page, page.words, font, pictures.place(page.page_number - 1))
        return Pdf(_applied(pictures, layers, font), continues=False)


def _of_pdf(untrusted_document: memoryview, result: memoryview) -> Pdf:
    # A document that was made searchable before has become longer by that.
    font = Font(f"{_FONT_NAME}{len(untrusted_document)}")
    layers: dict[int, StreamObject] = {}
    with pdf.opened(untrusted_document) as opened:
        for page in words.pages(result):
            if not page.words:
                continue
            with pdf_page.opened(opened, page.page_number) as found:
                if found is not None:
                    _write(layers, page, _recognized(page.words, found.words), font, found.frame.user_space)
        if not layers:
            return Pdf(b"", continues=True)
        added = _added(untrusted_document, layers, font)
        if added is not None and good(opened, (untrusted_document, added), layers):
            return Pdf(added, continues=True)
        # A broken table or encryption allows no update; there is none in what pdfium writes of such a document.
        with pdf.opened(untrusted_document) as untouched:
            anew = saved(untouched)
        added = _added(memoryview(anew), layers, font)
        if added is not None and good(opened, (anew, added), layers):
            return Pdf(anew + added, continues=False)
    raise ApiError(Fault.UNSUPPORTED_CONTENT)


def _added(untrusted_document: memoryview, layers: Layers, font: Font) -> bytes | None:
    """What goes after a PDF, None when nothing can."""
    try:
        return _applied(Update(untrusted_document), layers, font)
    except MemoryError:
        raise
    except Exception:
        # pypdf raises what its parsing trips over, of any type.
        return None


def _recognized(found: Sequence[Word], layer: Sequence[LayerWord]) -> list[Word]:
    """The words that the text layer does not have already."""
    known: Counter[tuple[str, tuple[float, ...]]] = Counter((word.text, word.quad) for word in layer)
    rest = []
    for word in found:
        key = word.content, tuple(word.polygon or ())
        if known[key]:
            known[key] -= 1
        else:
            rest.append(word)
    return rest


def _write(layers: dict[int, StreamObject], page: Page, found: Sequence[Word], font: Font, place: Place) -> None:
    content = operators(list(words.lines(page, found)), font, place)
    if content:
        layer = DecodedStreamObject()
        layer.set_data(content)
        layers[page.page_number - 1] = layer.flate_encode()


def _applied(target: Target, layers: Layers, font: Font) -> bytes:
    reference = font.added(target.add)
    pages = target.pages
    for index, layer in layers.items():
        _put_under(pages[index], target.add(layer), {font.name: reference})
        target.changed(pages[index])
    return target.written()


def _put_under(page: PageObject, layer: IndirectObject, added_fonts: Mapping[str, IndirectObject]) -> None:
    """Write a layer before all that a page shows, where no state of graphics is changed yet."""
    resources = _entries(page.get("/Resources"))
    fonts = _entries(resources.get("/Font"))
    fonts.update({NameObject(name): font for name, font in added_fonts.items()})
    resources[NameObject("/Font")] = fonts
    page[NameObject("/Resources")] = resources
    contents: list[PdfObject] = []
    if "/Contents" in page:
        shown = page["/Contents"]
        contents = list(shown) if isinstance(shown, ArrayObject) else [page.raw_get("/Contents")]
    page[NameObject("/Contents")] = ArrayObject([layer, *contents])


def _entries(untrusted: object) -> DictionaryObject:
    """A dictionary of the same entries, so that others who share the first one see no change."""
    found = untrusted.get_object() if isinstance(untrusted, PdfObject) else None
    if not isinstance(found, DictionaryObject):
        return DictionaryObject()
    return DictionaryObject({key: found.raw_get(key) for key in found})
