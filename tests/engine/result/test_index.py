"""Offsets count characters in the unit that was asked for."""

from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from contract.options import StringIndexType
from engine.result.index import Index

PIECES = st.lists(
    st.sampled_from(
        ["a", " ", "\n", "é", "e\u0301", "潮", "😀", "👨‍👩‍👧", "🇫🇷", "ก็", "각", "\u1100\u1161", "नि", "\ufffd"]
    ),
    max_size=30,
)


def index(content: str, kind: StringIndexType) -> Index:
    at = Index(kind)
    at.add(content, 0)
    return at


def test_ascii_offsets_stay() -> None:
    at = index("plain", StringIndexType.TEXT_ELEMENTS)
    assert [at(offset) for offset in range(6)] == [0, 1, 2, 3, 4, 5]


@given(PIECES)
def test_code_points_stay(pieces: list[str]) -> None:
    content = "".join(pieces)
    at = index(content, StringIndexType.UNICODE_CODE_POINT)
    assert all(at(offset) == offset for offset in range(len(content) + 1))


@given(PIECES)
def test_utf16_offsets_count_code_units(pieces: list[str]) -> None:
    content = "".join(pieces)
    at = index(content, StringIndexType.UTF16_CODE_UNIT)
    for offset in range(len(content) + 1):
        assert at(offset) == len(content[:offset].encode("utf-16-le")) // 2


@given(PIECES)
def test_text_elements_count_grapheme_clusters(pieces: list[str]) -> None:
    content = "".join(pieces)
    at = index(content, StringIndexType.TEXT_ELEMENTS)
    position = 0
    for number, cluster in enumerate(regex.findall(r"\X", content)):
        assert at(position) == number
        position += len(cluster)
        assert at(position) == number + 1


@given(st.text())
def test_any_text_has_offsets_in_text_elements(content: str) -> None:
    at = index(content, StringIndexType.TEXT_ELEMENTS)
    assert at(0) == 0
    assert at(len(content)) == len(regex.findall(r"\X", content))


@given(st.lists(PIECES, max_size=4), st.sampled_from(StringIndexType))
def test_a_content_in_parts_has_the_offsets_of_the_whole(parts: list[list[str]], kind: StringIndexType) -> None:
    texts = ["".join(part) for part in parts]
    content = "\n".join(texts)
    whole, at = index(content, kind), Index(kind)
    start = 0
    for text in texts:
        at.add(text, start)
        start += len(text) + 1
    assert [at(offset) for offset in range(len(content) + 1)] == [whole(offset) for offset in range(len(content) + 1)]
