"""A character means what its font codes."""

from __future__ import annotations

import pytest

from engine.formulas.faces import face
from engine.formulas.symbols import latex


@pytest.mark.parametrize(
    ("font", "characters", "expected"),
    [
        (b"ABCDEF+CMMI10", "xα?µφ", ["x", r"\alpha", r"\star", r"\mu", r"\phi"]),
        (b"CMSY10", "0k\x0cA∈|", [r"\prime", r"\|", r"\odot", r"\mathcal{A}", r"\in", "|"]),
        (b"CMSY7", "\xa1\xa3", ["-", r"\times"]),
        (b"CMEX10", '\x10"XZ', ["(", "[", r"\sum", r"\int"]),
        (b"MSBM10", "RZ?", [r"\mathbb{R}", r"\mathbb{Z}", r"\varnothing"]),
        (b"MSAM10", ".&", [r"\lesssim", r"\gtrsim"]),
        (b"EUFM10", "g", [r"\mathfrak{g}"]),
        (b"CMBX10", "x1=", [r"\mathbf{x}", r"\mathbf{1}", "="]),
        (
            b"BCDEEE+CambriaMath",
            "𝑥𝒜𝐀𝛂ℝℓℎ√≥",
            [
                "x",
                r"\mathcal{A}",
                r"\mathbf{A}",
                r"\boldsymbol{\alpha}",
                r"\mathbb{R}",
                r"\ell",
                "h",
                r"\surd",
                r"\geq",
            ],
        ),
        (b"Times-Roman", "x%é{", ["x", r"\%", r"\text{é}", r"\{"]),
        (b"Times-Roman", "\x03\ue000\ufffd", ["", "", ""]),
    ],
)
def test_codes(font: bytes, characters: str, expected: list[str]) -> None:
    assert [latex(character, face(font)) for character in characters] == expected


@pytest.mark.parametrize(
    "name",
    ["CMMI10", "ABCDEF+CMSY7", "LMMathItalic10-Regular", "STIXTwoMath-Regular", "CambriaMath", "txsys", "KaTeX_Main"],
)
def test_fonts_for_formulas(name: str) -> None:
    assert face(name.encode()).math


@pytest.mark.parametrize("name", ["CMR10", "LMRoman10-Regular", "Times-Italic", "Mathilde", "SymbolMT", ""])
def test_fonts_for_text(name: str) -> None:
    assert not face(name.encode()).math
