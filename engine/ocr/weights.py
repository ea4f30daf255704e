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
TABLES = "tables.onnx"
TINY_CHARACTERS = "tiny-characters.txt"
SMALL_CHARACTERS = "small-characters.txt"
LICENCE = "LICENSE"
ENGLISH = "english.txt"
ENGLISH_LICENCE = "english-LICENSE"
PARTS_LICENCE = "parts-of-pages-LICENSE"
TABLES_LICENCE = "tables-LICENSE"

#: SHA-256 of each file, so that what runs is what was measured.
HASHES = {
    SMALL_DETECTION: "d73e0058b7a8086bbd57f3d10b8bcd4ff95363f67e06e2762b5e814fe9c9410e",
    TINY_RECOGNITION: "9ef676d6ed3c88256a2d92c640c44f25b0c40947e111b14b8be8f594091563e6",
    SMALL_RECOGNITION: "5435fd747c9e0efe15a96d0b378d5bd157e9492ed8fd80edf08f30d02fa24634",
    ORIENTATION: "2f62c9bfb830a0b417241269fde7ef2d0ad5446c0ed2b8af33b1f6543545e8e2",
    PARTS: "25b1f27ec56aa932a48f30cbd6293c358a156280f4b20b0a973bab210c39f62c",
    TABLES: "d57a942af6a2f57d6a4a0372573c696a2379bf5857c45e2ac69993f3b334514b",
    TINY_CHARACTERS: "2af150bab777d86fa1ce821f6a37eabea90f1bb99ab9c41f031262e892a747bc",
    SMALL_CHARACTERS: "769e7fa79bb297b5f18d8dbd149e364a45bc61f2b3f574e5ea836f0b261c23a6",
    ENGLISH: "68e9dc81c7e73bd7310b57e516ecaea0d8b6387ff71344a57c04174650a407a7",
    ENGLISH_LICENCE: "cb11dce3d89390a12d5ec21866f380d5da1888e36052ef36cced89e0277c264a",
    PARTS_LICENCE: "7ede825c9885907813b5cb0e500fe7aac4768b4e2892c44e416842114c96d372",
    TABLES_LICENCE: "7ede825c9885907813b5cb0e500fe7aac4768b4e2892c44e416842114c96d372",
    LICENCE: "1eb85fc97224598dad1852b5d6483bbcf0aa8608790dcc657a5a2a761ae9c8c6",
}

#: The same of the language data of Tesseract, for scripts that the networks do not know; it may be missing.
DATA_HASHES = {
    "Cyrillic": "a80325ebb1c7aa2dca5002ec05b15052a51dcb2e9e65373c264a3df7ac284358",
    "ara": "e3206d3dc87fd50c24a0fb9f01838615911d25168f4e64415244b67d2bb3e729",
    "fas": "db1c0a91208aff00d3cf1ed2c1d23f76419afd5f024688b4f71adc3f2ce4a505",
    "Greek": "52e201e4a22336d89ee202b579aca04f15ffd6e5e6af1fe164498f2c7de898e6",
    "heb": "11f9e43ab227f786352a50f75c94c2e9906f1baba86d93276da19da7ce0904db",
    "kor": "6b85e11d9bbf07863b97b3523b1b112844c43e713df8b66418a081fd1060b3b2",
    "Devanagari": "3bbb87c1de2a6a2ef0a97dc041e6eea2723a1c22d638f5e38157a5cd441c12b7",
    "tha": "294227cc2d1292b0acb28d61d4115c88252b96d466ca90b417cf4cf0c67bf07c",
    "vie": "79df64caf7bcfb2a27df5042ecb6121e196eada34da774956995747636d5bfa1",
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


def data(name: str) -> Path:
    """Where the language data of `DATA_HASHES` lies, if it is there."""
    return FOLDER / f"{name}.traineddata"


def characters(name: str) -> tuple[str, ...]:
    """What the classes of a recognizer stand for: the blank, the dictionary in its order, the space."""
    lines = path(name).read_text(encoding="utf-8").split("\n")
    if not lines[-1]:
        lines.pop()
    return ("", *lines, " ")
