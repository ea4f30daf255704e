"""POST {modelId}:analyze stores a document and answers 202 with the address of its result."""

from __future__ import annotations

from http import HTTPStatus

import azure.functions as func

from analyze.request import decode_base64, parse_options, parse_source
from contract import routes
from contract.errors import ApiError, Fault
from contract.ids import API_VERSION
from engine.formats import readable
from service import models
from service.gate import Answer, Request
from service.parts import Door
from service.sources.fetch import fetch
from service.store.preflight import Remembers

_REMEMBERS = "Documents are refused because storage would keep what is deleted. GET /health says what to switch off."


def functions(door: Door) -> func.Blueprint:
    """The HTTP functions of this folder."""
    blueprint = func.Blueprint()

    @blueprint.function_name("AnalyzeDocument")
    @blueprint.route(routes.ANALYZE, methods=["POST"])
    async def analyze_document(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_through(req, lambda request: _accept(door, request)))

    return blueprint


async def _accept(door: Door, request: Request) -> Answer:
    if isinstance(await door.preflight.verdict(), Remembers):
        raise ApiError(Fault.SERVICE_UNAVAILABLE, _REMEMBERS)
    model = models.find(request.untrusted_route.get("modelId", ""))
    options = parse_options(model.model_id, request.untrusted_query)
    document = await _document(door, request)
    if len(document) > door.settings.max_body_bytes:
        raise ApiError(Fault.INVALID_CONTENT_LENGTH)
    readable(memoryview(document))
    result_id = await door.acceptance.accept(request.caller, options, document)
    location = (
        f"{request.endpoint}/documentintelligence/documentModels/{model.model_id}"
        f"/analyzeResults/{result_id}?api-version={API_VERSION}"
    )
    return Answer(HTTPStatus.ACCEPTED, headers={"Operation-Location": location, "Retry-After": "1"})


async def _document(door: Door, request: Request) -> bytes:
    media_type = request.untrusted_content_type.partition(";")[0].strip().lower()
    if media_type != "application/json":
        return request.untrusted_body
    source = parse_source(request.untrusted_body)
    if source.base64_source is not None:
        return decode_base64(source.base64_source)
    return await fetch(source.url_source or "", door.source_rules)
