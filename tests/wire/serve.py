"""A service over a storage that outlives it: `python -m tests.wire.serve FOLDER CONNECTION`."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from local.data_folder import DataFolder
from local.service import serving


async def main(folder: Path, connection: str) -> None:
    async with serving(DataFolder(folder), connection, 0):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), sys.argv[2]))
