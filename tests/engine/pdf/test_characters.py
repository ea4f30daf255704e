"""Characters beyond the first plane of Unicode are one character of their word."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from tests.engine.pdfs import analyzed, pdf, saying, written

MEANINGS = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap
1 begincodespacerange <00> <FF> endcodespacerange
2 beginbfchar <78> <D835DC65> <79> <D83D> endbfchar
endcmap end end"""


def test_both_halves_of_a_character_are_one() -> None:
    """The font says that `x` is the italic x of mathematics, and `y` half a character."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf(saying("the x of all", "axb xx", "y")))))
    meanings = DecodedStreamObject()
    meanings.set_data(MEANINGS)
    for font in writer.pages[0]["/Resources"]["/Font"].values():  # type: ignore[index]
        font.get_object()[NameObject("/ToUnicode")] = writer._add_object(meanings)
    found = analyzed(written(writer))
    assert found.content == "the \U0001d465 of all\na\U0001d465b \U0001d465\U0001d465\n\ufffd"
    words = found.pages[0].words or []
    assert [word.content for word in words][4:6] == ["a\U0001d465b", "\U0001d465\U0001d465"]
    # A word is as wide as its letters: in this font an x is half as wide as its size.
    left, right = (words[5].polygon or [])[0], (words[5].polygon or [])[2]
    assert abs((right - left) * 72 - 12) < 0.2
