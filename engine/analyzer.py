"""The way of a document through the cage: in one go, or in ranges of pages that are then assembled."""

from __future__ import annotations

import asyncio
import itertools
import logging
from typing import Final, Protocol

import msgspec

from contract.errors import ApiError, Fault
from contract.limits import MAX_PAGES
from contract.options import AnalyzeOptions
from engine.cage import Cage, SealedInput
from engine.checked import BadResultError, check_result
from engine.outputs import Analysis, with_files
from engine.task import Analyze, Assemble, Evidence, Plan, Read, Reply, Result, Task

_log = logging.getLogger(__name__)

_REPLIES: msgspec.msgpack.Decoder[Reply] = msgspec.msgpack.Decoder(Reply)

_MAX_EVIDENCE_BYTES: Final = 512 * 1024 * 1024
"""Most evidence of one document, bytes."""


class Checkpoints(Protocol):
    """Keeps what was read of a document's ranges, so that a later attempt need not read them again."""

    async def load(self, part: int) -> bytes | None:
        """What was saved of a part, unaltered; None when nothing was."""

    async def save(self, part: int, evidence: bytes) -> None:
        """Keep a part."""


class _Checkpoint(msgspec.Struct, frozen=True):
    """A saved part, with the pages it is of: another setting cuts a document into other ranges."""

    pages: tuple[int, ...]
    evidence: bytes


class Analyzer:
    """Analyzes documents with at most `parallel` children at a time, over all documents.

    range_pages: most pages that one child reads.
    """

    def __init__(self, cage: Cage, *, range_pages: int = 25, parallel: int) -> None:
        self._cage = cage
        self._range_pages = range_pages
        self._places = asyncio.Semaphore(parallel)

    async def analyze(self, document: bytes, options: AnalyzeOptions, checkpoints: Checkpoints | None) -> Analysis:
        """The result of a document.

        Raises ApiError for a document that cannot be analyzed, CageLost for a try that may be repeated, and
        whatever `checkpoints` raise. Cancelling ends all children of the document at once.
        """
        with SealedInput([document]) as sealed:
            reply = await self._do(Analyze(options, self._range_pages), sealed)
            parts = (
                await self._read(self._ranges(reply), sealed, options, checkpoints) if isinstance(reply, Plan) else None
            )
        if parts is not None:
            with SealedInput(parts) as evidence:
                parts.clear()
                reply = await self._do(Assemble(options), evidence)
        if not isinstance(reply, Result):
            raise _refused("no result")
        try:
            await check_result(reply.json)
        except BadResultError:
            raise _refused("a result that breaks the protocol") from None
        return await with_files(reply.json, document, options, self._do)

    def _ranges(self, untrusted_plan: Plan) -> list[tuple[int, ...]]:
        """The pages in ranges of at most one scan each, so that scans are read side by side."""
        pages = untrusted_plan.pages
        if not 0 < len(pages) <= MAX_PAGES or pages[0] < 1 or any(a >= b for a, b in itertools.pairwise(pages)):
            raise _refused("an impossible plan")
        scans = frozenset(untrusted_plan.scans)
        ranges: list[list[int]] = []
        room = scan_room = 0
        for page in pages:
            if not room or (page in scans and not scan_room):
                ranges.append([])
                room, scan_room = self._range_pages, 1
            ranges[-1].append(page)
            room -= 1
            scan_room -= page in scans
        return [tuple(one) for one in ranges]

    async def _read(
        self,
        ranges: list[tuple[int, ...]],
        sealed: SealedInput,
        options: AnalyzeOptions,
        checkpoints: Checkpoints | None,
    ) -> list[bytes]:
        """The evidence of all ranges, in order; the first range that fails ends the others."""
        parts = [b""] * len(ranges)
        room = _MAX_EVIDENCE_BYTES

        async def read(part: int) -> None:
            nonlocal room
            parts[part] = await self._read_range(part, Read(options, ranges[part]), sealed, checkpoints)
            room -= len(parts[part])
            if room < 0:
                raise _refused("too much evidence")

        try:
            async with asyncio.TaskGroup() as group:
                for part in range(len(ranges)):
                    group.create_task(read(part))
        except BaseExceptionGroup as errors:
            raise errors.exceptions[0] from None
        return parts

    async def _read_range(self, part: int, task: Read, sealed: SealedInput, checkpoints: Checkpoints | None) -> bytes:
        saved = await checkpoints.load(part) if checkpoints is not None else None
        if saved is not None and (evidence := _evidence_of(task.pages, saved)) is not None:
            return evidence
        reply = await self._do(task, sealed)
        if not isinstance(reply, Evidence):
            raise _refused("no evidence")
        if checkpoints is not None:
            await checkpoints.save(part, msgspec.msgpack.encode(_Checkpoint(task.pages, reply.pages)))
        return reply.pages

    async def _do(self, task: Task, sealed: SealedInput) -> Reply:
        async with self._places:
            untrusted_reply = await self._cage.run(msgspec.msgpack.encode(task), sealed)
        try:
            return _REPLIES.decode(untrusted_reply)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            raise _refused("a malformed reply") from None


def _evidence_of(pages: tuple[int, ...], saved: bytes) -> bytes | None:
    """The evidence in a checkpoint, None when another version or setting of this module saved it."""
    try:
        checkpoint = msgspec.msgpack.decode(saved, type=_Checkpoint)
    except msgspec.MsgspecError:
        return None
    return checkpoint.evidence if checkpoint.pages == pages else None


def _refused(answer: str) -> ApiError:
    _log.warning("a child answered with %s", answer)
    return ApiError(Fault.MODEL_ANALYZE_ERROR)
