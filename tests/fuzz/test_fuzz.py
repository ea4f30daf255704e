"""Every entry point that reads what others wrote keeps its contract: for its seeds at once, fuzzed if slow."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
TARGETS = sorted(path.stem for path in (Path(__file__).parent / "targets").glob("*.py"))
SECONDS_FOR_ALL = 60
#: Of one input; and memory, which the input of the engine takes most of.
MOST_SECONDS, MOST_MEBIBYTES = 20, 2048


@pytest.mark.parametrize("name", TARGETS)
def test_the_seeds(name: str) -> None:
    target = importlib.import_module(f"tests.fuzz.targets.{name}")
    for seed in (b"", *target.SEEDS):
        target.check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_fuzzed(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="atheris is not made for this platform")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(importlib.import_module(f"tests.fuzz.targets.{name}").SEEDS):
        (corpus / str(number)).write_bytes(seed)
    options = [
        f"-max_total_time={SECONDS_FOR_ALL // len(TARGETS)}",
        f"-timeout={MOST_SECONDS}",
        f"-rss_limit_mb={MOST_MEBIBYTES}",
        f"-artifact_prefix={tmp_path}/",
    ]
    ended = subprocess.run(  # noqa: S603 - no part of the command comes from outside
        [sys.executable, "-m", "tests.fuzz.run", name, *options, str(corpus)],
        cwd=PROJECT,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    print(ended.stderr[-2000:])
    assert ended.returncode == 0, f"the input that broke the contract is in {tmp_path}"
