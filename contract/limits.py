"""Limits of the service (Document Intelligence v4.0, standard tier, unless said otherwise)."""

from __future__ import annotations

from typing import Final

MAX_PAGES: Final = 2_000
"""Pages analyzed of one document; the pages after them are left out, as the protocol does."""

MAX_RESULT_BYTES: Final = 500 * 1024 * 1024
"""Largest result, bytes of JSON."""

MIN_IMAGE_SIDE: Final = 50
"""Smallest side of an image, pixels."""

MAX_IMAGE_SIDE: Final = 10_000
"""Largest side of an image, pixels."""

MAX_PAGE_INCHES: Final = 200.0
"""Largest side of a PDF page, inches (the limit of PDF 1.x readers: 14,400 units of 1/72 inch)."""

MAX_FIGURES: Final = 1_000
"""Figures of one document of which pictures are made."""

MAX_QUERY_FIELDS: Final = 20
"""Query fields of one request."""

MAX_CUSTOM_MODELS: Final = 5_000
"""Custom template models of one resource."""
