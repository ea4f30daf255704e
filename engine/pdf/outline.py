"""The outline of a PDF: the bookmarks that viewers show beside the pages."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.evidence import Heading
from engine.pdf import library
from engine.pdf.document import Document

#: Bookmarks looked at, and how deep they may hold others.
MAX_BOOKMARKS = 10_000
_MOST_DEPTH = 16
_MOST_TITLE_BYTES = 1000


def headings(document: Document) -> dict[int, list[Heading]]:
    """The headings that the outline names, in its order, by the number of their page, from 1."""
    found: dict[int, list[Heading]] = {}
    for bookmark, level in _bookmarks(document):
        untrusted_page = pdfium.FPDFDest_GetDestPageIndex(document, _target(document, bookmark))
        title = _title(bookmark)
        if untrusted_page >= 0 and title:
            found.setdefault(untrusted_page + 1, []).append(Heading(title, level))
    return found


def _bookmarks(document: Document) -> Iterator[tuple[Any, int]]:
    """Bookmarks in the order of the outline, with their depth from 1; each once, even in a broken outline."""
    seen: set[int] = set()
    todo = [(pdfium.FPDFBookmark_GetFirstChild(document, None), 1)]
    while todo and len(seen) < MAX_BOOKMARKS:
        bookmark, level = todo.pop()
        address = library.handle(bookmark)
        if not address or address in seen:
            continue
        seen.add(address)
        yield bookmark, level
        todo.append((pdfium.FPDFBookmark_GetNextSibling(document, bookmark), level))
        if level < _MOST_DEPTH:
            todo.append((pdfium.FPDFBookmark_GetFirstChild(document, bookmark), level + 1))


def _target(document: Document, bookmark: Any) -> Any:
    """The destination of a bookmark, which may be that of its action; null when it has none."""
    target = pdfium.FPDFBookmark_GetDest(document, bookmark)
    if not target:
        action = pdfium.FPDFBookmark_GetAction(bookmark)
        target = pdfium.FPDFAction_GetDest(document, action) if action else target
    return target


def _title(bookmark: Any) -> str:
    size = min(pdfium.FPDFBookmark_GetTitle(bookmark, None, 0), _MOST_TITLE_BYTES)
    buffer = ctypes.create_string_buffer(size)
    # A longer title leaves the buffer as it is.
    pdfium.FPDFBookmark_GetTitle(bookmark, buffer, size)
    untrusted_title = buffer.raw.decode("utf-16-le", errors="replace").rstrip("\0")
    return " ".join(untrusted_title.split())
