"""Names of WordprocessingML, and the looks at its elements that every module here takes."""

from __future__ import annotations

from typing import Final

from lxml import etree

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C: Final = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
M: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V: Final = "{urn:schemas-microsoft-com:vml}"

_FALSE: Final = frozenset({"0", "false", "off", "none"})


def value(element: etree._Element | None, path: str) -> str | None:
    """The `w:val` of the element at a path of `w:` names, parted by slashes; None when it is not there."""
    found = element.find("/".join(W + name for name in path.split("/"))) if element is not None else None
    return found.get(f"{W}val") if found is not None else None


def number(element: etree._Element | None, path: str, default: int) -> int:
    """The same as a number, `default` when it is none."""
    untrusted_number = value(element, path)
    try:
        return int(untrusted_number) if untrusted_number is not None else default
    except ValueError:
        return default


def switched_on(element: etree._Element | None, name: str) -> bool | None:
    """Whether a property that is on or off is on; None when nothing is said."""
    found = element.find(W + name) if element is not None else None
    return None if found is None else found.get(f"{W}val", "1") not in _FALSE
