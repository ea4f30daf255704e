"""The folders of children: a root is swept when its owner died, and only then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.cage.folder import CageFolder, remove
from engine.cage.spawn import scrubbed_environment

OWNER = """
import os, sys, tempfile
tempfile.tempdir = sys.argv[1]
from engine.cage.folder import CageFolder
(CageFolder().make("1") / "note").write_text("left behind")
sys.stdout.write("made")
sys.stdout.flush()
sys.stdin.read()
"""


def roots(temporary: Path) -> list[Path]:
    return list(temporary.glob("ephemera-cage-*/*"))


def test_a_root_of_a_killed_owner_is_swept_by_the_next(temporary: Path) -> None:
    owner = subprocess.Popen(  # noqa: S603 - the program is this test's
        [sys.executable, "-c", OWNER, str(temporary)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=scrubbed_environment(),
    )
    with owner:
        assert owner.stdout is not None
        assert owner.stdout.read(4) == b"made"
        (left,) = roots(temporary)
        mine = CageFolder()
        assert sorted(roots(temporary)) == sorted([left, mine.path])
        owner.kill()
    mine.close()
    next_one = CageFolder()
    assert roots(temporary) == [next_one.path]
    next_one.close()
    assert roots(temporary) == []


def test_a_base_of_somebody_else_is_not_used(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (temporary / "elsewhere").mkdir()
    (temporary / f"ephemera-cage-{os.geteuid()}").symlink_to(temporary / "elsewhere")
    with pytest.raises(OSError, match="ephemera-cage"):
        CageFolder()


def test_a_folder_without_rights_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "1"
    folder.mkdir()
    (folder / "note").write_text("left behind")
    folder.chmod(0)
    remove(folder)
    assert not folder.exists()


def test_a_folder_that_is_gone_already_is_as_good(tmp_path: Path) -> None:
    remove(tmp_path / "1")


def test_a_root_that_its_owner_closes_meanwhile_does_not_disturb(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    CageFolder().close()
    gone = temporary / "ephemera-cage-gone"
    monkeypatch.setattr(Path, "iterdir", lambda base: iter([gone]))
    CageFolder().close()
