"""The Office samples have the structure that they state."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.result import AnalyzeResult
from tests.engine.images import recognizing
from tests.engine.office.files import laid_out

SAMPLES = Path(__file__).parents[3] / "samples"


def counted(result: AnalyzeResult) -> tuple[int, int, int, int]:
    return len(result.pages), len(result.sections or []), len(result.tables or []), len(result.figures or [])


@pytest.mark.parametrize(
    ("sample", "counts"),
    [("report.docx", (1, 4, 1, 1)), ("talk.pptx", (3, 3, 1, 0)), ("orders.xlsx", (2, 1, 0, 0))],
)
def test_pages_sections_tables_and_figures(
    monkeypatch: pytest.MonkeyPatch, sample: str, counts: tuple[int, int, int, int]
) -> None:
    recognizing(monkeypatch, lambda pixels: [])
    assert counted(laid_out((SAMPLES / sample).read_bytes())) == counts
