"""Formulas of a Word file in one line of text: `x^2`, `(a+b)/c`, `√(x)`."""

from __future__ import annotations

from typing import Final

from lxml import etree

from engine.office.docx.names import M

_SCRIPTS: Final = {"sub": "_", "sup": "^", "lim": "_"}
_SCRIPTED: Final = frozenset(M + name for name in ("sSub", "sSup", "sSubSup", "limLow", "limUpp"))


def linear(formula: etree._Element) -> str:
    """The text of a formula or of a part of one."""
    tag = formula.tag
    if tag == f"{M}t":
        return formula.text or ""
    if tag == f"{M}f":
        return f"{_grouped(_part(formula, 'num'))}/{_grouped(_part(formula, 'den'))}"
    if tag in _SCRIPTED:
        return _part(formula, "e") + _scripts(formula)
    if tag == f"{M}nary":
        return f"{_stated(formula, 'naryPr/chr', '∫')}{_scripts(formula)} {_part(formula, 'e')}"
    if tag == f"{M}rad":
        degree = _part(formula, "deg")
        return f"{degree}√{_grouped(_part(formula, 'e'))}"
    if tag == f"{M}d":
        inside = _stated(formula, "dPr/sepChr", "|").join(linear(one) for one in formula.iterfind(f"{M}e"))
        return f"{_stated(formula, 'dPr/begChr', '(')}{inside}{_stated(formula, 'dPr/endChr', ')')}"
    if tag == f"{M}func":
        return f"{_part(formula, 'fName')} {_part(formula, 'e')}"
    if tag == f"{M}m":
        rows = (", ".join(linear(one) for one in row.iterfind(f"{M}e")) for row in formula.iterfind(f"{M}mr"))
        return f"[{'; '.join(rows)}]"
    return "".join(linear(child) for child in formula if not _is_property(child))


def _is_property(element: etree._Element) -> bool:
    return not isinstance(element.tag, str) or element.tag.endswith("Pr")


def _part(formula: etree._Element, name: str) -> str:
    found = formula.find(M + name)
    return linear(found) if found is not None else ""


def _scripts(formula: etree._Element) -> str:
    """What stands below and above, with the signs for it."""
    scripts = ""
    for name, sign in _SCRIPTS.items():
        text = _part(formula, name)
        if text:
            above = formula.tag == f"{M}limUpp"
            scripts += ("^" if above else sign) + _grouped(text)
    return scripts


def _stated(formula: etree._Element, path: str, default: str) -> str:
    """A character that a formula's properties name; one that they name as nothing is nothing."""
    found = formula.find("/".join(M + name for name in path.split("/")))
    return default if found is None else found.get(f"{M}val", "")


def _grouped(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() else f"({text})"
