"""How large the deployment package is, unpacked: the weights and the libraries of `requirements.txt`.

    python -m bench.size

Prints MB of each part above one MB and of all, beside what the package may have, and what reading other scripts
adds. The libraries are those that `requirements.txt` names and all that they need, as they are installed here,
compiled bytecode left out.
"""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from rich.console import Console
from rich.table import Table

from engine.ocr import weights

_ROOT = Path(__file__).parents[1]
_MOST_MB = 500
_MEGA = 1_000_000
_NAME = re.compile(r"[\w.-]+")


def installed(names: list[str]) -> dict[str, Distribution]:
    """The distributions with these names, and all that they need here; extras and other platforms left out."""
    found: dict[str, Distribution] = {}
    rest = list(names)
    while rest:
        name = rest.pop().lower().replace("_", "-")
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        needed = [one for one in found[name].requires or [] if "extra ==" not in one]
        rest += [match.group() for one in needed if (match := _NAME.match(one))]
    return found


def size(library: Distribution) -> int:
    """Bytes of the files of a library."""
    paths = [Path(str(library.locate_file(file))) for file in library.files or [] if file.suffix != ".pyc"]
    return sum(path.stat().st_size for path in paths if path.is_file())


def main() -> None:
    lines = (_ROOT / "requirements.txt").read_text().splitlines()
    named = [match.group() for line in lines if not line.startswith("#") and (match := _NAME.match(line))]
    parts = {name: size(library) for name, library in installed(named).items()}
    parts["weights of networks"] = sum((weights.FOLDER / name).stat().st_size for name in weights.HASHES)
    table = Table("part", "MB")
    for name, taken in sorted(parts.items(), key=lambda part: -part[1]):
        if taken > _MEGA:
            table.add_row(name, f"{taken / _MEGA:.1f}")
    table.add_row(f"all {len(parts)} parts, of {_MOST_MB}", f"{sum(parts.values()) / _MEGA:.1f}")
    data = [path for name in weights.DATA_HASHES if (path := weights.data(name)).is_file()]
    other = sum(map(size, installed(["tesserocr"]).values())) + sum(path.stat().st_size for path in data)
    table.add_row("tesserocr and its language data, where they are added", f"{other / _MEGA:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
