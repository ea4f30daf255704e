"""Runs the proof of each promise in docs/PROMISES.md and prints promise, proof and outcome.

A promise passes only when each of its proofs ran and passed; a proof that was skipped proves nothing.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parents[2]
PROMISES = ROOT / "docs" / "PROMISES.md"
_ROW = re.compile(r"^\| (?P<number>\d+) \| (?P<promise>[^|]+) \| [^|]+ \| (?P<proofs>[^|]+) \|")
_PROOF = re.compile(r"`(tests/[^`]+)`")


@dataclass(frozen=True)
class Promise:
    """A line of the table; `proofs` are folders of tests, test files, or tests as `file::function`."""

    number: int
    text: str
    proofs: tuple[str, ...]


def read(path: Path = PROMISES) -> list[Promise]:
    """The promises of the document, in its order."""
    rows = [_ROW.match(line) for line in path.read_text().splitlines()]
    return [
        Promise(int(row["number"]), row["promise"].strip(), tuple(_PROOF.findall(row["proofs"])))
        for row in rows
        if row is not None
    ]


def outcomes(proofs: list[str]) -> dict[str, str]:
    """Run the proofs once; gives each its outcome: `pass`, `FAIL`, `skipped` or `did not run`."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={report}", "-o", "junit_family=xunit1", *proofs]
        subprocess.run(command, cwd=ROOT, check=False)  # noqa: S603 - the proofs are test ids of this project
        cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314 - our own file
    return {proof: _outcome([case for case in cases if _belongs(case, proof)]) for proof in proofs}


def _belongs(case: ElementTree.Element, proof: str) -> bool:
    path, _, function = proof.partition("::")
    module = path.removesuffix(".py").replace("/", ".")
    named = (case.get("name") or "").partition("[")[0]
    return f"{case.get('classname')}.".startswith(f"{module}.") and function in ("", named)


def _outcome(cases: list[ElementTree.Element]) -> str:
    if not cases:
        return "did not run"
    if any(case.find(kind) is not None for case in cases for kind in ("failure", "error")):
        return "FAIL"
    return "skipped" if all(case.find("skipped") is not None for case in cases) else "pass"


def main() -> int:
    """Print the table; the exit code is 0 when every promise passed."""
    promises = read()
    found = outcomes(sorted({proof for promise in promises for proof in promise.proofs}))
    table = Table("#", "promise", "proof", "outcome", show_lines=True)
    for promise in promises:
        for position, proof in enumerate(promise.proofs):
            first = position == 0
            table.add_row(str(promise.number) if first else "", promise.text if first else "", proof, found[proof])
    Console().print(table)
    kept = all(promise.proofs and all(found[proof] == "pass" for proof in promise.proofs) for promise in promises)
    return 0 if kept and promises else 1


if __name__ == "__main__":
    raise SystemExit(main())
