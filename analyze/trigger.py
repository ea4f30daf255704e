"""The blob trigger: each upload is analyzed once, however often the trigger fires."""

from __future__ import annotations

import azure.functions as func
import azurefunctions.extensions.bindings.blob as blob

from service.jobs.names import JobName, NotAJob
from service.parts import Workshop
from service.settings import TriggerSource
from service.store.contract import Container

_SOURCES = {
    TriggerSource.EVENT_GRID: func.BlobSource.EVENT_GRID,
    TriggerSource.CONTAINER_SCAN: func.BlobSource.LOGS_AND_CONTAINER_SCAN,
}


def functions(workshop: Workshop) -> func.Blueprint:
    """The blob-triggered function of this folder."""
    blueprint = func.Blueprint()

    # The SDK-type binding gives a client instead of the bytes: the host reads no upload, only we do.
    @blueprint.function_name("AnalyzeUpload")
    @blueprint.blob_trigger(
        arg_name="client",
        path=f"{Container.UPLOADS}/{{name}}",
        connection="DOCUMENTS",
        source=_SOURCES[workshop.settings.trigger_source],
    )
    async def analyze_upload(client: blob.BlobClient) -> None:
        try:
            name = JobName.of(client.blob_name)
        except NotAJob:
            return
        await workshop.worker.run(name)

    return blueprint
