"""Other tools that make Markdown or text of PDFs; this file runs alone, in the environment they are installed in.

    python -P bench/peers.py NAME < paths

Prints, for each path of standard input, a line of JSON with `markdown` and processor `seconds`, those of children
among them. `python -P bench/peers.py` alone prints the names of the tools that are installed.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

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


READERS: dict[str, Callable[[], Reader]] = {
    one.__name__: one for one in (pypdfium2, markitdown, liteparse, kreuzberg, opendataloader_pdf, pymupdf4llm)
}


def _seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum([one.ru_utime + one.ru_stime for one in used])


def main() -> None:
    if len(sys.argv) < 2:
        print("\n".join([name for name in READERS if importlib.util.find_spec(name)]))
        return
    read = READERS[sys.argv[1]]()
    for path in sys.stdin.read().splitlines():
        began = _seconds()
        try:
            markdown = read(path)
        except Exception as error:  # A document that a tool cannot read counts as one without text.
            print(f"{path}: {error!r}", file=sys.stderr)
            markdown = ""
        print(json.dumps({"markdown": markdown, "seconds": _seconds() - began}), flush=True)


if __name__ == "__main__":
    main()
