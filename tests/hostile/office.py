"""Office and HTML files that ask for more than one document is given, or for what is outside of them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Final

_MEBI: Final = 1024 * 1024
_RELATIONS: Final = "application/vnd.openxmlformats-package.relationships+xml"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHEETS: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_SHEET: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_S: Final = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
SAYS_HELLO: Final = "<w:p><w:r><w:t>hello</w:t></w:r></w:p>"


def zipped(parts: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def word(body: str, before: str = "", more: Mapping[str, bytes] | None = None, relations: str = "") -> bytes:
    """A Word file written by hand; `before` stands before its root, `relations` are those of its body."""
    types = f'<Default Extension="rels" ContentType="{_RELATIONS}"/><Default Extension="xml" ContentType="{_WORD}"/>'
    return zipped(
        {
            "[Content_Types].xml": _types(types),
            "_rels/.rels": _relations(
                f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
            ),
            "word/document.xml": f"{before}<w:document {_W}><w:body>{body}</w:body></w:document>".encode(),
            "word/_rels/document.xml.rels": _relations(relations),
            **(more or {}),
        }
    )


def sheet(rows: str) -> bytes:
    """A workbook of one sheet, written by hand."""
    types = f'<Default Extension="rels" ContentType="{_RELATIONS}"/><Default Extension="xml" ContentType="{_SHEET}"/>'
    types += f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEETS}"/>'
    sheets = f'<sheets><sheet name="a" sheetId="1" r:id="a" xmlns:r="{_OFFICE}"/></sheets>'
    return zipped(
        {
            "[Content_Types].xml": _types(types),
            "_rels/.rels": _relations(
                f'<Relationship Id="a" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
            ),
            "xl/workbook.xml": f"<workbook {_S}>{sheets}</workbook>".encode(),
            "xl/_rels/workbook.xml.rels": _relations(
                f'<Relationship Id="a" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
            ),
            "xl/worksheets/sheet1.xml": f"<worksheet {_S}><sheetData>{rows}</sheetData></worksheet>".encode(),
        }
    )


def _types(types: str) -> bytes:
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{types}</Types>'.encode()


def _relations(relations: str) -> bytes:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{relations}</Relationships>'.encode()


def inflates(mebibytes: int) -> bytes:
    """A part of spaces that grows a thousandfold."""
    return word(SAYS_HELLO, more={"word/media/a.bin": b" " * (mebibytes * _MEBI)})


def entities(depth: int) -> bytes:
    """Entities of entities: ten to the power of `depth` characters."""
    names = ['<!ENTITY e0 "xxxxxxxxxx">', *[f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth)]]
    return word(f"<w:p><w:r><w:t>&e{depth - 1};</w:t></w:r></w:p>", f"<!DOCTYPE x [{''.join(names)}]>")


def outside(kind: str) -> bytes:
    """An entity that is a file of the machine, or a document type from somewhere else."""
    before = {
        "file": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        "address": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY e SYSTEM "http://127.0.0.1:9/">]>',
    }[kind]
    return word(f"{SAYS_HELLO}<w:p><w:r><w:t>&e;</w:t></w:r></w:p>", before)


def picture_outside() -> bytes:
    """A picture that stands somewhere else."""
    drawing = f'<w:p><w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{_OFFICE}" r:embed="b" r:link="b"/></w:drawing></w:r></w:p>'  # noqa: E501
    relation = f'<Relationship Id="b" Type="{_OFFICE}/image" TargetMode="External" Target="http://127.0.0.1:9/x.png"/>'
    return word(SAYS_HELLO + drawing, relations=relation)


def nested_tables(depth: int) -> bytes:
    """A table in a table in a table."""
    return word("<w:tbl><w:tr><w:tc>" * depth + SAYS_HELLO + "</w:tc></w:tr></w:tbl>" * depth)


def styles_in_a_circle() -> bytes:
    """A style that is based on one that is based on it."""
    styles = f'<w:styles {_W}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'  # noqa: E501
    return word(
        '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>hello</w:t></w:r></w:p>',
        more={"word/styles.xml": styles.encode()},
        relations=f'<Relationship Id="s" Type="{_OFFICE}/styles" Target="styles.xml"/>',
    )


def wide_table(columns: int, rows: int) -> bytes:
    """A table whose cells claim far more columns than there are."""
    row = f'<w:tr><w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr>{SAYS_HELLO}</w:tc></w:tr>'
    return word(f"<w:tbl>{row * rows}</w:tbl>")


def far_cell() -> bytes:
    """One cell in the last row and the last column of a sheet."""
    return sheet('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>hello</t></is></c></row>')


def long_sheet(characters: int) -> bytes:
    """More characters than a workbook may have."""
    cell = f'<c t="inlineStr"><is><t>{"x" * 25_000}</t></is></c>'
    return sheet("".join(f'<row r="{n + 1}">{cell}</row>' for n in range(characters // 25_000 + 1)))


def html(body: str) -> bytes:
    return f"<!doctype html><html><body>{body}</body></html>".encode()


def cut_zip() -> bytes:
    """A Word file without the end of its directory."""
    return word(SAYS_HELLO)[:-40]


QUICK: Mapping[str, Callable[[], bytes]] = {
    "8,000,001 characters": lambda: long_sheet(8_000_001),
    "a billion laughs": lambda: entities(9),
    "an entity that is a file": lambda: outside("file"),
    "an entity from elsewhere": lambda: outside("address"),
    "a picture from elsewhere": picture_outside,
    "tables in tables": lambda: nested_tables(60),
    "tables in 1,000 tables": lambda: nested_tables(1_000),
    "styles in a circle": styles_in_a_circle,
    "a table of a million columns": lambda: wide_table(1_000_000, 300),
    "a Word file that is cut": cut_zip,
    "a Word file without a body": lambda: zipped({"word/document.xml": b"<x/>"}),
    "HTML nested 100,000 deep": lambda: html("<div>" * 100_000 + "hello"),
    "an HTML table of spans": lambda: html("<table>" + "<tr><td colspan=1000 rowspan=65000>x" * 1_000),
    "HTML that fetches": lambda: html(
        'hello<img src="http://127.0.0.1:9/x.png"><iframe src="file:///etc/passwd"></iframe>'
        '<link rel=stylesheet href="http://127.0.0.1:9/x.css"><object data="file:///etc/passwd">x</object>'
    ),
    "HTML with an entity that is a file": lambda: (
        b'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body>hello</body></html>'
    ),
}

LARGE: Mapping[str, Callable[[], bytes]] = {
    "a part that inflates to 300 MiB": lambda: inflates(300),
    "60,000 parts": lambda: word(SAYS_HELLO, more={f"word/{n}.xml": b"" for n in range(60_000)}),
    "a cell in the last corner": far_cell,
}
