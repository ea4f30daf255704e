"""The rows and cells that a sequence of tokens tells, as the tags of HTML tell a table."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple


class Token(IntEnum):
    """The first and the last of what may be told at a step; spans of 2 to 20 stand between."""

    BEGIN = 0
    HEAD = 1
    HEAD_END = 2
    BODY = 3
    BODY_END = 4
    ROW = 5
    ROW_END = 6
    CELL_WITH = 7
    CELL_OPEN = 8
    CELL_END = 9
    COLUMN_SPANS = 10
    ROW_SPANS = 29
    CELL = 48
    END = 49


#: The span that the first of the tokens for spans tells.
_FIRST_SPAN = 2
#: Cells that a table may have.
MOST_CELLS = 1_000


class TokenCell(NamedTuple):
    """A cell of a row. `step`: where in the sequence it is told; spans from 1."""

    step: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


def rows(untrusted_tokens: Sequence[int]) -> list[list[TokenCell]]:
    """Rows of cells in their order; what makes no sense in its place tells nothing.

    A sequence ends at its first `END` after the beginning, or where a table gets too large.
    """
    found: list[list[TokenCell]] = []
    header = False
    cells = 0
    for step, token in enumerate(untrusted_tokens):
        if (token == Token.END and step) or cells == MOST_CELLS:
            break
        if token in (Token.HEAD, Token.HEAD_END):
            header = token == Token.HEAD
        elif token == Token.ROW:
            found.append([])
        elif token in (Token.CELL, Token.CELL_WITH) and found:
            found[-1].append(TokenCell(step, header=header))
            cells += 1
        elif Token.COLUMN_SPANS <= token < Token.CELL and found and found[-1]:
            found[-1][-1] = _spanning(found[-1][-1], token)
    return [row for row in found if row]


def _spanning(cell: TokenCell, token: int) -> TokenCell:
    if token < Token.ROW_SPANS:
        return cell._replace(column_span=token - Token.COLUMN_SPANS + _FIRST_SPAN)
    return cell._replace(row_span=token - Token.ROW_SPANS + _FIRST_SPAN)
