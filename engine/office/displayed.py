"""The value of a cell of a workbook as a person sees it: numbers and dates by their number formats.

Of the language of number formats this knows what nearly all cells use: decimals, groups of thousands,
percent, signs of currencies, exponents, dates and times. What it does not know is shown plain.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import Final, NamedTuple

_GENERAL: Final = "general"
_LONGEST_FORMAT: Final = 120
_MOST_DECIMALS: Final = 20
# Colours, conditions and locales in brackets; the sign of a currency stands before the dash.
_BRACKETED: Final = re.compile(r"\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]")
_LITERAL: Final = re.compile(r'"([^"]*)"|\\(.)|_.|\*.')
_DIGITS: Final = re.compile(r"[#0?][#0?,]*(?:\.(?P<decimals>[0#?]*))?(?P<exponent>[eE][+-]0+)?")
_TIME: Final = re.compile(r"[hs]|am/pm", re.IGNORECASE)
_DATE: Final = re.compile(r"[yd]", re.IGNORECASE)
_SECOND: Final = re.compile(r"s", re.IGNORECASE)


class _Shape(NamedTuple):
    before: str
    after: str
    least_decimals: int
    most_decimals: int
    grouped: bool
    percent: bool
    exponent: bool


def displayed(value: object, number_format: str) -> str:
    """The text of a cell; empty for an empty one."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value, number_format)
    if isinstance(value, datetime):
        return _moment(value, number_format)
    if isinstance(value, time):
        return value.isoformat("seconds" if _SECOND.search(number_format) else "minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return _duration(value)
    return str(value)


def _moment(value: datetime, number_format: str) -> str:
    bare = _LITERAL.sub("", _BRACKETED.sub("", number_format))
    clock = value.time().isoformat("seconds" if _SECOND.search(bare) else "minutes")
    if not _TIME.search(bare):
        return value.date().isoformat()
    return f"{value.date().isoformat()} {clock}" if _DATE.search(bare) else clock


def _duration(value: timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 3600}:{abs(seconds) % 3600 // 60:02d}:{abs(seconds) % 60:02d}"


def _number(value: float, number_format: str) -> str:
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    except InvalidOperation:
        return str(value)
    sections = number_format[:_LONGEST_FORMAT].split(";")
    shape = _shape(sections[0])
    # A second section is for negative numbers, and says itself how they are told.
    if exact < 0 and len(sections) > 1 and (own := _shape(sections[1])) is not None:
        shape, exact = own, -exact
    if shape is None or not exact.is_finite():
        return f"{value:.15g}" if isinstance(value, float) else str(value)
    if shape.percent:
        exact *= 100
    sign = "-" if exact < 0 else ""
    return f"{sign}{shape.before}{_digits(abs(exact), shape)}{shape.after}"


def _digits(number: Decimal, shape: _Shape) -> str:
    if shape.exponent:
        return f"{float(number):.{shape.most_decimals}E}"
    try:
        rounded = number.quantize(Decimal(1).scaleb(-shape.most_decimals), ROUND_HALF_UP)
    except InvalidOperation:
        return str(number)
    text = f"{rounded:,f}" if shape.grouped else f"{rounded:f}"
    spare = shape.most_decimals - shape.least_decimals
    while spare and text.endswith("0"):
        text, spare = text[:-1], spare - 1
    return text.removesuffix(".")


@lru_cache(maxsize=1024)
def _shape(section: str) -> _Shape | None:
    """How a section of a format shows numbers; None for one that shows them plain."""
    bare = _BRACKETED.sub(lambda found: f'"{found[1] or ""}"', section)
    literals: list[str] = []

    def kept(found: re.Match[str]) -> str:
        literals.append(found[1] or found[2] or "")
        return "\0"

    bare = _LITERAL.sub(kept, bare)
    digits = _DIGITS.search(bare)
    if digits is None or bare.strip("\0 ").lower() == _GENERAL or "/" in bare or digits.group().endswith(","):
        return None
    decimals = (digits["decimals"] or "")[:_MOST_DECIMALS]
    told = iter(literals)

    def shown(text: str) -> str:
        return "".join(next(told, "") if character == "\0" else character for character in text)

    before = shown(bare[: digits.start()])
    after = shown(bare[digits.end() :])
    grouped = "," in digits.group().partition(".")[0]
    percent = "%" in bare
    return _Shape(before, after, decimals.count("0"), len(decimals), grouped, percent, digits["exponent"] is not None)
