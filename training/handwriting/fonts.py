"""The fonts that lines are drawn in: packages of npm, named by `package.json` in `hand/` and `print/`."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent

Families = list[list[Path]]
"""The files of each family, in its weights and its italic."""


class Fonts(NamedTuple):
    """Families made after handwriting, and those for print."""

    hand: Families
    printed: Families


def fonts() -> Fonts:
    """All of them, always in the same order; npm fetches what is not there yet. Raises: CalledProcessError."""
    return Fonts(_families(_FOLDER / "hand"), _families(_FOLDER / "print"))


def _families(folder: Path) -> Families:
    if not (folder / "node_modules").is_dir():
        command = ["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        subprocess.run(command, cwd=folder, check=True)  # noqa: S603  # Every word of it stands above.
    packages = sorted((folder / "node_modules" / "@fontsource").iterdir())
    return [sorted(one.glob(f"files/{one.name}-latin-[1-9]*.woff")) for one in packages]
