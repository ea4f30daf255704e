"""Timer triggers by NCRONTAB: second, minute, hour, day, month, day of the week, in UTC."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta

from azure.functions.timer import TimerRequest
from croniter import croniter

from local.functions import TimerFunction, UnsupportedFunction
from local.invoke import Invoker, log_failure

#: A machine that slept wakes up late; sleeping in short steps notices it.
_LONGEST_SLEEP_SECONDS = 30.0
_LATE = timedelta(seconds=1)


def next_due(schedule: str, after: datetime) -> datetime:
    """The first time of a schedule that is later than `after`."""
    due: datetime = croniter(schedule, after, second_at_beginning=True).get_next(datetime)
    return due


class Timers:
    """Runs timer functions when they are due, each at most once at a time.

    A run that is still going when the next one is due makes that one fall out, as in the Functions host.
    `now` and `sleep` stand for the clock.
    """

    def __init__(
        self,
        functions: Iterable[TimerFunction],
        invoker: Invoker,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._functions = tuple(functions)
        self._invoker = invoker
        self._now = now
        self._sleep = sleep
        self._tasks: list[asyncio.Task[None]] = []
        for function in self._functions:
            if len(function.schedule.split()) != 6 or not croniter.is_valid(
                function.schedule, second_at_beginning=True
            ):
                raise UnsupportedFunction(f"{function.name} has a schedule that is no NCRONTAB of six fields")

    def start(self) -> None:
        """Begin to keep time."""
        self._tasks = [asyncio.create_task(self._keep(function)) for function in self._functions]

    async def stop(self) -> None:
        """Cancel what waits and what runs."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _keep(self, function: TimerFunction) -> None:
        if function.run_on_startup:
            await self._run(function, past_due=False)
        while True:
            due = next_due(function.schedule, self._now())
            while (left := (due - self._now()).total_seconds()) > 0:
                await self._sleep(min(left, _LONGEST_SLEEP_SECONDS))
            await self._run(function, past_due=self._now() - due > _LATE)

    async def _run(self, function: TimerFunction, past_due: bool) -> None:
        request = TimerRequest(past_due=past_due)
        try:
            await self._invoker.call(function.handler, {function.argument: request})
        except Exception as failure:
            log_failure(function.name, failure)
