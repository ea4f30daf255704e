"""The parts of a page that have a role in its text: told where the network is sure, and on the page as it was sent."""

from __future__ import annotations

import pytest

from contract.options import AnalyzeOptions
from engine.evidence import Drawings, SeenKind, SeenPart
from engine.scan import read
from engine.scan.frame import Frame
from engine.scan.parts import Kind, Part
from engine.scan.roles import roles
from engine.scan.scale import scaled_drawings
from tests.engine.images import recognizing
from tests.engine.scan.test_pictures import BOX, PAGE


def test_the_likeliest_comes_first_and_what_is_unsure_or_no_text_is_left_out() -> None:
    seen = [
        Part(Kind.TITLE, BOX, 0.75),
        Part(Kind.TITLE, BOX, 0.45),
        Part(Kind.FIGURE, BOX, 0.9),
        Part(Kind.HEADER, BOX, 0.8),
        Part(Kind.HEADER, BOX, 0.55),
        Part(Kind.FOOTER, BOX, 0.55),
    ]
    assert [part.kind for part in roles(seen)] == [SeenKind.HEADER, SeenKind.HEADING, SeenKind.FOOTER]


@pytest.mark.parametrize(("model", "count"), [("prebuilt-layout", 1), ("prebuilt-read", 0)])
def test_parts_are_looked_for_where_layout_is_asked_for(
    model: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    recognizing(monkeypatch, lambda pixels: [])
    monkeypatch.setattr(read, "parts", lambda pixels: [Part(Kind.TITLE, BOX, 0.9)])
    found = read.seen(PAGE, AnalyzeOptions(model_id=model)).drawn.parts
    assert found == (SeenPart(SeenKind.HEADING, BOX),) * count


def test_parts_are_turned_and_scaled_with_the_page() -> None:
    drawn = Drawings((), (), (), parts=(SeenPart(SeenKind.HEADING, (10.0, 20.0, 30.0, 40.0)),))
    turned = Frame(width=100, height=200, turns=2, skew=0.0).drawings(drawn)
    assert turned.parts == (SeenPart(SeenKind.HEADING, (70.0, 160.0, 90.0, 180.0)),)
    assert scaled_drawings(drawn, 0.5).parts == (SeenPart(SeenKind.HEADING, (5.0, 10.0, 15.0, 20.0)),)
