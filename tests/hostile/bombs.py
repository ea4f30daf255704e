"""Bombs: small documents that ask for more time, memory or depth than one document is given."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Final

from tests.hostile.raw import (
    CATALOG,
    FONT,
    NOTHING,
    PAGE,
    PAGES,
    SAYS_HELLO,
    deflated,
    document,
    inflating,
    numbered,
    page,
    stream,
)

_MEBI: Final = 1024 * 1024
_WORD: Final = b"(word) Tj 3 0 Td\n"
_FLATE: Final = b"/Filter/FlateDecode"
_LIMITLESS: Final = 2_147_483_647


def inflates(mebibytes: int) -> bytes:
    """A content stream of spaces that grows a thousandfold."""
    return page(stream(inflating(b" " * _MEBI, mebibytes), _FLATE))


def inflates_twice(mebibytes: int) -> bytes:
    """The same, compressed once more: gigabytes stand in a few kilobytes."""
    once = inflating(b" " * _MEBI, mebibytes)
    return page(stream(zlib.compress(once, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def object_stream_inflates(mebibytes: int) -> bytes:
    """An object stream, with a cross-reference stream that sends the reader into it for the page."""
    body = bytearray(b"%PDF-1.7\n")
    offsets = {}
    for number, content in {
        1: CATALOG,
        2: PAGES,
        4: stream(inflating(b" " * _MEBI, mebibytes), _FLATE + b"/Type/ObjStm/N 1000000/First 16"),
    }.items():
        offsets[number] = len(body)
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(body)
    entries = [(0, 0), (1, offsets[1]), (1, offsets[2]), (2, 4), (1, offsets[4]), (1, start)]
    table = b"".join(bytes([kind]) + place.to_bytes(4, "big") + b"\0" for kind, place in entries)
    body += b"5 0 obj\n" + deflated(table, b"/Type/XRef/W[1 4 1]/Root 1 0 R/Size 6") + b"\nendobj\n"
    return bytes(body) + b"startxref\n%d\n%%%%EOF\n" % start


def predictor() -> bytes:
    """A row of a predictor that is as wide as an integer allows."""
    parameters = b"/DecodeParms<</Predictor 12/Columns %d/Colors 32/BitsPerComponent 16>>" % _LIMITLESS
    return page(deflated(b"0" * 4096, _FLATE + parameters))


def filters(count: int) -> bytes:
    """A stream behind a thousand filters."""
    return page(stream(b"41" * 1000, b"/Filter[" + b"/ASCIIHexDecode" * count + b"]"))


def circle_of_pages() -> bytes:
    """A page tree whose node is its own child."""
    return document(
        {1: CATALOG, 2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>", 3: b"<</Type/Pages/Kids[2 0 R]/Count 9>>"}
    )


def many_pages_claimed(count: int) -> bytes:
    """A page tree that claims more pages than it has."""
    return document({1: CATALOG, 2: b"<</Type/Pages/Kids[3 0 R]/Count %d>>" % count, **_one_page()})


def one_page_many_times(count: int) -> bytes:
    """A page tree that names one page again and again."""
    kids = b"3 0 R " * count
    return document({1: CATALOG, 2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count), **_one_page()})


def deep_page_tree(depth: int) -> bytes:
    """A page tree that is a chain."""
    nodes = [b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (n - 1, n + 1) for n in range(10, 10 + depth)]
    nodes.append(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 612 792]>>" % (9 + depth))
    return document({1: CATALOG, 2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>", **numbered(nodes, 10)})


def wide_page(points: int, unit: int = 1) -> bytes:
    """A page larger than paper."""
    huge = PAGE.replace(b"612 792", b"%d %d" % (points, points)).replace(b"/Parent", b"/UserUnit %d/Parent" % unit)
    return document({1: CATALOG, 2: PAGES, **_one_page(), 3: huge})


def objects(count: int) -> bytes:
    """Objects that nothing needs."""
    return page(more=numbered([b"<</Next %d 0 R>>" % (n + 8) for n in range(count)]))


def nested_arrays(depth: int) -> bytes:
    """Arrays in arrays, in the dictionary of the page."""
    return document(
        {1: CATALOG, 2: PAGES, **_one_page(), 3: PAGE[:-2] + b"/Deep " + b"[" * depth + b"]" * depth + b">>"}
    )


def nested_operands(depth: int) -> bytes:
    """Dictionaries in dictionaries, in a content stream."""
    return page(deflated(b"/P " + b"<</A " * depth + b"1" + b">>" * depth + b" BDC\n" + SAYS_HELLO + b"EMC\n", _FLATE))


def saved_states(count: int) -> bytes:
    """Graphics states that are saved and never restored."""
    return page(deflated(b"q 1 0 0 1 0 0 cm\n" * count + SAYS_HELLO, _FLATE))


def form_in_itself() -> bytes:
    """A form that draws itself."""
    return _forms([b"/X0 Do\n" + SAYS_HELLO])


def deep_forms(depth: int) -> bytes:
    """A form that draws a form that draws a form."""
    return _forms([b"/X%d Do\n" % (n + 1) for n in range(depth)] + [SAYS_HELLO])


def forms_fan_out(depth: int, width: int) -> bytes:
    """Each form draws the next one several times: `width` to the power of `depth` words."""
    return _forms([b"/X%d Do\n" % (n + 1) * width for n in range(depth)] + [SAYS_HELLO])


def text_operators(mebibytes: int) -> bytes:
    """A content stream that goes on showing text, compressed to a thousandth."""
    block = b"BT /F1 1 Tf 10 10 Td\n" + _WORD * (_MEBI // len(_WORD)) + b"ET\n"
    return page(stream(inflating(block, mebibytes), _FLATE))


def path_operators(mebibytes: int) -> bytes:
    """A content stream of lines and curves."""
    block = b"0 0 m 9 9 l 1 2 3 4 5 6 c S\n"
    return page(stream(inflating(block * (_MEBI // len(block)), mebibytes), _FLATE))


def words_at_one_place(count: int) -> bytes:
    """The same word drawn over itself."""
    return page(deflated(b"BT /F1 9 Tf 1 0 0 1 72 72 Tm (word) Tj ET\n" * count, _FLATE))


def words_all_over(count: int) -> bytes:
    """Words of all sizes in no order: no line, no column."""
    places = [(n * 7919 % 6101 / 10, n * 104_729 % 7907 / 10, 1 + n * 31 % 17) for n in range(count)]
    return page(
        deflated(b"".join(b"BT /F1 %d Tf %.1f %.1f Td (w%d) Tj ET\n" % (s, x, y, s) for x, y, s in places), _FLATE)
    )


def words_in_all_directions(count: int) -> bytes:
    """Each word at an angle of its own."""
    turns = [(1 - n / count, n / count, n * 7919 % 599, n * 6101 % 787) for n in range(count)]
    return page(
        deflated(
            b"".join(
                b"BT /F1 4 Tf %.5f %.5f %.5f %.5f %d %d Tm (word) Tj ET\n" % (a, b, -b, a, x, y) for a, b, x, y in turns
            ),
            _FLATE,
        )
    )


def column_of_letters(count: int) -> bytes:
    """Single letters below each other, a hundredth of a point apart."""
    return page(deflated(b"BT /F1 1 Tf 72 700 Td\n" + b"(x) Tj 0 -.01 Td\n" * count + b"ET\n", _FLATE))


def long_string(characters: int) -> bytes:
    """One word of a million letters."""
    return page(deflated(b"BT /F1 .001 Tf 72 700 Td (" + b"x" * characters + b") Tj ET", _FLATE))


def combining_marks(characters: int) -> bytes:
    """One letter with a million accents, which all make one grapheme cluster."""
    cmap = b"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <78> <0301> endbfchar"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>"
    content = deflated(b"BT /F1 .001 Tf 72 700 Td (a" + b"x" * characters + b") Tj ET", _FLATE)
    return page(content, font=font, more={7: stream(cmap)})


def impossible_numbers() -> bytes:
    """Matrices that overflow, vanish or are no numbers at all."""
    matrices = (
        b"1e38 0 0 1e38 1e38 1e38", b"0 0 0 0 0 0", b"nan inf -inf 0 0 0", b"1e-38 0 0 1e-38 0 0",
        b"99999999999999999999 1 -1 99999999999999999999 0 0", b"1 1 1 1 72 72", b"3e38 3e38 -3e38 3e38 3e38 -3e38",
    )  # fmt: skip
    return page(
        stream(b"".join(b"q %s cm %s Q BT /F1 12 Tf %s Tm (word) Tj ET\n" % (m, SAYS_HELLO, m) for m in matrices))
    )


def impossible_box(box: bytes) -> bytes:
    """A page whose visible box is none."""
    return document({1: CATALOG, 2: PAGES, **_one_page(), 3: PAGE.replace(b"0 0 612 792", box)})


def giant_cmap(mebibytes: int) -> bytes:
    """A table from codes to characters that is longer than any script."""
    block = b"100 beginbfrange\n" + b"<0000> <FFFF> <D800DFFFD800DFFF>\n" * 100 + b"endbfrange\n"
    packed = stream(inflating(block * (_MEBI // len(block)), mebibytes), _FLATE)
    return page(font=b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 7 0 R>>", more={7: packed})


def giant_font(mebibytes: int) -> bytes:
    """A font program that is all zeros and no end."""
    font = b"<</Type/Font/Subtype/TrueType/BaseFont/X/FirstChar 0/LastChar 255/FontDescriptor 7 0 R>>"
    descriptor = b"<</Type/FontDescriptor/FontName/X/Flags 4/FontFile2 8 0 R>>"
    program = stream(inflating(b"\0" * _MEBI, mebibytes), _FLATE)
    return page(font=font, more={7: descriptor, 8: program})


def glyph_in_itself() -> bytes:
    """A font whose glyph is drawn with the same font."""
    font = (
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 97/LastChar 122"
        b"/Widths[%s]/Encoding<</Differences[97/a]>>/CharProcs<</a 7 0 R>>/Resources<</Font<</F1 5 0 R>>>>>>"
    ) % (b"1 " * 26)
    return page(stream(b"BT /F1 1 Tf 9 9 Td (aaaa) Tj ET"), font=font, more={7: stream(b"BT /F1 1 Tf (aaaa) Tj ET")})


def annotations(count: int) -> bytes:
    """Annotations that are their own parents and draw themselves."""
    widget = b"<</Type/Annot/Subtype/Widget/Rect[0 0 99 99]/Parent 7 0 R/Popup 7 0 R/Kids[7 0 R]/AP<</N 8 0 R>>>>"
    look = stream(
        b"/X0 Do\n" + SAYS_HELLO, b"/Type/XObject/Subtype/Form/BBox[0 0 99 99]/Resources<</XObject<</X0 8 0 R>>>>"
    )
    catalog = CATALOG[:-2] + b"/AcroForm<</Fields[7 0 R]>>>>"
    annotated = PAGE[:-2] + b"/Annots[" + b"7 0 R " * count + b"]>>"
    return document({1: catalog, 2: PAGES, **_one_page(), 3: annotated, 7: widget, 8: look})


def image(side: int) -> bytes:
    """An image that is as large as a village and packed to nothing."""
    packed = inflating(b"\0" * _MEBI, side * side // 8 // _MEBI)
    entries = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 1/ColorSpace/DeviceGray" % (side, side)
    return page(
        stream(b"612 0 0 792 0 0 cm /X0 Do"), forms=b"<</X0 7 0 R>>", more={7: stream(packed, entries + _FLATE)}
    )


def length_of_itself() -> bytes:
    """A stream whose length is the stream."""
    return page(b"<</Length 4 0 R>>stream\n" + SAYS_HELLO + b"\nendstream")


def tables_in_a_circle() -> bytes:
    """Cross-reference tables each of which names the other as the one before."""
    whole = document({1: CATALOG, 2: PAGES, **_one_page()})
    first, second = whole.rindex(b"xref\n0 "), len(whole) + len(b"/Prev 9999")
    whole = whole.replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev %04d" % second)
    before = b"/Prev %d/XRefStm %d" % (first, second)
    return whole + b"xref\n0 0\ntrailer\n<</Size 9/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (before, second)


def heavy_pages(count: int, words: int) -> bytes:
    """One page of many words, again and again: each child has enough to do."""
    heavy = deflated(
        b"BT /F1 4 Tf 9 780 Td 5 TL\n" + (b"(words of a page that goes on) Tj T*\n" * words) + b"ET\n", _FLATE
    )
    kids = b"3 0 R " * count
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return document({1: CATALOG, 2: tree, **_one_page(), 4: heavy})


def _one_page() -> dict[int, bytes]:
    return {3: PAGE, 4: stream(SAYS_HELLO), 5: FONT, 6: NOTHING}


def _forms(contents: list[bytes]) -> bytes:
    names = b"<<" + b"".join(b"/X%d %d 0 R" % (n, n + 7) for n in range(len(contents))) + b">>"
    entries = b"/Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F1 5 0 R>>/XObject 6 0 R>>"
    forms = numbered([stream(content, entries) for content in contents])
    return page(stream(b"/X0 Do"), forms=names, more=forms)


#: Bombs that a result or an error answers at once.
QUICK: Final[Mapping[str, Callable[[], bytes]]] = {
    "a content stream of 64 MiB in 64 KiB": lambda: inflates(64),
    "an object stream that inflates": lambda: object_stream_inflates(64),
    "a predictor of endless columns": predictor,
    "a thousand filters": lambda: filters(1000),
    "a page tree in a circle": circle_of_pages,
    "two billion pages claimed": lambda: many_pages_claimed(_LIMITLESS),
    "a negative number of pages": lambda: many_pages_claimed(-1),
    "a page tree of 10,000 levels": lambda: deep_page_tree(10_000),
    "a page of 300 inches": lambda: wide_page(21_600),
    "a page of 10,000 inches by its unit": lambda: wide_page(7200, 100),
    "a page of two billion points": lambda: wide_page(_LIMITLESS),
    "100,000 objects": lambda: objects(100_000),
    "100,000 nested arrays": lambda: nested_arrays(100_000),
    "100,000 nested dictionaries": lambda: nested_operands(100_000),
    "100,000 saved states": lambda: saved_states(100_000),
    "a form that draws itself": form_in_itself,
    "1,000 nested forms": lambda: deep_forms(1000),
    "a fan of 4,096 words": lambda: forms_fan_out(6, 4),
    "1 MiB of text operators": lambda: text_operators(1),
    "1 MiB of paths": lambda: path_operators(1),
    "5,000 words at one place": lambda: words_at_one_place(5_000),
    "5,000 words all over": lambda: words_all_over(5_000),
    "2,000 words in all directions": lambda: words_in_all_directions(2_000),
    "10,000 letters in a column": lambda: column_of_letters(10_000),
    "a word of 100,000 letters": lambda: long_string(100_000),
    "a letter with 100,000 accents": lambda: combining_marks(100_000),
    "impossible numbers": impossible_numbers,
    "a box of no size": lambda: impossible_box(b"0 0 0 0"),
    "a crop box beside the page": lambda: impossible_box(b"0 0 612 792]/CropBox[700 800 900 990"),
    "a box without width": lambda: impossible_box(b"9 0 9 792]/CropBox[9 0 9 792"),
    "a box upside down": lambda: impossible_box(b"612 792 0 0"),
    "a box beyond all numbers": lambda: impossible_box(b"-1e39 -1e39 1e39 1e39"),
    "a character map of 8 MiB": lambda: giant_cmap(8),
    "a font of 64 MiB": lambda: giant_font(64),
    "a glyph in itself": glyph_in_itself,
    "100 annotations in themselves": lambda: annotations(100),
    "an image of 60,000 pixels squared": lambda: image(60_000),
    "a length that is the stream": length_of_itself,
    "cross-reference tables in a circle": tables_in_a_circle,
}

#: The same in sizes that run into the limits.
LARGE: Final[Mapping[str, Callable[[], bytes]]] = {
    "a content stream of 1 GiB": lambda: inflates(1024),
    "a content stream of 8 GiB, compressed twice": lambda: inflates_twice(8 * 1024),
    "an object stream of 1 GiB": lambda: object_stream_inflates(1024),
    "a million filters": lambda: filters(1_000_000),
    "one page 100,000 times": lambda: one_page_many_times(100_000),
    "a page tree of a million levels": lambda: deep_page_tree(1_000_000),
    "a million objects": lambda: objects(1_000_000),
    "10 million nested arrays": lambda: nested_arrays(10_000_000),
    "10 million nested dictionaries": lambda: nested_operands(10_000_000),
    "10 million saved states": lambda: saved_states(10_000_000),
    "100,000 nested forms": lambda: deep_forms(100_000),
    "a fan of a billion words": lambda: forms_fan_out(30, 2),
    "a fan of ten words to the tenth power": lambda: forms_fan_out(10, 10),
    "4 MiB of text operators": lambda: text_operators(4),
    "500 MiB of text operators": lambda: text_operators(500),
    "500 MiB of paths": lambda: path_operators(500),
    "200,000 words at one place": lambda: words_at_one_place(200_000),
    "200,000 words all over": lambda: words_all_over(200_000),
    "100,000 words in all directions": lambda: words_in_all_directions(100_000),
    "400,000 letters in a column": lambda: column_of_letters(400_000),
    "a word of 50 million letters": lambda: long_string(50_000_000),
    "a letter with 400,000 accents": lambda: combining_marks(400_000),
    "a character map of 500 MiB": lambda: giant_cmap(500),
    "a font of 2 GiB": lambda: giant_font(2048),
    "100,000 annotations in themselves": lambda: annotations(100_000),
    "2,000 pages": lambda: heavy_pages(2_000, 20),
}
