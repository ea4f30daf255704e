"""The real engine in a real cage with small limits, and a look for what hostile documents leave behind."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import msgspec
import pytest
import pytest_asyncio

from contract.errors import ApiError, Fault
from contract.options import AnalyzeOptions
from contract.result import AnalyzeResult
from engine.analyzer import Analyzer
from engine.cage import Cage, Limits
from tests.engine.cage.conftest import children_of, descriptors_of, leftover_files, traces

WALL_SECONDS = 12.0
# Each rung of the ladder, and a machine that is busy with other things.
ALLOWANCE_SECONDS = 6.0

Analyze = Callable[[bytes], Coroutine[Any, Any, AnalyzeResult | Fault]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def analyze(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Analyze]:
    """Analyzes one document to a result or a fault; fails when that takes too long or leaves something behind."""
    temporary = tmp_path_factory.mktemp("temporary")
    descriptors = descriptors_of(os.getpid())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(temporary))
        limits = Limits(memory_bytes=512 * 1024 * 1024, wall_seconds=WALL_SECONDS, cpu_seconds=60)
        cage = Cage(limits=limits)
        await cage.start()
        yield _analyze_in(cage, temporary)
        assert children_of(cage.pid) == set()
        await cage.close()
    assert leftover_files(temporary) == []
    assert descriptors_of(os.getpid()) - descriptors == Counter()


def _analyze_in(cage: Cage, temporary: Path) -> Analyze:
    analyzer = Analyzer(cage, parallel=2)

    async def analyze(document: bytes) -> AnalyzeResult | Fault:
        before, zygote, started = traces(cage, temporary), cage.pid, time.monotonic()
        try:
            answer = await analyzer.analyze(document, AnalyzeOptions(model_id="prebuilt-read"), None)
        except ApiError as refused:
            return refused.fault
        else:
            return msgspec.json.decode(answer.result, type=AnalyzeResult)
        finally:
            assert time.monotonic() - started < WALL_SECONDS + ALLOWANCE_SECONDS
            assert traces(cage, temporary) - before == Counter()
            assert cage.pid == zygote

    return analyze
