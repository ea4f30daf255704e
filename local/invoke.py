"""Calls a function the way the Functions worker does: coroutines on the loop, the others in a thread."""

from __future__ import annotations

import asyncio
import inspect
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from local.functions import Handler

_logger = logging.getLogger("local.host")


class Invoker:
    """Runs handlers; all coroutines share the loop they are awaited on."""

    def __init__(self, threads: int = 8) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="function")

    async def call(self, handler: Handler, arguments: dict[str, Any]) -> Any:
        """Call a handler and return what it returned; raises what it raised."""
        if inspect.iscoroutinefunction(handler):
            return await handler(**arguments)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, lambda: handler(**arguments))

    def close(self) -> None:
        """Take no further calls; a handler that runs in a thread cannot be stopped and is left to end."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def log_failure(name: str, failure: BaseException) -> None:
    """Log that a function failed: the class and the place, never the message, which may quote a document."""
    trace = failure.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else "?"
    _logger.error("%s failed: %s at %s", name, type(failure).__name__, place)
