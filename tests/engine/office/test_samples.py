"""The Office and HTML samples come out as a person would write them in Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.result import AnalyzeResult
from tests.engine.images import recognizing
from tests.engine.office.files import laid_out, markdown

SAMPLES = Path(__file__).parents[3] / "samples"
NOTICE = """# Notice to Boats

The harbour empties twice a day. Boats of more than 2 m draught wait for the tide.


## Before you enter

1. Call the harbour office.

• by day on channel 12

• by night by telephone

2. Wait for the green light.


## Heights


<table>
<caption>Mean heights of high water</caption>
<tr>
<th>Station</th>
<th colspan="2">Height</th>
</tr>
<tr>
<th rowspan="2">Port Ellery</th>
<td>neap</td>
<td>1.9 m</td>
</tr>
<tr>
<td>spring</td>
<td>4.3 m</td>
</tr>
</table>

<figure>
<figcaption>Figure 1: the harbour</figcaption>

The harbour and its two lights

</figure>

☒ I have read this. ☐ I want a copy."""


def test_the_notice_in_markdown() -> None:
    assert markdown((SAMPLES / "notice.html").read_bytes()) == NOTICE


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
