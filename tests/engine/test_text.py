"""The text of a word is what a person would type."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from engine.text import clean, ideographic, legibility, mostly_right_to_left


@pytest.mark.parametrize(
    ("drawn", "text"),
    [
        ("plain", "plain"),
        ("\ufb01nd", "find"),
        ("o\ufb03ce", "office"),
        ("exam\x02", "exam-"),
        ("exam\ufffe", "exam-"),
        ("co\u00adop", "co-op"),
        ("nul\x00\x07l", "null"),
        ("\ufeffmark", "mark"),
        ("lone\ud800", "lone"),
        ("\ufee3\ufeae", "\u0645\u0631"),
        ("e\u0301te\u0301", "e\u0301te\u0301"),
        ("\u0301a", "\u25cc\u0301a"),
        ("\u0600", ""),
        ("\ue001", "\ue001"),
        ("\uf0b7", "•"),
        ("\x99", "\ufffd"),
        ("\u2018\u2018quay\u2019\u2019", "\u201cquay\u201d"),
        ("half\u2010way\u2011round", "half-way-round"),
    ],
)
def test_what_fonts_draw_becomes_text(drawn: str, text: str) -> None:
    assert clean(drawn) == text


@given(st.text(), st.text())
def test_a_word_shares_no_grapheme_cluster_with_the_space_beside_it(first: str, second: str) -> None:
    words = [word for word in (clean(first), clean(second)) if word]
    words = [word for word in words if not regex.search(r"\s", word)]
    clusters = regex.findall(r"\X", " ".join(words))
    assert "".join(clusters) == " ".join(words)
    assert clusters.count(" ") == max(len(words) - 1, 0)


def test_legibility_falls_with_characters_without_meaning() -> None:
    assert legibility("word") == 1.0
    assert legibility("caf\u00e9") == 1.0
    assert legibility("\ue001\ufffdab") == 0.5
    assert legibility("\ufffd") == 0.0


def test_scripts_are_told_apart() -> None:
    assert ideographic("潮")
    assert ideographic("あ")
    assert not ideographic("a")
    assert not ideographic("조")
    assert mostly_right_to_left("שלום לכולם ok")
    assert not mostly_right_to_left("hello שלום")
