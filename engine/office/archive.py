"""What an Office file, a ZIP of parts, may ask for when it is unpacked."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Final

from lxml import etree

from contract.errors import ApiError, Fault
from engine.office.xml import parsed

_MOST_PARTS: Final = 50_000
_MOST_GROWTH_BYTES: Final = 256 * 1024 * 1024
"""How much larger the parts may be than their packed forms, all together."""
_ENCRYPTED: Final = 0x1
_RELATIONS: Final = ".rels"
_UNSOUND: Final = (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError, EOFError)
_UNREADABLE: Final = (*_UNSOUND, zlib.error, etree.XMLSyntaxError)


def unpackable(untrusted_document: memoryview) -> io.BytesIO:
    """The document as a file, after a look at the sizes its directory states; no reader unpacks more than those.

    Raises: ApiError INVALID_CONTENT when it is no sound ZIP or locked, MODEL_ANALYZE_ERROR when it grows too much.
    """
    file = io.BytesIO(untrusted_document)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except _UNSOUND as error:
        raise ApiError(Fault.INVALID_CONTENT) from error
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise ApiError(Fault.INVALID_CONTENT)
    if len(parts) > _MOST_PARTS or sum(part.file_size - part.compress_size for part in parts) > _MOST_GROWTH_BYTES:
        raise ApiError(Fault.MODEL_ANALYZE_ERROR)
    try:
        _mend(file)
    except _UNREADABLE as error:
        raise ApiError(Fault.INVALID_CONTENT) from error
    file.seek(0)
    return file


def _mend(file: io.BytesIO) -> None:
    """Writes relations again without those to parts that are not there, at which the readers of formats give up.

    Office programs leave such relations behind, mostly of pictures that were deleted.
    """
    mended: dict[str, bytes] = {}
    with zipfile.ZipFile(file) as archive:
        names = frozenset(archive.namelist())
        for name in names:
            if name.endswith(_RELATIONS):
                root = parsed(archive.read(name))
                dangling = [one for one in root.iterchildren("{*}Relationship") if _dangles(one, name, names)]
                for one in dangling:
                    root.remove(one)
                if dangling:
                    mended[name] = etree.tostring(root)
    if mended:
        # Of entries with one name the last one counts.
        with zipfile.ZipFile(file, "a") as archive:
            for name, relations in mended.items():
                archive.writestr(name, relations)


def _dangles(relation: etree._Element, name: str, names: frozenset[str]) -> bool:
    if relation.get("TargetMode") == "External":
        return False
    folder = posixpath.dirname(posixpath.dirname(name))
    target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
    return target.lstrip("/") not in names
