"""The pages of a Word file."""

from __future__ import annotations

from contract.options import AnalyzeOptions
from engine.office import parts
from engine.office.archive import unpackable
from engine.office.docx.body import Body
from engine.office.pictures import Pictures
from engine.office.pieces import outlined, paged
from engine.reading.page import ReadPage


def pages(untrusted_document: memoryview, options: AnalyzeOptions) -> list[ReadPage]:
    """The document on pages of 3,000 characters. Raises: ApiError, and whatever its parser trips over."""
    main = parts.main_part(unpackable(untrusted_document))
    return paged(outlined(list(Body(main, Pictures(options)).pieces(parts.body(main)))))
