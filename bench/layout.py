"""How well the structure of documents is found, beside other tools that make Markdown, in one run.

    python -m bench.layout [--evaluation ../shared] [--peers VENV] [--limit N]

`--evaluation` (or EPHEMERA_DATA) is a folder with documents, their truth (`data/dev`) and a scorer (`eval`); without
it there is nothing to measure. `--peers` is a virtual environment with any of the tools of `bench/peers.py`.
Prints for each set the text order (NID), the headings (MHS), tables (TEDS, TEDS-S, adjacency relations), the share
of rules that hold, and processor seconds a page.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bench.analysis import Analyzed, analyzed
from contract.options import AnalyzeOptions, ContentFormat
from engine import tasks

PEERS = Path(__file__).with_name("peers.py")
OPTIONS = AnalyzeOptions(model_id="prebuilt-layout", content_format=ContentFormat.MARKDOWN)
COLUMNS = {
    "nid": "NID",
    "nid_no_tables": "NID without tables",
    "mhs": "MHS",
    "teds": "TEDS",
    "teds_structure": "TEDS-S",
    "adjacency_f1_macro": "adjacency F1, macro",
    "rules_passed": "rules",
}


def ours(path: Path) -> Analyzed:
    """The engine, in this process."""
    return analyzed(path.read_bytes(), OPTIONS)


def peers(venv: Path) -> dict[str, list[str]]:
    """The tools that are installed in an environment, by what they read: `pdf` or `image`."""
    installed = subprocess.run(  # noqa: S603 - the person who runs the bench names the folder
        [venv / "bin" / "python", "-P", PEERS], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    found: dict[str, list[str]] = {"pdf": [], "image": []}
    for line in installed:
        name, kind = line.split()
        found[kind].append(name)
    return found


def theirs(venv: Path, name: str, kind: str, paths: list[Path]) -> Iterator[Analyzed]:
    """What a tool says of each document."""
    with subprocess.Popen(  # noqa: S603 - as above
        [venv / "bin" / "python", "-P", PEERS, name, kind],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write("\n".join([str(path.resolve()) for path in paths]))
        child.stdin.close()
        for line in child.stdout:
            said = json.loads(line)
            yield {"content": said["markdown"]}, said["seconds"]
    if child.returncode:
        sys.exit(f"{name} failed on {kind} documents; bench/README.md says what it needs")


class Scores:
    """Means of one tool on one set."""

    def __init__(self) -> None:
        self.metrics: defaultdict[str, list[float]] = defaultdict(list)
        self.rules = self.rules_ok = 0.0
        self.related = [0.0, 0.0, 0.0]
        self.seconds = 0.0
        self.pages = 0

    def cells(self) -> list[str]:
        means = {name: sum(values) / len(values) for name, values in self.metrics.items()}
        if self.rules:
            means["rules_passed"] = self.rules_ok / self.rules
        shown = [f"{means[name]:.3f}" if name in means else "-" for name in COLUMNS]
        right, found, wanted = self.related
        micro = f"{2 * right / (found + wanted):.3f}" if found + wanted else "-"
        return [*shown, micro, f"{self.seconds / max(1, self.pages):.3f}"]


def score(task: Any, doc: Any, result: dict[str, Any], total: Scores) -> None:
    """Adds a document to the means of its set."""
    from eval.client import Outcome
    from eval.metrics.markdown import parse
    from eval.model import from_any

    found = from_any(result)
    if "pages" not in result:
        # What has no tables of its own may have written them.
        found.tables = parse(found.content).tables
    scored = task.score(doc, found, Outcome("succeeded", 0.0))
    for name, value in scored.metrics.items():
        if value is not None:
            total.metrics[name].append(value)
    for name, count in scored.counts.items():
        if name.startswith("rule_"):
            total.rules_ok += count if name.endswith("_ok") else 0
            total.rules += 0 if name.endswith("_ok") else count
    for place, name in enumerate(("tp", "pred", "truth")):
        total.related[place] += scored.counts.get(f"adjacency.{name}", 0)


def page_count(path: Path) -> int:
    if path.suffix.lower() != ".pdf":
        return 1
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return len(document)


def documents(data: Path, limit: int) -> dict[str, list[tuple[Any, Any]]]:
    """Pairs of a task of the scorer and a document, by set."""
    from eval.tasks.layout import LayoutMarkdown
    from eval.tasks.tables import Tables

    sets: defaultdict[str, list[tuple[Any, Any]]] = defaultdict(list)
    for task in (LayoutMarkdown(), Tables()):
        for doc in task.docs(data, None):
            sets[doc.set].append((task, doc))
    return {name: found[:limit] if limit else found for name, found in sets.items()}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--evaluation", type=Path, default=Path(os.environ.get("EPHEMERA_DATA", "../shared")))
    arguments.add_argument("--peers", type=Path, help="virtual environment with the tools to measure beside")
    arguments.add_argument("--limit", type=int, default=0, help="documents of each set; 0 for all")
    options = arguments.parse_args()
    console = Console(width=160)
    sys.path.insert(0, str(options.evaluation))
    try:
        sets = documents(options.evaluation / "data" / "dev", options.limit)
    except (ImportError, FileNotFoundError) as error:
        console.print(f"{options.evaluation} has no documents with truth that can be scored here ({error}): skipped")
        return
    tasks.warm()
    tools = peers(options.peers) if options.peers else {"pdf": [], "image": []}
    table = Table("documents", "tool", *COLUMNS.values(), "adjacency F1, micro", "CPU-s a page")
    for name, found in sets.items():
        paths = [doc.path for _, doc in found]
        kind = "pdf" if paths[0].suffix == ".pdf" else "image"
        for tool in ["engine", *tools[kind]]:
            results = map(ours, paths) if tool == "engine" else theirs(options.peers, tool, kind, paths)
            total = Scores()
            progress = track(results, f"{name}, {tool}", total=len(paths), console=console, transient=True)
            for (task, doc), (result, seconds) in zip(found, progress, strict=True):
                total.seconds += seconds
                total.pages += page_count(doc.path)
                score(task, doc, result, total)
            table.add_row(f"{name} ({len(paths)})", tool, *total.cells())
    console.print(table)


if __name__ == "__main__":
    main()
