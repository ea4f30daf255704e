"""What the documentation says is what the code does."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from contract import routes
from contract.errors import Fault
from service.settings import Settings
from tests.promises import report

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*ROOT.glob("*.md"), *DOCS.glob("*.md")])
PRODUCT = ("analyze", "results", "cleanup", "models", "service", "engine", "local")
NEEDED = {"DOCUMENTS": "UseDevelopmentStorage=true", "KEYS_DIR": "keys"}


def rows(page: Path, heading: str) -> Iterator[list[str]]:
    """Cells of the table whose first column has this heading."""
    lines = page.read_text().splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


class Recorder(Mapping[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.asked.add(name)
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def test_every_setting_is_explained_and_every_explained_one_is_read() -> None:
    environment = Recorder(NEEDED)
    Settings.from_environment(environment)
    assert {name.strip("`") for name, *_ in rows(DOCS / "OPERATIONS.md", "setting")} == environment.asked


@pytest.mark.parametrize(("name", "default"), [row[:2] for row in rows(DOCS / "OPERATIONS.md", "setting")])
def test_the_default_of_a_setting_is_the_explained_one(name: str, default: str) -> None:
    name, default = name.strip("`"), default.strip("`")
    if name in NEEDED:
        assert default == ""
    else:
        assert Settings.from_environment({**NEEDED, name: default}) == Settings.from_environment(NEEDED)


def test_every_route_is_in_the_readme() -> None:
    explained = {
        (row[0].strip("`"), verb.strip()) for row in rows(ROOT / "README.md", "route") for verb in row[1].split(",")
    }
    assert explained == {(path, verb) for path, verbs in {**routes.VERBS, **routes.PUBLIC}.items() for verb in verbs}


def test_every_error_is_explained() -> None:
    explained = [tuple(cell.strip("`") for cell in row[:3]) for row in rows(DOCS / "ERRORS.md", "HTTP")]
    assert explained == [(str(fault.status), str(fault.value[1]), fault.value[3] or "") for fault in Fault]


@pytest.mark.parametrize(
    ("fault", "row"),
    list(zip(Fault, rows(DOCS / "ERRORS.md", "HTTP"), strict=True)),
    ids=lambda value: getattr(value, "name", ""),
)
def test_an_explained_error_is_answered(fault: Fault, row: list[str]) -> None:
    sources = [path for folder in PRODUCT for path in (ROOT / folder).rglob("*.py")]
    used = any(re.search(rf"\bFault\.{fault.name}\b", path.read_text()) for path in sources)
    assert used
    assert all(row[3:5])


def test_the_promises_are_numbered() -> None:
    promises = report.read(DOCS / "PROMISES.md")
    assert [promise.number for promise in promises] == list(range(1, len(promises) + 1))
    assert len(promises) == len(list(rows(DOCS / "PROMISES.md", "#")))


@pytest.mark.parametrize("promise", report.read(DOCS / "PROMISES.md"), ids=lambda promise: str(promise.number))
def test_a_promise_names_tests_that_exist(promise: report.Promise) -> None:
    assert promise.proofs
    for proof in promise.proofs:
        file, _, function = proof.partition("::")
        path = ROOT / file
        assert path.exists(), f"{proof} is not there"
        files = path.rglob("test_*.py") if path.is_dir() else [path]
        cases = set().union(*map(cases_in, files))
        assert function in cases if function else cases, f"{proof} is not there"


def cases_in(path: Path) -> set[str]:
    """Names of the tests in a file: functions, classes, and the class that a state machine gives."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return {name for name in names if name.startswith(("test_", "Test"))}


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_and_named_files_are_there(page: Path) -> None:
    text = page.read_text()
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)[^)]*\)", text):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
    for named in re.findall(r"`((?:analyze|results|cleanup|models|service|engine|contract|local|docs)/[\w/.]+)`", text):
        assert (ROOT / named).exists(), f"{page.name} names {named}"
