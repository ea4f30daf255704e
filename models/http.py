"""GET documentModels, GET documentModels/{modelId}, GET info, GET health, and what no route takes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

import azure.functions as func

from contract import routes
from contract.errors import ApiError, Fault
from contract.limits import MAX_CUSTOM_MODELS
from contract.resources import CustomModels, Health, NeuralBuilds, PagedModels, ResourceDetails
from service import models
from service.gate import Answer, Request
from service.parts import Door
from service.store.preflight import Remembers

_ALL_VERBS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


def functions(door: Door) -> func.Blueprint:
    """The HTTP functions of this folder."""
    blueprint = func.Blueprint()

    @blueprint.function_name("GetModel")
    @blueprint.route(routes.MODEL, methods=["GET"])
    async def get_model(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_through(req, _model))

    @blueprint.function_name("ListModels")
    @blueprint.route(routes.MODELS, methods=["GET"])
    async def list_models(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_through(req, _all_models))

    @blueprint.function_name("GetResourceDetails")
    @blueprint.route(routes.INFO, methods=["GET"])
    async def get_resource_details(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_through(req, _info))

    @blueprint.function_name("Health")
    @blueprint.route(routes.HEALTH, methods=["GET"])
    async def health(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(**await door.gate.pass_anyone(req, _health(door)))

    # The host tries functions in the order of their names, so this one must be named last.
    @blueprint.function_name("ZzNoRoute")
    @blueprint.route(routes.EVERYTHING_ELSE, methods=_ALL_VERBS)
    async def zz_no_route(req: func.HttpRequest) -> func.HttpResponse:
        async def refuse(request: Request) -> Answer:
            known = routes.is_known(urlsplit(req.url).path.removeprefix("/"))
            raise ApiError(Fault.METHOD_NOT_ALLOWED if known else Fault.NOT_FOUND)

        return func.HttpResponse(**await door.gate.pass_through(req, refuse))

    return blueprint


async def _health(door: Door) -> Answer:
    """No key is asked for, so nothing is told of any document, caller or key."""
    age = await door.reports.age()
    verdict = await door.preflight.verdict()
    reasons = list(verdict.reasons) if isinstance(verdict, Remembers) else []
    health = Health(
        status="refusing documents" if reasons else "ok",
        reasons=[str(reason) for reason in reasons],
        oldest_object_age_seconds=age.oldest_object,
        last_sweep_age_seconds=age.last_sweep,
    )
    return Answer.json(health, HTTPStatus.SERVICE_UNAVAILABLE if reasons else HTTPStatus.OK)


async def _model(request: Request) -> Answer:
    return Answer.json(models.find(request.untrusted_route["modelId"]))


async def _all_models(request: Request) -> Answer:
    return Answer.json(PagedModels(value=list(models.PREBUILT.values())))


async def _info(request: Request) -> Answer:
    month = datetime.now(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    next_month = (month + timedelta(days=32)).replace(day=1)
    return Answer.json(
        ResourceDetails(
            custom_document_models=CustomModels(count=0, limit=MAX_CUSTOM_MODELS),
            custom_neural_document_model_builds=NeuralBuilds(used=0, quota=0, quota_reset_date_time=next_month),
        )
    )
