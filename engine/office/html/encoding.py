"""The text of an HTML file, in whatever encoding it was saved."""

from __future__ import annotations

import codecs
import re
from typing import Final

_MARKS: Final = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED: Final = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_.:-]{1,40})""", re.IGNORECASE)
_DECLARED_WITHIN: Final = 4096
_WESTERN: Final = "windows-1252"
# What these labels say is read as the encodings that writers mean with them.
_MEANT: Final = {"iso8859-1": _WESTERN, "ascii": _WESTERN, "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932"}


def decoded(untrusted_document: memoryview) -> str:
    """The text; what does not fit the encoding becomes replacement characters."""
    document = bytes(untrusted_document)
    for mark, encoding in _MARKS:
        if document.startswith(mark):
            return document[len(mark) :].decode(encoding, "replace")
    declared = _DECLARED.search(document[:_DECLARED_WITHIN])
    known = _known(declared[1].decode("ascii")) if declared else None
    if known is not None:
        return document.decode(known, "replace")
    try:
        return document.decode("utf-8")
    except UnicodeDecodeError:
        return document.decode(_WESTERN, "replace")


def _known(untrusted_label: str) -> str | None:
    """The name of an encoding of text whose ASCII is ASCII, as the declaration itself was."""
    try:
        name = codecs.lookup(untrusted_label).name
        fits = b"<html>".decode(name) == "<html>"
    except (LookupError, UnicodeError, ValueError):
        return None
    return _MEANT.get(name, name) if fits else None
