"""Writes an open PDF as a new file."""

from __future__ import annotations

import ctypes
import io
from typing import Any

import pypdfium2.raw as pdfium  # type: ignore[import-untyped]

from engine.pdf.document import Document


def saved(document: Document) -> bytes:
    """The PDF as pdfium understood it: with a sound table, without encryption, its streams packed as they were.

    Empty when it cannot be written.
    """
    written = io.BytesIO()

    def write(_: Any, data: int, size: int) -> int:
        written.write(ctypes.string_at(data, size))
        return 1

    sink = pdfium.FPDF_FILEWRITE(version=1)
    sink.WriteBlock = type(sink.WriteBlock)(write)
    done = pdfium.FPDF_SaveAsCopy(document, ctypes.byref(sink), pdfium.FPDF_REMOVE_SECURITY)
    return written.getvalue() if done else b""
