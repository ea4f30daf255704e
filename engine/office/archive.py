"""What an Office file, a ZIP of parts, may ask for when it is unpacked."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from contract.errors import ApiError, Fault

_MOST_PARTS: Final = 50_000
_MOST_GROWTH_BYTES: Final = 256 * 1024 * 1024
"""How much larger the parts may be than their packed forms, all together."""
_ENCRYPTED: Final = 0x1


def unpackable(untrusted_document: memoryview) -> io.BytesIO:
    """The document as a file, after a look at the sizes its directory states; no reader unpacks more than those.

    Raises: ApiError INVALID_CONTENT when it is no sound ZIP or locked, MODEL_ANALYZE_ERROR when it grows too much.
    """
    file = io.BytesIO(untrusted_document)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ApiError(Fault.INVALID_CONTENT) from error
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ApiError(Fault.INVALID_CONTENT)
    if len(parts) > _MOST_PARTS or sum(part.file_size - part.compress_size for part in parts) > _MOST_GROWTH_BYTES:
        raise ApiError(Fault.MODEL_ANALYZE_ERROR)
    file.seek(0)
    return file
