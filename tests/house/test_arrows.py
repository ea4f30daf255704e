"""The arrows between the folders, and the wall on the size of a module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EDGES = ("analyze", "results", "cleanup", "models")
PRODUCT = ("contract", "engine", "service", *EDGES, "local")
MAY_IMPORT = {
    "contract": set(),
    "engine": {"contract"},
    "service": {"engine", "contract"},
    **{edge: {"service", "engine", "contract"} for edge in EDGES},
    "local": {*EDGES, "service", "engine", "contract", "function_app"},
    "function_app": {*EDGES, "service"},
}
ONLY_IN = {
    "azure.functions": ("function_app", *EDGES, "local"),
    "azurefunctions": (*EDGES, "local"),
    "azure.storage": ("service/store", "service/sources", "local"),
    "cryptography": ("service/vault",),
    "pypdfium2": ("engine",),
    "pypdf": ("engine",),
}
WALL = 450


def modules() -> list[Path]:
    found = [path for folder in PRODUCT for path in (ROOT / folder).rglob("*.py")]
    return [*sorted(found), ROOT / "function_app.py"]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_keeps_to_the_arrows_and_the_wall(path: Path) -> None:
    home = path.relative_to(ROOT).with_suffix("").as_posix()
    package = home.split("/")[0]
    for name in imports(path):
        target = name.split(".")[0]
        if target != package and target in MAY_IMPORT:
            assert target in MAY_IMPORT[package], f"{home} imports {name}"
        for library, places in ONLY_IN.items():
            if name == library or name.startswith(library + "."):
                assert home.startswith(places), f"{home} imports {name}"
    assert len(path.read_text().splitlines()) <= WALL


def test_only_the_wiring_reads_the_environment() -> None:
    reading = {path.relative_to(ROOT) for path in modules() if re.search(r"os\.environ|getenv", path.read_text())}
    assert {path.parts[0] for path in reading} <= {"function_app.py", "local", "engine"}
    assert {path.parent for path in reading if path.parts[0] == "engine"} == {Path("engine/cage")}


def test_no_bench_does_cryptography_of_its_own() -> None:
    for path in (ROOT / "bench").glob("*.py"):
        assert not [name for name in imports(path) if name.split(".")[0] == "cryptography"], path.name


def test_every_module_says_what_it_is() -> None:
    silent = [path for path in modules() if not ast.get_docstring(ast.parse(path.read_text()))]
    assert not silent
