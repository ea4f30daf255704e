"""A document analyzed in this process, without a service around."""

from __future__ import annotations

import json
import time
from typing import Any

import msgspec

from contract.options import AnalyzeOptions
from engine import tasks
from engine.task import Analyze, Assemble, Evidence, Plan, Read, Reply, Result, Task

_MOST_PAGES = 10_000

Analyzed = tuple[dict[str, Any], float]
"""An analyzeResult and the processor seconds it took."""


def analyzed(document: bytes, options: AnalyzeOptions) -> Analyzed:
    """The result of a document; one with several scans is read in one go, as the service would in several.

    Raises: what `engine.tasks.run` raises where it cannot be read.
    """
    began = time.process_time()
    reply = _answer(Analyze(options, _MOST_PAGES), document)
    if isinstance(reply, Plan):
        evidence = _answer(Read(options, reply.pages), document)
        assert isinstance(evidence, Evidence)
        reply = _answer(Assemble(options), evidence.pages)
    assert isinstance(reply, Result)
    return json.loads(reply.json), time.process_time() - began


def _answer(task: Task, document: bytes) -> Reply:
    return msgspec.msgpack.decode(tasks.run(msgspec.msgpack.encode(task), memoryview(document)), type=Reply)
