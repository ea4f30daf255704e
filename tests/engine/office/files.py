"""Office files that tests make, and what comes out of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from typing import Protocol

import docx
import docx.document
import openpyxl
import pptx
import pptx.presentation
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from PIL import Image, ImageDraw

from contract.options import ContentFormat
from contract.result import AnalyzeResult
from tests.engine.pdfs import analyzed


class Saves(Protocol):
    """A document of any of the libraries."""

    def save(self, path_or_stream: io.BytesIO) -> None:
        """Writes the file."""


def saved(document: Saves | docx.document.Document | pptx.presentation.Presentation | openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def laid_out(document: bytes, **options: object) -> AnalyzeResult:
    """The layout of a document, in text."""
    return analyzed(document, "prebuilt-layout", **options)


def markdown(document: bytes) -> str:
    return laid_out(document, content_format=ContentFormat.MARKDOWN).content


def roles(result: AnalyzeResult) -> list[tuple[str, str | None]]:
    """Content and role of each paragraph."""
    return [(one.content, one.role) for one in result.paragraphs or []]


def word_xml(paragraphs: str) -> bytes:
    """A Word file whose body is this XML, in the prefix `w`."""
    document = docx.Document()
    body = document.element.body
    for element in parse_xml(f"<w:body {nsdecls('w', 'r', 'wp', 'a', 'pic')}>{paragraphs}</w:body>"):
        body.insert(len(body) - 1, element)
    return saved(document)


def with_parts(
    document: bytes, parts: Mapping[str, bytes], changes: Mapping[str, tuple[str, str]] | None = None
) -> bytes:
    """An Office file with parts added or replaced, and with texts replaced in parts by pattern and replacement."""
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as old, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = parts.get(name, old.read(name))
            if changes and name in changes:
                pattern, replacement = changes[name]
                content = re.sub(pattern.encode(), replacement.encode(), content)
            new.writestr(name, content)
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return data.getvalue()


def picture(size: tuple[int, int] = (120, 60)) -> bytes:
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((5, 5, 40, 40), "blue")
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()
