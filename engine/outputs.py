"""The files beside a result, each made by children of its own and never at the cost of the result.

A file that cannot be made is left out, and a warning in the result says so.
"""

from __future__ import annotations

import asyncio
import itertools
import logging
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from contract.errors import ApiError
from contract.ids import is_figure_id
from contract.limits import MAX_FIGURES, MAX_RESULT_BYTES
from contract.options import AnalyzeOptions, Output
from contract.page import BoundingRegion
from contract.result import Warning
from engine.cage import SealedInput
from engine.task import Crop, Crops, Pdf, Publish, Region, Reply, Task

_log = logging.getLogger(__name__)

PDF_NOT_MADE = "PdfNotMade"
FIGURE_NOT_MADE = "FigureNotMade"

_FIGURES_PER_CHILD: Final = 25
_PDF: Final = b"%PDF-"
_PNG: Final = b"\x89PNG\r\n\x1a\n"

Do = Callable[[Task, SealedInput], Awaitable[Reply]]
"""Runs a task in a child."""


class Analysis(NamedTuple):
    """What came out of a document.

    `result`: an AnalyzeResult in JSON, checked. `pdf`: the searchable PDF, when it was asked for. `figures`:
    pictures (PNG) of figures by the ids that the result gives them.
    """

    result: bytes
    pdf: bytes | None = None
    figures: Mapping[str, bytes] = MappingProxyType({})


class _Figure(msgspec.Struct, rename="camel"):
    id: str | None = None
    bounding_regions: list[BoundingRegion] | None = None


class _Figures(msgspec.Struct):
    figures: list[_Figure] | None = None


class _NotMade(Exception):
    """The child answered with something else than it was asked for."""


async def with_files(result: bytes, document: bytes, options: AnalyzeOptions, do: Do) -> Analysis:
    """The result (JSON) with the files that were asked for. Raises what `do` raises but for faults of the document."""
    if not options.outputs:
        return Analysis(result)
    with SealedInput([result, document]) as sealed:
        pdf, figures, warnings = None, dict[str, bytes](), list[Warning]()
        if Output.PDF in options.outputs:
            try:
                pdf = _whole(document, await do(Publish(options, len(result)), sealed))
            except (ApiError, _NotMade):
                warnings.append(Warning(code=PDF_NOT_MADE, message="The searchable PDF could not be made."))
        if Output.FIGURES in options.outputs:
            regions = _regions(result)
            figures = await _crops(options, len(result), regions[:MAX_FIGURES], sealed, do)
            warnings += [_missing(region) for region in regions if region.name not in figures]
    return Analysis(_warned(result, warnings) if warnings else result, pdf, figures)


def _whole(document: bytes, reply: Reply) -> bytes:
    if not isinstance(reply, Pdf):
        raise _NotMade
    if not reply.continues and not reply.written.startswith(_PDF):
        raise _NotMade
    return document + reply.written if reply.continues else reply.written


def _regions(untrusted_result: bytes) -> list[Region]:
    """Where the figures of a result are that have a place on a page, each id once."""
    found: dict[str, Region] = {}
    for figure in msgspec.json.decode(untrusted_result, type=_Figures).figures or ():
        if figure.id and is_figure_id(figure.id) and figure.bounding_regions:
            place = figure.bounding_regions[0]
            if len(place.polygon) == 8 and all(map(math.isfinite, place.polygon)):
                found.setdefault(figure.id, Region(figure.id, place.page_number, place.polygon))
    return list(found.values())


async def _crops(
    options: AnalyzeOptions, result_bytes: int, regions: Sequence[Region], sealed: SealedInput, do: Do
) -> dict[str, bytes]:
    """The pictures that were made, in the order of the regions; children that fail cost their own alone."""
    pictures: dict[str, bytes] = {}
    room = MAX_RESULT_BYTES

    async def crop(part: tuple[Region, ...]) -> None:
        nonlocal room
        try:
            reply = await do(Crop(options, result_bytes, part), sealed)
        except ApiError:
            return
        if not isinstance(reply, Crops):
            _log.warning("a child answered with no pictures")
            return
        for region in part:
            untrusted_picture = reply.pictures.get(region.name, b"")
            if untrusted_picture.startswith(_PNG) and len(untrusted_picture) <= room:
                room -= len(untrusted_picture)
                pictures[region.name] = untrusted_picture

    try:
        async with asyncio.TaskGroup() as group:
            for start in range(0, len(regions), _FIGURES_PER_CHILD):
                group.create_task(crop(tuple(itertools.islice(regions, start, start + _FIGURES_PER_CHILD))))
    except BaseExceptionGroup as errors:
        raise errors.exceptions[0] from None
    return pictures


def _missing(region: Region) -> Warning:
    return Warning(code=FIGURE_NOT_MADE, message="The picture of the figure could not be made.", target=region.name)


def _warned(result: bytes, warnings: Sequence[Warning]) -> bytes:
    """The result with more warnings; its other parts are not parsed again."""
    members = msgspec.json.decode(result, type=dict[str, msgspec.Raw])
    known = msgspec.json.decode(members.get("warnings", b"null"), type=list[Warning] | None) or []
    return msgspec.json.encode({**members, "warnings": [*known, *warnings]})
