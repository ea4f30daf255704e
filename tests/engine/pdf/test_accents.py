"""Accents drawn over letters, and spaces that are hardly there, are part of words as a person reads them."""

from __future__ import annotations

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from engine.pdf import document, page
from tests.engine.pdfs import pdf

FONT, SIZE = "Helvetica", 12


def words(draw: object) -> list[str]:
    with document.opened(memoryview(pdf(draw))) as opened:  # type: ignore[arg-type]
        return [word.text for word in page.read(opened, 1).words]


@pytest.mark.parametrize("later", [False, True])
@pytest.mark.parametrize(
    ("text", "under", "accent", "read"),
    [
        ("Jager", 1, "\u00a8", "J\u00e4ger"),
        ("Neuchatel", 5, "\u02c6", "Neuch\u00e2tel"),
        ("ble", 0, "\u00b4", "ble"),
    ],
)
def test_an_accent_over_a_letter_is_one_character_with_it(
    text: str, under: int, accent: str, read: str, later: bool
) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, SIZE)
        canvas.drawString(72, 700, text)
        if later:
            canvas.drawString(72, 600, "between")
        letter = stringWidth(text[under], FONT, SIZE)
        x = 72 + stringWidth(text[:under], FONT, SIZE) + (letter - stringWidth(accent, FONT, SIZE)) / 2
        canvas.drawString(x, 700, accent)

    found = words(draw)
    assert read in "".join(found)
    # Where there is no such letter, the accent stays as it was drawn.
    assert (accent in "".join(found)) is (read == text)


@pytest.mark.parametrize(
    ("gaps", "read"),
    [
        ({9: 0.13}, ["different", "models"]),
        ({}, ["differentmodels"]),
        (dict.fromkeys(range(1, 15), 0.07) | {9: 0.12}, ["differentmodels"]),
    ],
)
def test_a_squeezed_space_parts_words_and_spaced_letters_do_not(gaps: dict[int, float], read: list[str]) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        text.setFont(FONT, SIZE)
        for index, letter in enumerate("differentmodels"):
            text.setXPos(gaps.get(index, 0.0) * SIZE)
            text.textOut(letter)
            text.setXPos(stringWidth(letter, FONT, SIZE))
        canvas.drawText(text)

    assert words(draw) == read
