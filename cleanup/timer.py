"""Timers. NCRONTAB: second, minute, hour, day, month, day of week."""

from __future__ import annotations

import azure.functions as func

from service.parts import Workshop


def functions(workshop: Workshop) -> func.Blueprint:
    """The timer functions of this folder."""
    blueprint = func.Blueprint()

    @blueprint.function_name("EraseDue")
    @blueprint.timer_trigger(arg_name="timer", schedule="0 */5 * * * *", run_on_startup=False, use_monitor=True)
    async def erase_due(timer: func.TimerRequest) -> None:
        await workshop.sweep.run()

    @blueprint.function_name("DriveAgain")
    @blueprint.timer_trigger(arg_name="timer", schedule="30 * * * * *", run_on_startup=False, use_monitor=True)
    async def drive_again(timer: func.TimerRequest) -> None:
        await workshop.redrive.run()

    if (traces := workshop.host_traces) is not None:

        @blueprint.function_name("EraseHostTraces")
        @blueprint.timer_trigger(arg_name="timer", schedule="0 40 * * * *", run_on_startup=False, use_monitor=True)
        async def erase_host_traces(timer: func.TimerRequest) -> None:
            await traces.erase()

    return blueprint
