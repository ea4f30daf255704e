"""The Markdown of the samples, word for word. `python -m tests.engine.result.test_golden` writes it anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from contract.options import ContentFormat
from tests.engine.images import recognizing
from tests.engine.pdfs import analyzed

SAMPLES = Path(__file__).parents[3] / "samples"
GOLDEN = Path(__file__).parent / "golden"
NAMES = ("article.pdf", "invoice.pdf", "letter.pdf", "notice.html", "orders.xlsx", "report.docx", "talk.pptx")


def markdown(name: str) -> str:
    document = (SAMPLES / name).read_bytes()
    return analyzed(document, "prebuilt-layout", content_format=ContentFormat.MARKDOWN).content + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_the_markdown_of_a_sample(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    recognizing(monkeypatch, lambda pixels: [])
    assert markdown(name) == (GOLDEN / f"{name}.md").read_text("utf-8")


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patched:
        recognizing(patched, lambda pixels: [])
        for one in NAMES:
            (GOLDEN / f"{one}.md").write_text(markdown(one), "utf-8")
