"""The networks, loaded once in the process that the others are forked from."""

from __future__ import annotations

from functools import cache
from typing import Any, Protocol, cast

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray

from engine.ocr import weights

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]


class Network(Protocol):
    """Floats in, floats out; the first axis of both is the batch."""

    def __call__(self, batch: Floats) -> Floats: ...


class Heads(Protocol):
    """A network that gives several answers."""

    def __call__(self, batch: Floats) -> list[Floats]: ...


def network(name: str) -> Network:
    """The network of a file of `weights`, which has one answer. Raises: WeightsMissing."""
    run = heads(name)
    return lambda batch: run(batch)[0]


@cache
def heads(name: str, *inner: str) -> Heads:
    """The network of a file of `weights`, loaded once; values within it, named `inner`, are further answers.

    Raises: WeightsMissing.
    """
    options = onnxruntime.SessionOptions()
    # One thread each: threads do not live through a fork, and a child may not start any.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    # Lines differ in width, so remembered allocations of one width are of no use to the next.
    options.enable_mem_pattern = False
    options.log_severity_level = 3
    # The arena grows by what is asked, not by powers of two, so that peak memory follows the page.
    provider = ("CPUExecutionProvider", {"arena_extend_strategy": "kSameAsRequested"})
    model = weights.path(name).read_bytes() + b"".join(map(_answer, inner))
    session: Any = onnxruntime.InferenceSession(model, options, providers=[provider])
    inputs = session.get_inputs()[0].name

    def run(batch: Floats) -> list[Floats]:
        return cast(list[Floats], session.run(None, {inputs: batch}))

    return run


def _answer(inner: str) -> bytes:
    """What a file of a network is followed by so that a value within it, of a short name, is an answer too.

    The file is a message of Protocol Buffers, and a message that has a field twice is read as both merged. Field 7
    of a model is its graph, field 12 of a graph an output, and field 1 of an output its name.
    """
    output = _field(1, inner.encode())
    return _field(7, _field(12, output))


def _field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2, len(content)]) + content
