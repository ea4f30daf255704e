"""Tells paragraphs that are nothing but formulas, by the fonts that formulas are written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

import msgspec

from contract.layout import ParagraphRole
from contract.page import FormulaKind
from engine.evidence import Word
from engine.formulas.symbols import OPERATORS
from engine.reading.marks import is_number
from engine.reading.page import Block, Paragraph, ReadPage

# Shares of the characters: those of words at most, those of fonts for formulas at least.
_WORDS, _MATH = 0.3, 0.2
_FEWEST_CHARACTERS = 3

# What is longer spells a word, whatever its font; names of functions are no words.
_WORD = re.compile(r"[^\W\d_]{2,}")
_MATH_WORD = re.compile(r"[^\W\d_]{4,}")
_SIGN = re.compile(r"[=<>≤≥≠≈∼≃≡±×∈⊂⊆→⇒∑∏∫√∝≲≳+−]")


def told(page: ReadPage) -> ReadPage:
    """The page with the role of formulas for its paragraphs that show nothing else."""
    if not any(isinstance(block, Paragraph) and any(word.math for word in _words(block)) for block in page.blocks):
        return page
    blocks: list[Block] = []
    # A formula of several heights is read as paragraphs one after the other.
    for is_bare, group in groupby(page.blocks, key=_is_bare):
        together = list(group)
        if is_bare and _is_formula([word for one in together if isinstance(one, Paragraph) for word in _words(one)]):
            together = [_told(one) for one in together]
        blocks += together
    return msgspec.structs.replace(page, blocks=tuple(blocks))


def _words(paragraph: Paragraph) -> list[Word]:
    return [word for line in paragraph.lines for word in line.words]


def _is_bare(block: Block) -> bool:
    """Whether a block is a paragraph without words, or one that was found to be a formula."""
    if not isinstance(block, Paragraph) or block.role is not None:
        return False
    words = _words(block)
    spelled = sum([_spelled(word) for word in words])
    return _displays(words) or (
        not is_number(words[0].text) and spelled <= _WORDS * sum([len(word.text) for word in words])
    )


def _is_formula(words: Sequence[Word]) -> bool:
    count = sum([len(word.text) for word in words])
    return _displays(words) or (
        count >= _FEWEST_CHARACTERS
        and sum([len(word.text) for word in words if word.math]) >= _MATH * count
        and any(word.math and any(map(str.isalpha, word.text)) for word in words)
        and any(_SIGN.search(word.text) for word in words)
    )


def _told(block: Block) -> Block:
    """The block with its role, unless it is the number of an equation."""
    if isinstance(block, Paragraph) and any(word.math for word in _words(block)):
        return msgspec.structs.replace(block, role=ParagraphRole.FORMULA_BLOCK)
    return block


def _displays(words: Sequence[Word]) -> bool:
    return any(word.formula and word.formula.kind is FormulaKind.DISPLAY for word in words)


def _spelled(word: Word) -> int:
    """How many of its characters spell words."""
    if word.formula:
        return 0
    found = (_MATH_WORD if word.math else _WORD).findall(word.text)
    return sum([len(part) for part in found if part not in OPERATORS])
