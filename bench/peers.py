"""Other tools that make Markdown or text of PDFs or images; this file runs alone, where they are installed.

    python -P bench/peers.py NAME pdf|image < paths

Prints, for each path of standard input, a line of JSON with `markdown` and processor `seconds`, those of children
among them. `python -P bench/peers.py` alone prints the tools that are installed, each with what it reads. Tesseract
finds its languages by TESSDATA_PREFIX.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

Reader = Callable[[str], str]


def pypdfium2() -> Reader:
    """Plain text, page by page."""
    import pypdfium2

    def read(path: str) -> str:
        with pypdfium2.PdfDocument(path) as document:
            return "\n\n".join([page.get_textpage().get_text_bounded() for page in document])

    return read


def markitdown() -> Reader:
    from markitdown import MarkItDown

    converter = MarkItDown()
    return lambda path: str(converter.convert(path).text_content)


def liteparse() -> Reader:
    from liteparse import LiteParse

    parser = LiteParse(ocr_enabled=False, output_format="markdown", quiet=True)
    return lambda path: str(parser.parse(path).text)


def kreuzberg() -> Reader:
    from kreuzberg import ExtractionConfig, extract_file_sync

    config = ExtractionConfig(output_format="markdown")
    return lambda path: str(extract_file_sync(path, config=config).content)


def opendataloader_pdf() -> Reader:
    import opendataloader_pdf

    def read(path: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            opendataloader_pdf.convert(input_path=[path], output_dir=folder, format="markdown", quiet=True)
            return "".join([found.read_text(encoding="utf-8") for found in Path(folder).rglob("*.md")])

    return read


def pymupdf4llm() -> Reader:
    import pymupdf4llm

    return lambda path: str(pymupdf4llm.to_markdown(path, show_progress=False))


def img2table() -> Reader:
    """Tables of PDFs that have a text layer, and nothing else."""
    from img2table.document import PDF

    return lambda path: _html(
        [table for page in PDF(path).extract_tables(borderless_tables=True).values() for table in page]
    )


def img2table_of_images() -> Reader:
    from img2table.document import Image
    from img2table.ocr import RapidOCR

    recognizer = RapidOCR()
    return lambda path: _html(Image(path).extract_tables(ocr=recognizer, borderless_tables=True))


def _html(tables: list[Any]) -> str:
    return "\n\n".join([table.html for table in tables])


def rapidocr() -> Reader:
    """Lines of text, as they come."""
    from rapidocr import RapidOCR

    recognizer = RapidOCR()
    return lambda path: "\n".join(recognizer(path).txts or ())


def rapid_table() -> Reader:
    """The structure of a picture that is a table, with the words of rapidocr."""
    from rapid_table import RapidTable
    from rapidocr import RapidOCR

    recognizer, tables = RapidOCR(), RapidTable()

    def read(path: str) -> str:
        seen = recognizer(path)
        return str(tables(path, list(zip(seen.boxes.tolist(), seen.txts, seen.scores, strict=True)))[0])

    return read


def tesserocr() -> Reader:
    """Text as Tesseract gives it, in English and simplified Chinese as far as it has them."""
    import tesserocr

    wanted = [name for name in ("eng", "chi_sim") if name in tesserocr.get_languages()[1]]
    reader = tesserocr.PyTessBaseAPI(lang="+".join(wanted))

    def read(path: str) -> str:
        reader.SetImageFile(path)
        return str(reader.GetUTF8Text())

    return read


READERS: dict[tuple[str, str], Callable[[], Reader]] = {
    **{
        (one.__name__, "pdf"): one
        for one in (pypdfium2, markitdown, liteparse, kreuzberg, opendataloader_pdf, pymupdf4llm, img2table)
    },
    **{(one.__name__, "image"): one for one in (rapidocr, rapid_table, tesserocr)},
    ("img2table", "image"): img2table_of_images,
}


def _seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum([one.ru_utime + one.ru_stime for one in used])


def main() -> None:
    if len(sys.argv) < 2:
        print("\n".join([f"{name} {kind}" for name, kind in READERS if importlib.util.find_spec(name)]))
        return
    # Some tools talk on standard output.
    answers, sys.stdout = sys.stdout, sys.stderr
    read = READERS[sys.argv[1], sys.argv[2]]()
    for path in sys.stdin.read().splitlines():
        began = _seconds()
        try:
            markdown = read(path)
        except Exception as error:  # A document that a tool cannot read counts as one without text.
            print(f"{path}: {error!r}", file=sys.stderr)
            markdown = ""
        print(json.dumps({"markdown": markdown, "seconds": _seconds() - began}), file=answers, flush=True)


if __name__ == "__main__":
    main()
