"""GET gives status and result to the key that submitted the document; DELETE erases both for good."""

from __future__ import annotations

from http import HTTPStatus

import azure.functions as func

from contract import routes
from contract.operation import OperationStatus
from service.gate import Answer, Request
from service.parts import Door


def functions(door: Door) -> func.Blueprint:
    """The HTTP functions of this folder."""
    blueprint = func.Blueprint()

    @blueprint.function_name("GetAnalyzeResult")
    @blueprint.route(routes.RESULT, methods=["GET"])
    async def get_analyze_result(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_through(req, lambda request: _read(door, request)))

    @blueprint.function_name("DeleteAnalyzeResult")
    @blueprint.route(routes.RESULT, methods=["DELETE"])
    async def delete_analyze_result(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_through(req, lambda request: _delete(door, request)))

    return blueprint


async def _read(door: Door, request: Request) -> Answer:
    operation = await door.reader.read(
        request.caller, request.untrusted_route["modelId"], request.untrusted_route["resultId"]
    )
    if operation.status in (OperationStatus.NOT_STARTED, OperationStatus.RUNNING):
        return Answer.json(operation, Retry_After="1")
    return Answer.json(operation)


async def _delete(door: Door, request: Request) -> Answer:
    await door.reader.delete(request.caller, request.untrusted_route["modelId"], request.untrusted_route["resultId"])
    return Answer(HTTPStatus.NO_CONTENT)
