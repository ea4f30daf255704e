"""The files that recognition needs beside the code, and what each must hash to."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "weights"
BUILD = "python -m engine.ocr.build"

SMALL_DETECTION = "small-detection.onnx"
TINY_RECOGNITION = "tiny-recognition.onnx"
SMALL_RECOGNITION = "small-recognition.onnx"
ORIENTATION = "orientation.onnx"
PARTS = "parts-of-pages.onnx"
TINY_CHARACTERS = "tiny-characters.txt"
SMALL_CHARACTERS = "small-characters.txt"
LICENCE = "LICENSE"
ENGLISH = "english.txt"
ENGLISH_LICENCE = "english-LICENSE"
PARTS_LICENCE = "parts-of-pages-LICENSE"

#: SHA-256 of each file, so that what runs is what was measured.
HASHES = {
    SMALL_DETECTION: "d73e0058b7a8086bbd57f3d10b8bcd4ff95363f67e06e2762b5e814fe9c9410e",
    TINY_RECOGNITION: "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6",
    SMALL_RECOGNITION: "5435fd747c9e0efe15a96d0b378d5bd157e9492ed8fd80edf08f30d02fa24634",
    ORIENTATION: "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
    PARTS: "25b1f27ec56aa932a48f30cbd6293c358a156280f4b20b0a973bab210c39f62c",
    TINY_CHARACTERS: "2af150bab777d86fa1ce821f6a37eabea90f1bb99ab9c41f031262e892a747bc",
    SMALL_CHARACTERS: "769e7fa79bb297b5f18d8dbd149e364a45bc61f2b3f574e5ea836f0b261c23a6",
    ENGLISH: "68e9dc81c7e73bd7310b57e516ecaea0d8b6387ff71344a57c04174650a407a7",
    ENGLISH_LICENCE: "cb11dce3d89390a12d5ec21866f380d5da1888e36052ef36cced89e0277c264a",
    PARTS_LICENCE: "7ede825c9885907813b5cb0e500fe7aac4768b4e2892c44e416842114c96d372",
    LICENCE: "1eb85fc97224598dad1852b5d6483bbcf0aa8608790dcc657a5a2a761ae9c8c6",
}


class WeightsMissing(RuntimeError):
    """The package was put together without the build step that brings the weights."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not in {FOLDER.name}/ of {__package__}: run `{BUILD}` first.")


def path(name: str) -> Path:
    """Where a file of `HASHES` lies. Raises: WeightsMissing."""
    found = FOLDER / name
    if not found.is_file():
        raise WeightsMissing(name)
    return found


def characters(name: str) -> tuple[str, ...]:
    """What the classes of a recognizer stand for: the blank, the dictionary in its order, the space."""
    lines = path(name).read_text(encoding="utf-8").split("\n")
    if not lines[-1]:
        lines.pop()
    return ("", *lines, " ")
