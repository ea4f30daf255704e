"""How scanned pages and forms are laid out, beside Azure's own results and on pages that have nothing to find.

    python -m bench.forms [--evaluation ../shared] [--limit N]

`--evaluation` (or EPHEMERA_DATA) is a folder with documents, their truth (`data/dev`) and a scorer (`eval`); without
it there is nothing to measure. Prints how far tables, selection marks, key-values and roles agree with real results
of Azure; pairs of a key and a value on forms; selection marks and tables found on pages without any; and what the
layout of a scanned page costs beyond the reading of its text.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.analysis import analyzed
from contract.options import AnalyzeOptions, ContentFormat, Feature
from engine import tasks

READ = AnalyzeOptions(model_id="prebuilt-read")
LAYOUT = AnalyzeOptions(
    model_id="prebuilt-layout", content_format=ContentFormat.MARKDOWN, features=frozenset([Feature.KEY_VALUE_PAIRS])
)
# Azure finds marks of an inch in empty corners; of those that are on the page it is surer than this.
SURE_MARK = 0.9
# Boxes to tick, also as Markdown writes them, and bullets that look like them.
MARKS = (*"☐☑☒□■○●◯◻◼▢", "[ ]", "[x]")
# So many pages of an article are read as images too.
IMAGED, DPI = 3, 150

Sums = Counter[str]


def score(task: Any, doc: Any, result: dict[str, Any], sums: Sums) -> None:
    """Adds what a task of the scorer counts on a document."""
    from eval.client import Outcome
    from eval.model import from_any

    scored = task.score(doc, from_any(result), Outcome("succeeded", 0.0))
    for name, count in scored.counts.items():
        sums[name] += count
    for name, value in scored.metrics.items():
        if value is not None:
            sums[f"sum of {name}"] += value
            sums[f"documents with {name}"] += 1


def mean(sums: Sums, name: str) -> str:
    """A metric as the mean over the documents that have it."""
    documents = sums[f"documents with {name}"]
    return f"{sums[f'sum of {name}'] / documents:.3f} on {documents:g}" if documents else "no document has any"


def shown(figures: dict[str, float], name: str) -> str:
    return f"{figures[name]:.3f}" if name in figures else "-"


def sure_marks(doc: Any) -> Any:
    """The truth of a document without the marks that Azure itself is not sure of."""
    raw = doc.truth.result.raw
    pages = raw.get("readResults") or raw.get("pages") or []
    told = [mark["confidence"] for page in pages for mark in page.get("selectionMarks") or []]
    doc.truth.result.marks = [
        mark for mark, confidence in zip(doc.truth.result.marks, told, strict=True) if confidence >= SURE_MARK
    ]
    return doc


def agreement(data: Path, limit: int, console: Console) -> Iterator[tuple[str, str]]:
    """Rows about documents with a real result of Azure, which counts as 1."""
    from eval.tasks.azure_pairs import AzurePairs

    task, sums, sure = AzurePairs(), Counter[str](), Counter[str]()
    docs = [doc for doc in task.docs(data, None) if doc.model == "prebuilt-layout"][: limit or None]
    for doc in track(docs, "documents of Azure", console=console, transient=True):
        result, _ = analyzed(doc.path.read_bytes(), LAYOUT)
        score(task, doc, result, sums)
        score(task, sure_marks(doc), result, sure)
    micro, surely = task.micro(sums), task.micro(sure)
    yield "documents with a result of Azure", str(len(docs))
    for label, name in (("words, precision", "word_p_micro"), ("words, recall", "word_r_micro")):
        yield label, shown(micro, name)
    yield "cells, content, F1", shown(micro, "cell_f1_micro")
    yield "cells, content and place, F1", shown(micro, "cell_place_f1_micro")
    yield "marks in the right state, of all", f"{shown(micro, 'mark_state_micro')} of {sums['mark.truth']:g}"
    yield (
        f"... of those Azure is sure of ({SURE_MARK})",
        f"{shown(surely, 'mark_state_micro')} of {sure['mark.truth']:g}",
    )
    yield "key-values, F1", mean(sums, "pair_f1")
    yield "roles of paragraphs, F1", mean(sums, "role_f1")


def forms(data: Path, limit: int, console: Console) -> Iterator[tuple[str, str]]:
    """Rows about forms whose keys and values are known, and about the cost of their layout."""
    from eval.tasks.forms import FormsKV

    task, sums = FormsKV(), Counter[str]()
    docs = task.docs(data, None)[: limit or None]
    reading = layout = 0.0
    for doc in track(docs, "forms", console=console, transient=True):
        document = doc.path.read_bytes()
        result, seconds = analyzed(document, LAYOUT)
        layout += seconds
        reading += analyzed(document, READ)[1]
        score(task, doc, result, sums)
    micro = task.micro(sums)
    yield "forms", str(len(docs))
    for label, name in (("precision", "p"), ("recall", "r"), ("F1", "f1")):
        yield f"pairs, {label}", shown(micro, f"pair_{name}_micro")
    yield "keys found", shown(micro, "key_recall_micro")
    yield "processor seconds a page for its text", f"{reading / len(docs):.2f}"
    yield "... and for layout and key-values beyond", f"{(layout - reading) / len(docs):.2f}"


def markless(data: Path, limit: int, console: Console) -> Iterator[tuple[str, str]]:
    """Rows about scanned pages, and pages of articles as images, that have no selection marks."""
    from eval import sources

    files = {page.image.name: page.image.read_bytes() for page in sources.omnidocbench(data) if plain(page.text)}
    files |= {receipt.image.name: receipt.image.read_bytes() for receipt in sources.sroie(data)}
    for doc in articles(data):
        if plain(doc.truth.markdown):
            files |= {f"{doc.path.name}, page {number}": image for number, image in enumerate(imaged(doc.path), 1)}
    files = dict(list(files.items())[: limit or None])
    marks = Counter[str]()
    for name, file in track(files.items(), "pages without marks", console=console, transient=True):
        result, _ = analyzed(file, LAYOUT)
        marks[name] += sum([len(page.get("selectionMarks", [])) for page in result["pages"]])
    yield "scanned pages without selection marks", str(len(files))
    yield "false marks a page", f"{marks.total() / len(files):.3f} (on {', '.join(+marks) or 'none'})"


def tableless(data: Path, limit: int, console: Console) -> Iterator[tuple[str, str]]:
    """Rows about pages that have no tables: of articles without any, of reports beside those with tables, and scans."""
    from eval import sources
    from eval.metrics.markdown import parse
    from eval.tasks.tables import Tables

    files: dict[Path, set[int]] = {doc.path: set() for doc in articles(data) if not parse(doc.truth.markdown).tables}
    files |= {page.image: set() for page in sources.omnidocbench(data) if not parse(page.markdown).tables}
    reports = [doc for doc in Tables().docs(data, None) if doc.truth.regions]
    files |= {doc.path: {page for page, _ in doc.truth.regions} for doc in reports}
    files = dict(list(files.items())[: limit or None])
    tables, pages = Counter[str](), 0
    for path, with_tables in track(files.items(), "pages without tables", console=console, transient=True):
        result, _ = analyzed(path.read_bytes(), LAYOUT)
        pages += len(result["pages"]) - len(with_tables)
        found = [region["pageNumber"] for table in result.get("tables", []) for region in table["boundingRegions"]]
        tables[path.name] += len([page for page in found if page not in with_tables])
    yield "pages without tables", str(pages)
    yield "false tables a page", f"{tables.total() / pages:.3f} (on {', '.join(+tables) or 'none'})"


def articles(data: Path) -> list[Any]:
    from eval.tasks.layout import LayoutMarkdown

    return [doc for doc in LayoutMarkdown().docs(data, None) if doc.set.startswith("readoc")]


def plain(text: str) -> bool:
    """Whether no box to tick, and no bullet that looks like one, is written in a text."""
    return not any(mark in text for mark in MARKS)


def imaged(pdf: Path) -> Iterator[bytes]:
    """The first pages of a PDF as images."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(IMAGED, len(document))):
            image = io.BytesIO()
            document[number].render(scale=DPI / 72).to_pil().save(image, "PNG")
            yield image.getvalue()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--evaluation", type=Path, default=Path(os.environ.get("EPHEMERA_DATA", "../shared")))
    arguments.add_argument("--limit", type=int, default=0, help="documents of each kind; 0 for all")
    options = arguments.parse_args()
    console = Console(width=160)
    sys.path.insert(0, str(options.evaluation))
    data = options.evaluation / "data" / "dev"
    try:
        import eval.tasks  # noqa: F401 - the scorer is not a library of the project
    except ImportError as error:
        console.print(f"{options.evaluation} has no documents with truth that can be scored here ({error}): skipped")
        return
    tasks.warm()
    for title, rows in (
        ("beside Azure, which is 1", agreement),
        ("keys and values of forms", forms),
        ("pages without selection marks", markless),
        ("pages without tables", tableless),
    ):
        table = Table("", "", title=title, show_header=False)
        for row in rows(data, options.limit, console):
            table.add_row(*row)
        console.print(table)


if __name__ == "__main__":
    main()
