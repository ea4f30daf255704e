"""Results as the engine assembles them, decoded."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from contract.options import AnalyzeOptions
from contract.result import AnalyzeResult
from engine.reading.page import ReadPage
from engine.result import assemble


def assembled(pages: Iterable[ReadPage], options: AnalyzeOptions) -> AnalyzeResult:
    """The result for pages that were read."""
    return msgspec.json.decode(assemble.assembled(pages, options), type=AnalyzeResult)
