"""GET gives status, result and files to the key that submitted the document; DELETE erases all for good.

What is left then is the proof: receipts for the same key, and for everybody what verifies them.
"""

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

    @blueprint.function_name("GetAnalyzeResultPdf")
    @blueprint.route(routes.PDF, methods=["GET"])
    async def get_analyze_result_pdf(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_through(req, lambda request: _pdf(door, request)))

    @blueprint.function_name("GetAnalyzeResultFigure")
    @blueprint.route(routes.FIGURE, methods=["GET"])
    async def get_analyze_result_figure(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_through(req, lambda request: _figure(door, request)))

    @blueprint.function_name("DeleteAnalyzeResult")
    @blueprint.route(routes.RESULT, methods=["DELETE"])
    async def delete_analyze_result(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_through(req, lambda request: _delete(door, request)))

    @blueprint.function_name("GetErasureReceipts")
    @blueprint.route(routes.RECEIPTS, methods=["GET"])
    async def get_erasure_receipts(req: func.HttpRequest) -> func.HttpResponse:
        answer = await door.gate.pass_through(req, lambda request: _receipts(door, request), api_version=None)
        return func.HttpResponse(**answer)

    @blueprint.function_name("GetReceiptKeys")
    @blueprint.route(routes.JWKS, methods=["GET"])
    async def get_receipt_keys(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_anyone(req, _keys(door)))

    @blueprint.function_name("GetLedgerHead")
    @blueprint.route(routes.LEDGER_HEAD, methods=["GET"])
    async def get_ledger_head(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_anyone(req, _head(door)))

    return blueprint


async def _read(door: Door, request: Request) -> Answer:
    operation = await door.reader.read(
        request.caller, request.untrusted_route["modelId"], request.untrusted_route["resultId"]
    )
    if operation.status in (OperationStatus.NOT_STARTED, OperationStatus.RUNNING):
        return Answer.json(operation, Retry_After="1")
    return Answer.json(operation)


async def _pdf(door: Door, request: Request) -> Answer:
    untrusted = request.untrusted_route
    content = await door.reader.pdf(request.caller, untrusted["modelId"], untrusted["resultId"])
    return Answer(HTTPStatus.OK, content, {"Content-Type": "application/pdf"})


async def _figure(door: Door, request: Request) -> Answer:
    untrusted = request.untrusted_route
    content = await door.reader.figure(
        request.caller, untrusted["modelId"], untrusted["resultId"], untrusted["figureId"]
    )
    return Answer(HTTPStatus.OK, content, {"Content-Type": "image/png"})


async def _delete(door: Door, request: Request) -> Answer:
    await door.reader.delete(request.caller, request.untrusted_route["modelId"], request.untrusted_route["resultId"])
    return Answer(HTTPStatus.NO_CONTENT)


async def _receipts(door: Door, request: Request) -> Answer:
    return Answer.json(await door.lookup.receipts_of(request.caller, request.untrusted_route["resultId"]))


async def _keys(door: Door) -> Answer:
    return Answer.json(door.lookup.keys())


async def _head(door: Door) -> Answer:
    return Answer.json(await door.lookup.head())
