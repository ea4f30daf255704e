"""Figures are told from names, so that a column of them is no column of labels."""

from __future__ import annotations

import pytest

from engine.layout.tables.figures import is_figure


@pytest.mark.parametrize("text", ["12", "(3.5)", "-7 %", "±2", "n/a", ":formula:", ":formula: :formula:"])
def test_numbers_and_formulas_are_figures(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["north", "see :formula:", ":formula: north", ":formula:" * 40 + "north"])
def test_words_are_none(text: str) -> None:
    assert not is_figure(text)
