"""Fuzz one entry point with atheris: `python -m tests.fuzz.run TARGET [libFuzzer options] CORPUS`.

TARGET is a module of `tests.fuzz.targets`: its docstring states the contract, `check` holds one input to it,
`SEEDS` are inputs to begin with. Coverage is measured in Python alone; in pdfium and other native code only
chance finds the way.
"""

from __future__ import annotations

import importlib
import sys

import atheris


def main() -> None:
    """Run until an option ends it; a broken contract is an uncaught exception, which ends it with an error."""
    _, name, *options = sys.argv
    with atheris.instrument_imports(include=["analyze", "contract", "engine", "local", "service"]):
        target = importlib.import_module(f"tests.fuzz.targets.{name}")
    atheris.Setup([sys.argv[0], *options], target.check)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
