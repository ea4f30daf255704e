"""A PDF that was written, looked at as a reader would."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice
from typing import Final

import numpy as np

from contract.errors import ApiError
from engine.pdf import document as pdf
from engine.pdf import page as pdf_page
from engine.pdf.render import rendered

_MOST_COMPARED: Final = 20
"""Pages that are compared."""
_COMPARED_DPI: Final = 36.0
_MOST_COMPARED_PIXELS: Final = 1_000_000


def good(document: pdf.Document, written: Iterable[bytes | memoryview], pages: Collection[int]) -> bool:
    """Whether pdfium, which has not written it, finds in a PDF what was written.

    `document`: what it is made of; there are as many pages in both, and the first of those that were written on show
    the same. `pages`: their indices, from 0.
    """
    try:
        with pdf.opened(memoryview(b"".join(written))) as opened:
            if pdf.page_count(opened) != pdf.page_count(document):
                return False
            if not _says_something(opened, min(pages) + 1):
                return False
            return all(_same(opened, document, index + 1) for index in islice(pages, _MOST_COMPARED))
    except ApiError:
        return False


def _says_something(document: pdf.Document, number: int) -> bool:
    with pdf_page.opened(document, number) as page:
        return page is not None and page.characters > 0


def _same(after: pdf.Document, before: pdf.Document, number: int) -> bool:
    pixels = []
    # The new one comes first: pdfium draws a font that is missing differently after it has seen it once.
    for each in (after, before):
        with pdf_page.shown(each, number) as page:
            if page is None:
                return False
            pixels.append(rendered(page.handle, *page.frame.size, _COMPARED_DPI, _MOST_COMPARED_PIXELS))
    return np.array_equal(pixels[0], pixels[1])
