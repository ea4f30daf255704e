"""What is under version control says nothing of the machine it was written on."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS_OF_A_MACHINE = re.compile(r"(?<![\w.$}~/)-])/(?:home|root|Users|work|opt|mnt|srv)/[\w.-]")
REGISTRIES = re.compile(
    r"registry\.npmjs|registry\.yarnpkg|pypi\.org/simple|files\.pythonhosted|--(?:extra-)?index-url|--find[-]links",
    re.IGNORECASE,
)


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)  # noqa: S607
    if listed.returncode:
        pytest.skip("this is no git checkout, so nothing is under version control")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_path_of_a_machine_and_no_registry() -> None:
    here = re.compile(rf"{re.escape(str(ROOT))}(?![\w-])|{re.escape(str(Path.home()))}/")
    told = []
    for path in tracked():
        text = path.read_bytes().decode(errors="replace")
        found = here.search(text) or FOLDERS_OF_A_MACHINE.search(text) or REGISTRIES.search(text)
        if found:
            told.append(f"{path.relative_to(ROOT)}: {found.group()}")
    assert told == []


def test_the_lock_file_leaves_the_registry_open() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]
    assert all("integrity" in package for name, package in packages.items() if name)


@pytest.mark.parametrize("requirements", ["requirements.txt", "requirements-dev.txt"])
def test_every_requirement_is_pinned(requirements: str) -> None:
    lines = (ROOT / requirements).read_text().splitlines()
    named = [line for line in lines if line and not line.startswith(("#", "-r "))]
    assert named
    assert [line for line in named if not re.fullmatch(r"[\w.\[\]-]+==[\w.]+(\s*;.*)?", line)] == []
